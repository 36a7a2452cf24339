"""The `packshot` command, one small module per group."""
