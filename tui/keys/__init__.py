"""Every key of the workstation: a file for each place, and in ``contexts`` what works together.

Screens and widgets take their bindings from here, the palette and the keys panel list them from
here, so that none of the three can say what the others do not. An id is what a user's own keymap
will name: it never changes; its part before the dot is the section of the keys panel.
"""
