"""What a manifest knows about one delivered file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ManifestRow:
    """One delivered file that is current; texts that nobody has given are empty.

    ``file`` is its path below the output folder and ``name`` the last part of it, ``path`` where it
    was written, from the session's folder; ``position`` counts the files of a SKU and preset from
    1, the main image. ``alts`` are texts by language, and ``language`` is the one that counts where
    a column names none.
    """

    sku: str
    view: str
    preset: str
    file: str
    sha256: str
    photo: str
    path: str = ""
    position: int = 1
    version: int = 1
    season: str = ""
    url: str = ""
    gtin: str = ""
    asin: str = ""
    handle: str = ""
    family: str = ""
    verdict: str = ""
    exported: str = ""
    width: int | None = None
    height: int | None = None
    bytes: int | None = None
    alts: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.file.rpartition("/")[2]

    def values(self, language: str | None = None) -> dict[str, str | int]:
        """Return every token's value, with the alt text of a language."""
        return {
            "sku": self.sku,
            "gtin": self.gtin,
            "asin": self.asin,
            "handle": self.handle,
            "family": self.family,
            "view": self.view,
            "version": self.version,
            "preset": self.preset,
            "season": self.season,
            "position": self.position,
            "photo": self.photo,
            "file": self.file,
            "name": self.name,
            "url": self.url,
            "alt": self.alts.get(language or self.language, ""),
            "width": "" if self.width is None else self.width,
            "height": "" if self.height is None else self.height,
            "bytes": "" if self.bytes is None else self.bytes,
            "sha256": self.sha256,
            "verdict": self.verdict,
            "exported": self.exported,
        }
