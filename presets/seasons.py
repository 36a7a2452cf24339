"""Seasons: named dates and the presets that hold between them, from the nearest of three origins.

A season comes from the session's ``seasons/``, the user's config folder or the built-in ones, as
presets do; the nearest of a name wins and is named.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import pydantic
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from presets.errors import SeasonInvalid, SeasonUnknown
from presets.explain import explain
from presets.loader import Origin, did_you_mean
from presets.schema import PresetName
from presets.toml_file import read_toml
from presets.user_folder import config_folder

BUILT_IN = Path(__file__).parent / "seasons"
"""Folder of the seasons that come with packshot."""


class Season(BaseModel):
    """What is delivered between two dates."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    schema_version: Literal[1]
    """Version of this schema."""
    name: PresetName
    """Name on the command line; the file is called ``<name>.toml``."""
    title: str
    """One line for lists."""
    description: str = ""
    """What the season is for."""
    starts: datetime.date
    """First day on which its files are delivered."""
    ends: datetime.date
    """Last day on which its files are delivered."""
    presets: Annotated[tuple[PresetName, ...], Field(min_length=1)]
    """Names of the presets of which every approved photo gets a file."""

    @field_validator("presets")
    @classmethod
    def _once(cls, presets: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(presets)) < len(presets):
            raise ValueError("a preset is named twice")
        return presets

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends < self.starts:
            raise ValueError("the season ends before it starts")
        return self

    def covers(self, day: datetime.date) -> bool:
        """Return whether a day lies inside the season."""
        return self.starts <= day <= self.ends

    def content(self) -> dict[str, Any]:
        """Return all that the season says, as JSON and TOML can hold it."""
        return self.model_dump(mode="json")


@dataclass(frozen=True)
class LoadedSeason:
    """A season and whose it is."""

    season: Season
    origin: Origin
    path: Path


@dataclass(frozen=True)
class SeasonListing:
    """Every season that can be used, by name, and every file that cannot, with its reason."""

    seasons: tuple[LoadedSeason, ...]
    problems: tuple[SeasonInvalid, ...]


def find_season(name: str, session: Path | None = None) -> LoadedSeason:
    """Return the nearest season called ``name``.

    Raises
    ------
    SeasonUnknown : no origin has it; the remedy names the nearest one
    SeasonInvalid : the nearest file of that name cannot be used
    """
    files = _nearest(session)
    if name not in files:
        raise SeasonUnknown(
            name,
            "no season has this name",
            f"{did_you_mean(name, list(files))}`packshot seasons list` shows all of them.",
        )
    origin, path = files[name]
    return LoadedSeason(read_season(path), origin, path)


def list_seasons(session: Path | None = None) -> SeasonListing:
    """Return every season by name, the nearest of each, and the files that cannot be used."""
    seasons = []
    problems = []
    for _, (origin, path) in sorted(_nearest(session).items()):
        try:
            seasons.append(LoadedSeason(read_season(path), origin, path))
        except SeasonInvalid as error:
            problems.append(error)
    return SeasonListing(tuple(seasons), tuple(problems))


def read_season(path: Path) -> Season:
    """Read one season file.

    Raises
    ------
    SeasonInvalid : unreadable, no TOML, an unknown field, or a value that the schema refuses
    """
    try:
        season = Season.model_validate(read_toml(path, SeasonInvalid))
    except pydantic.ValidationError as error:
        problem, remedy = explain(error, Season)
        raise SeasonInvalid(str(path), problem, remedy) from error
    if season.name != path.stem:
        raise SeasonInvalid(
            str(path),
            f"is named {season.name} inside",
            f"Call the file {season.name}.toml, or change its name field to {path.stem}.",
        )
    return season


def _nearest(session: Path | None) -> dict[str, tuple[Origin, Path]]:
    """Return the nearest file of each season's name."""
    folders: list[tuple[Origin, Path]] = [
        ("built-in", BUILT_IN),
        ("user", config_folder() / "seasons"),
    ]
    if session is not None:
        folders.append(("session", session / "seasons"))
    return {
        path.stem: (origin, path)
        for origin, folder in folders
        if folder.is_dir()
        for path in folder.glob("*.toml")
    }
