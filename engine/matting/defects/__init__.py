"""What is wrong with a matte, and where: one pure function per kind of defect.

Nothing is imported here, so that a listing of stored defects needs no NumPy.
"""
