"""``packshot alt``: what pictures show, in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.here import this_session
from tui.cli.options import JSON, MAP
from tui.cli.output import echo, echo_json, note, table
from tui.safe_text import safe

if TYPE_CHECKING:
    from engine.session.session import Session

_LANGUAGE = click.option(
    "--language", help="Such as de or pt-BR; by default the session's first language."
)


@click.group()
def command() -> None:
    """List, write, import and export alt text: a picture in words, for those who do not see it.

    A text belongs to a SKU's view and a language. packshot makes none up.
    """


@command.command(name="list")
@this_session
@JSON
def list_command(folder: Path, as_json: bool) -> int:
    """List every alt text of the session."""
    from engine.session.alt_list import oddities
    from engine.session.session import Session

    with Session.open(folder, create=False, readonly=True) as session:
        texts = [text for each in session.alt_texts.all().values() for text in each.values()]
    if as_json:
        echo_json(
            [
                {
                    "sku": text.sku,
                    "view": text.view,
                    "language": text.language,
                    "text": text.text,
                    "characters": len(text.text),
                    "notes": oddities(text),
                    "person": text.person,
                    "at": text.at,
                }
                for text in texts
            ]
        )
    else:
        table(
            ("SKU", "view", "language", "characters", "text"),
            [
                (each.sku, each.view or "–", each.language, len(each.text), each.text)
                for each in texts
            ],
        )
    return 0


@command.command(name="set")
@click.argument("sku")
@click.argument("text")
@this_session
@click.option("--view", help="Which view; needed where the SKU has several.")
@click.option("--all-views", is_flag=True, help="The same text for every view of the SKU.")
@_LANGUAGE
def set_command(
    sku: str, text: str, folder: Path, view: str | None, all_views: bool, language: str | None
) -> int:
    """Write the alt TEXT of a SKU's view; an empty one takes it away.

    125 characters are a good length, and 250 the limit.
    """
    from engine.session.alt_list import oddities
    from engine.session.alt_texts import AltText, checked_text
    from engine.session.session import Session

    with Session.open(folder, create=False) as session:
        tag = _language(session, language)
        try:
            checked = checked_text(text)
        except ValueError as error:
            raise click.UsageError(f"the text cannot be kept: {error}") from error
        chosen = [
            AltText(sku, each, tag, checked) for each in _views(session, sku, view, all_views)
        ]
        session.alt_texts.save(chosen)
    for oddity in dict.fromkeys(oddity for each in chosen for oddity in oddities(each)):
        note(safe(oddity))
    for each in chosen:
        echo(safe(f"{sku} {each.view} ({tag}): {checked or 'no text'}"))
    return 0


@command.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@this_session
@_LANGUAGE
@MAP
@JSON
def import_command(
    file: Path, folder: Path, language: str | None, chosen: dict[str, str], as_json: bool
) -> int:
    """Take over texts from a CSV FILE: sku, view, language, text.

    A row that cannot be used is named and left out, the others are kept. An empty cell leaves what
    is known as it is. Exit status 1: a row was left out.
    """
    from engine.session.alt_list import read_texts
    from engine.session.session import Session

    with Session.open(folder, create=False) as session:
        read = read_texts(file, session.photos(), _language(session, language), chosen)
        changed = session.alt_texts.save(read.texts)
    if as_json:
        echo_json(
            {
                "rows": len(read.texts),
                "changed": changed,
                "problems": read.problems,
                "notes": read.notes,
            }
        )
    else:
        for sentence in (*read.problems, *read.notes):
            note(safe(f"{file}: {sentence}"))
        echo(f"{len(read.texts)} texts read, {changed} new or changed")
    return 1 if read.problems else 0


@command.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@this_session
@click.option("--language", "languages", multiple=True, help="Repeatable; by default all of them.")
def export(file: Path | None, folder: Path, languages: tuple[str, ...]) -> int:
    """Write all texts to a CSV FILE, with an empty row for each that is missing.

    Fill it in any spreadsheet and take it back with `packshot alt import`. Without FILE it is
    printed.
    """
    from engine.atomic import write_atomic
    from engine.session.alt_list import write_texts
    from engine.session.session import Session

    with Session.open(folder, create=False, readonly=True) as session:
        wanted = [_language(session, each) for each in languages] or session.config.alt.languages
        data = write_texts(session.photos(), session.alt_texts.all(), wanted)
    if file is None:
        click.echo(data.decode("utf-8-sig"), nl=False)
    else:
        write_atomic(file, data)
        note(safe(f"Written: {file}"))
    return 0


@command.command()
@this_session
@click.option("--language", "languages", multiple=True, help="Repeatable; by default all of them.")
@JSON
def missing(folder: Path, languages: tuple[str, ...], as_json: bool) -> int:
    """List the pictures without alt text; exit status 1 where there is one."""
    from engine.session.alt_texts import without_text
    from engine.session.session import Session

    with Session.open(folder, create=False, readonly=True) as session:
        wanted = [_language(session, each) for each in languages] or session.config.alt.languages
        found = without_text(session.photos(), session.alt_texts.all(), wanted)
    if as_json:
        echo_json(
            [
                {"sku": photo.sku, "view": photo.view, "photo": str(photo.path), "languages": tags}
                for photo, tags in found
            ]
        )
    elif found:
        table(
            ("SKU", "view", "missing", "photo"),
            [(photo.sku, photo.view or "–", ", ".join(tags), photo.path) for photo, tags in found],
        )
    else:
        echo("Every picture has its alt text.")
    return 1 if found else 0


def _language(session: Session, given: str | None) -> str:
    """Return the language that is meant, in its usual spelling."""
    from engine.session.language import language_tag

    if given is None:
        return session.config.alt.languages[0]
    try:
        return language_tag(given)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _views(session: Session, sku: str, view: str | None, all_views: bool) -> list[str]:
    """Return the views of a SKU that are meant; it is an error where that is not clear."""
    from engine.session.alt_texts import view_key
    from engine.session.products import sku_key

    views = {
        view_key(photo.sku, photo.view)[1]: photo.view
        for photo in session.photos()
        if sku_key(photo.sku) == sku_key(sku)
    }
    if not views:
        raise click.UsageError(f"there is no photo of a SKU {safe(sku)}")
    named = safe(", ".join(each or "(none)" for each in views.values()))
    if all_views:
        return list(views.values())
    if view is None:
        if len(views) > 1:
            raise click.UsageError(f"it has several views: {named}; say --view or --all-views")
        return list(views.values())
    wanted = view_key(sku, view)[1]
    if wanted not in views:
        raise click.UsageError(f"it has no view {safe(view)}: {named}")
    return [views[wanted]]
