"""What packshot keeps where, and the proof that it sends nothing."""
