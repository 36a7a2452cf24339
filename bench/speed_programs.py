"""The programs whose speed is compared, and the photos that they cut.

packshot does what it does by default, refinement included. rembg makes its default cutout in an
environment of its own, by its command ``rembg p`` and through its Python interface in one warm
process.
"""

from __future__ import annotations

import compileall
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from process_tree import Run, measure
from programs import REMBG, own_python

from engine.imaging.kinds import PHOTO_SUFFIXES
from models.store import ModelStore
from tui.cli.output import note

_ROOT = Path(__file__).resolve().parents[1]
PACKSHOT = Path(sys.executable).parent / "packshot"
_PEER = REMBG.replace("[cpu]", "[cpu,cli]")
_NOISE = 2.5  # levels: a camera at base sensitivity
_DIFFERENT = 12  # photos of a folder; larger folders hold them under more names

_DRIVER = """
import sys
from pathlib import Path
from PIL import Image
import rembg

model, folder, out = sys.argv[1:]
session = rembg.new_session(model)
for photo in sorted(Path(folder).iterdir()):
    rembg.remove(Image.open(photo), session=session).save(Path(out, photo.stem + ".png"))
"""


@dataclass(frozen=True)
class Program:
    """A way to cut a folder of photos: ``cut`` gets the model, the folder and where to write."""

    name: str
    cut: Callable[[str, Path, Path], Run]


def packshot(command: Path = PACKSHOT, name: str = "packshot", provider: str = "") -> Program:
    """Return packshot as it is installed somewhere, with a provider or that of its own choice."""
    environment = os.environ | ({"PACKSHOT_PROVIDER": provider} if provider else {})

    def cut(model: str, photos: Path, out: Path) -> Run:
        options = ["--out", out, "--model", model, "--force", "--json"]
        return measure([command, "cut", photos, *options], environment)

    return Program(name, cut)


def compile_packshot() -> None:
    """Leave packshot's bytecode beside it, as an installer does, and has done for the peer.

    In a working copy Python does it at the first start, if nothing forbids it.
    """
    for package in ("engine", "models", "presets", "tui"):
        compileall.compile_dir(_ROOT / package, quiet=1)


def quicker_peer(model: str, photos: Path, place: Path, cache: Path) -> Program:
    """Return the quicker one of rembg's two ways, on a few photos."""
    peers = _peers(model, cache)
    return min(peers, key=lambda peer: peer.cut(model, photos, place / peer.name).wall)


def _peers(model: str, cache: Path) -> list[Program]:
    python = own_python(cache / "rembg-cli", _PEER)
    weights = cache / "weights"
    weights.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ModelStore().verified_path(model), weights / f"{model}.onnx")
    environment = os.environ | {"U2NET_HOME": str(weights)}
    environment.pop("PYTHONPATH", None)

    def command(model: str, photos: Path, out: Path) -> Run:
        shutil.rmtree(out, ignore_errors=True)  # what is there already it would leave out
        return measure([python.parent / "rembg", "p", "-m", model, photos, out], environment)

    def interface(model: str, photos: Path, out: Path) -> Run:
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        return measure([python, "-c", _DRIVER, model, photos, out], environment)

    return [Program("rembg p", command), Program("rembg's Python interface", interface)]


def folder_of(sources: Path, place: Path, megapixels: int, count: int) -> Path:
    """Return a folder of ``count`` photos of that size, made when it is missing."""
    folder = place / f"{count}x{megapixels}"
    if folder.is_dir():
        return folder
    different = min(count, _DIFFERENT)
    note(f"making {different} photos of {megapixels} megapixels")
    folder.mkdir()
    found = sorted(path for path in sources.iterdir() if path.suffix.lower() in PHOTO_SUFFIXES)
    if not found:
        sys.exit(f"{sources} holds no photos")
    for number in range(different):
        picture = _enlarged(found[number % len(found)], megapixels, number)
        path = folder / f"SKU{number:04d}.jpg"
        cv2.imwrite(str(path), picture, [cv2.IMWRITE_JPEG_QUALITY, 92])
    for number in range(different, count):
        (folder / f"SKU{number:04d}.jpg").hardlink_to(folder / f"SKU{number % different:04d}.jpg")
    return folder


def sixteen_bit_tiff(sources: Path, place: Path, megapixels: int) -> Path:
    """Return a folder with one TIFF of 16 bits a channel, not compressed."""
    folder = place / f"tiff-{megapixels}"
    folder.mkdir(exist_ok=True)
    photo = cv2.imread(str(next(folder_of(sources, place, megapixels, 1).iterdir())))
    options = [cv2.IMWRITE_TIFF_COMPRESSION, 1]
    cv2.imwrite(str(folder / "SKU0000.tif"), photo.astype(np.uint16) * 257, options)
    return folder


def _enlarged(source: Path, megapixels: int, seed: int) -> np.ndarray:
    """Return a picture enlarged, with a sensor's noise."""
    rng = np.random.default_rng(seed)
    picture = cv2.imread(str(source))
    scale = (megapixels * 1e6 / (picture.shape[0] * picture.shape[1])) ** 0.5
    large = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    for band in np.array_split(large, max(1, megapixels // 4)):
        band[:] = np.clip(band + rng.normal(0.5, _NOISE, band.shape), 0, 255)
    return large
