"""Import of an export, as a merge: looked through before anything is written; importing twice changes nothing."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, func, select, update
from sqlalchemy.exc import IntegrityError

from speech.audio.encoding import Damage, find_damage
from store.db import deletions
from store.db.database import Database
from store.db.mapping import Values
from store.db.tables import attempts, versions
from store.db.tolerant import read_each
from store.errors import StoreError
from store.files import Recordings
from store.flac_tags import read_tagged_row
from store.transfer import kept_versions, merging
from store.transfer.archive import (
    DOCUMENTS_FILE,
    HISTORY_FILE,
    check_free_space,
    check_members,
    open_archive,
    read_member,
)
from store.transfer.export_format import AttemptRows, get_recording_path, parse_rows
from store.transfer.mending import mend_by_label
from store.transfer.merging import Merged
from store.transfer.sounds import describe_answer, find_sound_fault


@dataclass(frozen=True)
class ArchiveImport:
    """Counts of what an import did, and a sentence for each thing that was damaged and left out."""

    added: int  # attempts
    known: int  # attempts that were here already; some may have been changed
    documents: int = 0  # what the user wrote or planned, added
    updated: int = 0  # attempts and documents that were changed later there, or that notes came to
    deleted: int = 0  # attempts and documents that had been deleted there
    left_deleted: int = 0  # attempts and documents that had been deleted here
    beside: int = 0  # other versions of what was changed on both
    damaged: tuple[str, ...] = ()
    settings: Mapping[str, Any] | None = None  # that came along, as plain values


@dataclass(frozen=True)
class _Sound:
    """A recording in an export that can be used; `digest` is None if it is damaged."""

    digest: str | None


def import_archive(
    database: Database, recordings: Recordings, source: Path | bytes, *, restore_deleted: bool = False
) -> ArchiveImport:
    """Merge an export into the store; what is damaged in it is named and left out.

    Args:
        database: The database.
        recordings: The recordings beside it.
        source: The export, as a file or as its bytes.
        restore_deleted: Whether what was deleted here comes back if the export holds it.

    Raises:
        StoreError: If the export as a whole cannot be used; then nothing has been changed.
    """
    name = source.name if isinstance(source, Path) else "This"
    with open_archive(source, name) as archive:
        names = check_members(archive, name)
        check_free_space(archive, recordings)
        checked = _Checked(archive, names)
        remembered = checked.read_history()
        written = checked.read_documents()
        with database.begin_write() as connection:
            if restore_deleted:
                ids = (*(Path(name).stem for name in checked.names), *(row["id"] for row in written))
                deletions.restore(connection, ids)
            merge = _Merge(connection, recordings, checked)
            merge.take_deletions(remembered)
            merge.take_attempts()
            merge.take_documents(written)
            merge.take_versions(remembered)
        merge.remove_recordings()
        _add_recordings(database, recordings, archive, checked.sounds)
        return merge.summarise(remembered)


class _Checked:
    """What an export holds and can be read, looked through before anything is written."""

    def __init__(self, archive: zipfile.ZipFile, names: Sequence[str]) -> None:
        self.archive = archive
        self.damaged: list[str] = []
        self.sounds: dict[str, _Sound] = {}
        self.names = [name for name in names if self._check_attempt(name)]

    def read_rows(self, name: str) -> AttemptRows:
        """Return the rows of an attempt, with what is known of its recording."""
        found = _read_rows(self.archive, name)
        attempt, sound = found.attempt, self.sounds.get(found.attempt["id"])
        attempt["has_recording"] = sound is not None
        attempt["sound_digest"] = sound and sound.digest
        attempt["damaged"] = attempt["damaged"] or (sound is not None and sound.digest is None)
        return found

    def read_documents(self) -> list[Values]:
        """Return the rows of the documents."""
        if DOCUMENTS_FILE not in self.archive.NameToInfo:
            return []
        try:
            rows, damaged = merging.parse_documents(read_member(self.archive, DOCUMENTS_FILE))
        except StoreError as error:
            rows, damaged = [], [str(error)]
        self.damaged += damaged
        return rows

    def read_history(self) -> merging.ExportedHistory:
        """Return what the export remembers besides."""
        if HISTORY_FILE in self.archive.NameToInfo:
            try:
                found = merging.parse_history(read_member(self.archive, HISTORY_FILE))
                self.damaged += found.damaged
                return found
            except StoreError as error:
                self.damaged.append(str(error))
        return merging.ExportedHistory()

    def _check_attempt(self, name: str) -> bool:
        try:
            found = _read_rows(self.archive, name)
            if found.attempt["has_recording"]:
                self._check_sound(found)
        except StoreError as error:
            self.damaged.append(f"{error} It was left out.")
            return False
        return True

    def _check_sound(self, found: AttemptRows) -> None:
        attempt_id, name = found.attempt["id"], get_recording_path(found.attempt["id"])
        told = f"The recording of {describe_answer(SimpleNamespace(**found.attempt))} in this export"
        try:
            data = read_member(self.archive, name) if name in self.archive.NameToInfo else None
        except StoreError:
            data = None
        damage = Damage.UNREADABLE if data is None else find_damage(data)
        if damage in (Damage.UNREADABLE, Damage.TOO_LONG):
            if found.result is None:
                raise StoreError(f"{told} {'is missing' if data is None else damage}, and it has no report.")
            self.damaged.append(f"{told} {'is missing' if data is None else damage}. Its report came in without it.")
            return
        if damage is not None:
            self.damaged.append(f"{told} {damage}. What can be heard of it came in.")
        self.sounds[attempt_id] = _Sound(hashlib.sha256(data or b"").hexdigest() if damage is None else None)


class _Merge:
    """The merge of a checked export within one transaction."""

    def __init__(self, connection: Connection, recordings: Recordings, checked: _Checked) -> None:
        self.connection = connection
        self.recordings = recordings
        self.checked = checked
        self.deleted: frozenset[str] = frozenset()
        self.attempts: Counter[Merged] = Counter()
        self.documents: Counter[Merged] = Counter()
        self.beside_before = self._count_versions()
        self.beside = self.removed = 0
        self.unwanted: list[str] = []  # attempts whose recording has to go

    def take_deletions(self, remembered: merging.ExportedHistory) -> None:
        """Carry out what was deleted there."""
        before = deletions.list_deleted(self.connection)
        deletions.merge(self.connection, remembered.deletions)
        self.deleted = deletions.list_deleted(self.connection)
        self.unwanted += merging.remove_deleted(self.connection, self.deleted)
        self.removed = len(self.deleted - before)

    def take_attempts(self) -> None:
        """Merge the attempts; one that the database refuses is left out."""
        anew: set[str] = set()
        for name in self.checked.names:
            try:
                with self.connection.begin_nested():
                    found = self.checked.read_rows(name)
                    is_mended = mend_by_label(self.connection, found.attempt, partial(self._read_label, name))
                    what, question = merging.merge_attempt(self.connection, found, self.deleted)
                    what = Merged.UPDATED if is_mended and what is Merged.KNOWN else what
            except (IntegrityError, OverflowError):  # SQLite's driver says the second itself
                self.checked.damaged.append(
                    f"{name} holds a note or a correction twice, or a number too large to be kept. It was left out."
                )
                continue
            self.attempts[what] += 1
            self.unwanted += self._list_unkept(name) if what is Merged.UPDATED else []
            anew |= {question} if question is not None else set()
        merging.number_takes(self.connection, sorted(anew))

    def _read_label(self, name: str) -> Values:
        attempt_id = Path(name).stem
        return read_tagged_row(self.recordings.read(attempt_id), attempt_id)

    def _list_unkept(self, name: str) -> list[str]:
        """Return an attempt whose recording goes now that its report is here."""
        chosen = select(attempts.c.id).where(attempts.c.id == Path(name).stem, ~attempts.c.has_recording)
        return list(self.connection.scalars(chosen))

    def take_documents(self, rows: Sequence[Values]) -> None:
        """Merge the documents."""
        for row in rows:
            try:
                with self.connection.begin_nested():
                    self.documents[merging.merge_document(self.connection, row, self.deleted)] += 1
            except (StoreError, IntegrityError, OverflowError) as error:
                self.checked.damaged.append(f"Something written or planned in this export is damaged ({error}).")

    def take_versions(self, remembered: merging.ExportedHistory) -> None:
        """Add the other versions, if what they are of is here; a document that is missing is had back from one."""
        for each in merging.replace_missing(self.connection, remembered.versions, self.deleted):
            if not {each.id, each.of_id} & self.deleted:
                kept_versions.add_version(self.connection, each)
        kept_versions.remove_orphans(self.connection)
        self.beside = max(0, self._count_versions() - self.beside_before)

    def remove_recordings(self) -> None:
        """Delete the recordings of what was deleted there, once that is committed."""
        for attempt_id in self.unwanted:
            self.recordings.remove(attempt_id)

    def summarise(self, remembered: merging.ExportedHistory) -> ArchiveImport:
        """Return what was done."""
        both = self.attempts + self.documents
        return ArchiveImport(
            added=self.attempts[Merged.ADDED],
            known=self.attempts[Merged.KNOWN] + self.attempts[Merged.UPDATED],
            documents=self.documents[Merged.ADDED],
            updated=both[Merged.UPDATED],
            deleted=self.removed,
            left_deleted=both[Merged.LEFT_DELETED],
            beside=self.beside,
            damaged=tuple(self.checked.damaged),
            settings=remembered.settings,
        )

    def _count_versions(self) -> int:
        return self.connection.scalar(select(func.count()).select_from(versions)) or 0


def _read_rows(archive: zipfile.ZipFile, name: str) -> AttemptRows:
    found = parse_rows(read_member(archive, name))
    if name != f"attempts/{found.attempt['id']}.json":
        raise StoreError(f"{name} in this export holds another answer than its name says.")
    return found


def _add_recordings(
    database: Database, recordings: Recordings, archive: zipfile.ZipFile, sounds: Mapping[str, _Sound]
) -> None:
    """Write the missing recordings, after their rows: a recording never comes without its report.

    Those of attempts that existed before are included: if one could not be written, a second import
    adds the rest, and one that was damaged here since is replaced by a whole one.
    """
    with database.begin_read() as connection:
        chosen = select(attempts.c.id, attempts.c.sound_digest).where(attempts.c.has_recording)
        wanted = read_each(connection, chosen, attempts.c.id, lambda row: row).values
    for row in wanted:
        there = sounds.get(row.id)
        if there is None or not _is_wanted(recordings, row, there):
            continue
        recordings.save(row.id, read_member(archive, get_recording_path(row.id)))
        with database.begin_write() as connection:
            mended = {"sound_digest": there.digest, "damaged": attempts.c.damaged if there.digest else True}
            connection.execute(update(attempts).where(attempts.c.id == row.id).values(mended))


def _is_wanted(recordings: Recordings, row: Any, there: _Sound) -> bool:
    if not recordings.has(row.id):
        return True
    return there.digest is not None and find_sound_fault(recordings, row.id, row.sound_digest) is not None
