"""Shadows that a preset asks for, made from the product's own outline."""
