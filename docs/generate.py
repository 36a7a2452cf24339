"""Write what of the documentation comes from the code: ``python docs/generate.py``.

A test holds what is checked in against what this would write.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from presets.json_schema import preset_schema, season_schema
from tui.help.preset_reference import reference_page
from tui.help.reference import reference_pages
from tui.keys.contexts import KEYS

DOCS = Path(__file__).resolve().parent
MARK = "<!-- from here on: packshot presets fields -->\n\n"


def generated() -> Mapping[str, str]:
    """Return the text of every file that comes from the code, by its path below ``docs/``."""
    pages = {f"reference/{name}": text for name, text in reference_pages(KEYS).items()}
    written, _, _ = (DOCS / "presets.md").read_text("utf-8").partition(MARK)
    pages["presets.md"] = written + MARK + reference_page()
    for name, schema in (("preset", preset_schema()), ("season", season_schema())):
        text = json.dumps(schema, indent=2)
        pages[f"{name}.schema.json"] = text + "\n"
    return pages


def main() -> None:
    """Write every file that comes from the code."""
    for path, text in generated().items():
        (DOCS / path).parent.mkdir(exist_ok=True)
        (DOCS / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
