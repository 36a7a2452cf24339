"""Pages that need nothing but themselves: no script, nothing loaded, every name escaped."""
