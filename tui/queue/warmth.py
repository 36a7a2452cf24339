"""Whether the workers have a network loaded: the first photo waits for it, the others do not."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from engine.errors import WorkerDied, WorkerTimeout

Word = Literal["cold", "warming", "warm"]


class Warmth:
    """What is known of the workers' networks; told by threads of the pool, read by the screen."""

    def __init__(self) -> None:
        self._loading: Counter[str] = Counter()
        self._warm: frozenset[str] = frozenset()

    def of(self, model: str, *, cutting: bool) -> Word:
        """Return how warm a network is; ``cutting`` while photos are being cut with it."""
        if model in self._warm:
            return "warm"
        return "warming" if cutting or self._loading[model] else "cold"

    def loading(self, model: str) -> None:
        """Note that a worker has begun to load a network."""
        self._loading[model] += 1

    def loaded(self, model: str, *, well: bool) -> None:
        """Note that a worker has loaded a network, or could not."""
        self._loading[model] -= 1
        if well:
            self._warm |= {model}

    def forget(self) -> None:
        """Note that a worker was ended: the next finished photo shows what is left."""
        self._warm = frozenset()

    def cut_with(self, model: str) -> None:
        """Note that a photo was cut with a network."""
        self._warm |= {model}

    def ended(self, error: BaseException | None) -> None:
        """Note how a job has ended: a worker that ends with it takes its networks along."""
        if isinstance(error, WorkerDied | WorkerTimeout):
            self.forget()
