"""Exporting: the choice of a preset, and what was written."""
