"""Seasons under lock: what is held, what was done under it, and the proof of that."""
