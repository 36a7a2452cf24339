"""The work, with no interface code: imaging, matting, sessions, workers and delivery."""
