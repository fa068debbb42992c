"""Read and write dataclasses as JSON or plain values, according to the types of their fields (pydantic).

Nothing is coerced: a string is a string, a number is finite, an integer stays an integer, and an
unknown field is refused. JSON lists become tuples; JSON strings become enums, dates and datetimes
where the field asks for them. Whatever does not fit raises `Refusal`.

Pydantic is imported on first use, so that `--help` and the like do not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from codec.known_fields import list_known_fields
from codec.markers import ADDED_LATER
from codec.refusals import Refusal, make_refusal
from codec.scalars import parse_date, parse_datetime

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import SchemaSerializer, SchemaValidator

Made = TypeVar("Made")
Json = dict[str, Any]

# By pydantic's type of schema, what makes it strict. Lists become tuples and texts enums all the same.
STRICT_SCHEMA_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "str": {"strict": True},
    "int": {"strict": True},
    "bool": {"strict": True},
    "dataclass-args": {"extra_behavior": "forbid"},
}
MAX_INTEGER = 2**63 - 1  # what fits a column; a larger number is read as a float


def read_json(kind: type[Made], text: str | bytes, *, complete: bool = False) -> Made:
    """Parse a JSON text into a value.

    Args:
        kind: The dataclass, or a tuple or dictionary of dataclasses.
        text: JSON.
        complete: Whether fields that have a default must be present as well.

    Raises:
        Refusal: The text is not JSON, or does not fit the type.
    """
    return _read(kind, complete, lambda validator: validator.validate_json(text))


def read_plain(kind: type[Made], data: object, *, complete: bool = False) -> Made:
    """Build a value from what JSON or TOML was parsed to.

    Args:
        kind: The dataclass, or a tuple or dictionary of dataclasses.
        data: Dictionaries, lists and scalars.
        complete: Whether fields that have a default must be present as well.

    Raises:
        Refusal: The data does not fit the type.
    """
    return _read(kind, complete, lambda validator: validator.validate_python(data))


def to_plain(kind: type[Made], value: Made) -> Any:
    """Return a value as dictionaries, lists and JSON scalars, with fields in the order of their definition."""
    return _get_serializer(cast(Any, kind)).to_python(value, mode="json", warnings=False)


def dump_json(data: object) -> str:
    """Return dictionaries, lists and scalars as indented JSON, as `json.dumps` does, much faster."""
    from pydantic_core import to_json

    return to_json(data, indent=1, inf_nan_mode="constants").decode()


def make_json_schema(kind: type) -> Json:
    """Return the JSON schema of what `to_plain` returns: every field required, no additional ones."""
    return cast(Json, _close_objects(_get_adapter(cast(Any, kind)).json_schema(mode="serialization")))


def _read(kind: type[Made], complete: bool, validate: Callable[[SchemaValidator], Any]) -> Made:
    from pydantic import ValidationError

    try:
        return cast(Made, validate(_get_validator(cast(Any, kind), complete)))
    except ValidationError as error:
        raise make_refusal(
            error, lambda place: list_known_fields(_get_adapter(cast(Any, kind)).core_schema, place)
        ) from None
    except ArithmeticError as error:  # of a check in the dataclass, such as a moment beyond all years
        raise Refusal((), str(error), error) from error


@cache
def _get_adapter(kind: Any) -> TypeAdapter[Any]:
    """Return pydantic's TypeAdapter for a type."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


@cache
def _get_validator(kind: Any, complete: bool) -> SchemaValidator:
    from pydantic_core import SchemaValidator

    return SchemaValidator(_make_strict(_get_adapter(kind).core_schema, complete))


@cache
def _get_serializer(kind: Any) -> SchemaSerializer:
    from pydantic_core import SchemaSerializer

    return SchemaSerializer(_make_strict(_get_adapter(kind).core_schema, False))


def _make_strict(schema: Any, complete: bool) -> Any:
    """Return a schema that allows no additional fields and no infinite numbers.

    Integers stay integers where a float is expected, and datetimes are written as Python writes them,
    so that JSON survives a round trip unchanged.

    Args:
        schema: Pydantic's core schema, or a part of one.
        complete: Whether to ignore defaults, so that every field is required.
    """
    if isinstance(schema, list):
        return [_make_strict(each, complete) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    if schema.get("type") in STRICT_SCHEMA_MAKERS:
        return STRICT_SCHEMA_MAKERS[schema["type"]](schema)
    if schema.get("type") == "default" and complete and not schema["schema"].get("metadata", {}).get(ADDED_LATER):
        return _make_strict(schema["schema"], complete)
    changed = {key: value if key == "metadata" else _make_strict(value, complete) for key, value in schema.items()}
    return {**changed, **STRICT_SCHEMA_OPTIONS.get(str(schema.get("type")), {})}


def _close_objects(schema: Any) -> Any:
    """Return a JSON schema whose objects require all their fields and allow no others; titles are removed."""
    if isinstance(schema, list):
        return [_close_objects(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: _close_objects(value) for key, value in schema.items() if not (key == "title" and isinstance(value, str))
    }
    if schema.get("type") != "object":
        return kept
    return {**kept, "required": list(kept["properties"]), "additionalProperties": False}


def _make_number_schema(schema: Mapping[str, Any]) -> Any:
    from pydantic_core import core_schema

    whole = core_schema.int_schema(ge=-MAX_INTEGER, le=MAX_INTEGER, strict=True)
    return core_schema.union_schema(
        [whole, {**schema, "allow_inf_nan": False, "strict": True}],
        custom_error_type="number",
        serialization=core_schema.simple_ser_schema("any"),
        custom_error_message="should be a number",
    )


def _make_datetime_schema(_: Mapping[str, Any]) -> Any:
    from pydantic_core import core_schema

    written = core_schema.plain_serializer_function_ser_schema(datetime.isoformat)
    return core_schema.no_info_plain_validator_function(parse_datetime, serialization=written)


def _make_date_schema(_: Mapping[str, Any]) -> Any:
    from pydantic_core import core_schema

    written = core_schema.plain_serializer_function_ser_schema(date.isoformat)
    return core_schema.no_info_plain_validator_function(parse_date, serialization=written)


STRICT_SCHEMA_MAKERS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "float": _make_number_schema,
    "datetime": _make_datetime_schema,
    "date": _make_date_schema,
}
