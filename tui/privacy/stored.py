"""What is stored where, for how long, and how it is removed: the privacy page's facts.

``command`` and screen show the same; nothing here looks into a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.session.layout import STATE_FOLDER
from models.store import ModelStore
from presets.loader import config_folder
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
    """Return everything that packshot writes, the most telling first."""
    session = Path("SESSION")
    return (
        Stored(
            "your photos: only read, never changed, copied or renamed",
            str(session),
            "yours",
        ),
        Stored(
            "mattes; names, sizes, cameras and times of photos; verdicts and notes with the name "
            "of who gave them and of the machine; where each person's cursor was; who locked and "
            "unlocked a season, and why",
            str(session / STATE_FOLDER),
            "kept until you delete the folder",
        ),
        Stored(
            "locks of seasons, with the name of who locked them and of the machine",
            str(session / "seasons"),
            "kept until `packshot seasons unlock`",
        ),
        Stored(
            "masters and channel files; in PNG and JPEG the hashes of photo, recipe and preset, no "
            "name, no place, no camera data",
            str(session / "Output"),
            "kept until you delete them",
        ),
        Stored(
            "networks, and how long each took for a photo here",
            str(ModelStore().home),
            "kept until `packshot models remove`",
        ),
        Stored(
            "presets and keys of your own: only read; the theme that you used last",
            str(config_folder()),
            "yours",
        ),
        Stored(
            "a log of what went wrong in the workstation, with names of files",
            str(log_path()),
            "the last three megabytes; delete it at any time",
        ),
        Stored(
            "decoded pictures and previews",
            "memory, and your terminal: over SSH they travel through that connection",
            "gone when packshot ends",
        ),
    )


SENT = (
    "Nothing is sent. There is no telemetry, no update check, no account. The one command that "
    "connects to other machines is `packshot models install`, and it only fetches.",
)
"""What leaves the machine, by paragraph."""

ENFORCED = (
    "A guard in every process of packshot, workers included, refuses names and connections of "
    "other hosts before a byte leaves. ONNX Runtime's own telemetry is switched off before it is "
    "loaded. The guard sees Python; what native code does only the operating system can refuse.",
    "Look for yourself: `packshot privacy --verify` cuts a photo while the operating system "
    "refuses every network, and says what that proves.",
)
"""How that is enforced, by paragraph."""
