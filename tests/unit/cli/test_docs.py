"""``packshot docs export``: the help in a folder, with a session's presets and checklists."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.delivery.seasons.season import lock_season
from engine.imaging.encode import encode_matte
from engine.matting.recipe import Recipe
from engine.session.checklists import read_checklists
from engine.session.layout import matte_path, state_folder
from engine.session.session import Session
from presets.loader import BUILT_IN
from tui.cli.main import run
from tui.help.exemplars import samples
from tui.help.wiki_exemplars import exemplar_pictures

Captured = pytest.CaptureFixture[str]


def test_it_writes_once_and_then_changes_nothing(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "wiki"
    assert run(["docs", "export", str(folder)]) == 0
    assert capsys.readouterr().out.endswith(" created\n")
    assert "# halo" in (folder / "glossary" / "halo.md").read_text("utf-8")
    assert run(["docs", "export", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["unchanged"]) > 150
    assert not any(told[kind] for kind in ("created", "changed", "removed", "kept"))


def test_a_page_that_somebody_edited_is_kept_and_named(tmp_path: Path, capsys: Captured) -> None:
    assert run(["docs", "export", str(tmp_path)]) == 0
    page = tmp_path / "keymap.md"
    page.write_text("mine\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["docs", "export", str(tmp_path)]) == 1
    assert str(page) in capsys.readouterr().err
    assert page.read_text("utf-8") == "mine\n"


def test_a_session_s_own_presets_and_checklists_come_first(
    tmp_path: Path, capsys: Captured
) -> None:
    session = tmp_path / "session"
    (session / "presets").mkdir(parents=True)
    preset = (BUILT_IN / "shopify.toml").read_text("utf-8").replace('"shopify"', '"our-shop"')
    (session / "presets" / "our-shop.toml").write_text(preset, encoding="utf-8")
    (session / "checklists.toml").write_text(
        '[[checklist]]\nid = "ours"\ntitle = "Ours"\n\n[[checklist.item]]\nid = "a"\ntext = "b"\n',
        encoding="utf-8",
    )
    wiki = tmp_path / "wiki"
    assert run(["docs", "export", str(wiki), "--session", str(session)]) == 0
    assert "session" in (wiki / "presets" / "our-shop.md").read_text("utf-8")
    assert (wiki / "checklists" / "ours.md").is_file()
    assert not (wiki / "checklists" / "qa.md").exists()
    assert str(tmp_path) not in (wiki / "presets" / "our-shop.md").read_text("utf-8")
    (session / "presets" / "our-shop.toml").unlink()
    capsys.readouterr()
    assert run(["docs", "export", str(wiki), "--session", str(session)]) == 0
    assert capsys.readouterr().out.startswith("1 changed")
    assert not (wiki / "presets" / "our-shop.md").exists()


def test_a_session_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    assert run(["docs", "export", str(tmp_path), "--session", str(tmp_path / "none")]) == 3


def test_nothing_is_written_among_the_photos_of_a_session(tmp_path: Path, capsys: Captured) -> None:
    started, named = tmp_path / "started", tmp_path / "named"
    state_folder(started).mkdir(parents=True)
    named.mkdir()
    before = sorted(tmp_path.rglob("*"))
    for arguments in (
        [str(started)],
        [str(started / "some" / "wiki")],
        [str(named / "wiki"), "--session", str(named)],
    ):
        assert run(["docs", "export", *arguments]) == 2
        assert "[F04]" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_broken_preset_of_a_session_is_named(tmp_path: Path, capsys: Captured) -> None:
    session = tmp_path / "session"
    (session / "presets").mkdir(parents=True)
    (session / "presets" / "bad.toml").write_text("name = 3\n", encoding="utf-8")
    assert run(["docs", "export", str(tmp_path / "wiki"), "--session", str(session)]) == 1
    assert "bad.toml" in capsys.readouterr().err


@pytest.fixture
def season(tmp_path: Path) -> Path:
    """Return a session with a season of two presets, one of them the session's own."""
    folder = tmp_path / "shoot"
    for name in ("seasons", "presets"):
        (folder / name).mkdir(parents=True)
    (folder / "seasons" / "autumn.toml").write_text(
        'schema_version = 1\nname = "autumn"\ntitle = "Autumn [x]"\nstarts = 2026-09-01\n'
        'ends = 2027-02-28\npresets = ["meta", "email-comp"]\n',
        encoding="utf-8",
    )
    (folder / "presets" / "meta.toml").write_bytes((BUILT_IN / "meta.toml").read_bytes())
    Image.new("RGB", (400, 360), "grey").save(folder / "SKU1-front.png")
    return folder


def test_a_season_s_page_has_its_lock_and_its_presets_alone(
    tmp_path: Path, season: Path, capsys: Captured
) -> None:
    wiki = tmp_path / "wiki"
    export = ["docs", "export", str(wiki), "--session", str(season), "--season", "autumn"]
    with Session.open(season, person="anna@desk") as session:
        session.scan()
        point = read_checklists().find("qa", "zoom")
        assert point is not None
        session.ticks.tick("qa", point)
        assert run(export) == 0
        assert "not locked" in (wiki / "seasons" / "autumn.md").read_text("utf-8")
        lock, _ = lock_season(session, "autumn", Recipe("u2netp", "ab" * 32))
    assert run(export) == 0
    page = (wiki / "seasons" / "autumn.md").read_text("utf-8")
    for said in ("2026-09-01 to 2027-02-28", lock.hash, "anna@desk", "[meta](../presets/meta.md)"):
        assert said in page
    assert "(seasons/autumn.md)" in (wiki / "index.md").read_text("utf-8")
    assert {path.stem for path in (wiki / "presets").iterdir()} == {"index", "meta", "email-comp"}
    ticked = [
        line
        for line in (wiki / "checklists" / "qa.md").read_text("utf-8").splitlines()
        if line.startswith("- [x]")
    ]
    assert len(ticked) == 1
    assert "anna@desk" in ticked[0]

    own = season / "presets" / "meta.toml"
    own.write_text(own.read_text("utf-8").replace("fill = 0.", "fill = 0.1"), encoding="utf-8")
    capsys.readouterr()
    assert run(export) not in (0, 2)
    assert "[E06]" in capsys.readouterr().err
    assert (wiki / "seasons" / "autumn.md").read_text("utf-8") == page, "nothing was written"


def test_a_season_needs_a_session(tmp_path: Path, capsys: Captured) -> None:
    assert run(["docs", "export", str(tmp_path / "wiki"), "--season", "sample"]) == 2
    assert "--session" in capsys.readouterr().err


def test_judged_photos_are_exemplars_and_written_once(
    tmp_path: Path, sample_photos: Path, sample_truth: Path, capsys: Captured
) -> None:
    folder, wiki = tmp_path / "shoot", tmp_path / "wiki"
    folder.mkdir()
    shutil.copy(sample_photos / "SKU201-front.jpg", folder)
    with Session.open(folder, person="anna@desk") as session:
        session.scan()
        (photo,) = session.photos()
        sha256 = hashlib.sha256((folder / photo.path).read_bytes()).hexdigest()
        recipe = Recipe("u2netp", "ab" * 32)
        session.record_cut(
            photo.id, sha256=sha256, size=(1600, 1600), recipe=recipe, seconds=1.0, notes=()
        )
        with Image.open(sample_truth / "SKU201-front.png") as truth:
            alpha = np.asarray(truth.convert("L"))
        target = matte_path(folder, sha256, recipe.digest())
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(encode_matte(alpha))
        session.judge([photo.id], "rejected", ["halo"], "a rim at the *handle*")
    own = ["docs", "export", str(wiki), "--session", str(folder)]
    assert run(own) == 0
    page = (wiki / "exemplars" / "index.md").read_text("utf-8")
    assert r"a rim at the \*handle\*" in page
    pictures = set((wiki / "exemplars").glob("*.jpg"))
    assert len(pictures) == len(exemplar_pictures(samples())) + 1
    capsys.readouterr()
    assert run(own) == 0
    assert capsys.readouterr().out.endswith(" unchanged\n")
    assert run([*own, "--no-pictures"]) == 0
    assert capsys.readouterr().out.startswith("1 changed")
    assert len(list((wiki / "exemplars").glob("*.jpg"))) == len(pictures) - 1
