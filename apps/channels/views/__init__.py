"""The pages about channels."""
