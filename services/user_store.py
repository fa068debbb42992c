"""Open the user's store, migrating data of earlier versions; export, import, restore, empty it.

Earlier versions kept a folder of takes:

    takes/<first digits of the sound's SHA-256>/
        sound, origin.json, transcript-<model>.json, report-<...>.json

Each sound and each question it was analysed for become one attempt. Nothing is deleted: once all
are stored, the folder is renamed to takes-moved. Repeating an interrupted migration duplicates
nothing.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import samples
from analysis import serialization
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report
from analysis.wording import format_count
from services.asked_questions import find_asked_question, make_sample_question
from services.encryption import ask_at_terminal
from services.live.live_takes import live_takes
from speech import transcript_json
from speech.audio.recording import Recording, from_bytes
from speech.errors import AnswerAloudError, RecordingError
from speech.transcript import Transcript
from store.attempt import AttemptState, Filters
from store.copies import Copies, DatabaseCopy
from store.db.database import Database
from store.encryption.vault import find_database_key, find_keys
from store.errors import StoreError, translate_delete_errors, translate_write_errors
from store.files import open_transfer_folder, remove_transfer_folders
from store.health import make_file_trouble
from store.locations import build_database_url, get_data_folder, get_named_database, parse_database_url
from store.setting_values import DEFAULTS, SETTING_NAMES, from_plain, to_plain
from store.settings import make_settings_private, read_file_settings, write_settings
from store.store import Store, open_store
from store.transfer.exporter import ArchiveExport
from store.transfer.importer import ArchiveImport
from store.troubles import CheckResult, Trouble

TRAVELLING = tuple(name for name in SETTING_NAMES if name not in ("data_folder", "database"))
Value = TypeVar("Value")
ODD_TAKE = "is of one that was cut off and can't be offered, because what's known of it is damaged"
LOG = logging.getLogger(__name__)
WHOLE_NAME = "everything.zip"
TAKES_FOLDER, MOVED_FOLDER = "takes", "takes-moved"
REPORT_NAME = re.compile(
    r"report-([A-Za-z0-9_]+)-(.+)-v\d+\.\d+\.json"
)  # question, model; the versions do not matter here
MIN_DIGEST_CHARACTERS = 8  # of the name of a take's folder
UNKNOWN_QUESTION = AskedQuestion("not_known", "The question wasn't saved with this answer.", QuestionKind.SCREENING)


@dataclass(frozen=True)
class OpenedStore:
    """A store; `migration_failure` says what could not be migrated from an earlier version, or is None."""

    store: Store
    migration_failure: str | None


@dataclass(frozen=True)
class Location:
    """Where a store is; without an address its database is a file in the folder."""

    database: str | None  # SQLAlchemy address
    folder: Path

    def open(self) -> Store:
        """Open the store there; raises StoreError."""
        return open_store(self.database, self.folder)


def open_user_store(location: Location) -> OpenedStore:
    """Open a store and migrate the takes of earlier versions in its folder; raises StoreError.

    What exports and imports left behind that were killed goes.
    """
    remove_transfer_folders()
    make_settings_private()
    store = location.open()
    try:
        migrate_takes(location.folder, store)
    except StoreError as error:
        return OpenedStore(store, str(error))
    return OpenedStore(store, None)


def count_answers(location: Location) -> int:
    """Return the number of answers stored at a location; raises StoreError."""
    with closing(location.open()) as store:
        return len(store.load_history())


def copy_answers(old: Location, new: Store) -> ArchiveImport:
    """Copy everything from a location into a store; the location is unchanged. Raises StoreError.

    What is damaged at either end is named in what is returned.
    """
    with closing(old.open()) as earlier:
        if find_keys(old.folder) is not None:  # an export isn't encrypted, so it has no place on the disk
            data, exported = earlier.pack_everything()
            imported = new.import_archive(data)
        else:
            with translate_write_errors(Path(tempfile.gettempdir())), open_transfer_folder() as folder:
                exported = earlier.export(folder / WHOLE_NAME)
                imported = new.import_archive(folder / WHOLE_NAME)
    return replace(imported, damaged=(*exported.damaged, *imported.damaged))


def export_everything(store: Store, path: Path) -> ArchiveExport:
    """Export a store with the user's settings, but for addresses and what may be secret; raises StoreError."""
    return store.export(path, to_plain(replace(read_file_settings(), data_folder=None, database=None)))


def import_everything(store: Store, path: Path, *, restore_deleted: bool = False) -> ArchiveImport:
    """Merge an export into a store, and its settings into those here; raises StoreError.

    A setting at its default takes the value of the export; one that the user changed here stays.

    Args:
        store: The store.
        path: The export.
        restore_deleted: Whether what was deleted here comes back if the export holds it.
    """
    imported = store.import_archive(path, restore_deleted=restore_deleted)
    if not imported.settings:
        return imported
    try:
        found, here = from_plain(imported.settings), read_file_settings()
        taken = {name: getattr(found, name) for name in TRAVELLING if getattr(here, name) == getattr(DEFAULTS, name)}
        write_settings(replace(here, **taken), here)
    except StoreError as error:  # the answers are in
        return replace(imported, damaged=(*imported.damaged, f"Your settings weren't imported. {error}"))
    return imported


def list_copies(folder: Path) -> tuple[DatabaseCopy, ...]:
    """Return the automatic copies of the database, newest first; raises StoreError."""
    return Copies(folder).list_copies()


def restore_copy(location: Location, copy: DatabaseCopy) -> None:
    """Put a copy in the place of the database; what was there is kept as a copy. Raises StoreError.

    Stores that are open there have to be opened anew.
    """
    address = parse_database_url(location.database) if location.database else build_database_url(location.folder)
    find_key = partial(find_database_key, location.folder)
    database = Database(address, find_key)
    try:
        Copies(location.folder, find_key).restore(copy.path, database)
    finally:
        database.close()
    with closing(location.open()) as store:
        store.list_interrupted()  # recordings that are newer than the copy


def check_location(location: Location) -> CheckResult:
    """Look through everything stored at a location; raises StoreError if it cannot be opened."""
    with closing(location.open()) as store:
        return check_everything(store, location.folder)


def check_everything(store: Store, folder: Path | None) -> CheckResult:
    """Look through everything that is stored, and the recordings that were cut off; raises StoreError.

    Args:
        store: The store.
        folder: Its data folder; None for a store without one, such as that of the demo.
    """
    checked = store.check()
    return replace(checked, troubles=(*checked.troubles, *_list_odd_takes(folder)))


def list_troubles(store: Store, folder: Path | None) -> tuple[Trouble, ...]:
    """Return what cannot be read, as far as it can be told without reading everything; as `check_everything`."""
    return (*store.list_troubles(), *_list_odd_takes(folder))


def _list_odd_takes(folder: Path | None) -> tuple[Trouble, ...]:
    if folder is None:
        return ()
    files = live_takes(folder).files
    return tuple(make_file_trouble(name, ODD_TAKE, files.folder) for name in files.list_odd_names())


def describe_check(checked: CheckResult) -> str:
    """Return in a sentence how much was looked through and how much of it is damaged."""
    looked = (
        f"{format_count(checked.answers, 'answer')}, {format_count(checked.reports, 'report')}, "
        f"{format_count(checked.recordings, 'recording')} and {format_count(checked.documents, 'other thing')} checked"
    )
    count = len(checked.troubles)
    found = f"{format_count(count, 'problem')} found." if count else "Everything is whole."
    return f"{looked}. {found}"


def print_check() -> int:
    """Check the user's data and print what is damaged; return 0 if nothing is, else 1."""
    try:
        ask_at_terminal()
        checked = check_location(Location(get_named_database(), get_data_folder()))
    except StoreError as error:
        print(error)
        return 1
    for trouble in checked.troubles:
        print(trouble.sentence)
    print(describe_check(checked))
    return 1 if checked.troubles else 0


def delete_everything(store: Store, folder: Path | None) -> None:
    """Delete all data, including that of earlier versions in the data folder; raises StoreError.

    Args:
        store: the store to empty.
        folder: the data folder; None for a store without one, such as that of the demo.
    """
    store.delete_all()
    if folder is not None:
        remove_transfer_folders(age=0.0)
    for path in find_old_folders(folder):
        with translate_delete_errors(path):
            shutil.rmtree(path)
    if folder is not None:
        live_takes(folder).delete_all()


def remove_old_take(store: Store, folder: Path, attempt_id: str) -> None:
    """Remove what an earlier version had of an attempt that is going to be deleted; raises StoreError.

    Args:
        store: The store.
        folder: Its data folder.
        attempt_id: The attempt.
    """
    digest = store.load_attempt(attempt_id).digest
    if len(store.load_history(Filters(digest=digest))) > 1:
        return  # the same sound is another answer too
    for old in find_old_folders(folder):
        for take in old.iterdir():
            if take.is_dir() and len(take.name) >= MIN_DIGEST_CHARACTERS and digest.startswith(take.name):
                with translate_delete_errors(take):
                    shutil.rmtree(take)


def has_anything(store: Store, folder: Path | None) -> bool:
    """Whether there is anything to delete, even a recording without its answer; as for `delete_everything`."""
    used = store.get_disk_usage()
    has_takes = folder is not None and any(live_takes(folder).files.all())
    is_used = store.load_history() or used.document_count or used.recording_count
    return bool(is_used or has_takes or find_old_folders(folder))


@dataclass(frozen=True)
class Origin:
    """What was stored beside a sound: its name, and defects that the bytes do not show."""

    name: str
    clipped_share: float = 0.0  # as in Recording
    damaged: bool = False


@dataclass(frozen=True)
class OldTake:
    """One sound as the answer to one question; `model` names the files of its report and transcript."""

    folder: Path
    question: str | None  # id; None: it was never measured, so only the page's address knew
    model: str | None
    at: float  # s since 1970, when it was last known to be new

    @property
    def report(self) -> Path | None:
        """The path of its latest report; None if there is none."""
        found = self.folder.glob(f"report-{self.question}-{self.model}-v*.json") if self.model else ()
        return max(found, key=_get_modified_time, default=None)


def migrate_takes(folder: Path, store: Store) -> None:
    """Migrate the takes in a data folder into the store, oldest first.

    Raises:
        StoreError: some could not be migrated; their folder stays, and the next start tries again.
    """
    old = folder / TAKES_FOLDER
    if not old.is_dir():
        return
    with translate_write_errors(old):
        takes = sorted(_find_takes(old), key=lambda take: take.at)
    failed = [sentence for take in takes if (sentence := _try_to_import(take, store)) is not None]
    if failed:
        raise StoreError(
            f"We couldn't bring over {format_count(len(failed), 'answer')} from an earlier version. What's missing is "
            f"still in {old}. {failed[0]} We'll try again the next time you start the app."
        )
    with translate_write_errors(folder):
        old.rename(_find_free_path(folder / MOVED_FOLDER))


def find_old_folders(folder: Path | None) -> list[Path]:
    """Return the folders of earlier versions in a data folder, migrated or not.

    Args:
        folder: the data folder; None gives none.
    """
    found = folder.glob(f"{TAKES_FOLDER}*") if folder else ()
    return [path for path in found if path.name == TAKES_FOLDER or path.name.startswith(MOVED_FOLDER)]


def _find_takes(old: Path) -> Iterator[OldTake]:
    for sound in old.glob("*/sound"):
        newest: dict[str, OldTake] = {}
        for path in sorted(sound.parent.glob("report-*.json"), key=_get_modified_time):
            named = REPORT_NAME.fullmatch(path.name)
            if named is not None:
                at = min(
                    _get_modified_time(path), _get_modified_time(sound)
                )  # the sound was written anew whenever it was brought again
                newest[named[1]] = OldTake(sound.parent, named[1], named[2], at)
        yield from newest.values() or [OldTake(sound.parent, None, None, _get_modified_time(sound))]


def _try_to_import(take: OldTake, store: Store) -> str | None:
    """Migrate one take; returns a sentence if that failed, else None."""
    try:
        with translate_write_errors(take.folder):
            _import_take(take, store)
    except RecordingError as error:  # it never was an answer; the file stays where it is
        LOG.warning("left in its folder: %s", error)
    except AnswerAloudError as error:
        return str(error)
    return None


def _import_take(take: OldTake, store: Store) -> None:
    report = _load_report(take)
    data = (take.folder / "sound").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    question = _find_question(take, report, digest)
    there = store.load_history(Filters(question=question.id, digest=digest))
    at = datetime.fromtimestamp(take.at).astimezone()
    kept = there[-1] if there else store.add_recording(_load_recording(data, take.folder), question, at)
    transcript = _load_transcript(take)
    if kept.state is AttemptState.RECORDED and report is not None and transcript is not None:
        store.finish(kept.id, transcript, report)


def _load_recording(data: bytes, folder: Path) -> Recording:
    origin = _load_json(folder / "origin.json", lambda plain: Origin(**plain)) or Origin("Recording")
    heard = from_bytes(data, origin.name)
    clipped = max(heard.clipped_share, origin.clipped_share)
    return replace(heard, clipped_share=clipped, damaged=heard.damaged or origin.damaged)


def _find_question(take: OldTake, report: Report | None, digest: str) -> AskedQuestion:
    for sample in samples.load():
        if hashlib.sha256(sample.path.read_bytes()).hexdigest() == digest:
            return make_sample_question(sample)
    if report is not None and report.question is not None:
        return report.question
    try:
        return find_asked_question(take.question) if take.question else UNKNOWN_QUESTION
    except KeyError:
        return UNKNOWN_QUESTION


def _load_report(take: OldTake) -> Report | None:
    return _load_json(take.report, serialization.from_json) if take.report else None


def _load_transcript(take: OldTake) -> Transcript | None:
    return _load_json(take.folder / f"transcript-{take.model}.json", transcript_json.from_json)


def _load_json(path: Path, from_json: Callable[[Any], Value]) -> Value | None:
    """Read a JSON file; None if it does not exist or cannot be read."""
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (AnswerAloudError, AttributeError, LookupError, TypeError, ValueError) as error:
        LOG.warning("%s in %s cannot be read: %s", path.name, path.parent.name, error)
        return None


def _get_modified_time(path: Path) -> float:
    return path.stat().st_mtime


def _find_free_path(path: Path) -> Path:
    """Return this path, or the first unused one with a number appended."""
    places = (path.with_name(f"{path.name}{number or ''}") for number in range(1000))
    return next(place for place in places if not place.exists())
