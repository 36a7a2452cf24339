"""Export presets: schema, origins and the built-in channels."""
