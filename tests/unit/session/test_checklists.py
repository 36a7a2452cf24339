"""Checklists: the built-in ones, and a session's own in their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import SessionConfigInvalid
from engine.session.checklists import FILE_NAME, read_checklists
from tui.help.glossary import terms

OWN = """
[[checklist]]
id = "jewellery"
title = "Jewellery"

[[checklist.item]]
id = "chains"
text = "Chains are untangled."
"""


def test_the_built_in_ones_explain_every_point() -> None:
    lists = read_checklists()
    assert [each.id for each in lists.checklist] == ["capture", "qa"]
    assert lists.origin == "built-in"
    known = {term.id for term in terms()}
    for each in lists.checklist:
        assert each.about
        for item in each.item:
            assert item.why
            assert item.terms
            assert set(item.terms) <= known


def test_a_session_without_its_own_has_the_built_in_ones(tmp_path: Path) -> None:
    assert read_checklists(tmp_path) == read_checklists()


def test_a_session_s_own_take_their_place(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(OWN, encoding="utf-8")
    lists = read_checklists(tmp_path)
    assert lists.origin == "session"
    assert [each.id for each in lists.checklist] == ["jewellery"]
    assert lists.checklist[0].item[0].text == "Chains are untangled."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (OWN + OWN, "jewellery is used more than once"),
        (OWN + '[[checklist.item]]\nid = "chains"\ntext = "Again."\n', "chains is used more"),
        (OWN.replace("text", "txet"), "checklist.0.item.0"),
        (OWN.replace('"chains"', '"../chains"'), "checklist.0.item.0: the id"),
        ("[[checklist]", "not valid TOML"),
        ("", "checklist"),
        ('origin = "built-in"\n' + OWN, None),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, content: str, told: str | None) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(content, encoding="utf-8")
    if told is None:
        assert read_checklists(tmp_path).origin == "session"
        return
    with pytest.raises(SessionConfigInvalid, match=told) as caught:
        read_checklists(tmp_path)
    assert caught.value.subject == str(path)


def test_a_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes("# größer".encode("latin-1"))
    with pytest.raises(SessionConfigInvalid, match="UTF-8"):
        read_checklists(tmp_path)
