"""What can go wrong with a preset: the lower branch of the tree in ``engine/errors.py``.

``presets`` imports nothing of packshot, so its errors stand here and the program's edge
(``engine.errors.REPORTED``) catches them together with the rest.

PresetError
├── PresetUnknown   no preset of that name in any origin
└── PresetInvalid   a preset file that cannot be read or breaks the schema
"""

from __future__ import annotations


class PresetError(Exception):
    """A preset cannot be used.

    Parameters
    ----------
    subject : the preset or file concerned
    problem : what is wrong with it
    remedy : what to do next
    """

    exit_status = 2

    def __init__(self, subject: str, problem: str, remedy: str) -> None:
        super().__init__(subject, problem, remedy)
        self.subject = subject
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.subject}: {self.problem}. {self.remedy}"


class PresetUnknown(PresetError):
    """No preset of that name in any origin."""


class PresetInvalid(PresetError):
    """A preset file that cannot be read or breaks the schema."""
