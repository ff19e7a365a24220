"""The only writers of roles."""
