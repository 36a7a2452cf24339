"""The wiki's page of exemplars: what passes and what does not, reason by reason, with pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from engine.session.records import REASONS
from tui.help.exemplars import Shown
from tui.help.markdown import plain
from tui.help.topics import Topic, topics

PATH = "exemplars/index.md"


def exemplar_lines(exemplars: Sequence[Shown]) -> Iterator[str]:
    """Yield the lines of the page."""
    yield (
        "Each picture shows a photo, its matte, and the product on black and on white. The frame, "
        "and the lower row, at up to 200%, show the place to look at. A light rim is seen on black "
        "alone, a dark one on white."
    )
    yield ""
    for reason in REASONS:
        found = [each for each in exemplars if each.reason == reason]
        if found:
            yield from _reason(_topic(reason), found)
    alone = [each for each in exemplars if not each.reason]
    if alone:
        yield "## Approved"
        yield ""
        for each in alone:
            yield from _exemplar(each)
    yield (
        "Rejections and approvals of a session become exemplars by themselves: "
        "`packshot docs export DIR --session SESSION` shows those first that were rejected, cut "
        "again, and approved. Confidential products are left out."
    )


def exemplar_pictures(exemplars: Sequence[Shown]) -> Mapping[str, bytes]:
    """Return the pictures of the page, by their path."""
    return {
        f"exemplars/{_name(picture)}": picture
        for each in exemplars
        for picture in (each.rejected, each.approved)
        if picture
    }


def _reason(topic: Topic, found: Sequence[Shown]) -> Iterator[str]:
    yield f"## {topic.title}"
    yield ""
    yield topic.what
    yield ""
    yield f"- **Why:** {topic.why}"
    yield f"- **What to do:** {topic.do}"
    yield ""
    for each in found:
        yield from _exemplar(each)


def _exemplar(each: Shown) -> Iterator[str]:
    name = plain(each.name)
    yield f"### {name}{', from the sample session' if each.is_sample else ''}"
    yield ""
    if each.see:
        yield plain(each.see)
        yield ""
    for state, picture in (("rejected", each.rejected), ("approved", each.approved)):
        if picture:
            yield f"{state.capitalize()}:"
            yield ""
            yield f"![{name}, {state}]({_name(picture)})"
            yield ""


def _topic(reason: str) -> Topic:
    """Return what explains a reason: the defect of its name says more where there is one."""
    known = topics()
    return known.get(f"defect:{reason}") or known[f"reason:{reason}"]


def _name(picture: bytes) -> str:
    # By its content: one that is the same stays where it is, whatever comes before it.
    return f"{hashlib.sha256(picture).hexdigest()[:16]}.jpg"
