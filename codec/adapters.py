"""Read dataclasses from JSON and plain values, and write them, by the types of their fields (pydantic).

Nothing is converted: a text is a text, a number is finite and stays whole where it is whole, an unknown field is
refused. JSON lists become tuples, its texts become enums, dates and moments. What is refused is told by `Refusal`.

Pydantic is imported on first use: `--help` and the like do without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from codec.known_fields import known_fields
from codec.refusals import Refusal, refusal
from codec.scalars import day, moment

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import SchemaSerializer, SchemaValidator

Made = TypeVar("Made")
Json = dict[str, Any]

# By pydantic's type of schema, what makes it strict. Lists become tuples and texts enums all the same.
STRICTLY: Mapping[str, Mapping[str, Any]] = {
    "str": {"strict": True},
    "int": {"strict": True},
    "bool": {"strict": True},
    "dataclass-args": {"extra_behavior": "forbid"},
}
LARGEST_WHOLE = 2**63 - 1  # what fits a column; a larger number is read as a float


def read_json(kind: type[Made], text: str | bytes, *, complete: bool = False) -> Made:
    """Return the value of a JSON text; raises Refusal.

    Args:
        kind: the dataclass, or a tuple or dictionary of such.
        text: JSON.
        complete: whether fields with a default have to be there, too.
    """
    return _read(kind, complete, lambda validator: validator.validate_json(text))


def read_plain(kind: type[Made], data: object, *, complete: bool = False) -> Made:
    """Return the value of what JSON or TOML was parsed to; raises Refusal."""
    return _read(kind, complete, lambda validator: validator.validate_python(data))


def to_plain(kind: type[Made], value: Made) -> Any:
    """Return a value as dictionaries, lists and scalars that JSON has, fields in their order."""
    return _serializer(cast(Any, kind)).to_python(value, mode="json", warnings=False)


def json_schema(kind: type) -> Json:
    """Return the JSON schema of what `to_plain` gives: every field required, no further ones."""
    return cast(Json, _closed(_adapter(cast(Any, kind)).json_schema(mode="serialization")))


def _read(kind: type[Made], complete: bool, validate: Callable[[SchemaValidator], Any]) -> Made:
    from pydantic import ValidationError

    try:
        return cast(Made, validate(_validator(cast(Any, kind), complete)))
    except ValidationError as error:
        raise refusal(error, lambda place: known_fields(_adapter(cast(Any, kind)).core_schema, place)) from None
    except ArithmeticError as error:  # of a check in the dataclass, such as a moment beyond all years
        raise Refusal((), str(error), error) from error


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Return pydantic's reader and writer of a type."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


@cache
def _validator(kind: Any, complete: bool) -> SchemaValidator:
    from pydantic_core import SchemaValidator

    return SchemaValidator(_exact(_adapter(kind).core_schema, complete))


@cache
def _serializer(kind: Any) -> SchemaSerializer:
    from pydantic_core import SchemaSerializer

    return SchemaSerializer(_exact(_adapter(kind).core_schema, False))


def _exact(schema: Any, complete: bool) -> Any:
    """Return a schema that knows no further fields, no endless numbers and, with `complete`, no defaults.

    Whole numbers stay whole where a float is expected and moments are written as Python writes them, so that JSON comes
    back as it was.
    """
    if isinstance(schema, list):
        return [_exact(each, complete) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    if schema.get("type") in EXACT:
        return EXACT[schema["type"]](schema)
    if schema.get("type") == "default" and complete:
        return _exact(schema["schema"], complete)
    changed = {key: value if key == "metadata" else _exact(value, complete) for key, value in schema.items()}
    return {**changed, **STRICTLY.get(str(schema.get("type")), {})}


def _closed(schema: Any) -> Any:
    """Return a JSON schema whose objects have all their fields and no others; titles would only repeat the names."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _closed(value) for key, value in schema.items() if not (key == "title" and isinstance(value, str))}
    if schema.get("type") != "object":
        return kept
    return {**kept, "required": list(kept["properties"]), "additionalProperties": False}


def _number(schema: Mapping[str, Any]) -> Any:
    from pydantic_core import core_schema

    whole = core_schema.int_schema(ge=-LARGEST_WHOLE, le=LARGEST_WHOLE, strict=True)
    return core_schema.union_schema(
        [whole, {**schema, "allow_inf_nan": False, "strict": True}],
        custom_error_type="number",
        serialization=core_schema.simple_ser_schema("any"),
        custom_error_message="should be a number",
    )


def _moment(_: Mapping[str, Any]) -> Any:
    from pydantic_core import core_schema

    written = core_schema.plain_serializer_function_ser_schema(datetime.isoformat)
    return core_schema.no_info_plain_validator_function(moment, serialization=written)


def _day(_: Mapping[str, Any]) -> Any:
    from pydantic_core import core_schema

    written = core_schema.plain_serializer_function_ser_schema(date.isoformat)
    return core_schema.no_info_plain_validator_function(day, serialization=written)


EXACT: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {"float": _number, "datetime": _moment, "date": _day}
