"""What the file says about itself, beside its profile."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from presets.schema.part import Part

Line = Annotated[str, Field(min_length=1, max_length=300)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
KeptField = Literal[
    "creator",
    "copyright",
    "credit",
    "source",
    "usage_terms",
    "keywords",
    "date",
    "source_type",
]


class WrittenMetadata(Part):
    """Texts that are the same in every file."""

    creator: Line | None = None
    """Who made the picture (IPTC: Creator)."""
    copyright: Line | None = None
    """Whose it is, and since when (IPTC: Copyright Notice)."""
    credit: Line | None = None
    """How it is to be credited (IPTC: Credit Line)."""
    source: Line | None = None
    """Who supplies it (IPTC: Source)."""
    usage_terms: Line | None = None
    """What it may be used for (IPTC: Rights Usage Terms)."""


class Metadata(Part):
    """What the file says about itself, as XMP, beside its provenance. What is not named here is
    stripped."""

    keep: tuple[KeptField, ...] | None = None
    """What is taken over from the photo's own metadata, where it says it: creator, copyright,
    credit, source, usage_terms, keywords, date, source_type (whether a machine made the picture).
    Camera, place and thumbnail are never taken over."""
    write: WrittenMetadata | None = None
    """Texts that are written into every file; they win over what is kept."""
    alt: Literal["write", "required"] | None = None
    """Whether the photo's alt text is written into the file; ``required``: a photo without one is
    not exported. Nothing is ever made up."""
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] | None = None
    """Languages of the alt text that are written, the first for readers that know none of them,
    or, with ``required``, have to be there. Without it: all that there are, and at least one."""

    provenance: bool | None = None
    """Whether the file says which photo, recipe and preset made it, as hashes; it does unless this
    is ``false``. A copy that is found elsewhere is then known by its bytes alone."""

    @field_validator("keep", "languages")
    @classmethod
    def _once(cls, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if names is not None and len(set(names)) < len(names):
            raise ValueError("one is named twice")
        return names

    @model_validator(mode="after")
    def _has_alt(self) -> Self:
        if self.languages is not None and self.alt is None:
            raise ValueError('languages need alt = "write" or alt = "required"')
        return self
