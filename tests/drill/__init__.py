"""What is proven over minutes rather than seconds; the test suite runs the same parts in short."""
