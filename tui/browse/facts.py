"""What the inspector says about a photo, in plain words: the file, its matte, its verdict.

Names, notes and metadata come from files and from other people; every text here has passed
through ``safe``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from engine.session.records import MOST_STARS, DeliveryRecord, MatteRecord, PhotoRecord
from engine.work.recipes import recipe_of
from tui.adjust.knobs import KNOBS
from tui.safe_text import safe


@dataclass(frozen=True)
class Fact:
    """A line of the inspector, perhaps without a label; ``alert`` where a person should look."""

    label: str
    value: str
    alert: bool = False


def photo_facts(photo: PhotoRecord) -> list[Fact]:
    """Return what is known of the file itself."""
    entries = [
        ("Size", _pixels(photo)),
        ("Format", format_text(photo)),
        ("Profile", photo.profile),
        ("File", size_text(photo.bytes)),
        ("Camera", photo.camera),
        ("Taken", photo.taken),
        ("Exposed", photo.capture),
    ]
    facts = [Fact(label, safe(value)) for label, value in entries if value]
    facts += [Fact("Warning", safe(warning.text), alert=True) for warning in photo.warnings]
    if photo.problem:
        facts.append(Fact("Problem", safe(photo.problem), alert=True))
    return facts


def matte_facts(photo: PhotoRecord) -> list[Fact]:
    """Return how the matte was made, or why there is none."""
    facts = []
    if photo.failure:
        facts.append(Fact("Failed", safe(photo.failure), alert=True))
    if photo.matte:
        matte = photo.matte
        facts += [
            Fact("Model", _maker(matte)),
            Fact("Time", f"{matte.seconds:.1f} s"),
            Fact("Recipe", matte.recipe_digest[:12]),
        ]
        facts += [Fact("Defect", text, alert=True) for text in defect_texts(matte)]
        facts += [Fact("Note", safe(note), alert=True) for note in matte.notes]
    return facts


def recipe_facts(photo: PhotoRecord) -> list[Fact]:
    """Return how each knob stood when the matte was made."""
    recipe = recipe_of(photo.matte)
    if recipe is None:
        return []
    return [Fact(knob.title, safe(knob.shown(recipe))) for knob in KNOBS if knob.field != "model"]


def defect_facts(photo: PhotoRecord) -> list[Fact]:
    """Return each defect of the matte: how sure it is, and where, in pixels of the photo."""
    defects = photo.matte.defects if photo.matte else None
    if defects is None:
        return [Fact("", "not measured")] if photo.matte else []
    return [
        Fact(
            f"{defect.score:.2f}",
            f"{defect.kind}, {defect.width} × {defect.height} px at {defect.x}, {defect.y}",
            alert=True,
        )
        for defect in defects
    ] or [Fact("", "none found; look all the same")]


def export_facts(deliveries: Sequence[DeliveryRecord]) -> list[Fact]:
    """Return every file that was exported with what it was made under, the newest first."""
    return [
        Fact(
            f"v{delivery.version or 1}",
            "  ".join(
                safe(part)
                for part in (
                    delivery.path,
                    delivery.preset,
                    f"season {delivery.season}" if delivery.season else "",
                    f"lock {delivery.lock[:12]}" if delivery.lock else "",
                    f"{day_text(delivery.at)} {delivery.person}",
                )
                if part
            ),
        )
        for delivery in reversed(deliveries)
    ]


def defect_texts(matte: MatteRecord) -> list[str]:
    """Return what was measured to be wrong with a matte: each kind once, with how often."""
    kinds = Counter(defect.kind for defect in matte.defects or ())
    return [kind if count == 1 else f"{kind}, {count} places" for kind, count in kinds.items()]


def _maker(matte: MatteRecord) -> str:
    """Return what found the product."""
    return "mask from outside" if matte.recipe.get("mask_sha256") else safe(matte.model)


def verdict_facts(photo: PhotoRecord) -> list[Fact]:
    """Return what people decided."""
    verdict = photo.verdict
    facts = []
    if photo.stars:
        facts.append(Fact("Stars", f"{photo.stars} of {MOST_STARS}"))
    if verdict.reasons:
        facts.append(Fact("Reasons", ", ".join(verdict.reasons)))
    if verdict.note:
        facts.append(Fact("Note", safe(verdict.note)))
    if verdict.person:
        facts.append(Fact("By", safe(verdict.person)))
    if verdict.at:
        facts.append(Fact("On", day_text(verdict.at)))
    return facts


def delivery_facts(deliveries: Sequence[DeliveryRecord]) -> list[Fact]:
    """Return what was exported, the newest first."""
    return [
        Fact("", f"{safe(delivery.preset)}/{safe(PurePath(delivery.path).name)}")
        for delivery in reversed(deliveries)
    ]


def summary(photo: PhotoRecord) -> str:
    """Return the file in one line."""
    parts = [_pixels(photo), format_text(photo), photo.profile, size_text(photo.bytes)]
    return "  ".join(safe(part) for part in parts if part)


def outcome(photo: PhotoRecord) -> str:
    """Return in one line what came of the photo, or what stands in its way."""
    if photo.problem:
        return safe(photo.problem)
    if photo.failure:
        return safe(photo.failure)
    verdict, matte = photo.verdict, photo.matte
    parts = [
        f"{photo.stars} of {MOST_STARS} stars" if photo.stars else "",
        ", ".join(verdict.reasons),
        f"“{safe(verdict.note)}”" if verdict.note else "",
        *(defect_texts(matte) if matte else ()),
        *(safe(warning.text) for warning in photo.warnings),
        f"{_maker(matte)} {matte.seconds:.1f} s" if matte else "",
        _exported(photo.deliveries),
        # Last, for they are long, and often the same of every photo.
        *(safe(note) for note in (matte.notes if matte else ())),
    ]
    return "  ".join(part for part in parts if part)


def format_text(photo: PhotoRecord) -> str:
    """Return the file's format with what decides its quality."""
    if not photo.format:
        return ""
    quality = f"q{photo.jpeg_quality}" if photo.jpeg_quality else ""
    bits = f"{photo.bits} bit" if photo.bits and photo.bits != 8 else ""
    mode = photo.mode if photo.mode and photo.mode not in {"RGB", "RGBA"} else ""
    alpha = "alpha" if photo.has_alpha else ""
    parts = [photo.format, mode, bits, quality, photo.subsampling, alpha]
    return " ".join(part for part in parts if part)


def size_text(count: int) -> str:
    """Return a number of bytes as a person says it."""
    if count < 1_000:
        return f"{count} B"
    if count < 1_000_000:
        return f"{count / 1_000:.0f} kB"
    return f"{count / 1_000_000:.1f} MB"


def day_text(at: str) -> str:
    """Return an ISO 8601 time as day and minute."""
    return at[:16].replace("T", " ")


def short_folder(folder: Path) -> str:
    """Return a folder's own name, fit for a heading."""
    return safe(folder.name or folder)


def _pixels(photo: PhotoRecord) -> str:
    return f"{photo.width}×{photo.height}" if photo.width and photo.height else ""


def _exported(count: int) -> str:
    return f"exported {count}×" if count else ""
