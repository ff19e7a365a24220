"""The acts on the directory; the only writers of change."""
