"""The checklists of a session."""
