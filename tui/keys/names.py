"""How the name of a key is written, and read."""

from __future__ import annotations

from textual.keys import Keys, _character_to_key

_NAMES = {
    "slash": "/",
    "backslash": "\\",
    "plus": "+",
    "equals_sign": "=",
    "minus": "−",
    "question_mark": "?",
    "colon": ":",
    "comma": ",",
    "full_stop": ".",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


_SPELLINGS = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown"}
_MODIFIERS = ("ctrl", "alt", "shift", "super")
_KNOWN = frozenset(key.value for key in Keys if "+" not in key.value and "<" not in key.value)


def key_from(text: str) -> str | None:
    """Return Textual's name of a key that a person has written: ``A``, ``/``, ``Ctrl+A``, ``F9``.

    None where it is no key.
    """
    text = text.strip() or text
    if len(text) == 1:
        return _character_to_key(text) if text.isprintable() else None
    *modifiers, last = [part or "+" for part in text.replace("++", "+plus").split("+")]
    modifiers = [modifier.lower() for modifier in modifiers]
    if any(modifier not in _MODIFIERS for modifier in modifiers):
        return None
    if len(last) == 1:
        if modifiers == ["shift"] and last.isalpha():
            return last.upper()
        last = _character_to_key(last.lower())
    else:
        last = _SPELLINGS.get(last.lower(), last.lower())
        if last not in _KNOWN and last not in _NAMES:
            return None
    return "+".join([*sorted(set(modifiers), key=_MODIFIERS.index), last])


def name_of(key: str) -> str:
    """Return a key as a person reads it: ``Ctrl+A``, ``Shift+Tab``, ``/``."""
    *modifiers, last = key.split("+")
    shown = _NAMES.get(last) or (last.upper() if last[0] == "f" and last[1:].isdigit() else last)
    if modifiers and len(shown) == 1:
        shown = shown.upper()
    return "+".join([modifier.capitalize() for modifier in modifiers] + [shown])
