"""Incidents: what was recalled is never delivered again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from recalling import MAIL, META, photo_id, refused, take_back
from seasonal import jobs

from engine.delivery.export_job import export
from engine.delivery.incidents.recall import affected, find_deliveries, recall
from engine.delivery.incidents.standing import find_standing
from engine.delivery.manifest.rows import manifest_rows
from engine.delivery.seasons.audit import AuditLog
from engine.errors import (
    AuditBroken,
    IncidentUnknown,
    NothingToRecall,
    SessionReadOnly,
)
from engine.session.session import Session
from presets.user_folder import config_folder
from tui.cli.main import run


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
