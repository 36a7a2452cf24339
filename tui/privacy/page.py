"""The privacy page, in the help's part of Markdown: for the panel, the wiki and the command."""

from __future__ import annotations

from pathlib import Path

from tui.privacy.stored import ENFORCED, SENT, Stored, stored


def privacy_text() -> str:
    """Return the page without its title."""
    kept = "\n".join(_kept(each) for each in stored())
    return "\n\n".join(
        [
            "**What is stored**",
            kept,
            "**What is sent**",
            *SENT,
            "**How that is enforced**",
            *ENFORCED,
            "More: [privacy](term:privacy), [telemetry](term:telemetry), how to decide between "
            "[this machine and a cloud](page:local-or-cloud), what to ask [vendors](page:vendors).",
        ]
    )


def _kept(each: Stored) -> str:
    """Return one kind of data; a place in the home folder without whose home it is."""
    where = each.where.replace(str(Path.home()), "~").replace("`", "'")
    return f"- **{each.what[0].upper()}{each.what[1:]}.** `{where}`: {each.until}."
