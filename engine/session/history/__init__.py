"""What people decide about photos, as a journal of steps that can be taken back and done again.

Each person (``name@host``) has a journal of their own, which lasts over restarts and has no limit.
A step changes some things (verdicts, ratings, which matte counts) of some photos, each from what it
was to what it became. Undo takes back one's own last step and leaves alone what somebody has
changed since. All functions run inside ``Database.write``, or ``read`` where they only tell.
"""
