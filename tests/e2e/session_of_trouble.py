"""A session as they really come: nested folders, equal names, odd files and broken ones."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from display_p3 import display_p3_profile
from numpy.typing import NDArray
from PIL import Image, ImageCms

FOLDERS = 22
OWN = 4  # of them hold photos of their own; in the others the same photos turn up again
ORIENTATION_TAG = 0x0112
ROTATED_RIGHT = 6  # the camera lay on its side: shown after a quarter turn to the right

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class TroubleSession:
    """The folder, what each special good photo must come out as, and which photos are bad."""

    folder: Path
    photos: int
    expected: dict[str, Pixels]  # relative path: (H, W, 3) sRGB
    bad: frozenset[str]


def build(folder: Path, samples: Path) -> TroubleSession:
    """Write 300 photos below ``folder``: 297 good ones, most of them under equal names."""
    photos = [_small(path) for path in sorted(samples.glob("*.jpg"))]
    for number in range(FOLDERS):
        for index, photo in enumerate(photos):
            view = f"SKU{number:03}/{'detail' if index % 2 else 'main'}/front-{index}.jpg"
            target = folder / view
            target.parent.mkdir(parents=True, exist_ok=True)
            own = photo[:2] + _comment(number) + photo[2:]
            target.write_bytes(own if number < OWN else photo)
    special = folder / "special"
    special.mkdir()
    truth = np.asarray(Image.open(io.BytesIO(photos[0])).convert("RGB"))
    expected = _write_special(special, photos[0], truth)
    bad = _write_bad(special, photos[1])
    _fill_up(folder, photos[2], 300)
    count = sum(1 for path in folder.rglob("*") if path.is_file())
    return TroubleSession(folder, count, expected, bad)


def _small(path: Path) -> bytes:
    photo = Image.open(path).convert("RGB")
    photo.thumbnail((320, 320))
    data = io.BytesIO()
    photo.save(data, "JPEG", quality=95, subsampling=0)
    return data.getvalue()


def _comment(number: int) -> bytes:
    text = f"copy {number}".encode()
    return b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text


def _write_special(folder: Path, photo: bytes, truth: Pixels) -> dict[str, Pixels]:
    wide = truth.astype(np.uint16) * 257
    cv2.imwrite(str(folder / "deep.png"), wide[..., ::-1])

    cmyk = Image.fromarray(truth).convert("CMYK")
    cmyk.save(folder / "print.jpg", quality=97, subsampling=0)

    exif = Image.Exif()
    exif[ORIENTATION_TAG] = ROTATED_RIGHT
    turned = Image.fromarray(truth).transpose(Image.Transpose.ROTATE_90)
    turned.save(folder / "turned.jpg", quality=97, subsampling=0, exif=exif)

    profile = ImageCms.ImageCmsProfile(io.BytesIO(display_p3_profile()))
    wide_gamut = ImageCms.profileToProfile(
        Image.fromarray(truth),
        ImageCms.createProfile("sRGB"),
        profile,
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    assert wide_gamut is not None
    wide_gamut.save(folder / "phone.png", icc_profile=display_p3_profile())

    return {
        "special/deep.png": truth,
        "special/print.jpg": np.asarray(cmyk.convert("RGB")),
        "special/turned.jpg": truth,
        "special/phone.png": truth,
    }


def _write_bad(folder: Path, photo: bytes) -> frozenset[str]:
    (folder / "truncated.jpg").write_bytes(photo[: len(photo) // 2])
    (folder / "letter.jpg").write_text("Dear studio, the photos follow by separate mail.")
    (folder / "empty.jpg").touch()
    return frozenset(f"special/{name}.jpg" for name in ("truncated", "letter", "empty"))


def _fill_up(folder: Path, photo: bytes, count: int) -> None:
    have = sum(1 for path in folder.rglob("*") if path.is_file())
    for number in range(count - have):
        name = folder / "special" / f"IMG_{number:04}.JPG"
        name.write_bytes(photo)
        shutil.copystat(folder / "special" / "truncated.jpg", name)
