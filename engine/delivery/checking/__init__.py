"""Finished files held against the rules of their presets."""
