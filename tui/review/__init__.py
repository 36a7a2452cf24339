"""Judging mattes: approve, reject with reasons, undo."""
