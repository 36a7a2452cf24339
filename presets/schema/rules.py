"""What the finished file is checked for."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from presets.schema.part import Part

NUMBER_CHECKS = frozenset(
    {"width", "height", "long_side", "short_side", "megapixels", "bytes", "ratio", "fill"}
)
"""Rules that hold a measured number against ``minimum`` and ``maximum``."""

CHOICE_CHECKS = frozenset({"format", "profile", "chroma", "alpha"})
"""Rules that hold a measured word against ``allowed``."""


class Rule(Part):
    """One thing that the finished file is checked for."""

    check: Literal[
        "width",
        "height",
        "long_side",
        "short_side",
        "megapixels",
        "bytes",
        "ratio",
        "fill",
        "format",
        "profile",
        "chroma",
        "alpha",
        "white_background",
        "not_cropped",
        "human_review",
    ]
    """What is measured. ``ratio`` is width by height; ``fill`` is the larger share of the canvas
    that the product spans; ``human_review`` names what no program can decide."""
    severity: Literal["fail", "warn"]
    """What a broken rule means. Rules of uncertain origin can only warn."""
    evidence: Literal["channel", "known", "secondary", "uncertain", "packshot"]
    """How the rule is known: read on the ``channel``'s own page, well ``known``, read on a
    ``secondary`` page, ``uncertain``, or ``packshot``'s own advice."""
    source: str
    """Where the rule comes from, in words."""
    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
    """Year and month in which the source was read."""
    minimum: float | None = None
    """Least number allowed."""
    maximum: float | None = None
    """Greatest number allowed."""
    allowed: tuple[str, ...] = ()
    """Words allowed. Formats: jpeg, png, webp, avif, tiff, gif, bmp, heif. Profiles: sRGB, CMYK and
    others by name. Chroma: 4:4:4, 4:2:2, 4:2:0. Alpha: none, opaque, transparent."""
    note: str = ""
    """What the rule is for, or what a person has to look for."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.severity == "fail" and self.evidence in {"secondary", "uncertain"}:
            raise ValueError(f"a rule of {self.evidence} evidence can only warn")
        bounded = self.minimum is not None or self.maximum is not None
        if bounded != (self.check in NUMBER_CHECKS):
            raise ValueError(
                f"{self.check} takes no minimum or maximum"
                if bounded
                else f"{self.check} needs a minimum or a maximum"
            )
        if bool(self.allowed) != (self.check in CHOICE_CHECKS):
            raise ValueError(
                f"{self.check} takes no list of allowed words"
                if self.allowed
                else f"{self.check} needs a list of allowed words"
            )
        if self.check == "human_review" and (not self.note or self.severity == "fail"):
            raise ValueError("human_review needs a note, and can only warn")
        return self
