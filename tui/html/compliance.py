"""Files and how they keep the rules of their presets: one page, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.session.ticks import Standing
from tui.html.checklists import STYLE as CHECKLISTS_STYLE
from tui.html.checklists import checklist_sections
from tui.html.page import page, picture, text

_STYLE = """
h2 { font-size: 1rem; font-weight: 600; margin: 2rem 0 .75rem; }
.files { display: grid; grid-template-columns: repeat(auto-fill, minmax(256px, 1fr)); gap: 12px; }
.file { background: #242629; border-left: 3px solid #55585e; padding: .6rem .7rem; }
.file.fails, .file.recalled { border-left-color: #e5605e; }
.file.warns { border-left-color: #f0b35a; }
.file.passes { border-left-color: #5fb878; }
.file img { display: block; height: 180px; max-width: 100%; object-fit: contain;
            background: #808080; }
.name { font-weight: 600; padding-top: .4rem; overflow-wrap: anywhere; }
.facts { color: #a9abb0; overflow-wrap: anywhere; }
ul { list-style: none; margin: .4rem 0 0; padding: 0; }
li { padding-left: 1.2em; text-indent: -1.2em; }
.fail { color: #ff8e8b; } .warn { color: #f0b35a; } .review { color: #9fc3ff; }
.pass, .source { color: #8b8e94; }
details { color: #8b8e94; margin-top: .3rem; }
@media print {
  body { background: #fff; color: #000; margin: 0; }
  .files { grid-template-columns: repeat(3, 1fr); }
  .file { background: #fff; border: 1px solid #bbb; border-left-width: 3px; break-inside: avoid; }
  p, .facts, .pass, .source, details { color: #444; }
  .fail { color: #a11; } .warn { color: #850; } .review { color: #135; }
}
"""

_SIGNS = {"fail": "✗", "warn": "!", "review": "?", "pass": "✓"}


@dataclass(frozen=True)
class Entry:
    """One file against one preset.

    ``outcome`` is a word of the page's order; ``facts`` are lines below the name; ``findings`` are
    the outcomes of rules, as JSON knows them; ``problem`` says what else is wrong.
    """

    name: str
    outcome: str
    facts: Sequence[str]
    findings: Sequence[Mapping[str, Any]] = ()
    picture: bytes | None = None
    problem: str = ""


def compliance_page(
    title: str,
    told: str,
    entries: Sequence[Entry],
    order: Sequence[str],
    checklists: Sequence[Standing] = (),
) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    title, told : its heading, and a line below it
    entries : the files
    order : the outcomes, the worst first
    checklists : how those of the session stand, for the end of the page
    """
    counts = Counter(entry.outcome for entry in entries)
    figures = ", ".join(f"{counts[outcome]} {outcome}" for outcome in order if counts[outcome])
    sections = [
        _section(outcome, [entry for entry in entries if entry.outcome == outcome])
        for outcome in order
        if counts[outcome]
    ]
    head = f"<p>{text(told)} {len(entries)} files: {text(figures) or 'none'}.</p>"
    return page(
        title, _STYLE + CHECKLISTS_STYLE, (head, *sections, *checklist_sections(checklists))
    )


def _section(outcome: str, entries: Sequence[Entry]) -> str:
    files = "\n".join(map(_file, entries))
    return (
        f"<h2>{text(outcome.capitalize())}: {len(entries)}</h2>\n"
        f'<div class="files">\n{files}\n</div>'
    )


def _file(entry: Entry) -> str:
    shown = picture(entry.picture, entry.name) if entry.picture else ""
    facts = "<br>".join(map(text, entry.facts))
    broken = [each for each in entry.findings if each["severity"] != "pass"]
    kept = [each for each in entry.findings if each["severity"] == "pass"]
    problem = f'<li class="fail">✗ {text(entry.problem)}</li>' if entry.problem else ""
    rules = "".join(map(_finding, broken))
    more = ""
    if kept:
        rows = "".join(map(_finding, kept))
        more = f"<details><summary>{len(kept)} rules kept</summary><ul>{rows}</ul></details>"
    return (
        f'<div class="file {text(entry.outcome)}">{shown}<div class="name">{text(entry.name)}</div>'
        f'<div class="facts">{facts}</div><ul>{problem}{rules}</ul>{more}</div>'
    )


def _finding(finding: Mapping[str, Any]) -> str:
    severity = str(finding["severity"])
    source = f' <span class="source">[{text(finding["source"])}, {text(finding["date"])}]</span>'
    origin = source if severity != "pass" else ""
    sign = _SIGNS.get(severity, "")
    return f'<li class="{text(severity)}">{sign} {text(finding["message"])}{origin}</li>'
