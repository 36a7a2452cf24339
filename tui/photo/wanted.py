"""What a worker is asked for when a person wants to see a photo, and why it may be nothing."""

from __future__ import annotations

from pathlib import Path

from engine.session.layout import matte_path
from engine.session.records import PhotoRecord
from engine.work.jobs import Beside, PreviewJob, Proposal
from tui.photo.look import Look


def preview_job(
    folder: Path,
    photo: PhotoRecord,
    look: Look,
    box: tuple[int, int],
    proposal: Proposal | None = None,
    beside: Beside | None = None,
) -> PreviewJob:
    """Return the request for a picture of a photo.

    Parameters
    ----------
    folder : the session's
    photo : whose matte is shown
    look : the way to look at it; without matte and proposal it is the original
    box : the panel's width and height in pixels
    proposal : the recipe that is tried on it, if any
    beside : the matte that it is compared with, if any
    """
    matte = photo.matte
    path = matte_path(folder, matte.photo_sha256, matte.recipe_digest) if matte else None
    if proposal:
        shadow = proposal.recipe.keep_shadow
    else:
        shadow = matte is not None and matte.recipe.get("keep_shadow") is True
    return PreviewJob(
        photo=folder / photo.path,
        matte=path,
        view=look.view if matte or proposal else "original",
        box=box,
        zoom=look.zoom.factor,
        centre=look.zoom.centre,
        keep_shadow=shadow,
        proposal=proposal,
        beside=beside,
        divide=look.divide,
    )


def why_not(photo: PhotoRecord) -> str | None:
    """Return why a photo has no picture, if it has none."""
    if photo.missing:
        return "This file is missing.\nIts verdict is kept; a rescan looks for it again."
    return photo.problem
