"""Manifest formats: what a list of delivered files looks like to the system that imports it.

A format comes from the session's ``manifests/``, the user's config folder or the built-in ones, as
presets do; the nearest of a name wins and is named. Every model is frozen and refuses unknown
fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

import pydantic
from pydantic import Field, field_validator, model_validator

from presets.errors import ManifestInvalid, ManifestUnknown
from presets.explain import explain
from presets.loader import Origin, did_you_mean
from presets.origins import nearest_files
from presets.schema.part import Part, PresetName
from presets.tokens import tokens_of
from presets.toml_file import read_toml

BUILT_IN = Path(__file__).parent / "manifests"
"""Folder of the formats that come with packshot."""

FILE_TOKENS = (
    "sku", "gtin", "asin", "handle", "family", "view", "version", "preset", "season", "position",
    "photo", "file", "name", "url", "alt", "width", "height", "bytes", "sha256", "verdict",
    "exported",
)  # fmt: skip
"""What a value may contain, each between braces, beside the names of the format's own values."""


class Column(Part):
    """One column of a CSV file, or one field of a JSON object."""

    header: Annotated[str, Field(min_length=1)]
    """What the importing system calls it."""
    value: str
    """Text with tokens between braces: ``{sku}``. In JSON a number alone stays a number."""
    required: bool = False
    """Whether a file without this value is left out of the manifest, and named."""
    view: str | None = None
    """Where a row is a whole SKU: the view whose file is meant, in any case."""
    position: Annotated[int, Field(ge=1)] | None = None
    """Where a row is a whole SKU: which of its files is meant, the main image being 1."""
    language: str | None = None
    """The language of ``{alt}``, such as ``de``; without it the session's first one."""

    @field_validator("value")
    @classmethod
    def _plain_tokens(cls, value: str) -> str:
        tokens_of(value)
        return value


class ManifestFormat(Part):
    """How delivered files are listed for one system."""

    schema_version: Literal[1]
    """Version of this schema."""
    name: PresetName
    """What commands call it; the file has the same name."""
    title: str
    """One line for people."""
    description: str = ""
    """What to know before importing, and where the layout was taken from."""
    kind: Literal["csv", "json", "amazon-listings"]
    """A CSV file, a JSON list of objects, or Amazon's JSON feed with a patch for each column."""
    per: Literal["file", "sku"] = "file"
    """What one row is: a delivered file, or a SKU with all of its files."""
    presets: tuple[PresetName, ...] | None = None
    """Only files of these presets; without it, of all."""
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    """From left to right."""
    values: Annotated[dict[str, str], Field(default_factory=dict)]
    """Texts of your own by name, usable as tokens: an account's number, a marketplace."""
    delimiter: Literal[",", ";", "\t", "|"] = ","
    """Between the cells of a CSV file."""
    bom: bool = False
    """Whether a byte order mark stands in front, which old versions of Excel need to see UTF-8."""
    guard: bool = True
    """Whether a text that starts like a formula gets an apostrophe in front. Turn it off where
    only a machine reads the file and such texts are real."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        known = {*FILE_TOKENS, *self.values}
        for column in self.columns:
            for token in tokens_of(column.value):
                if token not in known:
                    near = did_you_mean(token, sorted(known)).strip()
                    raise ValueError(f"{{{token}}} is no token. {near}".strip())
            if self.per == "file" and (column.view or column.position):
                raise ValueError('view and position of a column need per = "sku"')
            if column.view and column.position:
                raise ValueError(f"the column {column.header} names a view and a position")
        headers = [column.header for column in self.columns]
        if len(set(headers)) < len(headers):
            raise ValueError("two columns have the same header")
        if self.kind == "amazon-listings" and self.per != "sku":
            raise ValueError('kind = "amazon-listings" needs per = "sku"')
        return self


@dataclass(frozen=True)
class LoadedManifest:
    """A format and whose it is."""

    format: ManifestFormat
    origin: Origin
    path: Path


def find_manifest(name: str, session: Path | None = None) -> LoadedManifest:
    """Return the nearest manifest format called ``name``.

    Raises
    ------
    ManifestUnknown : no origin has it; the remedy names the nearest one
    ManifestInvalid : the nearest file of that name cannot be used
    """
    files = nearest_files("manifests", BUILT_IN, session)
    if name not in files:
        raise ManifestUnknown(
            name,
            "no manifest format has this name",
            f"{did_you_mean(name, sorted(files))}`packshot manifest formats` shows all of them.",
        )
    origin, path = files[name]
    return LoadedManifest(read_manifest(path), origin, path)


def list_manifests(
    session: Path | None = None,
) -> tuple[list[LoadedManifest], list[ManifestInvalid]]:
    """Return every format by name, the nearest of each, and what cannot be used."""
    found: list[LoadedManifest] = []
    problems: list[ManifestInvalid] = []
    for _, (origin, path) in sorted(nearest_files("manifests", BUILT_IN, session).items()):
        try:
            found.append(LoadedManifest(read_manifest(path), origin, path))
        except ManifestInvalid as error:
            problems.append(error)
    return found, problems


def read_manifest(path: Path) -> ManifestFormat:
    """Read one manifest format.

    Raises
    ------
    ManifestInvalid : unreadable, no TOML, an unknown field, or a value that the schema refuses
    """
    try:
        found = ManifestFormat.model_validate(read_toml(path, ManifestInvalid))
    except pydantic.ValidationError as error:
        problem, remedy = explain(error, ManifestFormat)
        raise ManifestInvalid(str(path), problem, remedy) from error
    if found.name != path.stem:
        raise ManifestInvalid(
            str(path),
            f"is named {found.name} inside",
            f"Call the file {found.name}.toml, or change its name field to {path.stem}.",
        )
    return found
