"""Everything that is kept as one zip file: attempts as JSON and as a table, recordings as FLAC."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from analysis.csv_table import escape_formulas
from analysis.measures.registry import MEASURES
from store.attempt import Filters
from store.db import history, mapping
from store.db.database import Database
from store.db.tables import attempts, corrections, notes, results, sessions, things
from store.errors import files_told
from store.files import Recordings, placed
from store.transfer.export_format import document, recording_place

FORMAT, VERSION = "answer-aloud", 2
ABOUT, TABLE, THINGS = "export.json", "attempts.csv", "things.json"
AT_ONCE = 100  # attempts in memory
COLUMNS = (
    *("id", "session", "question", "question_text", "kind", "take", "recorded_at", "state", "failure", "name"),
    *("duration", "model", "settings", "formula_version", "answer_seconds", "words", "corrections", *MEASURES),
)


def write(database: Database, recordings: Recordings, path: Path) -> None:
    """Write the export, complete or not at all; raises StoreError."""
    with files_told(path), placed(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        with database.reading() as connection:
            count = sum(_write_attempt(out, recordings, each) for each in _documents(connection, recordings))
            out.writestr(TABLE, table(connection))
            out.writestr(THINGS, json.dumps(_things(connection), indent=1, ensure_ascii=False))
        about = {"format": FORMAT, "version": VERSION, "attempts": count, "exported_at": _now()}
        out.writestr(ABOUT, json.dumps(about, indent=1))


def _write_attempt(out: zipfile.ZipFile, recordings: Recordings, data: dict[str, Any]) -> int:
    out.writestr(f"attempts/{data['id']}.json", json.dumps(data, indent=1, ensure_ascii=False))
    if data["recording"]:
        flac = zipfile.ZipInfo(recording_place(data["id"]), (1980, 1, 1, 0, 0, 0))  # stored: it is compressed already
        out.writestr(flac, recordings.read(data["id"]))
    return 1


def _documents(connection: Connection, recordings: Recordings) -> Iterator[dict[str, Any]]:
    corrected, noted = _by_attempt(connection, corrections, "position"), _by_attempt(connection, notes, "written_at")
    chosen = (
        select(attempts, sessions.c.started_at, sessions.c.zone_offset.label("session_zone"))
        .add_columns(results.c.transcript, results.c.report, results.c.corrected_report)
        .join_from(attempts, sessions)
        .outerjoin(results)
        .order_by(attempts.c.recorded_at)
    )
    for row in connection.execution_options(yield_per=AT_ONCE).execute(chosen):
        has_recording = row.has_recording and recordings.has(row.id)
        yield document(row, corrected[row.id], noted[row.id], has_recording)


def _things(connection: Connection) -> list[dict[str, Any]]:
    """What the user wrote and planned, interviews before what belongs to them."""
    chosen = select(things).order_by(things.c.interview_id.is_not(None), things.c.kept_at, things.c.id)
    return [
        {
            "kind": row.kind,
            "kept_at": mapping.in_zone(row.kept_at, row.zone_offset).isoformat(),
            "thing": json.loads(row.body),
        }
        for row in connection.execute(chosen)
    ]


def _by_attempt(connection: Connection, table: Table, order: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(select(table).order_by(table.c[order])):
        found[row.attempt_id].append(row)
    return found


def table(connection: Connection) -> str:
    """Every attempt as a row of CSV, with the values of its measures."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    values = {attempt.id: attempt.values for attempt in history.measured(connection, Filters())}
    for row in connection.execute(select(attempts).order_by(attempts.c.recorded_at)):
        writer.writerow(escape_formulas({**_cells(row), **values.get(row.id, {})}))
    return out.getvalue()


def _cells(row: Any) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in COLUMNS if name in attempts.c},
        "session": row.session_id,
        "question": row.question_id,
        "kind": row.question_kind,
        "recorded_at": mapping.in_zone(row.recorded_at, row.zone_offset).isoformat(),
        "words": row.word_count,
        "corrections": row.correction_count,
    }


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
