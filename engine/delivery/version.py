"""The generation of the way from matte to file."""

from __future__ import annotations

DELIVERY_VERSION = 6
"""To be raised with every change of the code that gives a delivery other bytes: placing, scaling,
what lies behind the product, encoding, what is written into the file. A season's lock holds it."""
