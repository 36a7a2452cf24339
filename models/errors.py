"""What can go wrong with a model: the lower branch of the tree in ``engine/errors.py``.

``models`` imports nothing of packshot, so its errors stand here and the program's edge
(``engine.errors.REPORTED``) catches them together with the rest.

ModelError
├── ModelUnknown        no model of that name in the catalogue
├── ModelMissing        known, but not installed on this machine
├── ModelChanged        the file's SHA-256 is not the expected one
├── LicenceNotAccepted  its licence has to be accepted by name first
├── SourceFailed        no source could deliver the file
├── StoreNotWritable    the folder of the models does not allow writing, or its disk is full
└── ModelInvalid        a description or an ONNX file that cannot be used
"""

from __future__ import annotations


class ModelError(Exception):
    """A model cannot be used.

    Parameters
    ----------
    subject : the model or file concerned
    problem : what is wrong with it
    remedy : what to do next
    """

    code = "M00"
    exit_status = 3

    def __init__(self, subject: str, problem: str, remedy: str) -> None:
        super().__init__(subject, problem, remedy)
        self.subject = subject
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.subject}: {self.problem}. {self.remedy}"


class ModelUnknown(ModelError):
    """No model of that name in the catalogue."""

    code = "M01"
    exit_status = 2


class ModelMissing(ModelError):
    """Known, but not installed on this machine."""

    code = "M02"


class ModelChanged(ModelError):
    """The file's SHA-256 is not the expected one."""

    code = "M03"


class LicenceNotAccepted(ModelError):
    """Its licence has to be accepted by name first."""

    code = "M04"
    exit_status = 2


class SourceFailed(ModelError):
    """No source could deliver the file."""

    code = "M05"


class StoreNotWritable(ModelError):
    """The folder of the models does not allow writing, or its disk is full."""

    code = "M06"


class ModelInvalid(ModelError):
    """A description or an ONNX file that cannot be used."""

    code = "M07"
