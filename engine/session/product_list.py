"""Products from a CSV file: somebody else's list, taken over row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import CsvInvalid
from engine.session.gtin import checked_asin, checked_gtin
from engine.session.headings import columns_of
from engine.session.products import Product, sku_key
from engine.spreadsheet import read_sheet

HEADINGS: dict[str, tuple[str, ...]] = {
    "sku": ("item", "item number", "article", "article number", "Artikelnummer", "variant sku",
            "seller sku", "product id"),
    "gtin": ("ean", "upc", "barcode", "variant barcode", "ean13", "gtin13", "gtin14"),
    "asin": (),
    "handle": ("slug",),
    "family": ("parent", "parent sku", "style", "group"),
    "confidential": ("secret", "embargo"),
}  # fmt: skip
"""Fields of a product, and the headings that mean them."""

_YES = frozenset({"1", "yes", "y", "true", "x", "ja", "oui", "si", "sí", "tak"})
_NO = frozenset({"0", "no", "n", "false", "-", "nein", "non", "nie"})


@dataclass(frozen=True)
class ReadList:
    """What a list says: products to be kept, and a sentence for each row that cannot be used."""

    products: tuple[Product, ...]
    problems: tuple[str, ...]


def read_products(
    path: Path, known: Mapping[str, Product], chosen: Mapping[str, str] | None = None
) -> ReadList:
    """Read a CSV file of products; a cell that is empty leaves what is known as it is.

    Parameters
    ----------
    path : the file
    known : products by `sku_key`
    chosen : headings by field, where they are not the usual ones

    Raises
    ------
    CsvInvalid : the file cannot be used, or it names no SKUs
    """
    sheet = read_sheet(path)
    columns = columns_of(str(path), sheet.columns, HEADINGS, chosen or {})
    if "sku" not in columns:
        raise CsvInvalid(
            str(path),
            f"has no column of SKUs among {', '.join(sheet.columns)}",
            "Say which it is with --map sku=HEADING.",
        )
    owners = {product.gtin: key for key, product in known.items() if product.gtin}
    products: dict[str, Product] = {}
    lines: dict[str, int] = {}
    problems = []
    for row in sheet.rows:
        said = {field: row.cells[column] for field, column in columns.items()}
        try:
            if not said["sku"]:
                raise ValueError("it names no SKU")
            key = sku_key(said["sku"])
            if key in lines:
                raise ValueError(f"{said['sku']} was in line {lines[key]} already")
            product = _changed(known.get(key, Product(said["sku"])), said)
            if product.gtin and owners.setdefault(product.gtin, key) != key:
                raise ValueError(f"the GTIN {product.gtin} belongs to another SKU already")
        except ValueError as error:
            problems.append(f"line {row.line}: {error}")
            continue
        products[key], lines[key] = product, row.line
    return ReadList(tuple(products.values()), tuple(problems))


def _changed(product: Product, said: Mapping[str, str]) -> Product:
    """Return a product with what a row says of it; ValueError where that cannot be right."""
    changes: dict[str, str | bool] = {
        field: said[field] for field in ("handle", "family") if said.get(field)
    }
    if said.get("gtin"):
        changes["gtin"] = checked_gtin(said["gtin"])
    if said.get("asin"):
        changes["asin"] = checked_asin(said["asin"])
    if said.get("confidential"):
        changes["confidential"] = _truth(said["confidential"])
    return replace(product, **changes)  # type: ignore[arg-type]


def _truth(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise ValueError(f"{text!r} is neither yes nor no")
    return word in _YES
