"""A folder of photos and what packshot knows about them."""
