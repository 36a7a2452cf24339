"""``packshot presets`` as a person and a script use it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import tomli

from presets.loader import BUILT_IN, digest, find_preset
from presets.schema import Preset
from presets.user_folder import config_folder
from tui.cli.main import run


def test_list_names_every_preset_and_its_origin(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["presets", "list"]) == 0
    printed = capsys.readouterr().out
    for name in ("master-png", "amazon-main", "shopify", "built-in", "2000 × 2000"):
        assert name in printed

    assert run(["presets", "list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    by_name = {row["name"]: row for row in rows}
    assert list(by_name) == sorted(path.stem for path in BUILT_IN.glob("*.toml"))
    assert by_name["amazon-main"]["digest"] == digest(find_preset("amazon-main").preset)


def test_a_broken_preset_is_named_and_the_others_are_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = config_folder() / "presets"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text("colour = 1\n", "utf-8")
    assert run(["presets", "list"]) == 1
    printed = capsys.readouterr()
    assert "amazon-main" in printed.out
    assert "mine.toml: unknown field colour" in printed.err


def test_show_prints_toml_that_is_the_preset(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["presets", "show", "amazon-main"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# origin: built-in (")
    shown = Preset.model_validate(tomli.loads(printed))
    assert shown == find_preset("amazon-main").preset

    assert run(["presets", "show", "amazon-main", "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert content["origin"] == "built-in"
    assert content["preset"]["placement"]["fill"] == 0.85


def test_show_takes_the_sessions_own_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "presets" / "shopify.toml"
    own.parent.mkdir()
    own.write_bytes((BUILT_IN / "shopify.toml").read_bytes())
    assert run(["presets", "show", "shopify", "--session", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["origin"] == "session"


def test_show_names_what_a_preset_extends(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["presets", "show", "master-tiff"]) == 0
    printed = capsys.readouterr().out
    assert f"# extends: {BUILT_IN / 'master-png.toml'}" in printed
    shown = Preset.model_validate(tomli.loads(printed))
    assert shown == find_preset("master-tiff").preset


def test_diff_names_the_fields(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["presets", "diff", "shopify", "shopify"]) == 0
    capsys.readouterr()
    own = tmp_path / "presets" / "shopify.toml"
    own.parent.mkdir()
    text = (BUILT_IN / "shopify.toml").read_text("utf-8")
    own.write_text(text.replace("quality = 92", "quality = 80"), "utf-8")
    command = ["presets", "diff", "shopify", "--session", str(tmp_path)]
    assert run(command) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [
        ["field", "shopify", "(built-in)", "shopify", "(session)"],
        ["file.quality", "92", "80"],
    ]
    assert run([*command, "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == [{"field": "file.quality", "was": 92, "now": 80}]
    assert run(["presets", "diff", "shopify"]) == 2


def test_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["presets", "schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "packshot preset"


def test_an_unknown_preset_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["presets", "show", "amazone-main"]) == 2
    assert "Did you mean amazon-main?" in capsys.readouterr().err


def test_check_judges_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = BUILT_IN / "shopify.toml"
    bad = tmp_path / "shopify.toml"
    bad.write_text(good.read_text("utf-8").replace("fill =", "fil ="), "utf-8")
    assert run(["presets", "check", str(good)]) == 0
    assert "valid, shopify 2026-11" in capsys.readouterr().out
    assert run(["presets", "check", str(good), str(bad), "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [row["valid"] for row in rows] == [True, False]
    assert "placement.fil. Did you mean fill?" in rows[1]["error"]


def test_show_says_of_each_field_which_file_it_comes_from(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["presets", "show", "web-hero-avif", "--origins"]) == 0
    rows = {row[0]: row for line in capsys.readouterr().out.splitlines() if (row := line.split())}
    assert rows["file.format"][-2:] == ["this", "file"]
    assert rows["canvas.width"][-1] == "web-hero"
    assert rows["placement.margin"][-1] == "default"

    assert run(["presets", "show", "web-hero-avif", "--json"]) == 0
    fields = json.loads(capsys.readouterr().out)["fields"]
    whence = {each["field"]: each["file"] for each in fields}
    assert whence["file.format"].endswith("web-hero-avif.toml")
    assert whence["placement.margin"] is None


def test_fields_are_printed_as_a_page_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["presets", "fields"]) == 0
    assert '### `shadow`, `kind = "contact"`' in capsys.readouterr().out
    assert run(["presets", "fields", "--json"]) == 0
    tables = json.loads(capsys.readouterr().out)
    assert {"place", "form", "meaning", "fields"} == set(tables[0])


def test_a_copy_is_whole_and_wins_in_its_session(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = ["--session", str(tmp_path)]
    assert run(["presets", "copy", "web-hero-avif", "ours", *session]) == 0
    assert str(tmp_path / "presets" / "ours.toml") in capsys.readouterr().out
    copied = find_preset("ours", tmp_path)
    original = find_preset("web-hero-avif").preset
    assert copied.origin == "session"
    assert copied.parents == ()
    assert copied.preset == original.model_copy(update={"name": "ours", "extends": None})

    assert run(["presets", "copy", "web-hero-avif", "ours", *session]) == 2
    assert "exists already" in capsys.readouterr().err
    assert run(["presets", "copy", "web-hero-avif", "Our Own!", *session]) == 2
    assert "no preset can be called so" in capsys.readouterr().err


def test_a_copy_for_every_session_goes_into_the_persons_own_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["presets", "copy", "ebay", "ours", "--user", "--session", str(tmp_path)]) == 0
    assert find_preset("ours").path == config_folder() / "presets" / "ours.toml"
    assert not (tmp_path / "presets").exists()


@pytest.fixture
def editor(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file of sed commands, which the person's editor runs over what it is given."""
    folder = tmp_path_factory.mktemp("editor")
    script = folder / "editor"
    script.write_text(f'#!/bin/sh\nsed -i -f {folder / "commands"} "$1"\n')
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    return folder / "commands"


def test_edit_replaces_a_preset_by_one_that_can_be_used(
    tmp_path: Path, editor: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = ["--session", str(tmp_path)]
    assert run(["presets", "copy", "ebay", "ours", *session]) == 0
    path = tmp_path / "presets" / "ours.toml"
    editor.write_text("s/fill = 0.85/fill = 0.7/\n")
    assert run(["presets", "edit", "ours", *session]) == 0
    preset = find_preset("ours", tmp_path).preset
    assert preset.placement is not None
    assert preset.placement.fill == 0.7

    before = path.read_bytes()
    editor.write_text("s/fill = 0.7/fil = 0.7/\n")
    assert run(["presets", "edit", "ours", *session]) == 1
    told = capsys.readouterr().err
    assert "Did you mean fill?" in told
    assert "as it was; your copy is" in told
    assert path.read_bytes() == before

    editor.write_text("")
    assert run(["presets", "edit", "ours", *session]) == 0
    assert "as it was" in capsys.readouterr().out


def test_what_is_built_in_is_copied_instead(
    tmp_path: Path, editor: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    editor.write_text("s/fill/fool/\n")
    assert run(["presets", "edit", "ebay", "--session", str(tmp_path)]) == 2
    assert "packshot presets copy ebay NEW" in capsys.readouterr().err


def test_a_pipe_among_the_presets_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "presets").mkdir()
    os.mkfifo(tmp_path / "presets" / "pipe.toml")
    assert run(["presets", "list", "--session", str(tmp_path)]) == 0
