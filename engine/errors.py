"""Every error a person may meet, in one tree.

PackshotError
├── PhotoError
│   ├── PhotoUnreadable     not a picture, truncated, or gone
│   └── PhotoUnsupported    a picture, of a kind that packshot cannot work with
├── SessionError
│   ├── SessionMissing      no such folder
│   ├── SessionEmpty        a folder without photos
│   ├── SessionReadOnly     a change was asked of a session opened read-only
│   ├── SessionNotWritable  the folder does not allow writing
│   ├── SessionConfigInvalid  packshot.toml cannot be used
│   ├── StoreTooNew         written by a newer packshot
│   └── AuditBroken         the audit log was altered, shortened or reordered
├── RecipeInvalid           a recipe file that cannot be used
├── MaskMissing             a mask from outside is not in the photo's session
├── CsvInvalid              a CSV file that cannot be used
├── OutputError
│   ├── OutputNotWritable   the output folder does not allow writing
│   ├── OutputExists        a file is in the way that packshot did not make
│   ├── OutputInSession     the output folder lies among a session's photos
│   └── DiskFull            no space left for a file
├── HandoffError
│   ├── PackUnreadable      a pack of masks that cannot be opened
│   ├── Confidential        a photo that must not leave the machine
│   └── MaskRefused         a mask from outside that does not fit its photo
├── DeliveryError
│   ├── NothingToPlace      the matte holds no product
│   ├── MatteOutdated       the photo is not the one that the matte was made from
│   ├── MatteNotHeld        the matte was not made as the season's lock says
│   ├── BackgroundMissing   the photo has no background that could be kept
│   ├── AltTextMissing      a preset wants an alt text that nobody has written
│   ├── NameRefused         a preset does not allow what a file would be called
│   ├── RequirementUnmet    a preset requires quality control that has not happened
│   └── Recalled            the file, or its matte, was recalled after it had been published
├── IncidentError
│   ├── IncidentUnknown     no incident of that number
│   ├── IncidentInvalid     an incident's file that cannot be read
│   └── NothingToRecall     no delivery is what was named
└── WorkError
    ├── WorkerDied          the worker process ended during a job
    └── WorkerTimeout       a job took longer than it may

ModelError (models/errors.py) and PresetError (presets/errors.py) complete it: imports only go
down, so these two branches stand beside the code that raises them, with the same three parts.
Catch ``REPORTED`` at an edge of the program.
"""

from __future__ import annotations

from typing import ClassVar

from models.errors import ModelError
from presets.errors import PresetError


class PackshotError(Exception):
    """Something a person has to know, in words that say what to do.

    Parameters
    ----------
    subject : the file or thing concerned
    problem : what is wrong with it
    remedy : what to do next

    All three are positional, so that the error crosses process borders by pickling.
    ``exit_status`` is what a command ends with: 1 some work failed, 2 usage, 3 nothing could start.
    ``code`` is what `packshot explain` knows it by; every class has its own, and it never changes.
    """

    code: ClassVar[str]
    exit_status = 3

    def __init__(self, subject: str, problem: str, remedy: str) -> None:
        super().__init__(subject, problem, remedy)
        self.subject = subject
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.subject}: {self.problem}. {self.remedy}"


class PhotoError(PackshotError):
    """One photo cannot be used; the batch goes on without it."""

    code = "P00"
    exit_status = 1


class PhotoUnreadable(PhotoError):
    """Not a picture, truncated, or gone."""

    code = "P01"


class PhotoUnsupported(PhotoError):
    """A picture, of a kind that packshot cannot work with."""

    code = "P02"


class SessionError(PackshotError):
    """A session cannot be opened or changed."""

    code = "S00"


class SessionMissing(SessionError):
    """No such folder."""

    code = "S01"


class SessionEmpty(SessionError):
    """A folder without photos."""

    code = "S02"


class SessionReadOnly(SessionError):
    """A change was asked of a session opened read-only."""

    code = "S03"


class SessionNotWritable(SessionError):
    """The folder does not allow writing."""

    code = "S04"


class SessionConfigInvalid(SessionError):
    """packshot.toml cannot be used."""

    code = "S05"
    exit_status = 2


class StoreTooNew(SessionError):
    """Written by a newer packshot."""

    code = "S06"


class AuditBroken(SessionError):
    """The audit log was altered, shortened or reordered."""

    code = "S07"
    exit_status = 1


class RecipeInvalid(PackshotError):
    """A recipe file that cannot be used."""

    code = "R01"
    exit_status = 2


class MaskMissing(PackshotError):
    """A mask from outside is not in the photo's session."""

    code = "R02"
    exit_status = 1


class CsvInvalid(PackshotError):
    """A CSV file that cannot be used."""

    code = "C01"
    exit_status = 2


class OutputError(PackshotError):
    """A file could not be written."""

    code = "F00"


class OutputNotWritable(OutputError):
    """The output folder does not allow writing."""

    code = "F01"


class OutputExists(OutputError):
    """A file is in the way that packshot did not make."""

    code = "F02"
    exit_status = 1


class DiskFull(OutputError):
    """No space left for a file."""

    code = "F03"


class OutputInSession(OutputError):
    """The output folder lies among a session's photos."""

    code = "F04"
    exit_status = 2


class HandoffError(PackshotError):
    """Photos cannot be handed out, or masks not taken in."""

    code = "H00"


class PackUnreadable(HandoffError):
    """A pack of masks that cannot be opened."""

    code = "H01"


class Confidential(HandoffError):
    """A photo that must not leave the machine; nothing was packed."""

    code = "H03"
    exit_status = 2


class MaskRefused(HandoffError):
    """A mask from outside that does not fit its photo; the others are taken in."""

    code = "H02"
    exit_status = 1


class DeliveryError(PackshotError):
    """One photo cannot be delivered; the batch goes on without it."""

    code = "D00"
    exit_status = 1


class NothingToPlace(DeliveryError):
    """The matte holds no product."""

    code = "D01"


class MatteOutdated(DeliveryError):
    """The photo is not the one that the matte was made from."""

    code = "D02"


class MatteNotHeld(DeliveryError):
    """The matte was not made as the season's lock says."""

    code = "D03"


class BackgroundMissing(DeliveryError):
    """The photo has no background that could be kept."""

    code = "D06"


class AltTextMissing(DeliveryError):
    """A preset wants an alt text that nobody has written."""

    code = "D07"


class NameRefused(DeliveryError):
    """A preset does not allow what a file would be called."""

    code = "D05"


class Recalled(DeliveryError):
    """The file, or its matte, was recalled after it had been published."""

    code = "D04"


class IncidentError(PackshotError):
    """A recall could not be made or looked up."""

    code = "I00"
    exit_status = 2


class IncidentUnknown(IncidentError):
    """No incident of that number."""

    code = "I01"


class IncidentInvalid(IncidentError):
    """An incident's file that cannot be read; nothing is exported meanwhile."""

    code = "I02"
    exit_status = 1


class NothingToRecall(IncidentError):
    """No delivery is what was named."""

    code = "I03"


class RequirementUnmet(DeliveryError):
    """A preset requires quality control that has not happened."""

    code = "D08"


class WorkError(PackshotError):
    """A job ended without a result; the batch goes on without it."""

    code = "W00"
    exit_status = 1


class WorkerDied(WorkError):
    """The worker process ended during a job."""

    code = "W01"


class WorkerTimeout(WorkError):
    """A job took longer than it may."""

    code = "W02"


REPORTED: tuple[type[PackshotError], type[ModelError], type[PresetError]] = (
    PackshotError,
    ModelError,
    PresetError,
)
"""What an edge of the program catches and prints; anything else is a fault of packshot's own."""


def reason(error: PackshotError | ModelError | PresetError) -> str:
    """Return an error's sentence without its subject, for a row that names it already."""
    return f"{error.problem}. {error.remedy} [{error.code}]"


def sentence(error: Exception) -> str:
    """Return one line for a person about any error, without a traceback, with its code last."""
    if isinstance(error, REPORTED):
        return f"{error} [{error.code}]"
    return f"{type(error).__name__}: {error}"
