"""How networks are run here: which provider, with which options, from which files."""
