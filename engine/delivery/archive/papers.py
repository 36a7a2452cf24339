"""What lies beside archived masters: checksums, version notes, and a manifest."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from engine.atomic import write_atomic
from engine.delivery.incidents.blocklist import Blocklist, known_incidents
from engine.session.archive import ArchivedMaster
from engine.session.records import PhotoRecord
from engine.session.session import Session
from engine.spreadsheet import write_sheet

_COLUMNS = (
    "sku", "view", "version", "file", "sha256", "bytes", "photo", "photo_sha256", "recipe",
    "note", "person", "archived", "recalled",
)  # fmt: skip
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")


def write_papers(session: Session, folder: Path) -> list[Path]:
    """Write what lies beside the masters of an archive, renewed as a whole; return where.

    ``CHECKSUMS`` is what ``sha256sum --check`` reads; ``NOTES.md`` says what is new about each
    version; ``manifest.csv`` and ``manifest.json`` list every master that is there. They say, too,
    which masters were recalled since, and why.

    Raises
    ------
    AuditBroken, IncidentInvalid : what was recalled cannot be read
    OutputError and its branches : not all were written
    """
    blocked = Blocklist.of(known_incidents(session))
    masters = session.archive.all()
    there = [each for each in masters if (folder / each.path).is_file()]
    photos = {each.photo_id: session.photo(each.photo_id) for each in masters}
    rows = [_row(each, photos[each.photo_id], blocked) for each in there]
    texts = [[str(value) for value in row] for row in rows]
    objects = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    papers = {
        "CHECKSUMS": "".join(f"{each.sha256}  {each.path}\n" for each in there).encode(),
        "NOTES.md": _notes(session, masters, photos, blocked).encode("utf-8", "backslashreplace"),
        "manifest.csv": write_sheet(_COLUMNS, texts),
        "manifest.json": (json.dumps(objects, indent=2) + "\n").encode(),
    }
    for name, data in papers.items():
        write_atomic(folder / name, data)
    return [folder / name for name in papers]


def _row(master: ArchivedMaster, photo: PhotoRecord, blocked: Blocklist) -> tuple[str | int, ...]:
    return (
        photo.sku,
        photo.view,
        master.version,
        master.path,
        master.sha256,
        master.bytes,
        photo.path.as_posix(),
        master.photo_sha256,
        master.recipe_digest,
        master.note,
        master.person,
        master.at,
        _recalled(master, blocked),
    )


def _recalled(master: ArchivedMaster, blocked: Blocklist) -> str:
    """Return when a master was recalled, and why; nothing of one that was not."""
    incident = blocked.files.get(master.sha256) or blocked.mattes.get(
        (master.photo_sha256, master.recipe_digest)
    )
    return incident.told if incident else ""


def _notes(
    session: Session,
    masters: Sequence[ArchivedMaster],
    photos: dict[int, PhotoRecord],
    blocked: Blocklist,
) -> str:
    """Return the version notes as Markdown, by SKU and view, the newest version first."""
    views: dict[str, list[ArchivedMaster]] = defaultdict(list)
    for master in masters:
        views[master.key].append(master)
    lines = [f"# Masters of {_plain(session.folder.name)}", ""]
    for key in sorted(views):
        first = photos[views[key][0].photo_id]
        lines += [f"## {_plain(first.sku)} {_plain(first.view)}".rstrip(), ""]
        for each in reversed(views[key]):
            note = f": {_plain(each.note)}" if each.note else ""
            lines.append(f"- **v{each.version}**, {each.at[:10]}, {_plain(each.person)}{note}")
            lines.append(f"  {_plain(each.path)}, sha256 {each.sha256[:16]}…")
            if recalled := _recalled(each, blocked):
                lines.append(f"  **Do not use:** {_plain(recalled)}")
        lines.append("")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return a text that Markdown leaves as it is."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
