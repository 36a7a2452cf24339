"""What is stored where, for how long, and how it is removed: the privacy page's facts.

A test holds them against what the commands and the workstation really write. Nothing here looks
into a file.
"""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.serving.place import service_folder
from engine.session.layout import STATE_FOLDER
from presets.user_folder import config_folder
from tui.log import log_path


@dataclass(frozen=True)
class Stored:
    """One kind of data.

    Attributes
    ----------
    what : what it is and what it may tell about people or plans
    where : the folder, or its name inside a session
    until : for how long it is kept, and what removes it
    """

    what: str
    where: str
    until: str


def stored() -> tuple[Stored, ...]:
    """Return everything that packshot writes by itself, the most telling first."""
    # Describing networks is heavy to import, and the help has this page from the start.
    from models.store import ModelStore  # noqa: PLC0415

    session, home = Path("SESSION"), ModelStore().home
    return (
        Stored(
            "your photos: only read, never changed or renamed",
            str(session),
            "yours",
        ),
        Stored(
            "mattes; reduced copies of photos that are slow to open; names, sizes, cameras, "
            "exposures and times of photos; verdicts and notes with the name "
            "of who gave them and of the machine; who ticked what of a checklist; "
            "where each person's cursor was; who locked and "
            "unlocked a season or recalled a file, and why; numbers, alt texts and secrecy of "
            "products; masks that came from outside, and what was handed out for them",
            str(session / STATE_FOLDER),
            "kept until you delete the folder",
        ),
        Stored(
            "locks of seasons, with the name of who locked them and of the machine",
            str(session / "seasons"),
            "kept until `packshot seasons unlock`",
        ),
        Stored(
            "recalls, to be shared, with SKU, hash and reason, and the name of who made them and "
            "of the machine",
            str(session / "incidents"),
            "kept until you delete them; the session's own audit log still blocks the files",
        ),
        Stored(
            "the same recalls, so that your other sessions know them",
            str(config_folder() / "incidents"),
            "kept until you delete them",
        ),
        Stored(
            "masters and channel files; in each the hashes of photo, recipe and preset, and what "
            "its preset writes or keeps, such as alt text; no place and no camera data unless a "
            "preset keeps them; beside them lists of the files with SKU, GTIN, alt text and the "
            "photo's name, and purge lists",
            str(session / "Output"),
            "kept until you delete them",
        ),
        Stored(
            "what made each file: photo, recipe, preset, season and lock, with the name of who "
            "exported it and of the machine",
            str(session / "Output" / "provenance"),
            "kept until you delete them",
        ),
        Stored(
            "archived masters; with version notes, the names of photos and of who archived them, "
            "and of the machine",
            "the folder that `packshot archive --out` names",
            "kept until you delete them",
        ),
        Stored(
            "photos for an outside service: their pixels alone, under random names, nothing else",
            "the file that `packshot handoff pack --out` names",
            "kept until you delete it; the key to the names stays in the session",
        ),
        Stored(
            "small pictures of files, what their checks have found, and who ticked what of the "
            "checklists",
            "the page that `packshot report --html` or `packshot check --html` names",
            "kept until you delete it",
        ),
        Stored(
            "pages of help; with --session its presets, what was ticked and by whom, and small "
            "pictures of judged photos with their notes, none of a confidential product",
            "the folder that `packshot docs export` names",
            "kept until you delete them",
        ),
        Stored(
            "contact sheets of `packshot bench models`, with your photos in them, and the figures "
            "of `packshot bench speed`, with processor, memory and system of this machine",
            str(home / "bench"),
            "kept until you delete them",
        ),
        Stored(
            "networks, what this machine runs them fastest with, and what was prepared for that",
            str(home / "models"),
            "kept until `packshot models remove`",
        ),
        Stored(
            "how long each network took for a photo here",
            str(home / "timings"),
            "the last time only; delete it at any time",
        ),
        Stored(
            "presets and keys of your own: only read; the theme that you used last, and that the "
            "guided start was shown",
            str(config_folder()),
            "yours",
        ),
        Stored(
            "a log of what went wrong in the workstation, with names of files",
            str(log_path()),
            "the last three megabytes; delete it at any time",
        ),
        *_service(),
        Stored(
            "what works for a moment: a copy of the session's database while it is read with "
            "--readonly, enlarged sample photos while `packshot bench speed` measures",
            tempfile.gettempdir(),
            "deleted at once; after a crash, by the system",
        ),
        Stored(
            "decoded pictures and previews",
            "memory, and your terminal: over SSH they travel through that connection",
            "gone when packshot ends",
        ),
    )


def _service() -> Iterator[Stored]:
    if hasattr(socket, "AF_UNIX"):
        yield Stored(
            "a socket and a lock, through which commands reach a loaded network (`packshot warm`, "
            "an open workstation); only you may use them",
            str(service_folder()),
            "gone when the network is let go",
        )


SENT = (
    "Nothing is sent. There is no telemetry, no update check, no account. Other machines are "
    "reached for one thing, to fetch a network: by `packshot models install`, and by `packshot "
    "demo` where none is installed yet. What that tells them is what any download tells.",
)
"""What leaves the machine, by paragraph."""

ENFORCED = (
    "A guard in every process of packshot, workers included, refuses to look up, connect to or "
    "send to other hosts before a byte leaves. ONNX Runtime's own telemetry is switched off before "
    "it is loaded. The guard sees Python; what native code does only the operating system can "
    "refuse.",
    "Look for yourself: `packshot privacy --verify` cuts a photo while the operating system "
    "refuses every network, and says what that proves.",
)
"""How that is enforced, by paragraph."""
