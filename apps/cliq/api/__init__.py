"""The typed operations, one file a module of the API."""
