"""The pages of what users belong to: departments, designations, teams."""
