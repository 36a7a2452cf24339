"""``packshot scan`` as a person and as a script see it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.session.layout import store_path
from engine.session.session import Session
from tui.cli.main import run

Save = Callable[..., Path]


def test_a_good_session(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", str(folder)]) == 0
    printed = capsys.readouterr()
    assert "SKU1       2  front, back  1200 × 1000  2 to cut" in printed.out
    assert "3 photos of 2 SKUs: 3 to cut." in printed.out
    assert "Since the last scan: 3 new." in printed.out
    assert printed.err == ""
    assert run(["scan", str(folder)]) == 0
    assert "Since" not in capsys.readouterr().out


def test_unreadable_photos_are_named_and_the_status_is_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "text.jpg").write_text("text")
    assert run(["scan", str(folder)]) == 1
    printed = capsys.readouterr().out
    assert "Cannot be read (1)\n  text.jpg: " in printed
    assert "3 to cut, 1 unreadable" in printed


def test_anti_patterns_are_listed_with_a_remedy(
    folder: Path, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    save(folder / "IMG-20260412-WA0007.jpg", 9)
    save(folder / "SKU4.jpg", 9)
    save(folder / "SKU3-front.jpg", 10, (300, 200))
    assert run(["scan", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert "Probably copies from a messaging app (1). Ask for the originals" in printed
    assert "  SKU4.jpg: like IMG-20260412-WA0007.jpg" in printed
    assert "  SKU3-front.jpg: 300 × 200 px; the long side should have at least 1000" in printed


def test_json_holds_everything(
    folder: Path, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    save(folder / "SKU3-front.jpg", 10, (300, 200))
    (folder / "text.jpg").write_text("text")
    (folder / "Output").mkdir()
    assert run(["scan", str(folder), "--json"]) == 1
    result = json.loads(capsys.readouterr().out)
    assert result["photos"] == 5
    assert result["states"] == {"to cut": 4, "unreadable": 1}
    assert [group["sku"] for group in result["skus"]] == ["SKU1", "SKU2", "SKU3", "text"]
    first = result["skus"][0]["photos"][0]
    assert (first["path"], first["view"], first["state"]) == ("SKU1-front.jpg", "front", "to cut")
    assert [each["path"] for each in result["unreadable"]] == ["text.jpg"]
    assert [finding["kind"] for finding in result["findings"]] == ["too-small"]
    assert result["ignored"] == ["Output"]
    assert len(result["new"]) == 5


def test_control_characters_never_reach_the_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a\x1b]0;owned\x07\u202e.jpg").write_text("text")
    for arguments in (["scan", str(folder)], ["scan", str(folder), "--json"]):
        assert run(arguments) == 1
        assert not set(capsys.readouterr().out) & {"\x1b", "\x07", "\u202e"}


def test_readonly_leaves_nothing_behind(folder: Path) -> None:
    assert run(["scan", str(folder), "--readonly"]) == 0
    assert not (folder / ".packshot").exists()


@pytest.mark.parametrize(("name", "words"), [("nowhere", "no such folder"), ("void", "no photos")])
def test_nothing_to_scan(
    tmp_path: Path, name: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "void").mkdir()
    assert run(["scan", str(tmp_path / name)]) == 3
    printed = capsys.readouterr()
    assert words in printed.err
    assert printed.out == ""


def test_a_damaged_database_is_set_aside_when_asked(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    session.close()
    store_path(session.folder).write_bytes(b"ruined " * 1000)
    assert run(["scan", str(session.folder)]) == 3
    assert "--set-aside" in capsys.readouterr().err
    assert run(["scan", str(session.folder), "--set-aside"]) == 0
    printed = capsys.readouterr()
    assert "kept as" in printed.err
    assert "3 photos" in printed.out


def test_a_filter_chooses_the_photos_that_are_told(
    folder: Path, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    save(folder / "SKU3-front.jpg", 10, (300, 200))
    save(folder / "SKU4-back.jpg", 11, (300, 200))
    assert run(["scan", str(folder), "--filter", "view:front warning:too", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    (sku,) = result["skus"]
    assert (sku["sku"], result["photos"]) == ("SKU3", 1)
    assert sku["photos"][0]["warning_kinds"] == ["too-small"]
    assert [finding["photos"] for finding in result["findings"]] == [
        [
            {
                "path": "SKU3-front.jpg",
                "detail": "300 × 200 px; the long side should have at least 1000",
            }
        ]
    ]
    assert run(["scan", str(folder), "--filter", "!view:front"]) == 0
    printed = capsys.readouterr().out
    assert "2 photos of 2 SKUs" in printed
    assert "SKU3" not in printed


def test_a_filter_that_asks_for_nothing_known_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["scan", str(folder), "--filter", "verdicts:approved"]) == 2
    assert "verdicts: asks for nothing" in capsys.readouterr().err


def test_photos_that_were_shot_alike_are_listed_and_remembered(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["scan", str(folder), "--groups"]) == 0
    printed = capsys.readouterr()
    assert "shot alike" in printed.out
    assert "look 3/3" in printed.err
    assert run(["scan", str(folder), "--groups", "--json"]) == 0
    again = capsys.readouterr()
    assert "look" not in again.err, "what a photo looks like is remembered"
    found = json.loads(again.out)["groups"]
    assert sorted(name for group in found for name in group["photos"]) == sorted(
        path.name for path in folder.glob("*.*") if path.suffix in {".jpg", ".png", ".tif"}
    )
