"""The properties of IPTC and XMP that packshot reads and writes.

Names after the IPTC Photo Metadata Standard 2023.1 and XMP, part 1.
"""

from __future__ import annotations

from engine.imaging.xmp import Name

_DC = ("http://purl.org/dc/elements/1.1/", "dc")
_PHOTOSHOP = ("http://ns.adobe.com/photoshop/1.0/", "photoshop")
_RIGHTS = ("http://ns.adobe.com/xap/1.0/rights/", "xmpRights")
_CORE = ("http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/", "Iptc4xmpCore")
_EXTENSION = ("http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "Iptc4xmpExt")

CREATOR = Name(*_DC, "creator")
COPYRIGHT = Name(*_DC, "rights")
KEYWORDS = Name(*_DC, "subject", ordered=False)
CREDIT = Name(*_PHOTOSHOP, "Credit")
SOURCE = Name(*_PHOTOSHOP, "Source")
DATE = Name(*_PHOTOSHOP, "DateCreated")
USAGE_TERMS = Name(*_RIGHTS, "UsageTerms")
ALT_TEXT = Name(*_CORE, "AltTextAccessibility")
SOURCE_TYPE = Name(*_EXTENSION, "DigitalSourceType")

LANGUAGES = frozenset({COPYRIGHT, USAGE_TERMS, ALT_TEXT})
"""Properties that are texts in languages."""

LISTS = frozenset({CREATOR, KEYWORDS})
"""Properties that are lists of texts."""
