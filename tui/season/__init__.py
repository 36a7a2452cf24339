"""The season in the workstation: which one it is, how it stands, and whether it is locked."""
