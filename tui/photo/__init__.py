"""The inline image: terminal backends, view modes, zoom and pan, and the cache of pictures.

The interface process never decodes a photo. A worker process makes a picture at the size of the
panel; this package asks for it, keeps it and paints it.
"""
