"""From a matte and a preset to a checked file in the output folder."""
