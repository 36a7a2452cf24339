"""The programs that are compared: rembg, a network alone with rembg's steps, and packshot.

Each cuts photos with the weights that packshot has verified and leaves one PNG per photo in a
folder, RGBA as that program writes it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image

from engine.imaging.decode import read_photo
from engine.imaging.encode import encode_png
from engine.work.recipes import resolve_recipe
from models.spec import ModelSpec
from models.store import ModelStore
from tui.cli.output import note, progress
from tui.cli.scoring import Cutout, cut, read_cutout

REMBG = "rembg[cpu]==2.0.86"
REMBG_MODELS = frozenset({"u2net", "u2netp", "silueta", "isnet-general-use"})
"""The models of packshot's catalogue that rembg can load by the same name."""

_DRIVER = """
import sys
from pathlib import Path
from PIL import Image
import rembg

model, out, *photos = sys.argv[1:]
session = rembg.new_session(model)
for photo in map(Path, photos):
    picture = Image.open(photo)
    rembg.remove(picture, session=session).save(Path(out, photo.stem + ".png"), compress_level=1)
    mask = rembg.remove(picture, session=session, only_mask=True)
    mask.save(Path(out, photo.stem + "_mask.png"), compress_level=1)
    print(photo.stem, flush=True)
"""
"""What runs in rembg's environment: its default cutout and its mask, nothing of ours."""


def cut_with_rembg(photos: Sequence[Path], model: str, cache: Path, out: Path) -> None:
    """Run rembg over the photos in its own environment."""
    python = own_python(cache / "rembg", REMBG)
    weights = cache / "weights"
    weights.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ModelStore().verified_path(model), weights / f"{model}.onnx")
    out.mkdir(parents=True, exist_ok=True)
    command = [str(python), "-c", _DRIVER, model, str(out), *(str(p.resolve()) for p in photos)]
    environment = os.environ | {"U2NET_HOME": str(weights)}
    environment.pop("PYTHONPATH", None)
    with progress(len(photos), "rembg") as bar:
        running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert running.stdout is not None  # asked for a pipe just above
        for line in running.stdout:
            bar.step(line.strip())
    if running.wait():
        sys.exit(f"rembg ended with status {running.returncode}")


def own_python(place: Path, package: str) -> Path:
    """Return the Python of an environment with one package, made at the first call."""
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    done = place / "installed.txt"
    if not done.is_file() or done.read_text() != package:
        note(f"installing {package} in {place}")
        venv.create(place, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)
        done.write_text(package)
    return python


def cut_with_network(photos: Sequence[Path], model: str, out: Path) -> None:
    """Cut the photos with a network and rembg's steps around it, for models it cannot load.

    Lanczos to the network's square, the picture divided by its own maximum, the answer stretched
    to 0…255 by its own minimum and maximum, Lanczos back to the photo's size; colours multiplied
    by alpha, as rembg's default cutout has them.
    """
    store = ModelStore()
    spec = store.spec(model)
    session = onnxruntime.InferenceSession(
        str(store.verified_path(model)), providers=["CPUExecutionProvider"]
    )
    out.mkdir(parents=True, exist_ok=True)
    with progress(len(photos), "network alone") as bar:
        for photo in photos:
            pixels = read_photo(photo).pixels
            mask = _mask(pixels, spec, session)
            colour = np.rint(pixels * (mask[..., None] / np.float32(255))).astype(np.uint8)
            (out / f"{photo.stem}.png").write_bytes(encode_png(np.dstack((colour, mask))))
            bar.step(photo.stem)


def cut_with_packshot(photos: Sequence[Path], model: str, out: Path) -> None:
    """Cut the photos in this process with the default recipe."""
    store = ModelStore()
    recipe = resolve_recipe(store, model)
    out.mkdir(parents=True, exist_ok=True)
    with progress(len(photos), "packshot") as bar:
        for photo in photos:
            made = cut(photo, recipe, store.home, with_colour=True)
            alpha = np.rint(made.alpha * 255).astype(np.uint8)
            assert made.colour is not None  # asked for just above
            (out / f"{photo.stem}.png").write_bytes(encode_png(np.dstack((made.colour, alpha))))
            bar.step(photo.stem)


def read_made(folder: Path, stem: str) -> Cutout:
    """Return what a program made of a photo.

    rembg's mask is a file of its own: where it lies beside the cutout it is the alpha.
    """
    cutout = read_cutout(folder / f"{stem}.png")
    mask = folder / f"{stem}_mask.png"
    return replace(cutout, alpha=read_cutout(mask).alpha) if mask.is_file() else cutout


def _mask(
    pixels: NDArray[np.uint8], spec: ModelSpec, session: onnxruntime.InferenceSession
) -> NDArray[np.uint8]:
    """Return a network's mask of a photo, (H, W) 0…255."""
    side = spec.input_size
    height, width = pixels.shape[:2]
    small = Image.fromarray(pixels).resize((side, side), Image.Resampling.LANCZOS)
    picture = np.asarray(small, np.float32)
    picture = picture / max(float(picture.max()), 1e-6)
    normal = (picture - np.array(spec.mean, np.float32)) / np.array(spec.std, np.float32)
    blob = normal.transpose(2, 0, 1)[None]
    raw = np.asarray(session.run(None, {session.get_inputs()[0].name: blob})[0], np.float32)
    raw = raw.reshape(side, side)
    if spec.activation == "sigmoid":
        raw = 1 / (1 + np.exp(-raw))
    low, high = float(raw.min()), float(raw.max())
    levels = ((raw - low) / max(high - low, 1e-6) * 255).astype(np.uint8)
    mask = Image.fromarray(levels).resize((width, height), Image.Resampling.LANCZOS)
    return np.asarray(mask, np.uint8)
