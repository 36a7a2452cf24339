"""Photos, sessions and recipes for the tests of ``engine.session``."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from engine.matting.recipe import Recipe
from engine.session.session import Session


def save_photo(path: Path, colour: int = 0, size: tuple[int, int] = (1200, 1000)) -> Path:
    """Write a small file that is a real picture; another colour is another content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, (colour % 256, colour // 256 % 256, 90)).save(path, quality=92)
    return path


def a_recipe(model: str = "u2netp") -> Recipe:
    """Return a recipe; another model is another digest."""
    return Recipe(model=model, model_sha256="5" * 64)


def cut_photo(
    session: Session,
    photo_id: int,
    recipe: Recipe | None = None,
    *,
    sha256: str | None = None,
    notes: tuple[str, ...] = (),
) -> str:
    """Record a cut as a worker would, and return the hash of the photo."""
    file = session.folder / session.photo(photo_id).path
    content = sha256 or hashlib.sha256(file.read_bytes()).hexdigest()
    session.record_cut(
        photo_id,
        sha256=content,
        size=(1200, 1000),
        recipe=recipe or a_recipe(),
        seconds=1.5,
        notes=notes,
    )
    return content


@pytest.fixture
def save() -> Callable[..., Path]:
    """Return the function that writes a photo: path, colour, size."""
    return save_photo


@pytest.fixture
def make_recipe() -> Callable[..., Recipe]:
    """Return the function that makes a recipe for a model."""
    return a_recipe


@pytest.fixture
def cut() -> Callable[..., str]:
    """Return the function that records a cut: session, photo, recipe."""
    return cut_photo


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with three photos of two SKUs."""
    for colour, name in enumerate(("SKU1-front.jpg", "SKU1-back.jpg", "SKU2-front.jpg")):
        save_photo(tmp_path / "shoot" / name, colour * 40)
    return tmp_path / "shoot"


@pytest.fixture
def session(folder: Path) -> Iterator[Session]:
    """Return the scanned session of ``folder``."""
    with Session.open(folder, person="anna@desk") as opened:
        opened.scan()
        yield opened


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """Return a folder with one photo that this process may read and not write.

    The administrator may write everywhere, so that the test runs as nobody meanwhile.
    """
    with tempfile.TemporaryDirectory() as name:
        outer = Path(name)
        outer.chmod(0o755)
        inner = outer / "shoot"
        save_photo(inner / "SKU1-front.jpg")
        inner.chmod(0o555)
        was = os.geteuid()
        if was == 0:
            os.seteuid(65534)
        try:
            yield inner
        finally:
            if was == 0:
                os.seteuid(0)
            inner.chmod(0o755)
