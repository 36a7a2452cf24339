"""Photos for an outside cutout service, and the masks that come back from it."""
