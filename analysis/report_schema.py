"""Generate report.schema.json, the published schema of a report's JSON.

Run `python -m analysis.report_schema`. Fields, types and values come from `ReportDocument`;
report_notes.toml adds the descriptions that a reader needs besides.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from analysis.serialization import ReportDocument
from codec.adapters import make_json_schema

SCHEMA_PATH = Path(__file__).with_name("report.schema.json")
NOTES_PATH = SCHEMA_PATH.with_name("report_notes.toml")
SCHEMA_HEAD = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Answer Aloud report"}


def generate_schema() -> str:
    """Return the text of the schema file.

    Raises:
        KeyError: report_notes.toml describes a field that does not exist.
    """
    found = make_json_schema(ReportDocument)
    parts = found.pop("$defs")
    for name, notes in tomllib.loads(NOTES_PATH.read_text(encoding="utf-8")).items():
        _add_notes(parts.get(name, found)["properties"], notes)
    return json.dumps({**SCHEMA_HEAD, **found, "$defs": parts}, indent=1, ensure_ascii=False) + "\n"


def _add_notes(fields: dict[str, Any], notes: dict[str, Any]) -> None:
    for field, note in notes.items():
        fields[field] = fields[field] | note


if __name__ == "__main__":
    SCHEMA_PATH.write_text(generate_schema(), encoding="utf-8")
