"""A field's own check, told without importing the library that makes it.

That library takes longer to import than most commands to run. Dataclasses name their checks with
`Checked`, and only what reads a file from outside imports pydantic and has them made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


@dataclass(frozen=True)
class Checked:
    """What a field has to pass beside its type, in ``Annotated``.

    ``check`` returns the value, or raises ValueError and says what is wrong with it.
    """

    check: Callable[[Any], Any]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        from pydantic_core import core_schema  # noqa: PLC0415 - see above

        return core_schema.no_info_after_validator_function(self.check, handler(source))
