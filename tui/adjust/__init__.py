"""Turning a recipe's knobs on a photo, with its preview, before the photo is cut again."""
