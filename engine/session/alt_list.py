"""Alt texts to and from a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import CsvInvalid
from engine.session.alt_texts import TARGET, AltText, ViewKey, checked_text, view_key
from engine.session.headings import columns_of
from engine.session.language import language_tag
from engine.session.records import PhotoRecord
from engine.spreadsheet import read_sheet, write_sheet

HEADINGS: dict[str, tuple[str, ...]] = {
    "sku": ("item", "article", "Artikelnummer", "variant sku", "product id"),
    "view": ("angle",),
    "language": ("lang", "locale"),
    "text": ("alt", "alt text", "image alt text", "description"),
}
"""Fields of a text, and the headings that mean them."""


@dataclass(frozen=True)
class ReadTexts:
    """What a list says: texts to be kept; what is wrong, and what is odd, by line."""

    texts: tuple[AltText, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]


def read_texts(
    path: Path,
    photos: Iterable[PhotoRecord],
    language: str,
    chosen: Mapping[str, str] | None = None,
) -> ReadTexts:
    """Read a CSV file of alt texts; a cell that is empty leaves what is known as it is.

    Parameters
    ----------
    path : the file, one row a SKU, view and language
    photos : of the session; a text for a picture that is not among them is named as a problem
    language : of rows that name none
    chosen : headings by field, where they are not the usual ones

    Raises
    ------
    CsvInvalid : the file cannot be used, or it has no SKUs or no texts
    """
    sheet = read_sheet(path)
    columns = columns_of(str(path), sheet.columns, HEADINGS, chosen or {})
    for field in ("sku", "text"):
        if field not in columns:
            raise CsvInvalid(
                str(path),
                f"has no column for the {field} among {', '.join(sheet.columns)}",
                f"Say which it is with --map {field}=HEADING.",
            )
    pictures = {view_key(photo.sku, photo.view): photo for photo in photos}
    texts: dict[tuple[ViewKey, str], AltText] = {}
    problems, notes = [], []
    for row in sheet.rows:
        said = {field: row.cells[column] for field, column in columns.items()}
        if not said["text"]:
            continue
        try:
            text = _text_of(said, pictures, language)
            key = (view_key(text.sku, text.view), text.language)
            if key in texts and texts[key] != text:
                raise ValueError("an earlier line has another text for the same picture")
        except ValueError as error:
            problems.append(f"line {row.line}: {error}")
            continue
        texts[key] = text
        notes += [f"line {row.line}: {note}" for note in oddities(text)]
    return ReadTexts(tuple(texts.values()), tuple(problems), tuple(notes))


def write_texts(
    photos: Sequence[PhotoRecord],
    texts: Mapping[ViewKey, Mapping[str, AltText]],
    languages: Sequence[str],
) -> bytes:
    """Return a CSV file with a row for each picture and language, to be filled and read again."""
    pictures = {view_key(photo.sku, photo.view): photo for photo in reversed(photos)}
    rows = []
    for key, photo in reversed(pictures.items()):
        known = texts.get(key, {})
        for language in dict.fromkeys([*languages, *known]):
            text = known[language].text if language in known else ""
            rows.append((photo.sku, photo.view, language, text, str(photo.path)))
    return write_sheet(("sku", "view", "language", "text", "photo"), rows, bom=True)


def oddities(text: AltText) -> list[str]:
    """Return what a person should look at again in a text that can be kept."""
    found = []
    if len(text.text) > TARGET:
        found.append(
            f"{len(text.text)} characters; {TARGET} are better, screen readers pause there"
        )
    if text.text.casefold() in {text.sku.casefold(), f"{text.sku} {text.view}".casefold()}:
        found.append("it is the SKU, and describes nothing")
    if text.text.casefold().startswith(("image of", "picture of", "photo of", "bild von")):
        found.append("a screen reader says by itself that it is a picture")
    return found


def _text_of(
    said: Mapping[str, str], pictures: Mapping[ViewKey, PhotoRecord], language: str
) -> AltText:
    if not said["sku"]:
        raise ValueError("it names no SKU")
    view = said.get("view", "")
    photo = pictures.get(view_key(said["sku"], view))
    if photo is None:
        of_sku = [key for key in pictures if key[0] == view_key(said["sku"], "")[0]]
        if not of_sku:
            raise ValueError(f"there is no photo of a SKU {said['sku']}")
        if view or len(of_sku) > 1:
            views = ", ".join(pictures[key].view or "(none)" for key in of_sku)
            named = f"no view {view}" if view else "more than one view"
            raise ValueError(f"{said['sku']} has {named}: {views}")
        photo = pictures[of_sku[0]]
    tag = language_tag(said["language"]) if said.get("language") else language
    return AltText(photo.sku, photo.view, tag, checked_text(said["text"]))
