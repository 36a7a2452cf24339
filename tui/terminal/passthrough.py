"""Commands that tmux is to hand on to the terminal around it.

Source: tmux(1), "allow-passthrough": a device control string that begins with ``tmux;``, in which
every escape character is doubled.
"""

from __future__ import annotations


def through_tmux(command: str) -> str:
    """Return a command in tmux's envelope."""
    return "\x1bPtmux;" + command.replace("\x1b", "\x1b\x1b") + "\x1b\\"
