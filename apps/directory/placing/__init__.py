"""The pages of what places users: departments, designations."""
