"""``packshot bench``: what packshot is worth here, each measurement in ``bench_<name>.py``."""

from __future__ import annotations

import click

from tui.cli.lazy import LazyGroup

SUMMARIES = {
    "speed": "Measure this machine and say what changed since the last time.",
    "quality": "Compare mattes with your own ground truth.",
    "providers": "Measure again what runs a network fastest here, and keep to it.",
    "models": "Run every installed model over your own photos, with a sheet to judge by eye.",
}
"""Every measurement by name; a new one takes a line here and its module."""


@click.group(cls=LazyGroup, prefix=f"{__name__}_", summaries=SUMMARIES)
def command() -> None:
    """Measure speed, quality and models on this machine."""
