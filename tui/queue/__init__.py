"""The work under way: what runs, what waits, what failed, and how long it will take."""
