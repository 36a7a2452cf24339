"""Incidents: what was recalled is never delivered again, and stays open until it was replaced."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from seasonal import RECIPE, add_cut, deliver_all, jobs

from engine.delivery.after_batch import after_batch
from engine.delivery.export_job import ExportJob, export
from engine.delivery.incidents.blocklist import known_incidents
from engine.delivery.incidents.incident import Incident
from engine.delivery.incidents.recall import affected, find_deliveries, recall
from engine.delivery.incidents.replacing import next_names
from engine.delivery.incidents.search import find_copies
from engine.delivery.incidents.standing import find_standing, standings
from engine.delivery.manifest.rows import manifest_rows
from engine.delivery.recording import record_export
from engine.delivery.seasons.audit import AuditLog
from engine.errors import (
    AuditBroken,
    IncidentInvalid,
    IncidentUnknown,
    NothingToRecall,
    Recalled,
    SessionReadOnly,
)
from engine.session.products import Product
from engine.session.session import Session
from presets.user_folder import config_folder
from tui.cli.main import run

META = "Output/meta/SKU1-front.jpg"
MAIL = "Output/email-comp/SKU1-front.png"


def take_back(session: Session, target: str, *, blocks_matte: bool = True) -> Incident:
    """Recall as the command does."""
    chosen = affected(session, find_deliveries(session, target), blocks_matte=blocks_matte)
    return recall(session, chosen, "halo at the cap", blocks_matte=blocks_matte, fault="halo")


def refused(job: ExportJob) -> str:
    """Return why a job is refused; nothing of it is written."""
    before = sorted(job.target.rglob("*"))
    with pytest.raises(Recalled) as caught:
        export(job)
    assert sorted(job.target.rglob("*")) == before
    return str(caught.value)


@pytest.fixture
def delivered(session: Session) -> Session:
    """Return the session with its season delivered."""
    deliver_all(session)
    return session


def photo_id(session: Session, sku: str = "SKU1") -> int:
    return next(photo.id for photo in session.photos() if photo.sku == sku)


def test_a_file_is_known_wherever_it_lies_and_takes_its_mattes_files_with_it(
    delivered: Session, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "final final (2).jpg"
    shutil.move(delivered.folder / META, elsewhere)
    incident = take_back(delivered, str(elsewhere))
    assert {file.path for file in incident.files} == {META, MAIL}
    assert (incident.skus, incident.blocks_matte) == (("SKU1",), True)
    verdict = delivered.photo(photo_id(delivered)).verdict
    assert (verdict.state, verdict.reasons) == ("rejected", ("halo",))
    assert verdict.note == f"recalled, incident {incident.id}: halo at the cap"
    assert [row.sku for row in manifest_rows(delivered)] == ["SKU2", "SKU2"]


def test_a_recalled_matte_is_refused_by_name_also_when_somebody_approves_it_again(
    delivered: Session,
) -> None:
    incident = take_back(delivered, "SKU1")
    delivered.judge([photo_id(delivered)], "approved")
    ours, others = (
        [job for job in jobs(delivered) if (job.photo.stem == "SKU1-front") is mine]
        for mine in (True, False)
    )
    for job in ours:
        said = refused(job)
        assert f"its matte was recalled on {incident.at[:10]}" in said
        assert f"incident {incident.id}: halo at the cap" in said
    for job in others:
        assert export(job).unchanged


def test_with_the_matte_kept_the_very_bytes_alone_are_refused(delivered: Session) -> None:
    incident = take_back(delivered, META, blocks_matte=False)
    assert [file.path for file in incident.files] == [META]
    assert delivered.photo(photo_id(delivered)).verdict.state == "approved"
    (delivered.folder / META).unlink()
    for job in jobs(delivered):
        if (job.photo.stem, job.preset.name) == ("SKU1-front", "meta"):
            assert "this very file was recalled" in refused(job)
        else:
            assert export(job).unchanged
    # The same matte in another file: the preset was what was wrong.
    path = delivered.folder / "presets" / "meta.toml"
    path.write_text(path.read_text().replace("fill = 0.85", "fill = 0.7"))
    job = next(job for job in jobs(delivered) if job.preset.name == "meta")
    assert export(job).path.name == "SKU1-front-v2.jpg"


def test_an_incident_is_open_until_corrected_files_are_there(delivered: Session) -> None:
    incident = take_back(delivered, "SKU1")
    names = next_names(delivered, incident.files)
    assert {str(name) for name in names.values()} == {
        "meta/SKU1-front-v2.jpg",
        "email-comp/SKU1-front-v2.png",
    }
    add_cut(delivered, photo_id(delivered), replace(RECIPE, edge_shift=-1.0))
    delivered.judge([photo_id(delivered)], "approved")
    first, second = [job for job in jobs(delivered) if job.photo.stem == "SKU1-front"]
    record_export(delivered, first, export(first))
    after_batch(delivered)
    (standing,) = standings(delivered)
    assert standing.is_open
    assert [file.preset for file in standing.missing] == [second.preset.name]
    record_export(delivered, second, export(second))
    after_batch(delivered)
    (standing,) = standings(delivered)
    assert standing.missing == ()
    assert standing.closed is not None
    assert standing.closed.details["why"] == "corrected files were delivered"
    events = [entry.event for entry in AuditLog(delivered.folder).entries()]
    assert [event for event in events if event != "deliver"] == ["recall", "close"]
    assert {row.name for row in manifest_rows(delivered) if row.sku == "SKU1"} == {
        "SKU1-front-v2.jpg",
        "SKU1-front-v2.png",
    }


@pytest.mark.parametrize(
    ("naming", "expected"),
    [
        ('template = "{asin}.{view}"\ncollision = "folder"', "meta/v2/B07ABC1234.front.jpg"),
        ('template = "{season}-{sku}"', "meta/autumn-SKU1-v2.jpg"),
        ('collision = "refuse"', None),
    ],
)
def test_the_name_of_a_correction_is_the_one_that_its_export_gives_it(
    session: Session, naming: str, expected: str | None
) -> None:
    session.products.save([Product("SKU1", asin="B07ABC1234")])
    path = session.folder / "presets" / "meta.toml"
    path.write_text(re.sub(r"(?<=\[naming\]\n)[^\[]*", f"{naming}\n\n", path.read_text()))
    deliver_all(session)
    incident = take_back(session, "SKU1")
    (file,) = [file for file in incident.files if file.preset == "meta"]
    name = next_names(session, incident.files).get(file.delivery)
    assert (None if name is None else str(name)) == expected
    if expected is not None:
        add_cut(session, photo_id(session), replace(RECIPE, edge_shift=-1.0))
        session.judge([photo_id(session)], "approved")
        (job,) = [each for each in jobs(session) if each.photo.stem == "SKU1-front"][:1]
        assert export(job).path == session.folder / "Output" / expected


def test_a_correction_that_is_recalled_corrects_nothing(delivered: Session) -> None:
    first = take_back(delivered, "SKU1")
    add_cut(delivered, photo_id(delivered), replace(RECIPE, edge_shift=-1.0))
    delivered.judge([photo_id(delivered)], "approved")
    for job in jobs(delivered):
        record_export(delivered, job, export(job))
    second = take_back(delivered, "Output/meta/SKU1-front-v2.jpg")
    after_batch(delivered)
    assert [each.is_open for each in standings(delivered)] == [True, True]
    assert {file.sha256 for file in first.files}.isdisjoint(file.sha256 for file in second.files)


def test_a_hash_a_beginning_of_it_and_a_file_that_was_saved_again_are_known(
    delivered: Session, tmp_path: Path
) -> None:
    (row,) = [each for each in delivered.deliveries.all() if each.path == META]
    for target in (row.sha256, row.sha256[:12], row.sha256[:12].upper()):
        assert find_deliveries(delivered, target) == [row]
    again = tmp_path / "again.jpg"
    again.write_bytes((delivered.folder / META).read_bytes() + b"\0")
    assert {each.path for each in find_deliveries(delivered, str(again))} == {META, MAIL}
    assert {each.path for each in find_deliveries(delivered, "sku1", "FRONT")} == {META, MAIL}


def test_what_was_not_delivered_cannot_be_recalled(delivered: Session, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("no picture")
    for target in (str(other), "SKU9", "0" * 64, "abcdef12", "../../etc/passwd", "\x1b[2J"):
        with pytest.raises(NothingToRecall, match="no file, hash or SKU"):
            find_deliveries(delivered, target)
    with pytest.raises(NothingToRecall):
        find_deliveries(delivered, "SKU1", "back")
    take_back(delivered, "SKU1")
    with pytest.raises(NothingToRecall, match="was recalled before"):
        take_back(delivered, META)


def test_deleting_its_files_does_not_take_a_recall_back(delivered: Session) -> None:
    incident = take_back(delivered, "SKU1")
    for folder in (delivered.folder, config_folder()):
        (folder / "incidents" / f"{incident.id}.toml").unlink()
    delivered.judge([photo_id(delivered)], "approved")
    refused(jobs(delivered)[0])
    log = AuditLog(delivered.folder)
    lines = log.path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(b"".join(lines[:-1]))
    with pytest.raises(AuditBroken):
        jobs(delivered)


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


def test_a_session_that_is_looked_at_recalls_nothing(delivered: Session) -> None:
    with Session.open(delivered.folder, readonly=True) as looking:
        chosen = affected(looking, find_deliveries(looking, "SKU1"))
        with pytest.raises(SessionReadOnly):
            recall(looking, chosen, "halo")
        with pytest.raises(IncidentUnknown):
            find_standing(looking, "2026")
    assert not (delivered.folder / "incidents").exists()
    with pytest.raises(ValueError, match="takes a reason"):
        recall(delivered, chosen, "  ")


def test_the_commands(delivered: Session, capsys: pytest.CaptureFixture[str]) -> None:
    here = ["--session", str(delivered.folder)]
    (delivered.folder / "packshot.toml").write_text(
        '[delivery]\nurl = "https://cdn.example.com/{file}"\nsurrogate_key = "{sku}"\n'
    )
    told = ["incident", "recall", "SKU1", "--reason", "halo", *here]
    assert run([*told, "--dry-run"]) == 0
    assert "2 files would be recalled; nothing was." in capsys.readouterr().out
    assert run([*told, "--fault", "ugly"]) == 2
    assert run(["incident", "recall", "SKU1", "--reason", " ", *here]) == 2
    assert run(["incident", "list", *here]) == 0
    assert "Nothing was recalled." in capsys.readouterr().out

    assert run([*told, "--fault", "halo", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert {each["next"] for each in made["missing"]} == {
        "meta/SKU1-front-v2.jpg",
        "email-comp/SKU1-front-v2.png",
    }
    lists = {Path(path).name: json.loads(Path(path).read_text()) for path in made["purge"]}
    assert lists["fastly-1.json"] == {"surrogate_keys": ["SKU1"]}
    assert sorted(lists["cloudflare-1.json"]["files"]) == [
        "https://cdn.example.com/email-comp/SKU1-front.png",
        "https://cdn.example.com/meta/SKU1-front.jpg",
    ]
    assert lists["cloudfront-1.json"]["CallerReference"] == f"packshot-{made['id']}"
    assert (delivered.folder / "incidents" / f"{made['id']}.toml").is_file()

    assert run(["incident", "list", *here]) == 0
    assert f"{made['id']}  open, 2 to replace" in capsys.readouterr().out
    assert run(["incident", "show", made["id"][:10], *here]) == 0
    assert "meta/SKU1-front-v2.jpg" in capsys.readouterr().out
    assert run(["incident", "show", "1999", *here]) == 2
    purge = ["incident", "purge", made["id"], "--cdn", "cloudfront", *here]
    assert run([*purge, "--url", "https://img.example.com/x/{file}", "--variants"]) == 0
    (request,) = json.loads(capsys.readouterr().out)
    assert "/x/meta/SKU1-front.jpg*" in request["Paths"]["Items"]
    assert run(["incident", "close", made["id"], "--reason", "product is gone", *here]) == 0
    assert run(["incident", "list", "--open", *here]) == 0
    assert "No incident is open." in capsys.readouterr().out
    assert run(["incident", "list", "--json", *here]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["closed"]["why"] == "product is gone"
    assert run(["export", str(delivered.folder), "--season", "autumn", "--all", "--json"]) in {0, 1}
