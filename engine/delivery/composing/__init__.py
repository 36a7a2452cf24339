"""From a cutout to the picture that a preset asks for: placed, scaled, with what lies behind it."""
