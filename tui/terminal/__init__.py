"""The terminal that shows the workstation: what it can do, and the one way to write to it.

``probe`` and ``choose`` find out, before the app runs, how pictures can be shown; ``driver`` and
``wire`` write and read while it does; ``kitty``, ``sixel`` and ``blocks`` know the three ways.
Pixels are worked on in a worker process.
"""
