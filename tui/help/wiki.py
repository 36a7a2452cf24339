"""The help as Markdown pages for an internal wiki.

Pages are text by path. Every link leads from page to page by a relative path; the front matter has
the title and the kind of page. Nothing in them depends on the day or on the machine, so that the
same help makes the same bytes. What comes from a session's files is written as plain text.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence

import tomli_w

from engine.delivery.seasons.season import OpenSeason
from engine.session.checklists import Checklist, Checklists
from engine.session.text import valid
from engine.session.ticks import Tick, TickKey
from presets.loader import LoadedPreset, digest
from presets.schema import Preset, Rule
from tui.help.exemplars import Shown
from tui.help.glossary import LANGUAGES, Term, related, term, terms, terms_at
from tui.help.markdown import front, plain, table
from tui.help.markup import Link, linked
from tui.help.pages import Page, pages
from tui.help.places import in_words
from tui.help.reference import keymap, messages
from tui.help.wiki_exemplars import PATH as EXEMPLARS
from tui.help.wiki_exemplars import exemplar_lines
from tui.help.wiki_season import season_lines, season_path
from tui.keys.key import Key

SUBJECTS = {
    "edges": "Mattes and edges",
    "studio": "In the studio",
    "files": "Files and colour",
    "catalogue": "Channels and the catalogue",
    "work": "Working together",
    "machine": "The machine",
    "privacy": "Privacy and procurement",
}
"""The glossary's chapters by the name of their file, in reading order."""
_FOLDERS = {"term": "glossary", "page": "playbook", "checklist": "checklists"}


def wiki_pages(
    checklists: Checklists,
    presets: Sequence[LoadedPreset],
    keys: Sequence[Key],
    *,
    season: OpenSeason | None = None,
    ticks: Mapping[TickKey, Tick] | None = None,
    exemplars: Sequence[Shown] = (),
) -> dict[str, str]:
    """Return every page by its path; the pictures of exemplars lie beside theirs.

    Parameters
    ----------
    season : one that has a page of its own
    ticks : what of the checklists was ticked
    exemplars : judged mattes to learn from
    """
    own = {each.id for each in checklists.checklist}
    found = {"index.md": front("index", "packshot", _index(season))}
    found["glossary/index.md"] = front("glossary", "Glossary", _glossary())
    for each in terms():
        found[f"glossary/{each.id}.md"] = front("term", each.name, _term(each))
    found["playbook/index.md"] = front("playbook", "Playbook", _playbook())
    for page in pages():
        found[f"playbook/{page.id}.md"] = front("page", page.title, [_page_text(page, own)])
    found["checklists/index.md"] = front("checklists", "Checklists", _lists(checklists))
    for checklist in checklists.checklist:
        path = f"checklists/{checklist.id}.md"
        found[path] = front("checklist", checklist.title, _checklist(checklist, ticks or {}))
    found[EXEMPLARS] = front("exemplars", "Exemplars", exemplar_lines(exemplars))
    found["presets/index.md"] = front("presets", "Presets", _presets(presets))
    for loaded in presets:
        name = loaded.preset.name
        found[f"presets/{name}.md"] = front("preset", name, _preset(loaded))
    if season:
        found[season_path(season)] = front("season", season.season.title, season_lines(season))
    found["keymap.md"] = front("keymap", "Keys", keymap(keys))
    found["messages.md"] = front("messages", "Messages, defects and warnings", messages(_named))
    return found


def _index(season: OpenSeason | None) -> Iterator[str]:
    yield "Written by `packshot docs export`; changes belong into packshot or into the session."
    yield ""
    yield "- [Glossary](glossary/index.md): what engineers and merchandisers mean by a word"
    yield "- [Playbook](playbook/index.md): how the work is done"
    yield "- [Checklists](checklists/index.md): before a session and before an approval"
    yield f"- [Exemplars]({EXEMPLARS}): what passes and what does not, with pictures"
    if season:
        title = plain(season.season.title)
        yield f"- [{title}]({season_path(season)}): the season, its lock and its presets"
    yield "- [Presets](presets/index.md): how each channel's files are made and checked"
    yield "- [Keys](keymap.md): the keyboard of the workstation"
    yield "- [Messages, defects and warnings](messages.md): what they mean and what to do"


def _glossary() -> Iterator[str]:
    for subject, heading in SUBJECTS.items():
        yield f"## {heading}"
        yield ""
        for each in terms():
            if each.subject == subject:
                yield f"- [{each.name}]({each.id}.md): {each.merchandiser}"
        yield ""


def _term(each: Term) -> Iterator[str]:
    if each.also:
        yield f"Also: {', '.join(each.also)}."
        yield ""
    yield f"- **Engineers:** {each.engineer}"
    yield f"- **Merchandisers:** {each.merchandiser}"
    yield f"- **Why it matters:** {each.why}"
    yield ""
    yield f"Related: {_term_links(related(each), 'glossary')}."
    yield ""
    if each.where:
        yield f"In packshot: {', '.join(plain(in_words(place)) for place in each.where)}."
        yield ""
    yield from table(
        ("language", "names"),
        [(name, ", ".join(each.names[language])) for language, name in LANGUAGES.items()],
    )


def _playbook() -> Iterator[str]:
    for number, page in enumerate(pages(), 1):
        yield f"{number}. [{page.title}]({page.id}.md)"


def _page_text(page: Page, own: set[str]) -> str:
    """Return a page with links to pages; a checklist that a session does without is an index."""

    def target(link: Link) -> str:
        missing = link.kind == "checklist" and link.id not in own
        path = f"{_FOLDERS[link.kind]}/{'index' if missing else link.id}.md"
        return posixpath.relpath(path, "playbook")

    return linked(page.text, target)


def _lists(checklists: Checklists) -> Iterator[str]:
    whose = "the session" if checklists.origin == "session" else "packshot"
    yield f"These come from {whose}."
    yield ""
    for each in checklists.checklist:
        yield f"- [{plain(each.title)}]({each.id}.md): {plain(each.about)}"


def _checklist(each: Checklist, ticks: Mapping[TickKey, Tick]) -> Iterator[str]:
    known = {known.id for known in terms()}
    yield plain(each.about)
    yield ""
    for item in each.item:
        named = [term(term_id) for term_id in item.terms if term_id in known]
        links = f" ({_term_links(named, 'checklists')})" if named else ""
        why = f" {plain(item.why)}" if item.why else ""
        tick = ticks.get((each.id, item.id))
        if tick and tick.text == valid(item.text):
            who = f" {plain(tick.person)}, {tick.at[:10]}"
            yield f"- [x] **{plain(item.text)}**{why}{links}{who}"
        else:
            yield f"- [ ] **{plain(item.text)}**{why}{links}"


def _presets(presets: Sequence[LoadedPreset]) -> Iterator[str]:
    yield from table(
        ("preset", "version", "whose", "what it is"),
        [
            (
                f"[{loaded.preset.name}]({loaded.preset.name}.md)",
                loaded.preset.version,
                loaded.origin,
                plain(loaded.preset.title),
            )
            for loaded in presets
        ],
    )


def _preset(loaded: LoadedPreset) -> Iterator[str]:
    preset = loaded.preset
    yield plain(preset.title)
    yield ""
    if preset.description:
        yield plain(" ".join(preset.description.split()))
        yield ""
    yield f"- version {preset.version}, {loaded.origin}"
    yield f"- digest `{digest(preset)}`"
    yield ""
    if preset.rules:
        yield "## Rules"
        yield ""
        yield from table(
            ("rule", "asked", "if broken", "source", "read"),
            [_rule(rule) for rule in preset.rules],
        )
        yield ""
    yield "## Settings"
    yield ""
    yield "```toml"
    yield _settings(preset)
    yield "```"


def _rule(rule: Rule) -> tuple[str, ...]:
    found = terms_at(f"check:{rule.check}")
    name = rule.check.replace("_", " ")
    bounds = [
        f"at least {rule.minimum:,.10g}" if rule.minimum is not None else "",
        f"at most {rule.maximum:,.10g}" if rule.maximum is not None else "",
        " or ".join(plain(word) for word in rule.allowed),
        plain(rule.note),
    ]
    return (
        f"[{name}](../glossary/{found[0].id}.md)" if found else name,
        "; ".join(bound for bound in bounds if bound),
        {"fail": "fails", "warn": "warns"}[rule.severity],
        f"{plain(rule.source)} ({rule.evidence})",
        rule.date,
    )


def _settings(preset: Preset) -> str:
    # One line a string: no text of a preset can end the block that it stands in.
    return tomli_w.dumps(preset.model_dump(mode="json", exclude_none=True)).rstrip()


def _named(found: Sequence[Term]) -> str:
    return _term_links(found, "")


def _term_links(found: Iterable[Term], folder: str) -> str:
    """Return links to terms from a page in ``folder``."""
    links = []
    for each in found:
        path = posixpath.relpath(f"glossary/{each.id}.md", folder or ".")
        links.append(f"[{each.name}]({path})")
    return ", ".join(links)
