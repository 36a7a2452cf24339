"""The hand-off, there and back: what leaves says nothing, what comes back is checked."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from engine.errors import Confidential, MaskRefused, SessionEmpty
from engine.handoff.choosing import choose_photos
from engine.handoff.packing import FORMATS, Format, pack_jobs, sanitised, write_pack
from engine.handoff.taking import recipe_with, take_jobs, take_mask
from engine.matting.recipe import Recipe, recipe_from
from engine.session.products import Product
from engine.session.session import Session
from engine.work.batch import Outcome
from engine.work.jobs import cut
from engine.work.session_jobs import cut_job, record_cut
from tui.cli.main import run

SIZE = (320, 240)
RECIPE = Recipe(model="u2netp", model_sha256="ab" * 32)
SECRETS = (b"SECRET", b"GPS", b"Exif", b"http", b"Canon", b"Photoshop", b"SKU", b"2026")


def picture(seed: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return a photo of a product on paper, and its mask."""
    noise = np.random.default_rng(seed)
    mask = np.zeros(SIZE[::-1], np.uint8)
    centre = (90 + 40 * seed, 110 + 10 * seed)
    cv2.ellipse(mask, centre, (60, 85 - 12 * seed), 20 * seed, 0, 360, 255, -1, cv2.LINE_AA)
    cv2.rectangle(mask, (centre[0] - 15, centre[1] - 20), (centre[0] + 30, 200), 255, -1)
    share = mask[..., None] / 255
    colour = np.array([150 - 40 * seed, 60, 30 + 60 * seed])
    photo = colour * share + 215 * (1 - share) + noise.normal(0, 2, (*SIZE[::-1], 3))
    return np.clip(photo, 0, 255).astype(np.uint8), mask


def save(path: Path, seed: int) -> None:
    """Save a photo with everything in it that can give a studio away."""
    image = Image.fromarray(picture(seed)[0])
    exif = Image.Exif()
    exif[271], exif[306], exif[37500] = "Canon SECRET", "2026:11:27 10:00:00", b"SECRET maker"
    exif[34853] = {1: "N", 2: (52.0, 31.0, 12.0)}
    if path.suffix == ".png":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", "SECRET comment")
        image.save(path, pnginfo=text, exif=exif)
    else:
        xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRET http</x:xmpmeta>"
        image.save(path, quality=97, subsampling=0, exif=exif, xmp=xmp, comment=b"SECRET comment")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Return a session of four rejected mattes, one of a confidential SKU and one of its family."""
    folder = tmp_path / "shoot"
    folder.mkdir()
    for seed, name in enumerate(("SKU1-front.jpg", "SKU2-front.png", "SKU3-front.jpg")):
        save(folder / name, seed)
    save(folder / "SKU4-front.jpg", 1)
    with Session.open(folder, person="anna@desk") as opened:
        opened.scan()
        for photo in opened.photos():
            sha256 = hashlib.sha256((folder / photo.path).read_bytes()).hexdigest()
            opened.record_cut(
                photo.id, sha256=sha256, size=SIZE, recipe=RECIPE, seconds=0.1, notes=()
            )
        opened.judge([photo.id for photo in opened.photos()], "rejected", ["halo"])
        opened.products.save(
            [
                Product("SKU3", family="spring", confidential=True),
                Product("SKU4", family="Spring"),
                Product("SKU1", family="basics"),
            ]
        )
        yield opened


def pack(session: Session, out: Path, kind: Format = "jpeg") -> tuple[str, ...]:
    """Pack the rejected photos as the command does; return why others stay."""
    chosen = choose_photos(session, [], states=["rejected"])
    jobs = pack_jobs(session, chosen.photos, kind)
    write_pack(session, out, [(job, sanitised(job)) for job in jobs])
    return tuple(f"{photo.path}: {why}" for photo, why in chosen.staying)


def take(session: Session, masks: Path, *, unchecked: bool = False) -> list[str]:
    """Take masks in as the command does; return what is wrong with the others."""
    jobs, problems = take_jobs(session, masks, unchecked=unchecked)
    for job, number in jobs.items():
        try:
            taken = take_mask(job)
        except MaskRefused as error:
            problems.append(str(error))
            continue
        recipe = recipe_with(session.photo(number), taken, lambda: RECIPE)
        cutting = cut_job(session, session.photo(number), recipe, session.folder / "no networks")
        record_cut(session, number, Outcome(cutting, cut(cutting), None))
        session.handouts.take(job.token, taken.sha256)
    return problems


def masks_of(session: Session, *, scale: int = 1) -> dict[str, bytes]:
    """Return the masks that a good service sends back, by name."""
    seeds = {"SKU1-front.jpg": 0, "SKU2-front.png": 1}
    sent = {}
    for handout in session.handouts.all():
        mask = picture(seeds[session.photo(handout.photo_id).path.name])[1]
        small = cv2.resize(mask, (SIZE[0] // scale, SIZE[1] // scale), interpolation=cv2.INTER_AREA)
        stream = io.BytesIO()
        Image.fromarray(np.asarray(small, np.uint8)).save(stream, "PNG")
        sent[f"{handout.token}.png"] = stream.getvalue()
    return sent


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("kind", FORMATS)
def test_what_leaves_says_nothing_but_its_pixels(
    session: Session, tmp_path: Path, kind: Format
) -> None:
    out = tmp_path / "pack.zip"
    staying = pack(session, out, kind)
    assert staying == (
        "SKU3-front.jpg: it is confidential, or of a family that is",
        "SKU4-front.jpg: it is confidential, or of a family that is",
    )
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        entries = {name: archive.read(name) for name in names if name != "README.txt"}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any(info.extra or info.comment for info in archive.infolist())
    suffix = {"jpeg": "jpg", "png": "png"}[kind]
    assert len(entries) == 2
    assert all(re.fullmatch(rf"[2-9A-Z]{{10}}\.{suffix}", name) for name in entries)
    for data in entries.values():
        for secret in SECRETS:
            assert secret not in data
        with Image.open(io.BytesIO(data)) as image:
            assert image.size == SIZE
            assert not image.getexif()
            assert set(image.info) <= {
                "icc_profile", "jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi",
            }  # fmt: skip
    # The key stays here, and every pack has names of its own.
    known = {each.token for each in session.handouts.all()}
    assert known == {name.split(".")[0] for name in entries}
    pack(session, tmp_path / "again.zip", kind)
    assert len({each.token for each in session.handouts.all()}) == 4


def test_a_confidential_product_that_is_named_stops_all_of_it(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("SKU3", "sku4", "SKU4-front.jpg"):
        with pytest.raises(Confidential, match=r"must not leave this machine"):
            choose_photos(session, ["SKU1", name])
    out = tmp_path / "pack.zip"
    assert run(["handoff", "pack", str(session.folder), "SKU1", "SKU3", "--out", str(out)]) == 2
    assert "SKU3: is confidential" in capsys.readouterr().err
    assert not out.exists()
    assert session.handouts.all() == []
    session.products.mark("SKU3", confidential=False)
    assert len(choose_photos(session, ["SKU3"]).photos) == 1
    with pytest.raises(SessionEmpty, match="no photo and no SKU SKU9"):
        choose_photos(session, ["SKU9"])


def test_looking_first_changes_nothing(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(session.folder)
    assert run(["handoff", "pack", folder, "--rejected", "--list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [each["path"] for each in listed] == ["SKU1-front.jpg", "SKU2-front.png"]
    assert run(["handoff", "pack", folder, "--rejected"]) == 2
    assert run(["handoff", "pack", folder, "--out", "x.zip"]) == 2
    assert session.handouts.all() == []


@pytest.mark.parametrize("scale", [1, 2])
def test_masks_come_back_as_mattes_that_can_be_made_again(
    session: Session, tmp_path: Path, scale: int
) -> None:
    pack(session, tmp_path / "pack.zip")
    masks = zipped(tmp_path / "masks.zip", masks_of(session, scale=scale))
    assert take(session, masks) == []
    for seed, photo in enumerate(session.photos()[:2]):
        assert photo.verdict.state == "pending"
        assert photo.matte is not None
        assert photo.matte.recipe["refine"] is (scale > 1)
        assert photo.matte.recipe["mask_sha256"] in {
            each.mask_sha256 for each in session.handouts.all()
        }
        file = session.matte_file(photo)
        assert file is not None
        before = file.read_bytes()
        if scale == 1:
            assert np.array_equal(np.asarray(Image.open(file)), picture(seed)[1])
        file.unlink()
        recipe = recipe_from(photo.matte.recipe, "the matte's recipe")
        cut(cut_job(session, photo, recipe, session.folder / "no networks"))
        assert file.read_bytes() == before


def test_what_does_not_fit_is_told_with_figures_and_the_rest_is_taken(
    session: Session, tmp_path: Path
) -> None:
    pack(session, tmp_path / "pack.zip")
    good = masks_of(session)
    names = {
        session.photo(each.photo_id).path.name: f"{each.token}.png"
        for each in session.handouts.all()
    }
    one, two = names["SKU1-front.jpg"], names["SKU2-front.png"]
    swapped = {one: good[two], two: good[two], "ABCDEFGHJK.png": good[one], "notes.txt": b"hello"}
    problems = take(session, zipped(tmp_path / "a.zip", swapped))
    assert [problem.split(":")[0] for problem in problems] == ["ABCDEFGHJK.png", "notes.txt", one]
    assert "is of no photo that was handed out from this session" in problems[0]
    assert re.search(r"is not of this photo: \d+% of its outline|lies elsewhere", problems[2])
    waiting = [each.token for each in session.handouts.all() if each.mask_sha256 is None]
    assert waiting == [one.removesuffix(".png")]

    # A person has looked at it, and takes it all the same; never an inverted one.
    assert take(session, zipped(tmp_path / "b.zip", {one: good[two]}), unchecked=True) == []
    stream = io.BytesIO()
    Image.fromarray(255 - picture(0)[1]).save(stream, "PNG")
    inverted = zipped(tmp_path / "c.zip", {two: stream.getvalue()})
    assert "is inverted" in take(session, inverted, unchecked=True)[0]

    double = zipped(tmp_path / "d.zip", {one: good[one], f"again/{one}": good[one]})
    assert all("is there twice" in problem for problem in take(session, double))
    (session.folder / "SKU2-front.png").write_bytes(b"another photo")
    (problem,) = take(session, zipped(tmp_path / "e.zip", {two: good[two]}))
    assert "the photo has changed since" in problem


def test_the_commands_there_and_back(
    session: Session,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    model_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PACKSHOT_HOME", str(model_home))
    folder, out = str(session.folder), tmp_path / "pack.zip"
    (session.folder / "SKU1-front.jpg").write_bytes(b"\xff\xd8\xff gone bad")
    command = ["handoff", "pack", folder, "--rejected", "--workers", "1", "--out"]
    assert run([*command, str(out)]) == 1
    printed = capsys.readouterr()
    assert "1 photo packed, 1 failed" in printed.out
    assert "SKU3-front.jpg stays: it is confidential" in printed.err
    assert run([*command, str(out)]) == 1
    assert "is there already" in capsys.readouterr().err
    pictures = zipped(tmp_path / "masks.zip", masks_of(session) | {"other.png": b""})
    assert run(["handoff", "take", folder, str(pictures), "--workers", "1"]) == 1
    printed = capsys.readouterr()
    assert "1 mask taken in and waiting for a verdict, 1 refused." in printed.out
    assert "other.png: is of no photo" in printed.err
    assert run(["handoff", "list", folder, "--waiting", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert run(["handoff", "list", folder]) == 0
    assert "SKU2-front.png  pack.zip" in capsys.readouterr().out


def test_names_outside_have_nothing_to_do_with_the_order_of_the_photos(session: Session) -> None:
    photos = session.photos() * 20
    jobs = pack_jobs(session, photos, "jpeg")
    assert [job.token for job in jobs] == sorted(job.token for job in jobs)
    assert len({job.token for job in jobs}) == len(jobs)
    assert [job.photo_id for job in jobs] != [photo.id for photo in photos]


def test_a_photo_leaves_upright_in_srgb(tmp_path: Path) -> None:
    path = tmp_path / "turned.jpg"
    exif = Image.Exif()
    exif[274] = 6  # turned by a quarter
    Image.fromarray(picture(0)[0]).save(path, quality=95, exif=exif)
    with Session.open(tmp_path) as session:
        session.scan()
        (job,) = pack_jobs(session, session.photos(), "png")
        with Image.open(io.BytesIO(sanitised(job).data)) as image:
            assert image.size == (SIZE[1], SIZE[0])
