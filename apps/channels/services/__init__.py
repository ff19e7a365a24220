"""The acts on channels, and reading them again."""
