"""Alt text: written or imported, never made up, never too long, never lost."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import CsvInvalid, SessionConfigInvalid
from engine.session.alt_list import oddities, read_texts, write_texts
from engine.session.alt_texts import LIMIT, AltText, checked_text, without_text
from engine.session.language import language_tag
from engine.session.layout import store_path
from engine.session.records import PhotoRecord
from engine.session.session import Session
from tui.cli.main import run

FRONT = "Blue hand-cream tube, standing on its white cap"


def listed(folder: Path, text: str) -> Path:
    path = folder.parent / "alt.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_text_belongs_to_a_view_and_a_language(
    session: Session, save: Callable[..., Path]
) -> None:
    session.alt_texts.save([AltText("SKU1", "front", "en", f"  {FRONT}\n "),
                            AltText("SKU1", "front", "de", "Blaue Tube")])  # fmt: skip
    assert session.alt_texts.of("sku1", "FRONT") == {"en": FRONT, "de": "Blaue Tube"}
    assert session.alt_texts.of("SKU1", "back") == {}
    # A new version of the photo shows the same.
    save(session.folder / "SKU1-front-v2.jpg", 99)
    session.scan()
    missing = without_text(session.photos(), session.alt_texts.all(), ["en", "de"])
    assert [(photo.sku, photo.view, tags) for photo, tags in missing] == [
        ("SKU1", "back", ("en", "de")),
        ("SKU2", "front", ("en", "de")),
    ]


def test_an_approved_photo_without_a_text_warns_until_it_has_one(session: Session) -> None:
    def warned(photos: Sequence[PhotoRecord]) -> dict[str, str]:
        return {
            str(photo.path): warning.text
            for photo in photos
            for warning in photo.warnings
            if warning.kind == "missing-alt-text"
        }

    front, back, _ = session.photos()
    assert warned(session.photos()) == {}
    session.judge([front.id, back.id], "approved")
    missing = "alt text missing (in en)"
    assert warned(session.photos()) == {str(front.path): missing, str(back.path): missing}
    since = session.changes().revision
    session.alt_texts.save([AltText(front.sku, front.view, "en", FRONT)])
    assert [photo.id for photo in session.changes(since).photos] == [front.id]
    assert warned(session.photos()) == {str(back.path): missing}
    session.alt_texts.save([AltText(front.sku, front.view, "en", "")])
    assert str(front.path) in warned(session.photos())
    (session.folder / "packshot.toml").write_text('[alt]\nlanguages = ["en", "de"]\n')
    session.scan()
    assert "alt text missing (in en, de)" in warned(session.changes(since).photos).values()


def test_a_text_can_be_changed_and_taken_away_and_none_is_lost(session: Session) -> None:
    texts = session.alt_texts
    assert texts.save([AltText("SKU1", "front", "en", "First")]) == 1
    assert texts.save([AltText("SKU1", "front", "en", "First")]) == 0
    assert texts.save([AltText("SKU1", "front", "en", "Second")]) == 1
    assert texts.save([AltText("SKU1", "front", "en", "")]) == 1
    assert texts.save([AltText("SKU1", "back", "en", "")]) == 0
    assert texts.all() == {}
    with closing(sqlite3.connect(store_path(session.folder))) as database:
        rows = database.execute("SELECT text, person FROM alt_text ORDER BY id").fetchall()
    assert rows == [("First", "anna@desk"), ("Second", "anna@desk"), ("", "anna@desk")]


@given(st.text(max_size=400))
def test_a_text_is_one_line_within_the_limit_or_refused(text: str) -> None:
    try:
        line = checked_text(text)
    except ValueError as error:
        assert str(LIMIT) in str(error)
        return
    assert len(line) <= LIMIT
    assert line == " ".join(line.split())
    assert checked_text(line) == line


def test_one_text_that_is_too_long_keeps_the_others_out_as_well(session: Session) -> None:
    texts = [AltText("SKU1", "front", "en", FRONT), AltText("SKU1", "back", "en", "x" * 251)]
    with pytest.raises(ValueError, match="251 characters"):
        session.alt_texts.save(texts)
    assert session.alt_texts.all() == {}


@pytest.mark.parametrize(
    ("given", "tag"),
    [("de", "de"), ("DE", "de"), ("pt_br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419",) * 2],
)
def test_languages_are_written_in_one_way(given: str, tag: str) -> None:
    assert language_tag(given) == tag


def test_what_is_no_language_is_refused(session: Session) -> None:
    for wrong in ("", "deutsch", "d", "de-", "de-DE-x"):
        with pytest.raises(ValueError, match="is no language"):
            language_tag(wrong)
    (session.folder / "packshot.toml").write_text('[alt]\nlanguages = ["deutsch"]\n')
    with pytest.raises(SessionConfigInvalid, match=r"alt.languages: 'deutsch' is no language"):
        session.scan()


def test_a_list_is_written_filled_and_read_again(session: Session) -> None:
    session.alt_texts.save([AltText("SKU1", "front", "fr", "Tube bleu")])
    photos = session.photos()
    data = write_texts(photos, session.alt_texts.all(), ["en", "de"])
    path = listed(session.folder, data.decode("utf-8-sig"))
    empty = path.read_text().splitlines()
    assert empty[0] == "sku,view,language,text,photo"
    assert "SKU1,front,fr,Tube bleu,SKU1-front.jpg" in empty
    assert len(empty) == 1 + 3 * 2 + 1
    path.write_text(path.read_text().replace("SKU2,front,de,,", "SKU2,front,de,'=Rote Tube,"))
    read = read_texts(path, photos, "en")
    assert {(text.sku, text.view, text.language, text.text) for text in read.texts} == {
        ("SKU1", "front", "fr", "Tube bleu"),
        ("SKU2", "front", "de", "=Rote Tube"),
    }
    assert (read.problems, read.notes) == ((), ())


def test_rows_that_cannot_be_used_are_named(session: Session) -> None:
    path = listed(
        session.folder,
        "sku,view,lang,Image Alt Text\n"
        f"SKU1,front,en,{'x' * 251}\n"
        "SKU1,,en,which view\n"
        "SKU1,side,en,no such view\n"
        "SKU8,front,en,no such SKU\n"
        ",front,en,nothing\n"
        "SKU1,back,klingon,language\n"
        "SKU2,,,needs no view\n"
        "SKU2,front,en,another\n",
    )
    read = read_texts(path, session.photos(), "en")
    assert [(text.sku, text.view, text.text) for text in read.texts] == [
        ("SKU2", "front", "needs no view")
    ]
    said = "\n".join(read.problems)
    assert [line.split(":")[0] for line in said.splitlines()] == [
        f"line {number}" for number in (2, 3, 4, 5, 6, 7, 9)
    ]
    for words in ("251 characters", "more than one view: ", "no view side", "SKU SKU8",
                  "names no SKU", "no language", "another text for the same picture"):  # fmt: skip
        assert words in said


def test_a_list_without_texts_is_refused(session: Session) -> None:
    with pytest.raises(CsvInvalid, match="no column for the text"):
        read_texts(listed(session.folder, "sku,view\nSKU1,front\n"), [], "en")


def test_what_a_person_should_look_at_again_is_said() -> None:
    assert oddities(AltText("SKU1", "front", "en", FRONT)) == []
    assert "125" in oddities(AltText("SKU1", "front", "en", "x" * 126))[0]
    assert "describes nothing" in oddities(AltText("SKU1", "front", "en", "sku1 Front"))[0]
    assert "by itself" in oddities(AltText("SKU1", "front", "en", "Image of a tube"))[0]


def test_the_command(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    here = ["--session", str(session.folder)]
    (session.folder / "packshot.toml").write_text('[alt]\nlanguages = ["de", "en"]\n')
    assert run(["alt", "missing", *here]) == 1
    assert "SKU1  back   de, en   SKU1-back.jpg" in capsys.readouterr().out
    assert run(["alt", "set", "SKU1", "Blaue Tube", *here]) == 2
    assert "it has several views: back, front" in capsys.readouterr().err
    assert run(["alt", "set", "SKU1", "Blaue Tube", "--view", "front", *here]) == 0
    assert run(["alt", "set", "SKU2", "Rote Tube", "--language", "de", *here]) == 0
    assert run(["alt", "set", "SKU1", "Tube", "--all-views", "--language", "en", *here]) == 0
    assert run(["alt", "set", "SKU7", "x", *here]) == 2
    assert run(["alt", "set", "SKU2", "x" * 251, *here]) == 2
    assert run(["alt", "set", "SKU2", "x", "--view", "side", *here]) == 2
    assert run(["alt", "set", "SKU2", "x", "--language", "klingon", *here]) == 2
    capsys.readouterr()
    assert run(["alt", "list", *here, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["sku"], row["view"], row["language"], row["text"]) for row in rows] == [
        ("SKU1", "back", "en", "Tube"),
        ("SKU1", "front", "de", "Blaue Tube"),
        ("SKU1", "front", "en", "Tube"),
        ("SKU2", "front", "de", "Rote Tube"),
    ]
    assert run(["alt", "missing", *here, "--language", "en", "--json"]) == 1
    assert [row["sku"] for row in json.loads(capsys.readouterr().out)] == ["SKU2"]
    out = session.folder.parent / "texts.csv"
    assert run(["alt", "export", str(out), *here]) == 0
    out.write_text(out.read_text(encoding="utf-8-sig").replace("SKU1,back,de,,", "SKU1,back,de,R,"))
    assert run(["alt", "import", str(out), *here]) == 0
    assert "1 new or changed" in capsys.readouterr().out
    assert run(["alt", "export", *here]) == 0
    assert "SKU1,back,de,R,SKU1-back.jpg" in capsys.readouterr().out
