"""Generate report.schema.json, the published description of a report's JSON: `python -m analysis.report_schema`.

Fields, types and values come from `ReportDocument`; report_notes.toml adds what a reader needs to know besides.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from analysis.serialization import ReportDocument
from codec.adapters import json_schema

PATH = Path(__file__).with_name("report.schema.json")
NOTES = PATH.with_name("report_notes.toml")
HEAD = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Answer Aloud report"}


def generate() -> str:
    """Return the text of the schema file; raises KeyError for a note on a field that is not there."""
    found = json_schema(ReportDocument)
    parts = found.pop("$defs")
    for name, notes in tomllib.loads(NOTES.read_text(encoding="utf-8")).items():
        _add_notes(parts.get(name, found)["properties"], notes)
    return json.dumps({**HEAD, **found, "$defs": parts}, indent=1, ensure_ascii=False) + "\n"


def _add_notes(fields: dict[str, Any], notes: dict[str, Any]) -> None:
    for field, note in notes.items():
        fields[field] = fields[field] | note


if __name__ == "__main__":
    PATH.write_text(generate(), encoding="utf-8")
