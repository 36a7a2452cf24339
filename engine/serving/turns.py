"""Whose errand is next: one of each guest in turn, so that a long folder never blocks one photo."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Generic, TypeVar

Guest = TypeVar("Guest")
Errand = TypeVar("Errand")


class Turns(Generic[Guest, Errand]):
    """What several guests want done, each guest's errands in their order; guests are hashable."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[Guest, deque[Errand]] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def add(self, guest: Guest, errand: Errand) -> None:
        """Put an errand behind the others of its guest."""
        self._waiting.setdefault(guest, deque()).append(errand)

    def next(self) -> tuple[Guest, Errand]:
        """Take the errand whose turn it is, and put its guest behind the others.

        Raises
        ------
        LookupError : nothing waits
        """
        if not self._waiting:
            raise LookupError("nothing waits")
        guest, errands = self._waiting.popitem(last=False)
        errand = errands.popleft()
        if errands:
            self._waiting[guest] = errands
        return guest, errand

    def take_back(self, guest: Guest, unwanted: Callable[[Errand], bool]) -> None:
        """Forget the errands of a guest that it does not want any more."""
        wanted = deque(each for each in self._waiting.get(guest, ()) if not unwanted(each))
        if wanted:
            self._waiting[guest] = wanted
        else:
            self.leave(guest)

    def leave(self, guest: Guest) -> None:
        """Forget all that a guest wanted."""
        self._waiting.pop(guest, None)
