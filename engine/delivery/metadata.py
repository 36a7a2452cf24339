"""What a delivered file says about itself, from its preset, its photo and its session."""

from __future__ import annotations

from collections.abc import Mapping

from engine.imaging import properties as iptc
from engine.imaging.xmp import Name, Value, packet
from presets.schema import Metadata, Preset

_FIELDS = {
    "creator": iptc.CREATOR,
    "copyright": iptc.COPYRIGHT,
    "credit": iptc.CREDIT,
    "source": iptc.SOURCE,
    "usage_terms": iptc.USAGE_TERMS,
    "keywords": iptc.KEYWORDS,
    "date": iptc.DATE,
    "source_type": iptc.SOURCE_TYPE,
}


def kept_properties(preset: Preset) -> tuple[Name, ...]:
    """Return what a preset takes over from a photo's own metadata."""
    settings = preset.metadata
    return tuple(_FIELDS[field] for field in (settings.keep if settings else None) or ())


def metadata_packet(
    preset: Preset,
    photo: Mapping[Name, Value],
    alt: Mapping[str, str],
    provenance: Mapping[Name, Value],
) -> bytes | None:
    """Return the XMP packet of a file; None where there is nothing to say.

    Parameters
    ----------
    preset : what is kept and written
    photo : what the photo's own file says
    alt : the photo's alt text by language
    provenance : what the file was made from
    """
    settings = preset.metadata
    if settings is None:
        return packet(provenance)
    said: dict[Name, Value] = {
        name: photo[name] for name in kept_properties(preset) if name in photo
    }
    said.update(_written(settings))
    if settings.alt is not None and (texts := alt_texts(settings, alt)):
        said[iptc.ALT_TEXT] = texts
    if settings.provenance is not False:
        said.update(provenance)
    return packet(said) if said else None


def alt_texts(settings: Metadata, alt: Mapping[str, str]) -> dict[str, str]:
    """Return the alt texts that a file is to have, in the order of its preset's languages."""
    wanted = settings.languages or sorted(alt)
    return {language: alt[language] for language in wanted if alt.get(language)}


def alt_problem(preset: Preset, alt: Mapping[str, str]) -> str | None:
    """Return what is missing of the alt text that a preset requires; None where nothing is.

    Parameters
    ----------
    preset : what it requires
    alt : the photo's alt text by language
    """
    settings = preset.metadata
    if settings is None or settings.alt != "required":
        return None
    missing = [language for language in settings.languages or () if not alt.get(language)]
    if missing:
        return f"it has no alt text in {', '.join(missing)}"
    return None if any(alt.values()) else "it has no alt text"


def _written(settings: Metadata) -> dict[Name, Value]:
    texts = settings.write.model_dump(exclude_none=True) if settings.write else {}
    return {name: _as(name, texts[field]) for field, name in _FIELDS.items() if field in texts}


def _as(name: Name, text: str) -> Value:
    """Return a text in the form that its property has."""
    if name in iptc.LISTS:
        return (text,)
    return {"x-default": text} if name in iptc.LANGUAGES else text
