"""Jobs, and the warm, supervised processes that do them."""
