"""From pixels and a network to a matte with clean colour: one pure function per file."""
