"""Decode, orientation, colour management and encode: bytes to sRGB pixels and back."""
