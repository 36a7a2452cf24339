"""``packshot handoff pack``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.options import GIVEN_PATH, JSON
from tui.cli.output import echo, echo_json, note, progress, quantity, table

if TYPE_CHECKING:
    from engine.handoff.packing import PackedPhoto, PackJob
    from engine.session.records import PhotoRecord


@click.command(name="pack")
@click.argument("folder", metavar="SESSION", type=GIVEN_PATH)
@click.argument("names", metavar="[PHOTO|SKU]…", nargs=-1)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The ZIP file.")
@click.option("--rejected", is_flag=True, help="Every photo whose matte was rejected.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["jpeg", "png"]),
    default="jpeg",
    help="JPEG is a seventh as large; PNG is lossless.",
)
@click.option("--list", "only_list", is_flag=True, help="Only say what would go, and what stays.")
@click.option("--workers", type=click.IntRange(1), help="Worker processes.")
@JSON
def command(
    folder: Path,
    names: tuple[str, ...],
    out: Path | None,
    rejected: bool,
    kind: str,
    only_list: bool,
    workers: int | None,
    as_json: bool,
) -> int:
    """Pack photos of SESSION for an outside cutout service.

    PHOTO is a path from the session's folder. Each photo is decoded and encoded anew: no camera,
    place, date or thumbnail goes along, and its name says nothing. A confidential SKU that is named
    stops all of it. Exit status 1: a photo could not be packed.
    """
    from engine.errors import sentence
    from engine.handoff.choosing import choose_photos
    from engine.handoff.packing import FORMATS, pack_jobs, sanitised, write_pack
    from engine.serving.pools import open_workers
    from engine.session.session import Session
    from engine.work.batch import outcomes

    if bool(names) == rejected:
        raise click.UsageError("say which photos: name them or their SKUs, or --rejected")
    if out is None and not only_list:
        raise click.UsageError("say where to: --out FILE.zip, or --list to look first")
    format_ = next(each for each in FORMATS if each == kind)
    failed: list[str] = []
    with Session.open(folder, create=False, readonly=only_list) as session:
        chosen = choose_photos(session, names, states=["rejected"])
        for photo, why in chosen.staying:
            note(f"{photo.path} stays: {why}")
        if out is None:
            _list(chosen.photos, as_json)
            return 0
        jobs = pack_jobs(session, chosen.photos, format_)

        def packed() -> Iterator[tuple[PackJob, PackedPhoto]]:
            with open_workers(len(jobs), workers) as pool, progress(len(jobs), "pack") as bar:
                for outcome in outcomes(pool, sanitised, jobs):
                    if isinstance(outcome.error, Exception):
                        failed.append(sentence(outcome.error))
                        bar.say(failed[-1])
                    if outcome.result is not None:
                        yield outcome.job, outcome.result
                    bar.step(outcome.job.photo.name)

        count = write_pack(session, out, packed())
    if as_json:
        echo_json({"pack": str(out), "photos": count, "failed": failed})
    else:
        size = out.stat().st_size / 1e6
        photos = quantity(count, "photo")
        echo(f"{photos} packed, {len(failed)} failed: {out} ({size:.1f} MB)")
    return 1 if failed else 0


def _list(photos: Sequence[PhotoRecord], as_json: bool) -> None:
    if as_json:
        echo_json([{"path": str(photo.path), "sku": photo.sku} for photo in photos])
    else:
        table(
            ("photo", "SKU", "view", "pixels"),
            [
                (photo.path, photo.sku, photo.view or "–", f"{photo.width} × {photo.height}")
                for photo in photos
            ],
        )
