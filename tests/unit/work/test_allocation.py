"""When a worker gives freed memory back: not between photos alike in size, and when it is idle."""

from __future__ import annotations

import threading

from engine.work.allocation import FreedMemory


def test_photos_of_about_one_size_leave_it_to_each_other() -> None:
    given: list[int] = []
    freed = FreedMemory(lambda: given.append(1), idle=600)
    for size, times in ((24, 1), (24, 1), (25, 1), (20, 1), (4, 2), (24, 3)):
        with freed.kept():
            freed.fit(size)
        assert len(given) == times


def test_it_is_given_back_when_no_photo_follows() -> None:
    given = threading.Event()
    freed = FreedMemory(given.set, idle=0.01)
    with freed.kept():
        assert not given.is_set()
    assert given.wait(60)


def test_the_next_photo_comes_before_that() -> None:
    given: list[int] = []
    freed = FreedMemory(lambda: given.append(1), idle=600)
    with freed.kept():
        waiting = [
            thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)
        ]
    (timer,) = [
        thread
        for thread in threading.enumerate()
        if isinstance(thread, threading.Timer) and thread not in waiting
    ]
    with freed.kept():
        timer.join(60)  # it ends, since it was cancelled
        assert not timer.is_alive()
    assert given == []
