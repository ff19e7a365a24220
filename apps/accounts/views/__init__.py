"""The pages of setting up, signing in, sessions and administrators."""
