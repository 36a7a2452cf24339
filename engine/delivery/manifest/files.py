"""The bytes of a manifest: CSV, JSON, or Amazon's listings feed."""

from __future__ import annotations

import json
from typing import Any

from engine.delivery.manifest.table import Table
from engine.spreadsheet import write_sheet

SUFFIXES = {"csv": ".csv", "json": ".json", "amazon-listings": ".json"}
"""What the file of each kind ends with."""


def manifest_bytes(table: Table) -> bytes:
    """Return a manifest as its file; the same table makes the same bytes."""
    format_ = table.format
    if format_.kind == "csv":
        return write_sheet(
            [column.header for column in format_.columns],
            [[str(value) for value in values] for _, values in table.rows],
            delimiter=format_.delimiter,
            bom=format_.bom,
            guard=format_.guard,
        )
    content = _feed(table) if format_.kind == "amazon-listings" else _objects(table)
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode(
        "utf-8", "backslashreplace"
    )


def _objects(table: Table) -> list[dict[str, Any]]:
    headers = [column.header for column in table.format.columns]
    return [dict(zip(headers, values, strict=True)) for _, values in table.rows]


def _feed(table: Table) -> dict[str, Any]:
    """Return a JSON_LISTINGS_FEED: for each SKU a patch that replaces each image attribute."""
    own = table.format.values
    headers = [column.header for column in table.format.columns]
    messages = [
        {
            "messageId": number,
            "sku": sku,
            "operationType": "PATCH",
            "productType": own.get("product_type", "PRODUCT"),
            "patches": [
                {
                    "op": "replace",
                    "path": f"/attributes/{header}",
                    "value": [
                        {
                            "marketplace_id": own.get("marketplace_id", ""),
                            "media_location": value,
                        }
                    ],
                }
                for header, value in zip(headers, values, strict=True)
                if value != ""
            ],
        }
        for number, (sku, values) in enumerate(table.rows, 1)
    ]
    header = {
        "sellerId": own.get("seller_id", ""),
        "version": "2.0",
        "issueLocale": own.get("issue_locale", "en_US"),
    }
    return {"header": header, "messages": messages}
