"""``packshot playbook``: the pages of practice, to read or to hand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import click

from tui.cli.output import echo, echo_json, note
from tui.safe_text import safe

if TYPE_CHECKING:
    from tui.help.pages import Page

_WIDTH = 88


@click.command()
@click.argument("name", metavar="[PAGE]", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["txt", "md", "json"]),
    default="txt",
    help="How to print: text, Markdown, or JSON.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def command(name: str | None, form: Literal["txt", "md", "json"], as_json: bool) -> int:
    """Print a page of the playbook: roles, a day, a season, incidents, cost, vendors, privacy.

    Without PAGE, list all of them. F1 in the workstation has the same pages. The exit status is 1
    where there is no such page.
    """
    from tui.help.markup import as_plain, unlinked
    from tui.help.pages import pages

    known = {each.id: each for each in pages()}
    if name is not None and name not in known:
        note(f"{safe(name)}: no page of the playbook. {_suggestion(name, list(known))}")
        return 1
    chosen = [known[name]] if name is not None else list(known.values())
    if as_json or form == "json":
        echo_json([_as_data(each, whole=name is not None) for each in chosen])
    elif name is None and form == "txt":
        for each in chosen:
            echo(f"{each.id:<18} {each.title}")
        note("\npackshot playbook PAGE prints one.")
    elif form == "md":
        echo("\n".join(f"# {each.title}\n\n{unlinked(each.text).strip()}\n" for each in chosen))
    else:
        for each in chosen:
            echo(f"{each.title}\n\n{as_plain(each.text, _WIDTH)}")
    return 0


def _as_data(page: Page, *, whole: bool) -> dict[str, Any]:
    from tui.help.markup import unlinked

    told = {"page": page.id, "title": page.title}
    return told | {"markdown": unlinked(page.text)} if whole else told


def _suggestion(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=3, cutoff=0.5)
    return f"Near to it: {', '.join(near)}." if near else "`packshot playbook` lists them."
