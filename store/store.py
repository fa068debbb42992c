"""The store: the one interface to all stored data."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from analysis.corrections.correction import Correction
from analysis.progress.attempt import Attempt
from analysis.question import AskedQuestion
from analysis.report import Report
from interview.ids import make_id
from speech.audio.encoding import encode_flac, find_damage
from speech.audio.recording import Recording, Samples, from_bytes
from speech.transcript import Transcript
from store import health, locations
from store.accounts import Accounts
from store.attempt import AttemptState, Filters, Note, Result, StoredAttempt
from store.copies import Copies, CopyReason
from store.db import attempts, deletions, documents, history, mapping, row_security, search
from store.db.database import Database, migrate
from store.db.owner import LOCAL_OWNER, Owner
from store.db.search import SearchResult
from store.disk_usage import DiskUsage, measure_disk_usage
from store.encryption import conversion
from store.encryption.vault import FILES as VAULT_FILES
from store.encryption.vault import find_database_key, find_keys
from store.errors import StoreError
from store.files import Recordings, make_private
from store.flac_tags import build_tags
from store.groups import Groups
from store.recovery import recover
from store.sharing import Sharing
from store.transfer import exporter, importer, kept_versions, merging
from store.transfer.exporter import ArchiveExport
from store.transfer.importer import ArchiveImport
from store.transfer.kept_versions import ExportedVersion
from store.troubles import CheckResult, Trouble

NO_FILTERS = Filters()
PEOPLE_FOLDER = "people"  # in the data folder: of each who signs in, a folder
PRIVATE_NAMES = (  # what a restored folder may hold for everybody to read
    *("copies", "recordings", "live", PEOPLE_FOLDER),
    *VAULT_FILES,
)
UNUSED_ID = "0" * 32  # of no attempt
NOT_WHOLE = (
    "The recording was written to {folder}, but it can't be read back whole. Check the disk, or choose "
    "another folder in Settings, and record again."
)
DocumentType = TypeVar("DocumentType")


def open_store(url: str | None = None, folder: Path | None = None, owner: Owner = LOCAL_OWNER) -> Store:
    """Open the store of one owner, migrating its database if needed; raises StoreError.

    Recordings are kept in the folder, whichever database is used.

    Args:
        url: SQLAlchemy address of the database. None: a file in `folder`; without `folder` too, the
            database named in ANSWER_ALOUD_DATABASE, else a file in the data folder.
        folder: Folder of the data; None: the user's data folder.
        owner: Whose answers these are; nobody else's can be reached through it.
    """
    address = url or (locations.get_named_database() if folder is None else None)
    folder = folder or locations.get_data_folder()
    place = locations.parse_database_url(address) if address else locations.build_database_url(folder)
    if place.get_backend_name() == "sqlite" and place.database:
        locations.refuse_unsafe_folder(Path(place.database).absolute().parent)
    conversion.complete(folder, place)
    database = Database(place, partial(find_database_key, folder), owner)
    copies = Copies(folder, partial(find_database_key, folder))
    migrate(database, before=lambda: copies.make(database, CopyReason.MIGRATION))
    database.register_owner()
    database.close()  # the migration may leave a statement open, which would be a reader
    database.purge_deleted()  # what a process left that was killed before it came to this
    recordings = _open_recordings(folder, owner)
    make_private(*database.list_files(), *(folder / name for name in PRIVATE_NAMES), *folder.glob("takes*"))
    return Store(database, recordings, copies, folder)


def prepare_server(address: str, role: str | None = None) -> None:
    """Bring the tables of a database server up to date and let a role use their rows; raises StoreError.

    Args:
        address: SQLAlchemy address of the database, with the role that owns the tables or is going to.
        role: What the app is to use: it can read and write rows, is held to its owner's, and can't change tables.
            None: the role that owns them.
    """
    database = Database(locations.parse_database_url(address))
    try:
        migrate(database)
        if role is not None:
            with database.begin_migration() as connection:
                row_security.grant_access(connection, role)
    finally:
        database.close()


def _open_recordings(folder: Path, owner: Owner) -> Recordings:
    """Return the recordings of an owner in a folder of data, or in the storage that the environment names.

    Only the single user's lie in the folder or at the address itself.
    """
    address = locations.get_sound_address()
    if address is None:
        own = folder if owner == LOCAL_OWNER else folder / PEOPLE_FOLDER / owner.id
        return Recordings(own / "recordings", partial(find_keys, folder))
    from store.object_storage import RemoteRecordings  # which a single user has no need of

    own_address = address if owner == LOCAL_OWNER else f"{address.rstrip('/')}/{PEOPLE_FOLDER}/{owner.id}"
    return RemoteRecordings(own_address, partial(find_keys, folder))


class Store:
    """All attempts, recordings and documents of one owner. Methods are thread-safe and raise StoreError."""

    def __init__(self, database: Database, recordings: Recordings, copies: Copies, folder: Path) -> None:
        self._database = database
        self._recordings = recordings
        self._copies = copies
        self._folder = folder
        self._is_purged = True

    @property
    def is_purged(self) -> bool:
        """Whether the bytes of all that was deleted through this store are gone; see `purge_deleted`."""
        return self._is_purged

    @property
    def owner(self) -> Owner:
        """Whose answers these are."""
        return self._database.owner

    def for_owner(self, owner: Owner) -> Store:
        """Return the store of another person over the same connections; closing either closes both."""
        database = self._database.for_owner(owner)
        database.register_owner()
        return Store(database, _open_recordings(self._folder, owner), self._copies, self._folder)

    def for_person(self, person_id: str) -> Store:
        """Return the store of the person with an id, as `for_owner`; raises StoreError if there is none."""
        return self.for_owner(self._database.find_owner(person_id))

    def find_gap(self) -> str | None:
        """Return why nothing but queries keeps people apart in this database; None where row-level security does."""
        if self._database.is_sqlite:
            return "the answers are in a file"
        with self._database.begin_read() as connection:
            return row_security.find_gap(connection)

    @property
    def accounts(self) -> Accounts:
        """Who the people are, as far as the owner may know."""
        return Accounts(self._database)

    @property
    def sharing(self) -> Sharing:
        """What the owner shares, and what is shared with them."""
        return Sharing(self._database)

    @property
    def groups(self) -> Groups:
        """The groups the owner made or joined."""
        return Groups(self._database)

    def add_recording(
        self, recording: Recording, question: AskedQuestion, at: datetime | None = None, *, keep: bool = True
    ) -> StoredAttempt:
        """Save a recording to disk as the next take of the question, before it is analysed.

        Args:
            recording: The sound.
            question: The question it answers.
            at: When it was recorded, with a time zone; None: now.
            keep: False: delete the sound once there is a report.
        """
        row = mapping.build_recorded_row(recording, question, at or datetime.now().astimezone(), keep)
        sound = encode_flac(recording, build_tags(row))
        self._recordings.save(row["id"], sound)
        if find_damage(self._recordings.read(row["id"])) is not None:
            self._recordings.remove(row["id"])  # who recorded it has the sound still, and can store it elsewhere
            raise StoreError(NOT_WHOLE.format(folder=self._recordings.where))
        with self._database.begin_write() as connection:
            attempts.insert_recorded(connection, row | {"sound_digest": sha256(sound).hexdigest()})
            return history.load_attempt(connection, row["id"])

    def finish(self, attempt_id: str, transcript: Transcript, report: Report) -> None:
        """Save the transcript and report of an attempt; a result that exists already stays."""
        with self._database.begin_write() as connection:
            may_go = attempts.finish(connection, attempt_id, transcript, report)
        if may_go:
            self._recordings.remove(attempt_id)

    def mark_failed(self, attempt_id: str, sentence: str) -> None:
        """Save why an attempt could not be analysed; the recording stays, and `finish` may still follow.

        Args:
            attempt_id: The attempt.
            sentence: The reason, as a sentence for the user.
        """
        with self._database.begin_write() as connection:
            attempts.mark_failed(connection, attempt_id, sentence)

    def list_interrupted(self) -> tuple[StoredAttempt, ...]:
        """Return attempts that were recorded but neither finished nor failed, after recovery.

        Attempts that another process is analysing right now are included; finishing one twice does no harm.
        """
        recover(self._database, self._recordings)
        return self.load_history(Filters(state=AttemptState.RECORDED))

    def get_next_take(self, question_id: str) -> int:
        """Return the number that the next take of a question will get, from 1."""
        with self._database.begin_read() as connection:
            return attempts.get_next_take(connection, question_id)

    def load_history(self, filters: Filters = NO_FILTERS) -> tuple[StoredAttempt, ...]:
        """Return attempts in the order they were recorded, without their long texts."""
        with self._database.begin_read() as connection:
            return history.load_attempts(connection, filters)

    def load_measured(self, filters: Filters = NO_FILTERS) -> tuple[Attempt, ...]:
        """Return attempts that have a report with the values of all measures, oldest first."""
        with self._database.begin_read() as connection:
            return history.load_measured(connection, filters)

    def load_attempt(self, attempt_id: str) -> StoredAttempt:
        """Return one attempt."""
        with self._database.begin_read() as connection:
            return history.load_attempt(connection, attempt_id)

    def load_report(self, attempt_id: str) -> Report:
        """Return the report of an attempt: the corrected one if there is one."""
        return self.load_result(attempt_id).report

    def load_result(self, attempt_id: str) -> Result:
        """Return the transcript, reports and corrections of an attempt."""
        with self._database.begin_read() as connection:
            return history.load_result(connection, attempt_id)

    def read_flac(self, attempt_id: str) -> bytes:
        """Return the recording of an attempt as the bytes of a FLAC file."""
        self.load_attempt(attempt_id)
        return self._recordings.read(attempt_id)

    def load_recording(self, attempt_id: str, samples: Samples | None = None) -> Recording:
        """Return the recording of an attempt for analysis; also raises RecordingError.

        Args:
            attempt_id: The attempt.
            samples: Its sound, where that is at hand: then no file is decoded.
        """
        with self._database.begin_read() as connection:
            kept = history.fetch_row(connection, attempt_id)
        if samples is not None:
            return Recording(samples, kept.name, kept.digest, kept.clipped_share, kept.damaged)
        heard = from_bytes(self._recordings.read(attempt_id), kept.name)
        return replace(heard, digest=kept.digest, clipped_share=kept.clipped_share, damaged=kept.damaged)

    def add_correction(
        self, attempt_id: str, correction: Correction, report: Report, *, seen: Sequence[Correction] = ()
    ) -> None:
        """Save one correction and the report that follows from all corrections.

        The original transcript and report stay as they are.

        Args:
            attempt_id: The attempt.
            correction: The new correction.
            report: The report after all corrections.
            seen: Corrections the report was made from, before this one; if they have changed since, in
                another window, nothing is written.
        """
        row = attempts.build_correction_row(correction) | mapping.split_moment(datetime.now().astimezone(), "made_at")
        with self._database.begin_write() as connection:
            attempts.add_correction(connection, attempt_id, seen, row, report)

    def undo_corrections(
        self, attempt_id: str, report: Report | None, *, left: int, seen: Sequence[Correction]
    ) -> None:
        """Undo all corrections but the first `left`.

        Args:
            attempt_id: The attempt.
            report: The report after the remaining corrections; None when none remain.
            left: How many corrections remain, from 0.
            seen: Corrections as last seen; see `add_correction`.
        """
        with self._database.begin_write() as connection:
            attempts.undo_corrections(connection, attempt_id, seen, left, report)

    def add_note(self, attempt_id: str, text: str) -> Note:
        """Save a note of the user on an attempt."""
        note = Note(make_id(), datetime.now().astimezone(), text)
        with self._database.begin_write() as connection:
            history.fetch_row(connection, attempt_id)
            row = {
                "id": note.id,
                "attempt_id": attempt_id,
                "text": text,
                **mapping.split_moment(note.written_at, "written_at"),
            }
            attempts.insert_notes(connection, [row])
        return note

    def load_notes(self, attempt_id: str) -> tuple[Note, ...]:
        """Return the user's notes on an attempt, oldest first."""
        with self._database.begin_read() as connection:
            return history.load_notes(connection, attempt_id)

    def delete_attempt(self, attempt_id: str) -> bool:
        """Delete an attempt with its recording and everything that belongs to it, in the copies too.

        Returns:
            Whether its bytes are gone already; see `purge_deleted`.
        """
        with self._database.begin_read() as connection:
            if not attempts.is_known(connection, attempt_id):
                raise StoreError(history.NO_SUCH_ATTEMPT)
        self._recordings.remove(attempt_id)  # first: a recording without a row would be offered again
        with self._database.begin_write() as connection:
            gone = (attempt_id, *documents.list_belonging(connection, (attempt_id,)))
            attempts.remove(connection, attempt_id)
            for each in gone[1:]:
                documents.remove(connection, each)
            kept_versions.remove_orphans(connection)
            for each in gone:
                deletions.remember(connection, each)
            self._copies.carry_out_deletion(self.owner.id, gone)  # within, so that no copy is made meanwhile
        return self.purge_deleted()

    def remove_recordings_before(self, before: datetime) -> int:
        """Delete the recordings of attempts made before a moment; their reports stay. Return how many there were."""
        with self._database.begin_write() as connection:
            gone = attempts.give_up_recordings(connection, before)
        for attempt_id in gone:
            self._recordings.remove(attempt_id)  # what is left by a kill here, `recover` removes
        return len(gone)

    def purge_deleted(self) -> bool:
        """Remove what is left of deleted data in the database's log.

        Returns:
            Whether it is gone; False while another program reads what was there before.
        """
        self._is_purged = self._database.purge_deleted()
        return self._is_purged

    def delete_all(self) -> bool:
        """Delete everything of the owner, including recordings, and all copies, which hold what others wrote too.

        Returns:
            As `delete_attempt`.
        """
        self._recordings.remove_abandoned(age=0.0)
        for attempt_id in self._recordings.list_ids():
            self._recordings.remove(attempt_id)
        self._copies.remove_all()
        with self._database.begin_write() as connection:
            attempts.remove(connection, None)
            documents.remove(connection, None)
            merging.forget_all(connection)
            self._copies.remove_all()  # one that was made meanwhile
        self._is_purged = self._database.shrink()
        return self._is_purged

    def save(self, document: Any, expected: Any = None) -> None:
        """Insert or update a document.

        Args:
            document: A value of one of the types in `interview.document_kinds`.
            expected: The version it was edited from, None for a new document; if the stored one differs
                by now, nothing is written.
        """
        with self._database.begin_write() as connection:
            documents.save(connection, document, expected, datetime.now().astimezone())

    def load_documents(self, kind: type[DocumentType], interview: str | None = None) -> tuple[DocumentType, ...]:
        """Return all documents of a type, in the order they were first saved.

        Args:
            kind: A type in `interview.document_kinds`.
            interview: Id of an interview, to return only what belongs to it; None: all.
        """
        with self._database.begin_read() as connection:
            return documents.load_documents(connection, kind, interview)

    def load_document(self, kind: type[DocumentType], document_id: str) -> DocumentType:
        """Return one document.

        Args:
            kind: A type in `interview.document_kinds`.
            document_id: Id of the document.
        """
        with self._database.begin_read() as connection:
            found: DocumentType = documents.load_document(connection, kind, document_id)
        return found

    def delete_document(self, document_id: str) -> bool:
        """Delete a document with everything that belongs to it, in the copies too; returns as `delete_attempt`."""
        with self._database.begin_write() as connection:
            if documents.is_known(connection, document_id):
                documents.remove(connection, document_id)
                kept_versions.remove_orphans(connection)
                deletions.remember(connection, document_id)
                self._copies.carry_out_deletion(self.owner.id, [document_id])
        return self.purge_deleted()

    def search(self, text: str) -> tuple[SearchResult, ...]:
        """Return all attempts and documents that contain every word of a text."""
        with self._database.begin_read() as connection:
            return search.search(connection, text)

    def export(self, path: Path, settings: Mapping[str, Any] | None = None) -> ArchiveExport:
        """Write all data to one zip file: JSON, CSV and recordings.

        Args:
            path: The file.
            settings: Settings that go along, as plain values.
        """
        return exporter.write_archive(self._database, self._recordings, path, settings)

    def to_csv(self) -> str:
        """Return the measures of all attempts as CSV, one row per attempt."""
        with self._database.begin_read() as connection:
            return exporter.build_csv(connection)

    def copy_if_due(self) -> bool:
        """Make the weekly copy of the database if it is due; returns whether it was."""
        return self._copies.make_if_due(self._database)

    def check(self) -> CheckResult:
        """Look through everything that is stored: database, reports, recordings, copies."""
        return health.check(self._database, self._recordings, self._copies)

    def list_troubles(self) -> tuple[Trouble, ...]:
        """Return what cannot be read, as far as it can be told without reading everything."""
        return health.list_troubles(self._database, self._recordings)

    def reach_database(self) -> None:
        """Raise StoreError if the database does not answer."""
        with self._database.begin_read():
            return

    def reach_recordings(self) -> None:
        """Raise StoreError if the recordings cannot be reached, as in a storage that is away."""
        self._recordings.has(UNUSED_ID)

    def get_disk_usage(self) -> DiskUsage:
        """Return where the data is stored and how much disk space it takes."""
        return measure_disk_usage(self._database, self._recordings)

    def pack_everything(self) -> tuple[bytes, ArchiveExport]:
        """Return what `export` writes, so that nothing of it comes to the disk."""
        return exporter.pack_everything(self._database, self._recordings)

    def pack(self, only: Collection[str]) -> bytes | None:
        """Return attempts and documents, with what belongs to them, as an export; None if one cannot be read."""
        return exporter.pack(self._database, self._recordings, only)

    def import_archive(self, source: Path | bytes, *, restore_deleted: bool = False) -> ArchiveImport:
        """Merge an export into the store: what is new or newer there is taken over.

        Args:
            source: The export, as a file or as its bytes.
            restore_deleted: Whether what was deleted here comes back if the export holds it.
        """
        found = importer.import_archive(self._database, self._recordings, source, restore_deleted=restore_deleted)
        if found.deleted:
            with self._database.begin_write() as connection:
                self._copies.carry_out_deletion(self.owner.id, sorted(deletions.list_deleted(connection)))
            self.purge_deleted()
        return found

    def list_versions(self) -> tuple[ExportedVersion, ...]:
        """Return the versions that are kept beside what is used, because it was changed on two machines."""
        with self._database.begin_read() as connection:
            return kept_versions.list_versions(connection)

    def use_version(self, version_id: str) -> None:
        """Use a version that is kept beside what is used; what was used until now is kept beside it instead."""
        with self._database.begin_write() as connection:
            kept_versions.use_version(connection, version_id)

    def delete_version(self, version_id: str) -> bool:
        """Delete a version kept beside what is used, in the copies and on other machines too; as `delete_attempt`."""
        with self._database.begin_write() as connection:
            kept_versions.remove_version(connection, version_id)
            deletions.remember(connection, version_id)
            self._copies.carry_out_deletion(self.owner.id, [version_id])
        return self.purge_deleted()

    def close(self) -> None:
        """Close all connections to the database."""
        self._database.close()
