"""What a preset may say: how one channel's file is made, and the rules that it is held against.

Every model is frozen and refuses unknown fields. Lengths are pixels of the finished file, shares
are fractions of the canvas (0…1), colours are sRGB (0…255).

The digest of a preset covers all of its fields but those that are None. A field that is added to
this schema therefore has None as its default: it changes no digest, and so breaks no season's
lock, where nobody uses it.
"""

from presets.schema.background import (
    Background,
    BlurredBackground,
    ColourBackground,
    KeptBackground,
    TransparentBackground,
)
from presets.schema.canvas import FitCanvas, FixedCanvas, PhotoCanvas, ProductCanvas
from presets.schema.files import LEAST_QUALITY, AvifFile, JpegFile, PngFile, TiffFile, WebpFile
from presets.schema.metadata import Metadata, WrittenMetadata
from presets.schema.naming import NAME_TOKENS, Collision, Naming, Token, ViewName
from presets.schema.part import NAME, PresetName
from presets.schema.placement import Margins, Placement, Sharpening
from presets.schema.preset import Preset
from presets.schema.requires import DefectName, Requires
from presets.schema.rules import CHOICE_CHECKS, NUMBER_CHECKS, Rule, matches
from presets.schema.shadow import (
    ContactShadow,
    DropShadow,
    KeptShadow,
    NoShadow,
    ReflectionShadow,
    Shadow,
)
from presets.schema.views import ViewChanges

__all__ = [
    "CHOICE_CHECKS",
    "LEAST_QUALITY",
    "NAME",
    "NAME_TOKENS",
    "NUMBER_CHECKS",
    "AvifFile",
    "Background",
    "BlurredBackground",
    "Collision",
    "ColourBackground",
    "ContactShadow",
    "DefectName",
    "DropShadow",
    "FitCanvas",
    "FixedCanvas",
    "JpegFile",
    "KeptBackground",
    "KeptShadow",
    "Margins",
    "Metadata",
    "Naming",
    "NoShadow",
    "PhotoCanvas",
    "Placement",
    "PngFile",
    "Preset",
    "PresetName",
    "ProductCanvas",
    "ReflectionShadow",
    "Requires",
    "Rule",
    "Shadow",
    "Sharpening",
    "TiffFile",
    "Token",
    "TransparentBackground",
    "ViewChanges",
    "ViewName",
    "WebpFile",
    "WrittenMetadata",
    "matches",
]
