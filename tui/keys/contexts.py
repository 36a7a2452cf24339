"""Which keys are active together, by where one is."""

from __future__ import annotations

from tui.keys.alt import EDITOR
from tui.keys.app import APP, HELP
from tui.keys.browse import FILES, FILTER, LIST, MATCHES, SORT
from tui.keys.checklists import CHECKLISTS
from tui.keys.compare import COMPARE
from tui.keys.cut import ADJUST, CUT
from tui.keys.deliver import BATCH, CHOICE, DELIVER, PRESETS, REASON, REPORT
from tui.keys.dialogs import CHOOSE, CONFIRM, REJECT
from tui.keys.judge import JUDGE
from tui.keys.key import Key
from tui.keys.look import LOOK
from tui.keys.queue import LINES, QUEUE
from tui.keys.reading import GLOSSARY, INSPECTOR, JOURNAL, KEYS_PANEL

BROWSE = (*MATCHES, *LOOK, *CUT, *JUDGE, *FILES)
"""Keys of the Browse screen; those of its list come before."""

SCREENS = {
    "browse": (*LIST, *BROWSE, *APP),
    "queue": (*LINES, *QUEUE, *APP),
    "deliver": (*LIST, *DELIVER, *APP),
}
"""The keys of each screen, by the name of its mode."""

_WHILE_TYPING = tuple(key for key in HELP if key.id == "app.glossary")
"""Of the keys of every dialog, the one that is no character."""

CONTEXTS = {
    "Browse": SCREENS["browse"],
    "Queue": SCREENS["queue"],
    "Deliver": SCREENS["deliver"],
    "the knobs": ADJUST,
    "a comparison": (*COMPARE, *HELP),
    "the reasons": (*CHOOSE, *REJECT, *HELP),
    "the orders": (*CHOOSE, *SORT, *HELP),
    "the presets": (*CHOOSE, *PRESETS, *HELP),
    "the alt text": (*EDITOR, *_WHILE_TYPING),
    "the seasons": (*CHOOSE, *CHOICE, *HELP),
    "the files": (*BATCH, *HELP),
    "a reason": (*REASON, *_WHILE_TYPING),
    "the report": (*REPORT, *HELP),
    "a question": (*CONFIRM, *HELP),
    "the glossary": GLOSSARY,
    "the keys": (*KEYS_PANEL, *(key for key in HELP if key.id != "app.keys")),
    "the inspector": (*INSPECTOR, *HELP),
    "the log": (*JOURNAL, *HELP),
    "the checklists": (*CHOOSE, *CHECKLISTS, *HELP),
    "the filter": FILTER,
}
"""The keys that are active together, by where: among them a key has one meaning."""

TYPING = frozenset(key.id for key in (*GLOSSARY, *FILTER, *EDITOR, *REASON))
"""Ids of the actions beside a line in which one types: no character may run them."""

_BY_ID: dict[str, Key] = {key.id: key for context in CONTEXTS.values() for key in context}

KEYS = tuple(_BY_ID.values())
"""All of them, each once."""


def find(binding_id: str | None) -> Key | None:
    """Return the key with an id, or nothing for a binding that is not ours."""
    return _BY_ID.get(binding_id or "")
