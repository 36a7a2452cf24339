"""``packshot judge`` and ``packshot undo`` as a script uses them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.matting.recipe import Recipe
from engine.session.records import REASONS
from engine.session.session import Session
from tui.cli.main import run

Cut = Callable[..., str]


@pytest.fixture
def shoot(folder: Path, cut: Cut) -> Iterator[Session]:
    """Return a session of three photos, of which the first two are cut, by whoever runs this."""
    with Session.open(folder) as opened:
        opened.scan()
        cut(opened, 1)
        cut(opened, 2)
        yield opened


def states(session: Session) -> list[str]:
    return [photo.verdict.state for photo in session.photos()]


def test_photos_are_judged_by_name_and_it_is_taken_back(
    shoot: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(shoot.folder)
    rejected = ["judge", folder, "SKU1-back.jpg", "--reject", "hole-filled", "--reject", "halo"]
    assert run([*rejected, "--note", "the strap", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["path"], row["verdict"]) == ("SKU1-back.jpg", "rejected")
    assert (row["reasons"], row["note"]) == (["hole filled", "halo"], "the strap")
    assert run(["undo", folder]) == 0
    assert capsys.readouterr().out == "Undone: SKU1-back.jpg: rejected (hole filled, halo)\n"
    assert states(shoot) == ["pending"] * 3
    assert run(["undo", folder, "--redo", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == ["SKU1-back.jpg: rejected (hole filled, halo)"]
    assert states(shoot) == ["rejected", "pending", "pending"]


def test_photos_are_judged_by_filter_as_one_step(
    shoot: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(shoot.folder)
    assert run(["judge", folder, "--filter", "is:cut", "--approve"]) == 0
    told = "2 of 2 photos changed. packshot undo takes it back.\n"
    assert capsys.readouterr().out == told
    assert states(shoot) == ["approved", "approved", "pending"]
    assert run(["judge", folder, "--filter", "verdict:approved", "--approve"]) == 0
    assert capsys.readouterr().out == "0 of 2 photos changed.\n"
    assert run(["judge", folder, "--filter", "is:approved", "--pending"]) == 0
    assert run(["undo", folder, "--steps", "5"]) == 1
    assert states(shoot) == ["pending"] * 3
    capsys.readouterr()
    assert run(["undo", folder]) == 1
    assert capsys.readouterr().out == "Nothing to undo.\n"


def test_a_photo_without_a_matte_is_named_and_left_out(
    shoot: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(shoot.folder)
    assert run(["judge", folder, "--filter", "sku", "--approve"]) == 1
    assert "SKU2-front.jpg: there is no matte to judge" in capsys.readouterr().err
    assert states(shoot) == ["approved", "approved", "pending"]


def test_stars_and_notes_need_no_matte(shoot: Session, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(shoot.folder)
    path = str(shoot.folder / "SKU2-front.jpg")
    assert run(["judge", folder, path, "--stars", "4"]) == 0
    assert run(["judge", folder, path, "--note", "the one for the cover"]) == 0
    capsys.readouterr()
    assert run(["judge", folder, "--filter", "stars:>=4", "--note", "for print", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["path"], row["stars"], row["note"]) == ("SKU2-front.jpg", 4, "for print")
    assert run(["undo", folder, "--list"]) == 0
    assert capsys.readouterr().out.count("SKU2-front.jpg: note written") == 2
    assert run(["undo", folder, "--list", "--json", "--redo"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--approve"], "say which photos"),
        (["SKU9.jpg", "--approve"], "no photo SKU9.jpg"),
        (["--filter", "is:done", "--approve"], "is: takes"),
        (["--filter", "sku9", "--approve"], "the filter finds none"),
        (["SKU1-back.jpg"], "say --approve"),
        (["SKU1-back.jpg", "--approve", "--reject", "halo"], "say one of"),
        (["SKU1-back.jpg", "--reject", "ugly"], "is none of halo, hole-filled"),
        (["SKU1-back.jpg", "--stars", "3", "--note", "x"], "leave --stars out"),
    ],
)
def test_what_is_unclear_changes_nothing(
    shoot: Session, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = shoot.revision()
    assert run(["judge", str(shoot.folder), *arguments]) == 2
    assert words in capsys.readouterr().err
    assert shoot.revision() == before


def test_the_help_names_every_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["judge", "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert all(reason.replace(" ", "-") in told for reason in REASONS)


def test_the_mattes_of_a_photo_are_listed_and_one_is_chosen(
    shoot: Session, cut: Cut, make_recipe: Callable[..., Recipe], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, old = str(shoot.folder), make_recipe("isnet")
    cut(shoot, 1, old)
    cut(shoot, 1)
    listing = ["mattes", folder, "SKU1-back.jpg", "--json"]
    assert run(listing) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(each["model"], each["counts"]) for each in listed] == [
        ("u2netp", True),
        ("isnet", False),
    ]
    assert run([*listing, "--use", old.digest()[:9].upper()]) == 0
    assert [each["counts"] for each in json.loads(capsys.readouterr().out)] == [False, True]
    assert run(["undo", folder]) == 0
    assert run(["mattes", folder, "SKU1-back.jpg"]) == 0
    assert capsys.readouterr().out.count("counts") == 1
    assert run(["mattes", folder, "SKU2-front.jpg"]) == 0
    assert "no matte yet" in capsys.readouterr().out
    for wrong in ("", "zz"):
        assert run([*listing, "--use", wrong]) == 2
