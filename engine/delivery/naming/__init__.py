"""What delivered files are called, and how their names are kept apart."""
