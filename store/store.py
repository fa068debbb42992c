"""The one way in and out of what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import insert

from analysis.corrections.correction import Correction
from analysis.progress.attempt import Attempt
from analysis.question import AskedQuestion
from analysis.report import Report
from interview.ids import new_id
from speech.audio import flac
from speech.audio.recording import Recording, from_bytes
from speech.transcript import Transcript
from store import locations
from store.attempt import Filters, KeptAttempt, Note, Result, State
from store.db import attempts, documents, history, mapping, search, tables
from store.db.database import Database
from store.db.migrate import migrate
from store.db.search import Found
from store.disk_usage import Usage, usage
from store.files import Recordings
from store.flac_tags import labels
from store.recovery import rescue
from store.transfer import exporter, importer
from store.transfer.importer import Imported

EVERYTHING = Filters()
Thing = TypeVar("Thing")


def open_store(url: str | None = None, folder: Path | None = None) -> Store:
    """Open what is kept, bringing the database to today's tables; raises StoreError with a sentence.

    `url` is the SQLAlchemy address of the database. Without it, that is a file in `folder`; without both, it is the
    database named in ANSWER_ALOUD_DATABASE, or else a file in the user's data folder. Recordings lie in the folder.
    """
    address = url or (locations.named_database() if folder is None else None)
    folder = folder or locations.data_folder()
    database = Database(locations.parsed(address) if address else locations.database_in(folder))
    migrate(database)
    return Store(database, Recordings(folder / "recordings"))


class Store:
    """Every attempt and its recording. All methods may be called from any thread and raise StoreError."""

    def __init__(self, database: Database, recordings: Recordings) -> None:
        self._database = database
        self._recordings = recordings

    def add_recording(
        self, recording: Recording, question: AskedQuestion, at: datetime | None = None, *, keep: bool = True
    ) -> KeptAttempt:
        """Bring a recording safely to disk, before anything else is done with it, as the next take of the question.

        `at` has a zone and is now, if left out. Without `keep` the sound is deleted once there is a report.
        """
        row = mapping.recorded_row(recording, question, at or datetime.now().astimezone(), keep)
        self._recordings.put(row["id"], flac.encode(recording, labels(row)))
        with self._database.writing() as connection:
            attempts.insert_recorded(connection, row)
            return history.one(connection, row["id"])

    def finish(self, attempt_id: str, transcript: Transcript, report: Report) -> None:
        """Keep what was heard and measured; if that has been done already, the first result stays."""
        with self._database.writing() as connection:
            may_go = attempts.finish(connection, attempt_id, transcript, report)
        if may_go:
            self._recordings.remove(attempt_id)

    def fail(self, attempt_id: str, sentence: str) -> None:
        """Keep why an attempt could not be measured; the recording stays, and `finish` may still follow."""
        with self._database.writing() as connection:
            attempts.fail(connection, attempt_id, sentence)

    def interrupted(self) -> tuple[KeptAttempt, ...]:
        """Attempts that were recorded and neither finished nor failed, to be offered again at the start.

        Those that some process is measuring right now are among them; finishing one twice does no harm.
        """
        rescue(self._database, self._recordings)
        return self.history(Filters(state=State.RECORDED))

    def next_take(self, question_id: str) -> int:
        """The number the next take of a question will get, from 1."""
        with self._database.reading() as connection:
            return attempts.next_take(connection, question_id)

    def history(self, filters: Filters = EVERYTHING) -> tuple[KeptAttempt, ...]:
        """Attempts in the order they were recorded, without their long texts."""
        with self._database.reading() as connection:
            return history.kept(connection, filters)

    def measured(self, filters: Filters = EVERYTHING) -> tuple[Attempt, ...]:
        """Attempts that have a report, in the order they were recorded, with the values of all measures."""
        with self._database.reading() as connection:
            return history.measured(connection, filters)

    def attempt(self, attempt_id: str) -> KeptAttempt:
        """One attempt."""
        with self._database.reading() as connection:
            return history.one(connection, attempt_id)

    def report(self, attempt_id: str) -> Report:
        """The report that counts: the corrected one, if there is one."""
        return self.result(attempt_id).report

    def result(self, attempt_id: str) -> Result:
        """All that was heard and measured in an attempt, before and after corrections."""
        with self._database.reading() as connection:
            return history.result(connection, attempt_id)

    def sound(self, attempt_id: str) -> bytes:
        """The recording of an attempt as a FLAC file."""
        self.attempt(attempt_id)
        return self._recordings.read(attempt_id)

    def recording(self, attempt_id: str) -> Recording:
        """The recording of an attempt, to be measured (again); also raises RecordingError."""
        with self._database.reading() as connection:
            kept = history.row(connection, attempt_id)
        heard = from_bytes(self._recordings.read(attempt_id), kept.name)
        return replace(heard, digest=kept.digest, clipped_share=kept.clipped_share, damaged=kept.damaged)

    def correct(
        self, attempt_id: str, correction: Correction, report: Report, *, seen: Sequence[Correction] = ()
    ) -> None:
        """Keep one correction and the report that follows from all of them; what was recognised stays as it is.

        `seen` are the corrections the report was made from before this one; when they are not the same by now, for
        another window is open, nothing is written.
        """
        row = attempts.correction_row(correction) | mapping.moment(datetime.now().astimezone(), "made_at")
        with self._database.writing() as connection:
            attempts.correct(connection, attempt_id, seen, row, report)

    def take_back(self, attempt_id: str, report: Report | None, *, left: int, seen: Sequence[Correction]) -> None:
        """Take back all corrections but the first `left`; `report` follows from these, None for as it was heard.

        `seen` as for `correct`.
        """
        with self._database.writing() as connection:
            attempts.take_back(connection, attempt_id, seen, left, report)

    def note(self, attempt_id: str, text: str) -> Note:
        """Keep what the user writes to an attempt."""
        note = Note(new_id(), datetime.now().astimezone(), text)
        with self._database.writing() as connection:
            history.row(connection, attempt_id)
            row = {
                "id": note.id,
                "attempt_id": attempt_id,
                "text": text,
                **mapping.moment(note.written_at, "written_at"),
            }
            connection.execute(insert(tables.notes).values(row))
        return note

    def notes(self, attempt_id: str) -> tuple[Note, ...]:
        """What the user wrote to an attempt, oldest first."""
        with self._database.reading() as connection:
            return history.notes_of(connection, attempt_id)

    def delete(self, attempt_id: str) -> None:
        """Delete an attempt with its recording and all that belongs to it."""
        self.attempt(attempt_id)
        self._recordings.remove(attempt_id)  # first: a recording without a row would be offered again
        with self._database.writing() as connection:
            attempts.remove(connection, attempt_id)
        self._database.forget_deleted()

    def delete_all(self) -> None:
        """Delete everything that is kept, recordings too."""
        self._recordings.remove_abandoned(age=0.0)
        for attempt_id in self._recordings.ids():
            self._recordings.remove(attempt_id)
        with self._database.writing() as connection:
            attempts.remove(connection, None)
            documents.remove(connection, None)
        self._database.shrink()

    def keep(self, thing: Any, instead_of: Any = None) -> None:
        """Keep what the user wrote or planned: a value of a kind in `interview.document_kinds`, new or for another.

        `instead_of` is the value it was made from; when it is not what is kept any more, nothing is written.
        """
        with self._database.writing() as connection:
            documents.keep(connection, thing, instead_of, datetime.now().astimezone())

    def things(self, kind: type[Thing], interview: str | None = None) -> tuple[Thing, ...]:
        """All of a kind, or those that belong to one interview, in the order they were first kept."""
        with self._database.reading() as connection:
            return documents.of_kind(connection, kind, interview)

    def thing(self, kind: type[Thing], thing_id: str) -> Thing:
        """One of a kind."""
        with self._database.reading() as connection:
            found: Thing = documents.one(connection, kind, thing_id)
        return found

    def forget(self, thing_id: str) -> None:
        """Delete what the user wrote or planned, with all that belongs to it."""
        with self._database.writing() as connection:
            documents.remove(connection, thing_id)
        self._database.forget_deleted()

    def search(self, text: str) -> tuple[Found, ...]:
        """Everything kept that holds all words of a text."""
        with self._database.reading() as connection:
            return search.search(connection, text)

    def export(self, path: Path) -> None:
        """Write everything to one zip file: JSON, CSV and recordings."""
        exporter.write(self._database, self._recordings, path)

    def numbers(self) -> str:
        """The numbers of every attempt as a table in CSV, a row each."""
        with self._database.reading() as connection:
            return exporter.table(connection)

    def usage(self) -> Usage:
        """Where everything lies and how much room it takes."""
        return usage(self._database, self._recordings)

    def import_export(self, path: Path) -> Imported:
        """Add what an export holds and is not here yet; nothing that is here is changed."""
        return importer.read(self._database, self._recordings, path)

    def close(self) -> None:
        """End all connections to the database."""
        self._database.close()
