"""The screen that lists a session and shows its photos."""
