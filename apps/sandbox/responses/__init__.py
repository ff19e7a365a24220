"""HTTP answers of each module: no state and no rules of their own."""
