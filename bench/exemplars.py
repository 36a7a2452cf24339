"""Make the pictures of the exemplars that come with packshot, from the sample session.

    python bench/exemplars.py [ID…]

Every photo that ``exemplars.toml`` names is cut with the recipe of what was rejected there, judged,
cut with the recipe of what was approved, and judged, in a session that goes away afterwards; the
pictures are those that `packshot docs export --session` would write of it. A recipe that names no
network is cut with u2netp, the one that the demo fetches.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import Any

import tomli
import tomli_w

from engine.session.session import Session
from tui.cli.main import run
from tui.help.exemplars import LIST, picture_file
from tui.help.session_exemplars import exemplars_of

MODEL = "u2netp"
"""The network that the demo fetches."""
DEMO = Path(__file__).resolve().parents[1] / "tui" / "demo" / "photos"


def main() -> None:
    """Write the pictures of every exemplar, or of those that are named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("id", nargs="*", help="of the list; all of them when left out")
    wanted = parser.parse_args().id
    for exemplar in tomli.loads(LIST.read_text("utf-8"))["exemplar"]:
        if not wanted or exemplar["id"] in wanted:
            with tempfile.TemporaryDirectory(prefix="packshot-exemplar-") as folder:
                write(exemplar, Path(folder))


def write(exemplar: dict[str, Any], folder: Path) -> None:
    """Judge one photo in a session of its own, and write its pictures."""
    photo = shutil.copy(DEMO / f"{exemplar['photo']}.jpg", folder)
    reason = exemplar["reason"].replace(" ", "-")
    verdicts = {"rejected": ["--reject", reason], "approved": ["--approve"]}
    for state, verdict in verdicts.items():
        if state in exemplar:
            recipe = folder / "recipe.toml"
            recipe.write_text(tomli_w.dumps({"model": MODEL} | exemplar[state]), "utf-8")
            packshot("cut", folder, "--force", "--recipe", recipe)
            packshot("judge", folder, photo, *verdict)
    with Session.open(folder, create=False) as session:
        (shown,) = exemplars_of(session)
    for state, picture in (("rejected", shown.rejected), ("approved", shown.approved)):
        if picture is not None:
            target = picture_file(exemplar["id"], state)
            target.write_bytes(picture)
            print(f"{target.name}: {len(picture) // 1000} kB")


def packshot(*words: str | Path) -> None:
    """Run a command; one that fails ends the program."""
    if status := run([str(word) for word in words]):
        raise SystemExit(f"packshot {words[0]} ended with {status}")


if __name__ == "__main__":
    main()
