"""The sample session that `packshot demo` writes: thirteen packshots of seven SKUs."""
