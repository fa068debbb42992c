"""Annotate a field's type with a check or another stored form: `Annotated[str, Checked(one_line)]`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

ADDED_LATER = "added_later"  # in the metadata of a schema


@dataclass(frozen=True)
class Checked:
    """An additional check of a value: returns the value to use, or raises Complaint."""

    check: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the core schema of the type, followed by the check."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self.check, handler(source))


@dataclass(frozen=True)
class AddedLater:
    """A field with a default that files of earlier versions lack: it may be missing even where all others must not."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the core schema of the type, marked."""
        schema: dict[str, Any] = {**handler(source)}
        schema["metadata"] = {**schema.get("metadata", {}), ADDED_LATER: True}
        return cast("CoreSchema", schema)


@dataclass(frozen=True)
class WrittenAs:
    """A different stored form of a value.

    Attributes:
        kind: The type that is stored.
        parse: Converts the stored form to the value; raises Complaint if it cannot.
        serialize: Converts the value back to its stored form.
    """

    kind: Any
    parse: Callable[[Any], Any]
    serialize: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the core schema of the stored form, with both conversions."""
        from pydantic_core import core_schema

        written = core_schema.plain_serializer_function_ser_schema(self.serialize)
        return core_schema.no_info_after_validator_function(
            self.parse, handler.generate_schema(self.kind), serialization=written
        )
