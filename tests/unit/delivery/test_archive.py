"""The archive: every master once, as a version with a note, and nothing ever replaced."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from seasonal import RECIPE, add_cut, deliver_all

from engine.delivery.archive.masters import (
    Archived,
    archive_jobs,
    archive_master,
    record_archived,
)
from engine.delivery.archive.papers import write_papers
from engine.delivery.incidents.recall import affected, find_deliveries, recall
from engine.errors import OutputExists, OutputInSession, Recalled
from engine.session.session import Session
from presets.loader import find_preset
from tui.cli.main import run


def archived(session: Session, folder: Path, note: str = "") -> list[str]:
    """Archive as the command does; return what was written."""
    preset = find_preset("master-png").preset
    written = []
    for job in archive_jobs(session, folder, preset):
        record_archived(session, job, archive_master(job), note)
        written.append(job.path.as_posix())
    write_papers(session, folder)
    return written


def cut_anew(session: Session, shift: float) -> None:
    number = session.photos()[0].id
    add_cut(session, number, replace(RECIPE, edge_shift=shift))
    session.judge([number], "approved")


def test_masters_are_written_once_and_versions_follow_each_other(
    session: Session, tmp_path: Path
) -> None:
    dam = tmp_path / "dam"
    assert archived(session, dam, "first edition") == [
        "SKU1/SKU1-front-v1.png", "SKU2/SKU2-front-v1.png",
    ]  # fmt: skip
    assert archived(session, dam, "nothing new") == []
    cut_anew(session, -1.0)
    before = (dam / "SKU1/SKU1-front-v1.png").read_bytes()
    assert archived(session, dam, "edge −1: *halo* at the cap") == ["SKU1/SKU1-front-v2.png"]
    assert (dam / "SKU1/SKU1-front-v1.png").read_bytes() == before
    with Image.open(dam / "SKU1/SKU1-front-v2.png") as image:
        assert image.mode == "RGBA"
    # The matte of the first edition again: the same master, no third version.
    cut_anew(session, 0.0)
    assert archived(session, dam) == []

    notes = (dam / "NOTES.md").read_text("utf-8")
    assert notes.startswith("# Masters of shoot\n\n## SKU1 front\n\n- **v2**, ")
    assert "anna@desk: edge −1: \\*halo\\* at the cap" in notes
    assert notes.index("**v2**") < notes.index("**v1**")
    rows = list(csv.DictReader((dam / "manifest.csv").open(newline="")))
    assert [(row["file"], row["version"]) for row in rows] == [
        ("SKU1/SKU1-front-v1.png", "1"),
        ("SKU2/SKU2-front-v1.png", "1"),
        ("SKU1/SKU1-front-v2.png", "2"),
    ]
    assert json.loads((dam / "manifest.json").read_text())[2]["version"] == 2
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "CHECKSUMS"],
        cwd=dam, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert checked.stdout.count(": OK") == 3


def test_a_master_that_was_moved_into_the_library_keeps_its_version(
    session: Session, tmp_path: Path
) -> None:
    archived(session, tmp_path / "first")
    cut_anew(session, -1.0)
    # Another folder gets what is current; the numbers go on.
    assert archived(session, tmp_path / "second") == [
        "SKU1/SKU1-front-v2.png", "SKU2/SKU2-front-v1.png",
    ]  # fmt: skip
    first, second = (
        (tmp_path / name / "SKU2/SKU2-front-v1.png").read_bytes() for name in ("first", "second")
    )
    assert first == second
    checksums = (tmp_path / "second" / "CHECKSUMS").read_text()
    assert checksums.splitlines() == [
        f"{hashlib.sha256(second).hexdigest()}  SKU2/SKU2-front-v1.png",
        f"{hashlib.sha256((tmp_path / 'second/SKU1/SKU1-front-v2.png').read_bytes()).hexdigest()}"
        "  SKU1/SKU1-front-v2.png",
    ]


def test_a_file_that_is_not_ours_is_never_replaced(session: Session, tmp_path: Path) -> None:
    other = tmp_path / "SKU1" / "SKU1-front-v1.png"
    other.parent.mkdir()
    other.write_bytes(b"somebody's")
    first, second = archive_jobs(session, tmp_path, find_preset("master-png").preset)
    with pytest.raises(OutputExists, match="another content"):
        archive_master(first)
    assert other.read_bytes() == b"somebody's"
    assert isinstance(archive_master(second), Archived)


def test_an_archive_among_the_photos_is_refused(session: Session) -> None:
    preset = find_preset("master-png").preset
    for inside in (session.folder, session.folder / "masters"):
        with pytest.raises(OutputInSession, match="would take masters for photos"):
            archive_jobs(session, inside, preset)
    assert archive_jobs(session, session.folder / "Output" / "dam", preset)


def test_names_of_others_stay_inside_and_apart(session: Session, tmp_path: Path) -> None:
    data = (session.folder / "SKU1-front.png").read_bytes()
    (session.folder / "packshot.toml").write_text(
        "[naming]\npattern = '(?P<sku>.+)__(?P<view>.+)'\n"
    )
    for number, name in enumerate(("A:B__front", "A?B__front", "x__..", "CON__front"), 1):
        (session.folder / f"{name}.png").write_bytes(data + bytes(number))
    session.scan()
    fresh = [photo.id for photo in session.photos() if photo.matte is None]
    for number in fresh:
        add_cut(session, number)
    session.judge(fresh, "approved")
    written = archived(session, tmp_path / "dam")
    assert len(set(written)) == len(written) == 6
    assert all((tmp_path / "dam" / path).is_file() for path in written)
    assert not any(part in {"..", "CON"} for path in written for part in Path(path).parts)
    assert {path.name for path in tmp_path.iterdir()} == {"shoot", "dam"}


def test_the_photo_s_own_version_is_its_master_s(session: Session, tmp_path: Path) -> None:
    photo = session.folder / "SKU1-front.png"
    photo.rename(photo.with_name("SKU1-front-v4.png"))
    session.scan()
    assert archived(session, tmp_path)[0] == "SKU1/SKU1-front-v4.png"
    number = session.photos()[0].id
    add_cut(session, number, replace(RECIPE, edge_shift=-1.0))
    session.judge([number], "approved")
    assert archived(session, tmp_path) == ["SKU1/SKU1-front-v5.png"]


def test_a_recalled_matte_is_not_archived_and_an_archived_one_is_marked(
    session: Session, tmp_path: Path
) -> None:
    archived(session, tmp_path / "before")
    deliver_all(session)
    recall(session, affected(session, find_deliveries(session, "SKU1")), "halo")
    session.judge([session.photos()[0].id], "approved")
    first, *_ = archive_jobs(session, tmp_path, find_preset("master-png").preset)
    with pytest.raises(Recalled):
        archive_master(first)
    write_papers(session, tmp_path / "before")
    first_row, second = csv.DictReader((tmp_path / "before/manifest.csv").open(newline=""))
    assert "halo" in first_row["recalled"]
    assert not second["recalled"]
    assert (tmp_path / "before/NOTES.md").read_text().count("**Do not use:** recalled on") == 1


def test_the_command(session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dam = tmp_path / "dam"
    command = ["archive", str(session.folder), "--out", str(dam), "--workers", "1"]
    assert run([*command, "--note", "first edition"]) == 0
    assert "2 masters written, 2 in the archive, 0 failed" in capsys.readouterr().out
    assert "first edition" in (dam / "NOTES.md").read_text()
    (session.folder / "SKU1-front.png").write_bytes(b"gone bad")
    (dam / "SKU1/SKU1-front-v1.png").unlink()
    assert run([*command, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["written"], told["masters"], len(told["failed"])) == ([], 1, 1)
