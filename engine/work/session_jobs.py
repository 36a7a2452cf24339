"""Jobs for the photos of a session, and what the session learns from their outcomes."""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path

from engine.errors import sentence
from engine.matting.recipe import Recipe
from engine.session.layout import mask_path
from engine.session.records import PhotoRecord
from engine.session.session import Session
from engine.work.batch import Outcome
from engine.work.jobs import CutJob, CutResult


def cut_job(
    session: Session,
    photo: PhotoRecord,
    recipe: Recipe,
    model_home: Path,
    *,
    force: bool = False,
    master: Path | None = None,
    batch: str | None = None,
) -> CutJob:
    """Return the job that cuts one photo of a session.

    A mask from outside belongs to one photo: for others the recipe goes without it.
    """
    known = photo.matte
    recipe = _with_own_mask(session, photo, recipe)
    return CutJob(
        photo=session.folder / photo.path,
        recipe=recipe,
        model_home=model_home,
        session=session.folder,
        master=master,
        force=force,
        measured=known is not None
        and known.defects is not None
        and known.recipe_digest == recipe.digest(),
        pixels=photo.pixels,
        batch=batch,
    )


def new_batch() -> str:
    """Return a name for work of which a person takes back all or nothing."""
    return uuid.uuid4().hex


def _with_own_mask(session: Session, photo: PhotoRecord, recipe: Recipe) -> Recipe:
    if recipe.mask_sha256 is None:
        return recipe
    own = photo.matte is not None and photo.matte.recipe.get("mask_sha256") == recipe.mask_sha256
    if not own and photo.sha256 is not None:
        own = mask_path(session.folder, photo.sha256, recipe.mask_sha256).is_file()
    return recipe if own else replace(recipe, mask_sha256=None)


def record_cut(session: Session, photo_id: int, outcome: Outcome[CutJob, CutResult]) -> None:
    """Store what a cut came to; a cancelled one leaves no trace."""
    if outcome.error is not None:
        session.record_failure(photo_id, failure_reason(outcome.error, outcome.job.photo))
    elif outcome.result is not None and not _found_known(session, photo_id, outcome):
        result = outcome.result
        session.record_cut(
            photo_id,
            sha256=result.sha256,
            size=(result.width, result.height),
            recipe=outcome.job.recipe,
            seconds=sum(result.seconds.values()),
            notes=result.notes,
            defects=result.defects,
            box=result.box,
            batch=outcome.job.batch,
        )


def _found_known(session: Session, photo_id: int, outcome: Outcome[CutJob, CutResult]) -> bool:
    """Whether a job found its matte made already, and the session knows everything of it.

    The session does not where it was killed just after the matte was finished.
    """
    result, job = outcome.result, outcome.job
    if result is None or not result.skipped:
        return False
    photo, digest = session.photo(photo_id), job.recipe.digest()
    is_current = photo.matte is not None and photo.matte.recipe_digest == digest
    if photo.failure is None and photo.sha256 == result.sha256 and is_current:
        return True
    return session.record_known(photo_id, result.sha256, digest, job.batch)


def failure_reason(error: BaseException, photo: Path) -> str:
    """Return an error's sentence without the photo's own path, which its row names already."""
    text = sentence(error) if isinstance(error, Exception) else repr(error)
    return text.removeprefix(f"{photo}: ")
