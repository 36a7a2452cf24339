"""The inline image: view modes, zoom and pan, and the pictures that are asked for and kept.

The interface process never decodes a photo. A worker process draws a picture at the size of the
panel, as the terminal takes it; this package asks for it, keeps it and shows it.
"""
