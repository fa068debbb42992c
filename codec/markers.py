"""Say more of a field's type than Python can: `Annotated[str, Checked(one_line)]`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


@dataclass(frozen=True)
class Checked:
    """A check of what has the type: gives the value to take, or raises Complaint."""

    check: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return what pydantic makes of the annotation."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self.check, handler(source))


@dataclass(frozen=True)
class WrittenAs:
    """Another type to write the value as: `made` reads it from that or raises Complaint, `to` is the way back."""

    kind: Any
    made: Callable[[Any], Any]
    to: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return what pydantic makes of the annotation."""
        from pydantic_core import core_schema

        written = core_schema.plain_serializer_function_ser_schema(self.to)
        return core_schema.no_info_after_validator_function(
            self.made, handler.generate_schema(self.kind), serialization=written
        )
