"""Presets, seasons and locks come from other people: nothing in them acts on a terminal."""

from __future__ import annotations

import re
import shutil
import unicodedata
from pathlib import Path

import pytest
import tomli
from PIL import Image

from presets.loader import BUILT_IN
from tui.cli.main import run

EVIL = "s\\u001b]0;pwned\\u0007\\u009b2J\\u202egpj\\u2066"
HEARD = "s\x1b]0;pwned\x07\x9b2J\u202egpj\u2066"


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    """Return a session whose preset and season say something hostile wherever text may stand."""
    folder = tmp_path / "shoot"
    (folder / "presets").mkdir(parents=True)
    (folder / "seasons").mkdir()
    Image.new("RGB", (64, 64), (200, 30, 30)).save(folder / "SKU1-front.png")
    Image.new("RGB", (64, 64), (200, 30, 30)).save(folder / "wide.jpg")
    text = (BUILT_IN / "meta.toml").read_text("utf-8")
    text = re.sub(
        r'^(title|source|note) = ".*"', lambda found: f'{found[1]} = "{EVIL}"', text, flags=re.M
    )
    (folder / "presets" / "meta.toml").write_text(text, "utf-8")
    (folder / "presets" / "broken.toml").write_text(f'name = "{EVIL}"', "utf-8")
    (folder / "seasons" / "autumn.toml").write_text(
        f'schema_version = 1\nname = "autumn"\ntitle = "{EVIL}"\ndescription = "{EVIL}"\n'
        'starts = 2026-09-01\nends = 2027-02-28\npresets = ["meta"]\n',
        "utf-8",
    )
    assert run(["scan", str(folder)]) == 0
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ("presets", "list"),
        ("presets", "show", "meta"),
        ("presets", "diff", "meta"),
        ("presets", "show", "broken"),
        ("presets", "check", "presets/meta.toml", "presets/broken.toml"),
        ("seasons", "list"),
        ("seasons", "show", "autumn"),
        ("seasons", "lock", "autumn"),
        ("check", "wide.jpg", "--preset", "meta", "--all"),
    ],
)
def test_no_text_of_a_preset_reaches_the_terminal_raw(
    shoot: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    words = tuple(str(shoot / word) if (shoot / word).exists() else word for word in words)
    run([*words, "--session", str(shoot)])
    printed = capsys.readouterr()
    assert printed.out + printed.err
    for character in printed.out + printed.err:
        assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cf"}


def test_what_is_shown_still_means_what_the_file_means(
    shoot: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["presets", "show", "meta", "--session", str(shoot)]) == 0
    shown = tomli.loads(capsys.readouterr().out)
    assert shown["title"] == HEARD
    copied = shutil.copytree(shoot, shoot.with_name("copied"))
    run(["presets", "show", "meta", "--session", str(shoot)])
    (copied / "presets" / "meta.toml").write_text(capsys.readouterr().out, "utf-8")
    assert run(["presets", "check", str(copied / "presets" / "meta.toml")]) == 0
