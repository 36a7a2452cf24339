"""Reports on deliveries, and checks of whole folders and seasons, as tables, JSON and pages."""

from __future__ import annotations

import json
import os
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine.delivery.checking.files import pictures_in, presets_for
from engine.delivery.incidents.recall import recall
from engine.delivery.report import reported
from engine.session.checklists import FILE_NAME, read_checklists
from engine.session.session import Session
from presets.loader import find_preset
from tui.cli.main import run


class Page(HTMLParser):
    """A page that has to load and run nothing."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.pictures = 0
        self.text = ""
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "link", "iframe", "object", "form"}
        for name, value in attrs:
            assert not name.startswith("on")
            if name in {"src", "href"}:
                assert (value or "").startswith("data:image/jpeg;base64,")
                self.pictures += 1

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_newest_file_of_each_view_and_preset_counts(delivered: Session) -> None:
    rows = reported(delivered, "autumn")
    assert [row.delivery.preset for row in rows] == ["email-comp", "meta"] * 2
    assert {row.outcome for row in rows} <= {"passes", "warns", "fails"}
    assert reported(delivered, "spring") == []

    gone, taken = (row for row in rows if row.delivery.preset == "email-comp")
    assert gone.outcome == "passes"
    gone.path.unlink()
    recall(delivered, [taken.delivery], "halo on the shop")
    found = {row.delivery.id: row for row in reported(delivered)}
    assert found[gone.delivery.id].outcome == "gone"
    assert found[taken.delivery.id].outcome == "recalled"
    assert "halo on the shop" in (found[taken.delivery.id].recalled or "")


def test_a_report_as_table_json_and_page(
    delivered: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "report.html"
    folder = str(delivered.folder)
    backdrop = read_checklists().find("capture", "backdrop")
    assert backdrop is not None
    delivered.ticks.tick("capture", backdrop)
    expected = 1 if any(row.outcome == "fails" for row in reported(delivered)) else 0
    assert run(["report", folder, "--season", "autumn", "--html", str(page), "--json"]) == expected
    told = json.loads(capsys.readouterr().out)
    rows = told["files"]
    assert len(rows) == 4
    assert {row["output"] for row in rows if row["preset"] == "meta"} == {
        "Output/meta/SKU1-front.jpg",
        "Output/meta/SKU2-front.jpg",
    }
    assert all(row["findings"] and row["bytes"] for row in rows)
    shown = Page(page)
    assert shown.pictures == 4
    assert "SKU1-front.jpg" in shown.text
    assert "4 files" in shown.text
    for checklist in told["checklists"]:
        assert f"{checklist['title']}: {checklist['ticked']} of {checklist['points']}" in shown.text
        for item in checklist["items"]:
            assert f"{'☑' if item['ticked'] else '☐'} {item['text']}" in shown.text
    assert [each["ticked"] for each in told["checklists"]] == [1, 0]

    assert run(["report", folder]) == expected
    printed = capsys.readouterr().out
    assert printed.splitlines()[0].split()[:2] == ["preset", "files"]
    assert printed.splitlines()[1].split()[:2] == ["email-comp", "2"]
    assert printed.splitlines()[-1].startswith("Checklists: Capture 1 of ")

    (delivered.folder / FILE_NAME).write_text("[[checklist]", "utf-8")
    assert run(["report", folder]) == expected, "checklists that cannot be used stop no report"
    assert "is not valid TOML" in capsys.readouterr().err


def test_a_folder_is_walked_and_hidden_files_are_not(tmp_path: Path) -> None:
    for name in ("b/2.JPG", "a/1.avif", ".hidden/3.jpg", "a/.4.jpg", "notes.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    named = tmp_path / "notes.txt"
    assert list(pictures_in([tmp_path, named])) == [
        tmp_path / "a/1.avif",
        tmp_path / "b/2.JPG",
        named,
    ]


def test_a_file_is_held_against_the_preset_whose_folder_it_lies_in(tmp_path: Path) -> None:
    presets = [find_preset(name).preset for name in ("meta", "email-comp")]
    assert presets_for(tmp_path / "Meta" / "x" / "1.jpg", presets) == presets[:1]
    assert presets_for(tmp_path / "elsewhere" / "1.jpg", presets) == presets


def checked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, Any]]]:
    status = run(["check", *words, "--json"])
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return status, rows


def test_a_seasons_folder_is_checked_at_once(
    delivered: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(delivered.folder / "Output", tmp_path / "shared")
    (folder / "email-comp" / "broken.png").write_bytes(b"no picture")
    with Image.open(folder / "meta" / "SKU1-front.jpg") as image:
        image.resize((300, 300)).save(folder / "meta" / "small<b>.jpg")
    os.mkfifo(folder / "meta" / "pipe.jpg")
    page = tmp_path / "check.html"
    session = ["--session", str(delivered.folder)]
    status, rows = checked(capsys, str(folder), "--season", "autumn", *session, "--html", str(page))
    assert status == 1
    found = {Path(row["file"]).name: row for row in rows}
    assert len(rows) == len(found) == 7
    assert found["SKU1-front.png"]["preset"].startswith("email-comp")
    assert found["SKU1-front.jpg"]["preset"].startswith("meta")
    assert "is no file" in found["pipe.jpg"]["error"]
    assert "error" in found["broken.png"]
    shown = Page(page)
    assert shown.pictures == 5
    assert "small<b>.jpg" in shown.text
    assert "Unreadable: 2" in shown.text


def test_either_a_preset_or_a_season_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "."]) == 2
    assert run(["check", ".", "--preset", "meta", "--season", "autumn"]) == 2
    assert "--season" in capsys.readouterr().err
