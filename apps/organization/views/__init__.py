"""The pages of domain and mail."""
