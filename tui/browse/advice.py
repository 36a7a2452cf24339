"""What a photo waits for, and the key that does it."""

from __future__ import annotations

from collections.abc import Callable

from engine.session.states import State


def advice(state: State, key: Callable[[str], str]) -> str:
    """Return what a photo in a state waits for; empty where that is nothing of a person's.

    ``key`` tells a key as a person reads it.
    """
    cut, approve, reject = key("work.cut"), key("judge.approve"), key("judge.reject")
    adjust, queue, similar = key("work.adjust"), key("app.queue"), key("work.cut_similar")
    return {
        State.NEW: f"{cut} cuts this photo, {similar} all that are like it",
        State.CUT: f"{approve} approves this matte, {reject} rejects it with a reason",
        State.APPROVED: f"{key('work.export')} exports the approved photos",
        State.EXPORTED: f"{key('app.deliver')} lists what was exported",
        State.OUTDATED: f"{key('work.export')} exports it: its files show an older matte",
        State.MISSING: f"{key('work.rescan')} looks for missing files again",
        State.UNREADABLE: f"{queue} lists every file that cannot be read",
        State.REJECTED: f"{adjust} tries other settings, {reject} takes the rejection back",
        State.FAILED: f"{cut} tries again, {queue} lists every failure",
    }.get(state, "")
