"""The style guide: every component of the page toolkit on pages that only the tests serve."""
