"""Alt text: the editor in which it is written."""
