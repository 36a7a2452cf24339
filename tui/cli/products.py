"""``packshot products``: numbers, families and secrecy of a session's SKUs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from tui.cli.here import this_session
from tui.cli.options import JSON, MAP
from tui.cli.output import echo, echo_json, note, table
from tui.safe_text import safe


@click.group()
def command() -> None:
    """List, import and mark what is known of a session's products.

    Manifests need GTIN, ASIN and the shop's handle of a SKU; a confidential SKU is never handed to
    an outside service.
    """


@command.command(name="list")
@this_session
@click.option("--missing", is_flag=True, help="Only SKUs of which no GTIN is known.")
@JSON
def list_command(folder: Path, missing: bool, as_json: bool) -> int:
    """List the SKUs of the session with what is known of each."""
    from engine.session.products import Product, sku_key
    from engine.session.session import Session

    with Session.open(folder, create=False, readonly=True) as session:
        known = session.products.all()
        photographed = {sku_key(photo.sku): photo.sku for photo in session.photos()}
    products = {key: Product(sku) for key, sku in photographed.items()} | known
    shown = [
        (product, key in photographed)
        for key, product in sorted(products.items())
        if not (missing and product.gtin)
    ]
    if as_json:
        echo_json([asdict(product) | {"photos": has_photos} for product, has_photos in shown])
        return 0
    table(
        ("SKU", "GTIN", "ASIN", "handle", "family", "confidential", "photos"),
        [
            (
                product.sku,
                product.gtin or "–",
                product.asin or "–",
                product.handle or "–",
                product.family or "–",
                "yes" if product.confidential else "no",
                "yes" if has_photos else "none",
            )
            for product, has_photos in shown
        ],
    )
    return 0


@command.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@this_session
@MAP
@JSON
def import_command(file: Path, folder: Path, chosen: dict[str, str], as_json: bool) -> int:
    """Take over products from a CSV FILE: sku, gtin, asin, handle, family, confidential.

    Check digits of GTINs are checked; a row that cannot be right is named and left out, the others
    are kept. An empty cell leaves what is known as it is. Exit status 1: a row was left out.
    """
    from engine.session.product_list import read_products
    from engine.session.session import Session

    with Session.open(folder, create=False) as session:
        read = read_products(file, session.products.all(), chosen)
        changed = session.products.save(read.products)
    if as_json:
        echo_json({"rows": len(read.products), "changed": changed, "problems": read.problems})
    else:
        for problem in read.problems:
            note(safe(f"{file}: {problem}"))
        echo(f"{len(read.products)} products read, {changed} new or changed")
    return 1 if read.problems else 0


@command.command()
@click.argument("skus", metavar="SKU…", nargs=-1, required=True)
@this_session
@click.option("--confidential", is_flag=True, help="They must not be handed outside.")
@click.option("--public", is_flag=True, help="They may.")
def mark(skus: tuple[str, ...], folder: Path, confidential: bool, public: bool) -> int:
    """Say whether SKUs are confidential: `packshot handoff` never takes one that is."""
    from engine.session.session import Session

    if confidential == public:
        raise click.UsageError("say which: --confidential or --public")
    with Session.open(folder, create=False) as session:
        for sku in skus:
            session.products.mark(sku, confidential=confidential)
    word = "Confidential" if confidential else "Public"
    echo(safe(f"{word}: {', '.join(skus)}"))
    return 0
