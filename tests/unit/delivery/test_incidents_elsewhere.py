"""What was recalled in one session is known in every other, and found on shared drives."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from recalling import META, refused, take_back
from seasonal import add_cut, jobs

from engine.delivery.export_job import export
from engine.delivery.incidents.blocklist import known_incidents
from engine.delivery.incidents.search import find_copies
from engine.errors import (
    IncidentInvalid,
)
from engine.session.session import Session
from tui.cli.main import run


def test_another_session_of_the_same_person_refuses_it_and_its_scan_finds_the_copy(
    delivered: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    incident = take_back(delivered, "SKU1")
    other = tmp_path / "drive"
    shutil.copytree(delivered.folder / "seasons", other / "seasons")
    shutil.copytree(delivered.folder / "presets", other / "presets")
    shutil.copy(delivered.folder / META, other / "SKU5-front.jpg")
    shutil.copy(delivered.folder / "SKU1-front.png", other)
    shutil.copy(delivered.folder / "SKU2-front.png", other)
    assert run(["scan", str(other)]) == 0
    printed = capsys.readouterr().out
    assert "Recalled after it had been published (1). Take it away" in printed
    assert f"SKU5-front.jpg: recalled on {incident.at[:10]}" in printed
    with Session.open(other, person="ben@laptop") as session:
        photos = session.photos()
        for photo in photos:
            if photo.path.suffix == ".png":
                add_cut(session, photo.id)
        session.judge([photo.id for photo in photos if photo.matte or photo.sku != "SKU5"],
                      "approved")  # fmt: skip
        for job in jobs(session):
            if job.photo.stem == "SKU1-front":
                assert incident.id in refused(job)
            else:
                assert export(job).path.is_file()


def test_copies_on_a_shared_drive_are_found_without_touching_anything(
    delivered: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    incident = take_back(delivered, META)
    drive = tmp_path / "drive"
    (drive / "old").mkdir(parents=True)
    shutil.copy(delivered.folder / META, drive / "old" / "keep me.jpg")
    (drive / "resaved.jpg").write_bytes((delivered.folder / META).read_bytes() + b"\0")
    shutil.copy(delivered.folder / "Output/meta/SKU2-front.jpg", drive / "fine.jpg")
    (drive / "text.jpg").write_text("no picture")
    (drive / ".packshot").mkdir()
    shutil.copy(delivered.folder / META, drive / ".packshot" / "a session's own.jpg")
    (drive / "linked.jpg").symlink_to(delivered.folder / META)
    os.mkfifo(drive / "pipe.jpg")
    before = {path: path.lstat().st_mtime_ns for path in drive.rglob("*")}
    found = {
        copy.path.name: copy.is_same for copy in find_copies(drive, known_incidents(delivered))
    }
    assert found == {"keep me.jpg": True, "resaved.jpg": False}
    assert before == {path: path.lstat().st_mtime_ns for path in drive.rglob("*")}
    capsys.readouterr()
    # From outside of any session, by what this person has recalled.
    assert run(["incident", "search", str(drive), "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert {row["incident"] for row in rows} == {incident.id}
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run(["incident", "search", str(empty), "--session", str(delivered.folder)]) == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b'id = "20261127-abcdef"',
        b'id = "../../../x"\nat = ""\nperson = ""\nreason = ""\nblocks_matte = true\nfiles = []\n',
        b'id = "20261127-abcdef"\nat = ""\nperson = ""\nreason = ""\nblocks_matte = true\n'
        b'files = [{sha256 = "x"}]\n',
    ],
)
def test_a_shared_file_that_cannot_be_read_stops_exports_and_is_named(
    delivered: Session, content: bytes
) -> None:
    path = delivered.folder / "incidents" / "20261127-abcdef.toml"
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(IncidentInvalid, match=path.name):
        jobs(delivered)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(IncidentInvalid, match=path.name):
        jobs(delivered)
