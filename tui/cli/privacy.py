"""``packshot privacy``: what is stored where, that nothing is sent, and a proof of it."""

from __future__ import annotations

import dataclasses
import textwrap
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from tui.cli.output import echo, echo_json, note
from tui.safe_text import safe

if TYPE_CHECKING:
    from tui.privacy.verify import Verification

_WIDTH = 88


@click.command()
@click.option("--verify", is_flag=True, help="Cut a photo with every network refused.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(verify: bool, as_json: bool) -> int:
    """Say what packshot stores where, that it sends nothing, and how that is enforced.

    With --verify a sample photo is really cut, in a process to which the operating system refuses
    every network; what was tried is printed, and what it proves. The exit status is 1 where that
    could not be had or the photo could not be cut.
    """
    from tui.privacy.stored import ENFORCED, SENT, stored

    if verify:
        return _verify(as_json)
    if as_json:
        echo_json(
            {
                "stored": [dataclasses.asdict(each) for each in stored()],
                "sent": " ".join(SENT),
                "enforced": " ".join(ENFORCED),
            }
        )
        return 0
    echo("What is stored")
    for each in stored():
        echo(f"\n  {safe(each.where)}")
        _print(each.what)
        _print(each.until)
    echo("\nWhat is sent\n")
    for paragraph in SENT:
        _print(paragraph, "  ")
    echo("\nHow that is enforced\n")
    for paragraph in ENFORCED:
        _print(paragraph, "  ")
    return 0


def _verify(as_json: bool) -> int:
    from tui.privacy.verify import verify

    note("Cutting a sample photo with every network refused …")
    found = verify()
    if as_json:
        echo_json({**dataclasses.asdict(found), "passed": found.passed, "proof": found.proof})
    else:
        _report(found)
    return 0 if found.passed else 1


def _report(found: Verification) -> None:
    _line("empty network", _held(found.namespace))
    _line("socket filter", _held(found.filter))
    _line("own guard", "in force in every process")
    _line("probes", _probes(found.probes))
    _line("cutout", safe(found.problem) if found.problem else _cut(found.cut))
    _line("proves", found.proof)


def _line(label: str, text: str) -> None:
    echo(
        textwrap.fill(
            f"{label:<15}{text}", _WIDTH, subsequent_indent=" " * 15, drop_whitespace=True
        )
    )


def _print(text: str, indent: str = "    ") -> None:
    echo(textwrap.fill(text, _WIDTH, initial_indent=indent, subsequent_indent=indent))


def _held(reason: str) -> str:
    return f"not to be had: {safe(reason)}" if reason else "in force"


def _probes(probes: Mapping[str, str]) -> str:
    """Return how many families met which fate, and which of them are open."""
    if not probes:
        return "none were made"
    counts = Counter(probes.values())
    told = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
    open_ = [name for name, outcome in probes.items() if outcome == "open"]
    named = f" ({', '.join(open_)})" if open_ else ""
    return f"of {len(probes)} families of network sockets {told}{named}"


def _cut(cut: Mapping[str, Any]) -> str:
    return (
        f"{cut['width']} × {cut['height']} px with {safe(cut['model'])} in {cut['seconds']:.1f} s, "
        f"{cut['bytes'] / 1e6:.1f} MB"
    )
