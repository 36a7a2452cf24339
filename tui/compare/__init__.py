"""Comparing the mattes of a photo, and choosing which one counts."""
