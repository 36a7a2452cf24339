"""Reading a TOML file that a person wrote, with what is wrong in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import tomli


def read_toml(path: Path, invalid: Callable[[str, str, str], Exception]) -> dict[str, Any]:
    """Return the content of a TOML file.

    Parameters
    ----------
    path : the file
    invalid : the error for one that is unreadable or no TOML, made of subject, problem and remedy
    """
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise invalid(
            str(path), f"could not be read ({error.strerror})", "Check the path."
        ) from error
    except (UnicodeDecodeError, tomli.TOMLDecodeError, RecursionError) as error:
        raise invalid(
            str(path), f"is no valid TOML ({error})", "Mend the file at that place."
        ) from error
