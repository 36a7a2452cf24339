"""``packshot.toml``: what it may say, and how it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import SessionConfigInvalid
from engine.session.config import read_config


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    config = read_config(tmp_path)
    assert config.naming.pattern is None
    assert config.folders.output == "Output"
    assert config.folders.ignore == []


def test_everything_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "packshot.toml").write_text(
        "[naming]\npattern = '(?P<sku>.+)'\n"
        "[folders]\noutput = 'Done/Web'\nignore = ['Rejected', 'old/2025']\n"
    )
    config = read_config(tmp_path)
    assert config.naming.pattern == "(?P<sku>.+)"
    assert config.folders.output == "Done/Web"
    assert config.folders.ignore == ["Rejected", "old/2025"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "[naming]\npatern = 'x'\n",
            "unknown key naming.patern; the nearest known one is naming.pattern",
        ),
        ("[nameing]\n", "unknown key nameing; the nearest known one is naming"),
        ("[folders]\noutputs = 'x'\n", "the nearest known one is folders.output"),
        (
            "[naming]\npattern = '(?P<sku>'\n",
            "naming.pattern: the pattern is no regular expression",
        ),
        ("[naming]\npattern = 7\n", "naming.pattern: Input should be a valid string"),
        ("[folders]\noutput = '../elsewhere'\n", "folders.output: it has to be a folder inside"),
        ("[folders]\noutput = '/elsewhere'\n", "folders.output: it has to be a folder inside"),
        ("[folders]\noutput = '.'\n", "folders.output: it has to be a folder inside"),
        ("[folders]\noutput = '.packshot'\n", "folders.output: a hidden folder"),
        ("[folders]\nignore = ['a', '..']\n", "folders.ignore.1: it has to be a folder inside"),
        ("[naming\n", "is not valid TOML"),
    ],
)
def test_a_wrong_file_names_the_key(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "packshot.toml").write_text(text)
    with pytest.raises(SessionConfigInvalid) as caught:
        read_config(tmp_path)
    assert caught.value.subject == str(tmp_path / "packshot.toml")
    assert words in caught.value.problem
    assert "\n" not in str(caught.value)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "packshot.toml").write_bytes(b"[folders]\noutput = '\xff'\n")
    with pytest.raises(SessionConfigInvalid, match="UTF-8"):
        read_config(tmp_path)


def test_a_folder_of_that_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "packshot.toml").mkdir()
    with pytest.raises(SessionConfigInvalid, match="cannot be read"):
        read_config(tmp_path)
