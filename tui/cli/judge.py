"""``packshot judge``: verdicts, stars and notes without the workstation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import FILTER, GIVEN_PATH, JSON
from tui.cli.output import echo, echo_json, note
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.session.records import PhotoRecord, State


@click.command("judge")
@click.argument("session", type=GIVEN_PATH)
@click.argument("photos", nargs=-1, type=GIVEN_PATH, metavar="[PHOTO]...")
@FILTER
@click.option("--approve", "state", flag_value="approved", help="Approve their mattes.")
@click.option(
    "--reject",
    "reasons",
    multiple=True,
    metavar="REASON",
    help="Reject their mattes for a reason; repeatable.",
)
@click.option("--pending", "state", flag_value="pending", help="Take their verdicts back.")
@click.option("--stars", type=click.IntRange(0, 5), help="Rate the photos; 0 takes stars away.")
@click.option("--note", "text", help="Write a note, with a verdict or alone; '' takes it away.")
@JSON
def command(
    session: Path,
    photos: tuple[Path, ...],
    words: str | None,
    state: State | None,
    reasons: tuple[str, ...],
    stars: int | None,
    text: str | None,
    as_json: bool,
) -> int:
    """Judge photos of SESSION: those that are named, those that a filter finds, or both that.

    Each call is one step, which `packshot undo` takes back. Verdicts are about mattes: a photo
    without one is named and left out. The reasons of a rejection:

    \b
      halo  hole-filled  hole-eaten  colour-cast  edge-jagged
      part-missing  shadow-left  wrong-crop  other

    Exit status 1: a photo was left out.
    """
    from engine.session.session import Session
    from tui.cli.chosen import chosen_photos

    known = _known_reasons(reasons)
    if sum((state is not None, bool(known), stars is not None)) > 1:
        raise click.UsageError("say one of --approve, --reject, --pending and --stars")
    if stars is not None and text is not None:
        raise click.UsageError("a note belongs to a verdict, or stands alone: leave --stars out")
    verdict: State | None = "rejected" if known else state
    if verdict is None and stars is None and text is None:
        raise click.UsageError("say --approve, --reject, --pending, --stars or --note")
    with Session.open(session, create=False) as opened:
        meant = chosen_photos(opened, photos, words)
        chosen = meant if verdict is None else _with_matte(meant)
        ids = [photo.id for photo in chosen]
        if verdict is not None:
            opened.judge(ids, verdict, known, text or "")
        elif stars is not None:
            opened.rate(ids, stars)
        else:
            opened.annotate(ids, text or "")
        now = [opened.photo(photo_id) for photo_id in ids]
    changed = sum(before != after for before, after in zip(chosen, now, strict=True))
    left_out = [photo for photo in meant if photo not in chosen]
    for photo in left_out:
        note(f"{safe(photo.path)}: there is no matte to judge; packshot cut makes one")
    if as_json:
        echo_json([_as_json(photo) for photo in now])
    else:
        echo(_told(len(now), changed))
    return 1 if left_out else 0


def _known_reasons(given: Sequence[str]) -> list[str]:
    """Return reasons as they are stored: with spaces, each once."""
    from engine.session.records import REASONS

    reasons = list(dict.fromkeys(reason.replace("-", " ").casefold() for reason in given))
    for reason in reasons:
        if reason not in REASONS:
            known = ", ".join(each.replace(" ", "-") for each in REASONS)
            raise click.BadParameter(f"{reason!r} is none of {known}", param_hint="--reject")
    return reasons


def _with_matte(photos: Sequence[PhotoRecord]) -> list[PhotoRecord]:
    """Return the photos whose mattes can be judged."""
    from engine.session.states import JUDGEABLE, state_of

    return [photo for photo in photos if state_of(photo) in JUDGEABLE]


def _told(count: int, changed: int) -> str:
    text = f"{changed} of {count} photo{'' if count == 1 else 's'} changed."
    return f"{text} packshot undo takes it back." if changed else text


def _as_json(photo: PhotoRecord) -> dict[str, Any]:
    verdict = photo.verdict
    return {
        "id": photo.id,
        "path": str(photo.path),
        "verdict": verdict.state,
        "reasons": list(verdict.reasons),
        "note": verdict.note,
        "stars": photo.stars,
        "person": verdict.person,
        "at": verdict.at,
    }
