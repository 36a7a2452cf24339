"""The words of file names that mean something to a studio, and the names that cameras give."""

from __future__ import annotations

import re

_VIEW_WORDS = """
    360 above alternate angle angled back backleft backright below bottom closeup detail details
    exploded front frontleft frontright ghost hero inner inside interior laydown left lifestyle
    main mannequin outside overhead packshot perspective profile quarter rear reverse right side
    sideleft sideright sole swatch three threequarter threequarters top topdown underside upright
    view vorne hinten links rechts oben unten seite innen avant arriere gauche droite dessus dessous
"""
"""Only words that name no product: a mug and a mug set are two SKUs."""

_NUMBERED_VIEW = re.compile(
    r"(?:angle|alt|back|detail|front|hero|img|image|left|main|photo|pic|pos|pt|right|shot|side|"
    r"swatch|top|view)[0-9]{1,2}",
    re.IGNORECASE,
)

_CAMERA_NAME = re.compile(
    r"""
    _?(?:IMG|DSC|DSCF|DSCN|DSCI|SDIM|CIMG|PICT|GOPR|DJI|HPIM|IMGP|PXL|IMG_E)
       (?:[-_ ]?[0-9]{3,}|[-_][0-9]+)(?:[-_.][0-9]+)*(?:[.]MP)?   # IMG_1234, PXL_20261123_142500
    | _MG_[0-9]{4} | (?:SAM|MVI|VID|CRW|PIC|KIF|CF|B)_[0-9]{4,}   # with their own divider only
    | G[HX][0-9]{6}                                     # GoPro
    | P[0-9A-F][0-9]{6}                                 # Panasonic, Olympus: P1010001
    | R00[0-9]{5} | L[0-9]{7} | B[0-9]{7}               # Ricoh, Leica, Hasselblad
    | [0-9A-Z]{3}A[0-9]{4}                              # Canon's own four signs: 5D3A1234
    | [0-9]{3}[-_][0-9]{4}                              # 100-0123
    | [0-9]{8}[-_][0-9]{6}(?:[-_][0-9]+)?               # 20261123_142500
    | IMG-[0-9]{8}-WA[0-9]+ | WhatsApp[ ]Image[ ].+ | photo_[0-9].* | signal-[0-9].*
    | Screenshot.* | Capture[ ]?[0-9]+ | Untitled[-_ ]?[0-9]*
    """,
    re.IGNORECASE | re.VERBOSE,
)

_GENERAL_FOLDER_WORDS = """
    capture captures selects select selected input inputs original originals raw raws jpg jpeg
    jpegs jpgs png pngs tif tiff tiffs heic webp photo photos image images img imgs picture
    pictures dcim import imports export shots files web highres hires lowres final finals edited
    retouched new
"""

_VIEWS = frozenset(_VIEW_WORDS.split())
_GENERAL_FOLDERS = frozenset(_GENERAL_FOLDER_WORDS.split())


def is_view_word(word: str) -> bool:
    """Tell whether a word of a file name names a view: front, threequarter, PT01."""
    return word.casefold() in _VIEWS or _NUMBERED_VIEW.fullmatch(word) is not None


def is_camera_name(name: str) -> bool:
    """Tell whether a name without its suffix was counted up by a camera, phone or messenger."""
    return _CAMERA_NAME.fullmatch(name) is not None


def is_general_folder(name: str) -> bool:
    """Tell whether a folder's name is about files and not about a product."""
    return (
        name.casefold() in _GENERAL_FOLDERS or re.fullmatch(r"[0-9]{3}[A-Z_]{5}", name) is not None
    )
