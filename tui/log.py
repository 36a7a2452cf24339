"""Where the workstation writes down what went wrong: a file in the user's log folder."""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

from tui import __version__

_BYTES = 1_000_000
_KEPT = 2


def log_path() -> Path:
    """Return the log file; ``PACKSHOT_HOME`` keeps it together with everything else."""
    home = os.environ.get("PACKSHOT_HOME")
    folder = Path(home) / "log" if home else platformdirs.user_log_path("packshot")
    return folder / "packshot.log"


def start_logging() -> Path | None:
    """Send log records to the file; return it, or None where it cannot be written."""
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("tui")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.info("packshot %s", __version__)
    return path
