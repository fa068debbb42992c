"""The folder of takes that earlier versions kept, brought into the store once.

    takes/<first digits of the sound's SHA-256>/sound, origin.json, transcript-<model>.json, report-<...>.json

One sound and one question it was measured for are one attempt. Nothing is deleted: once all are in the store, the
folder is called takes-moved. Doing it again after an interruption brings nothing twice.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import samples
from analysis import serialization
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report
from services.asked_questions import asked_by_id, asked_in_sample
from speech import transcript_json
from speech.audio.recording import Recording, from_bytes
from speech.errors import AnswerAloudError, RecordingError
from speech.transcript import Transcript
from store.attempt import Filters, State
from store.errors import StoreError, files_told
from store.store import Store

Kept = TypeVar("Kept")

LOG = logging.getLogger(__name__)
FOLDER, MOVED = "takes", "takes-moved"
REPORT = re.compile(r"report-([A-Za-z0-9_]+)-(.+)-v\d+\.\d+\.json")  # question, model; the versions do not matter here
NOT_KNOWN = AskedQuestion("not_known", "The question was not kept with this answer.", QuestionKind.SCREENING)


@dataclass(frozen=True)
class Origin:
    """What was kept beside a sound: its name, and what the microphone saw and the bytes do not show."""

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
        """Its latest report."""
        found = self.folder.glob(f"report-{self.question}-{self.model}-v*.json") if self.model else ()
        return max(found, key=_changed, default=None)


def move(folder: Path, store: Store) -> None:
    """Bring what lies in a data folder's takes into the store, oldest first; raises StoreError when some cannot be."""
    old = folder / FOLDER
    if not old.is_dir():
        return
    with files_told(old):
        takes = sorted(_takes(old), key=lambda take: take.at)
    failed = [sentence for take in takes if (sentence := _try(take, store)) is not None]
    if failed:
        raise StoreError(
            f"{len(failed)} of {len(takes)} answers of an earlier version could not be brought over and stay in {old}. "
            f"{failed[0]} They are tried again when the app is started anew."
        )
    with files_told(folder):
        old.rename(_free(folder / MOVED))


def old_folders(folder: Path | None) -> list[Path]:
    """Return what an earlier version kept in a data folder, before and after it was brought in; none without one."""
    found = folder.glob(f"{FOLDER}*") if folder else ()
    return [path for path in found if path.name == FOLDER or path.name.startswith(MOVED)]


def _takes(old: Path) -> Iterator[OldTake]:
    for sound in old.glob("*/sound"):
        newest: dict[str, OldTake] = {}
        for path in sorted(sound.parent.glob("report-*.json"), key=_changed):
            named = REPORT.fullmatch(path.name)
            if named is not None:
                at = min(_changed(path), _changed(sound))  # the sound was written anew whenever it was brought again
                newest[named[1]] = OldTake(sound.parent, named[1], named[2], at)
        yield from newest.values() or [OldTake(sound.parent, None, None, _changed(sound))]


def _try(take: OldTake, store: Store) -> str | None:
    """Bring one take into the store; gives the sentence why that failed."""
    try:
        with files_told(take.folder):
            _bring(take, store)
    except RecordingError as error:  # it never was an answer; the file stays where it is
        LOG.warning("left in its folder: %s", error)
    except AnswerAloudError as error:
        return str(error)
    return None


def _bring(take: OldTake, store: Store) -> None:
    report = _report(take)
    data = (take.folder / "sound").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    question = _question(take, report, digest)
    there = store.history(Filters(question=question.id, digest=digest))
    at = datetime.fromtimestamp(take.at).astimezone()
    kept = there[-1] if there else store.add_recording(_recording(data, take.folder), question, at)
    transcript = _transcript(take)
    if kept.state is State.RECORDED and report is not None and transcript is not None:
        store.finish(kept.id, transcript, report)


def _recording(data: bytes, folder: Path) -> Recording:
    origin = _read(folder / "origin.json", lambda plain: Origin(**plain)) or Origin("Recording")
    heard = from_bytes(data, origin.name)
    clipped = max(heard.clipped_share, origin.clipped_share)
    return replace(heard, clipped_share=clipped, damaged=heard.damaged or origin.damaged)


def _question(take: OldTake, report: Report | None, digest: str) -> AskedQuestion:
    for sample in samples.load():
        if hashlib.sha256(sample.path.read_bytes()).hexdigest() == digest:
            return asked_in_sample(sample)
    if report is not None and report.question is not None:
        return report.question
    try:
        return asked_by_id(take.question) if take.question else NOT_KNOWN
    except KeyError:
        return NOT_KNOWN


def _report(take: OldTake) -> Report | None:
    return _read(take.report, serialization.from_json) if take.report else None


def _transcript(take: OldTake) -> Transcript | None:
    return _read(take.folder / f"transcript-{take.model}.json", transcript_json.from_json)


def _read(path: Path, from_json: Callable[[Any], Kept]) -> Kept | None:
    """What a file keeps; None when it is not there, or cannot be read (any more)."""
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (AnswerAloudError, AttributeError, LookupError, TypeError, ValueError) as error:
        LOG.warning("%s in %s cannot be read: %s", path.name, path.parent.name, error)
        return None


def _changed(path: Path) -> float:
    return path.stat().st_mtime


def _free(path: Path) -> Path:
    """This place, or the next one beside it that is not taken."""
    places = (path.with_name(f"{path.name}{number or ''}") for number in range(1000))
    return next(place for place in places if not place.exists())
