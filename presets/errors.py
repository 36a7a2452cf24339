"""What can go wrong with a preset or a season: the lower branch of ``engine/errors.py``.

``presets`` imports nothing of packshot, so its errors stand here and the program's edge
(``engine.errors.REPORTED``) catches them together with the rest.

PresetError
├── PresetUnknown     no preset of that name in any origin
├── PresetInvalid     a preset file that cannot be read or breaks the schema
├── SeasonUnknown     no season of that name in any origin
├── SeasonInvalid     a season file that cannot be read or breaks the schema
├── ManifestUnknown   no manifest format of that name in any origin
├── ManifestInvalid   a manifest format that cannot be read or breaks the schema
├── PresetLocked      a preset that a season's lock holds was to be edited
├── PresetBuiltIn     a preset that comes with packshot was to be edited
├── PresetExists      a preset was to be written where there is one
├── LockBroken        a lock file that is damaged, was exchanged, or is gone
└── ChangedUnderLock  what a season's lock holds was changed: nothing is exported
"""

from __future__ import annotations

from presets.canonical import Difference


class PresetError(Exception):
    """A preset cannot be used.

    Parameters
    ----------
    subject : the preset or file concerned
    problem : what is wrong with it
    remedy : what to do next
    """

    code = "E00"
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

    code = "E01"


class PresetInvalid(PresetError):
    """A preset file that cannot be read or breaks the schema."""

    code = "E02"


class SeasonUnknown(PresetError):
    """No season of that name in any origin."""

    code = "E03"


class SeasonInvalid(PresetError):
    """A season file that cannot be read or breaks the schema."""

    code = "E04"


class ManifestUnknown(PresetError):
    """No manifest format of that name in any origin."""

    code = "E11"


class ManifestInvalid(PresetError):
    """A manifest format that cannot be read or breaks the schema."""

    code = "E12"


class PresetLocked(PresetError):
    """A preset that a season's lock holds was to be edited."""

    code = "E07"
    exit_status = 1


class PresetBuiltIn(PresetError):
    """A preset that comes with packshot was to be edited."""

    code = "E08"


class PresetExists(PresetError):
    """A preset was to be written where there is one."""

    code = "E09"


class LockBroken(PresetError):
    """A lock file that is damaged, was exchanged, or is gone."""

    code = "E05"
    exit_status = 1


class ChangedUnderLock(PresetError):
    """What a season's lock holds was changed: nothing is exported.

    Parameters
    ----------
    subject, problem, remedy : as for every error
    differences : every field that is not as it was locked
    """

    code = "E06"
    exit_status = 1

    def __init__(
        self, subject: str, problem: str, remedy: str, differences: tuple[Difference, ...] = ()
    ) -> None:
        super().__init__(subject, problem, remedy)
        self.args = (subject, problem, remedy, differences)  # what pickling passes on
        self.differences = differences
