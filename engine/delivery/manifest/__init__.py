"""Lists of delivered files for the systems that publish them."""
