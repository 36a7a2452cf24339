"""What a person sees and types: the Textual app and the ``packshot`` command."""

__version__ = "0.1.0"
