"""Answers that earlier versions kept in a folder of takes: migrated into the store, and removed with their answer.

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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import samples
from analysis import serialization
from analysis.question import AskedQuestion
from analysis.report import Report
from analysis.wording import format_count
from services.asked_questions import UNKNOWN_QUESTION, find_asked_question, make_sample_question
from speech import transcript_json
from speech.audio.recording import Recording, from_bytes
from speech.errors import AnswerAloudError, RecordingError
from speech.transcript import Transcript
from store.attempt import AttemptState, Filters
from store.errors import StoreError, translate_delete_errors, translate_write_errors
from store.store import Store

Value = TypeVar("Value")
LOG = logging.getLogger(__name__)
TAKES_FOLDER, MOVED_FOLDER = "takes", "takes-moved"
REPORT_NAME = re.compile(
    r"report-([A-Za-z0-9_]+)-(.+)-v\d+\.\d+\.json"
)  # question, model; the versions do not matter here
MIN_DIGEST_CHARACTERS = 8  # of the name of a take's folder


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
