"""What the finished file is checked for."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import (
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import SchemaError

from presets.schema.part import Part

NumberCheck = Literal[
    "width",
    "height",
    "long_side",
    "short_side",
    "product_side",
    "megapixels",
    "bytes",
    "bits",
    "ratio",
    "fill",
]
ChoiceCheck = Literal["format", "profile", "chroma", "alpha"]

NUMBER_CHECKS: frozenset[str] = frozenset(get_args(NumberCheck))
"""Rules that hold a measured number against ``minimum`` and ``maximum``."""

CHOICE_CHECKS: frozenset[str] = frozenset(get_args(ChoiceCheck))
"""Rules that hold a measured word against ``allowed``."""


def matches(pattern: str, text: str) -> bool:
    """Return whether a whole text is of the form of a regular expression.

    The expressions come from other people's files: they are matched by an engine that needs time
    proportional to the text, whatever they say.

    Raises
    ------
    ValueError : that engine does not know the expression
    """
    try:
        form = TypeAdapter(Annotated[str, StringConstraints(pattern=rf"^(?:{pattern})$")])
    except SchemaError as error:
        raise ValueError("is no regular expression that can be used here") from error
    try:
        form.validate_python(text)
    except ValidationError:
        return False
    return True


class Rule(Part):
    """One thing that the finished file is checked for."""

    check: Literal[
        NumberCheck,
        ChoiceCheck,
        "white_background",
        "clean_frame",
        "not_cropped",
        "one_object",
        "sharp",
        "not_upscaled",
        "original_source",
        "file_name",
        "human_review",
    ]
    """What is measured. ``ratio`` is width by height; ``fill`` is the larger share of the canvas
    that the product spans; ``product_side`` the product's longer side in pixels of its own, without
    the ground around it and without enlarging. ``clean_frame`` finds borders and shadows along the
    frame, ``one_object`` separate pieces, ``sharp`` blur, ``not_upscaled`` enlarging and
    ``original_source`` a messaging app's copy; as far as these are estimates, they only warn.
    ``human_review`` names what no program can decide."""
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
    pattern: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    """Regular expression of the whole ``file_name``, suffix included, without look-around and
    back-references: ``[a-z0-9-]+\\.jpg``."""
    note: str = ""
    """What the rule is for, or what a person has to look for."""

    @field_validator("pattern")
    @classmethod
    def _can_be_matched(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            matches(pattern, "")
        return pattern

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
        if (self.pattern is not None) != (self.check == "file_name"):
            raise ValueError(
                f"{self.check} takes no pattern" if self.pattern else "file_name needs a pattern"
            )
        if self.check == "human_review" and (not self.note or self.severity == "fail"):
            raise ValueError("human_review needs a note, and can only warn")
        return self
