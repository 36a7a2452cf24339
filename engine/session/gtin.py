"""Numbers of products that have a form of their own: GTIN and ASIN."""

from __future__ import annotations

import re

_LENGTHS = (8, 12, 13, 14)
_SEPARATORS = re.compile(r"[\s\-]")
_ROUNDED = re.compile(r"[0-9]+[.,]?[0-9]*E\+?[0-9]+", re.IGNORECASE)
_ASIN = re.compile(r"[A-Z0-9]{10}")


def checked_gtin(text: str) -> str:
    """Return a GTIN as its digits alone: 8, 12 (UPC), 13 (EAN) or 14 of them.

    Raises
    ------
    ValueError : it is none, or its check digit is wrong; the message says so to a person, and names
        what spreadsheets do to numbers where that is what happened
    """
    if _ROUNDED.fullmatch(text.strip()):
        raise ValueError(
            f"{text} was rounded by a spreadsheet; give the column the format Text and fill it anew"
        )
    digits = _SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdecimal()):
        raise ValueError(f"{text} is no GTIN: it has to be of digits alone")
    if len(digits) not in _LENGTHS:
        raise ValueError(f"{text} has {len(digits)} digits, a GTIN 8, 12, 13 or 14{_lost(digits)}")
    if not digits.strip("0"):
        raise ValueError(f"{text} is no GTIN: it is of zeros alone")
    if (expected := check_digit(digits[:-1])) != digits[-1]:
        raise ValueError(
            f"{text} cannot be right: its last digit would have to be {expected}{_lost(digits)}"
        )
    return digits


def check_digit(digits: str) -> str:
    """Return the digit that completes a GTIN.

    From the right, digits count three times and once in turn; the check digit brings the sum up to
    a multiple of ten (GS1 General Specifications, 7.9.1).
    """
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def checked_asin(text: str) -> str:
    """Return an ASIN in capitals: ten letters and digits.

    Raises
    ------
    ValueError : it is none
    """
    asin = text.strip().upper()
    if not _ASIN.fullmatch(asin):
        raise ValueError(f"{text} is no ASIN: it has to be of ten letters and digits")
    return asin


def _lost(digits: str) -> str:
    """Return what may have happened to a number from which leading zeros were dropped."""
    for length in _LENGTHS:
        whole = digits.zfill(length)
        if len(digits) < length and check_digit(whole[:-1]) == whole[-1]:
            return f" (a spreadsheet may have dropped the zeros of {whole})"
    return ""
