"""Export of all data as one zip file: JSON and a CSV table of attempts, recordings as FLAC."""

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

from analysis.csv_table import CSV_ENCODING, escape_formulas
from analysis.measures.registry import MEASURES
from store.attempt import Filters
from store.db import history, mapping
from store.db.database import Database
from store.db.tables import attempts, corrections, documents, notes, results, sessions
from store.errors import translate_write_errors
from store.files import Recordings, write_atomically
from store.transfer.export_format import build_document, get_recording_path

FORMAT, VERSION = "answer-aloud", 2
ABOUT_FILE, TABLE_FILE, DOCUMENTS_FILE = "export.json", "attempts.csv", "things.json"
MAX_ATTEMPTS_IN_MEMORY = 100  # attempts in memory
COLUMNS = (
    *("id", "session", "question", "question_text", "kind", "take", "recorded_at", "state", "failure", "name"),
    *("duration", "model", "settings", "formula_version", "answer_seconds", "words", "corrections", *MEASURES),
)


def write_archive(database: Database, recordings: Recordings, path: Path) -> None:
    """Write the export atomically; raises StoreError."""
    with (
        translate_write_errors(path),
        write_atomically(path) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        with database.begin_read() as connection:
            count = sum(_write_attempt(out, recordings, each) for each in _read_attempts(connection, recordings))
            out.writestr(TABLE_FILE, build_csv(connection).encode(CSV_ENCODING))
            out.writestr(DOCUMENTS_FILE, json.dumps(_read_documents(connection), indent=1, ensure_ascii=False))
        about = {"format": FORMAT, "version": VERSION, "attempts": count, "exported_at": _format_now()}
        out.writestr(ABOUT_FILE, json.dumps(about, indent=1))


def _write_attempt(out: zipfile.ZipFile, recordings: Recordings, data: dict[str, Any]) -> int:
    out.writestr(f"attempts/{data['id']}.json", json.dumps(data, indent=1, ensure_ascii=False))
    if data["recording"]:
        flac = zipfile.ZipInfo(
            get_recording_path(data["id"]), (1980, 1, 1, 0, 0, 0)
        )  # stored: it is compressed already
        out.writestr(flac, recordings.read(data["id"]))
    return 1


def _read_attempts(connection: Connection, recordings: Recordings) -> Iterator[dict[str, Any]]:
    corrected, noted = (
        _group_by_attempt(connection, corrections, "position"),
        _group_by_attempt(connection, notes, "written_at"),
    )
    chosen = (
        select(attempts, sessions.c.started_at, sessions.c.zone_offset.label("session_zone"))
        .add_columns(results.c.transcript, results.c.report, results.c.corrected_report)
        .join_from(attempts, sessions)
        .outerjoin(results)
        .order_by(attempts.c.recorded_at)
    )
    for row in connection.execution_options(yield_per=MAX_ATTEMPTS_IN_MEMORY).execute(chosen):
        has_recording = row.has_recording and recordings.has(row.id)
        yield build_document(row, corrected[row.id], noted[row.id], has_recording)


def _read_documents(connection: Connection) -> list[dict[str, Any]]:
    """Return all documents, interviews before what belongs to them."""
    chosen = select(documents).order_by(documents.c.interview_id.is_not(None), documents.c.kept_at, documents.c.id)
    return [
        {
            "kind": row.kind,
            "kept_at": mapping.localize(row.kept_at, row.zone_offset).isoformat(),
            "thing": json.loads(row.body),
        }
        for row in connection.execute(chosen)
    ]


def _group_by_attempt(connection: Connection, table: Table, order: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(select(table).order_by(table.c[order])):
        found[row.attempt_id].append(row)
    return found


def build_csv(connection: Connection) -> str:
    """Return the attempts as CSV, one row each, with the values of their measures."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    values = {attempt.id: attempt.values for attempt in history.load_measured(connection, Filters())}
    for row in connection.execute(select(attempts).order_by(attempts.c.recorded_at)):
        writer.writerow(escape_formulas({**_build_cells(row), **values.get(row.id, {})}))
    return out.getvalue()


def _build_cells(row: Any) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in COLUMNS if name in attempts.c},
        "session": row.session_id,
        "question": row.question_id,
        "kind": row.question_kind,
        "recorded_at": mapping.localize(row.recorded_at, row.zone_offset).isoformat(),
        "words": row.word_count,
        "corrections": row.correction_count,
    }


def _format_now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
