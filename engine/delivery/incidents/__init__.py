"""Bad files taken back: recalled, purged from caches, searched for, never delivered again."""
