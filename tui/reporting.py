"""Errors of the tree become a notice on the screen, where an action meets them."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from engine.errors import REPORTED, sentence
from tui.safe_text import safe

Parameters = ParamSpec("Parameters")


class _Teller(Protocol):
    @property
    def app(self) -> Any: ...


Owner = TypeVar("Owner", bound=_Teller)


def reported(
    action: Callable[Concatenate[Owner, Parameters], Awaitable[None]],
) -> Callable[Concatenate[Owner, Parameters], Coroutine[Any, Any, None]]:
    """Have an action of a widget or screen end with a notice where it meets an error.

    Whatever is not in the error tree is a fault of packshot's own and passes through.
    """

    @functools.wraps(action)
    async def told(owner: Owner, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            await action(owner, *args, **kwargs)
        except REPORTED as error:
            owner.app.tell(safe(sentence(error)), "error")

    return told
