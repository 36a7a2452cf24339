"""What is known about the products of a session beside their pictures: numbers, family, secrecy.

Nothing is made up: what nobody has said is empty.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.session.access import Access
from engine.session.text import now, valid


@dataclass(frozen=True, slots=True)
class Product:
    """One SKU. ``handle`` is its name in the shop's addresses; ``family`` joins what belongs
    together, such as the colours of one bag; a ``confidential`` product never leaves the machine
    for an outside service. ``person`` and ``at`` say who changed it last, and when, in UTC.
    """

    sku: str
    gtin: str = ""
    asin: str = ""
    handle: str = ""
    family: str = ""
    confidential: bool = False
    person: str = ""
    at: str = ""


_SAID = ("gtin", "asin", "handle", "family", "confidential")


def sku_key(sku: str) -> str:
    """Return what a SKU is compared by: upper and lower case are the same, and so are accents
    however they are composed."""
    return unicodedata.normalize("NFC", valid(sku)).casefold()


class Products:
    """The products of one session.

    Parameters
    ----------
    access : the way to the session's database
    """

    def __init__(self, access: Access) -> None:
        self._access = access

    def all(self) -> dict[str, Product]:
        """Return every product of which something is known, by `sku_key`."""
        with self._access.read() as connection:
            rows = connection.execute("SELECT * FROM product ORDER BY key").fetchall()
        products = {}
        for row in rows:
            values = dict(row)
            key = values.pop("key")
            products[key] = Product(**{**values, "confidential": bool(values["confidential"])})
        return products

    def of(self, sku: str) -> Product:
        """Return what is known of a SKU; everything is empty where that is nothing."""
        return self.all().get(sku_key(sku), Product(sku))

    def save(self, products: Iterable[Product]) -> int:
        """Keep what is said of products; return how many of them are new or changed.

        Raises
        ------
        SessionReadOnly : the session is open read-only
        """
        known = self.all()
        changed = [
            product
            for product in products
            if _said(product) != _said(known.get(sku_key(product.sku)))
        ]
        with self._access.change() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO product VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        sku_key(product.sku),
                        valid(product.sku),
                        *(valid(getattr(product, field)) for field in _SAID[:-1]),
                        product.confidential,
                        self._access.person,
                        now(),
                    )
                    for product in changed
                ],
            )
        return len(changed)

    def mark(self, sku: str, *, confidential: bool) -> None:
        """Say whether a SKU is confidential.

        Raises
        ------
        SessionReadOnly : the session is open read-only
        """
        self.save([replace(self.of(sku), confidential=confidential)])

    def withheld(self) -> frozenset[str]:
        """Return the `sku_key` of every SKU that must not leave the machine.

        A family is as confidential as any of its products: their pictures give each other away.
        """
        products = self.all()
        families = {
            product.family.casefold()
            for product in products.values()
            if product.confidential and product.family
        }
        return frozenset(
            key
            for key, product in products.items()
            if product.confidential or (product.family and product.family.casefold() in families)
        )


def _said(product: Product | None) -> tuple[object, ...] | None:
    return None if product is None else tuple(getattr(product, field) for field in _SAID)
