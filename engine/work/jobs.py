"""What a worker can be asked for, in one place: requests, results and the functions that answer.

Every request and result is a frozen dataclass that crosses process borders by pickling.
"""

from __future__ import annotations

from engine.work.cutting import CutJob, CutResult, cut
from engine.work.previewing import Picture, PreviewJob, View, preview
from engine.work.proposing import Proposal

__all__ = ["CutJob", "CutResult", "Picture", "PreviewJob", "Proposal", "View", "cut", "preview"]
