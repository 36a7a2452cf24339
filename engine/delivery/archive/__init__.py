"""Masters for an image library: by version, with notes and checksums."""
