"""Answers of a terminal among what a person types, whole, in pieces, late, and never."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.replies import LOST_S, Replies

ANSWERS = (
    "\x1b[?62;4;22c",
    "\x1b[>1;4000;33c",
    "\x1bP>|kitty(0.42.0)\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b_Gi=31;ENOTSUPPORTED:no such thing\x1b\\",
    "\x1b[6;20;10t",
    "\x1b[0n",
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
)

KEYS = (
    "j",
    "G",
    "?",
    "ü",
    "\r",
    "\x1b[A",
    "\x1b[6~",
    "\x1b[3~",
    "\x1bOP",
    "\x1b[20~",
    "\x1b[<35;12;7M",
    "\x1b[?2026;2$y",
    "\x1b[97;;97u",
    "\x1b[I",
)


def taken(chunks: list[str]) -> tuple[str, list[str]]:
    replies = Replies()
    typed, answers = "", []
    for chunk in chunks:
        keys, found = replies.take(chunk)
        typed += keys
        answers += found
    return typed + replies.rest(LOST_S + 1), answers


@given(
    st.lists(st.sampled_from(ANSWERS + KEYS), max_size=12),
    st.lists(st.integers(1, 9), min_size=1, max_size=40),
)
def test_answers_are_taken_out_however_they_are_cut(parts: list[str], cuts: list[int]) -> None:
    text = "".join(parts)
    chunks, place = [], 0
    for size in itertools.cycle(cuts):
        if place >= len(text):
            break
        chunks.append(text[place : place + size])
        place += size
    typed, answers = taken(chunks)
    assert answers == [part for part in parts if part in ANSWERS]
    assert typed == "".join(part for part in parts if part in KEYS)


@pytest.mark.parametrize("key", ["\x1b", "\x1b_", "\x1bP", "\x1b[", "\x1b]"])
def test_a_key_that_might_begin_an_answer_is_a_key_when_nothing_follows(key: str) -> None:
    replies = Replies()
    assert replies.take(key) == ("", [])
    assert replies.holds
    assert replies.rest(0.03) == key
    assert not replies.holds


def test_an_answer_that_never_ends_presses_no_key() -> None:
    replies = Replies()
    assert replies.take("j\x1b_Gi=31;O") == ("j", [])
    assert replies.rest(0.1) == ""
    assert replies.take("K\x1b\\k") == ("k", ["\x1b_Gi=31;OK\x1b\\"])
    replies.take("\x1b[?62;")
    assert replies.rest(LOST_S + 0.1) == ""
    assert replies.take("j") == ("j", [])
