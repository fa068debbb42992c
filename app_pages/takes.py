"""Takes on disk: the sound as it came, what was heard in it, and the reports, in one folder a sound.

    takes/<first digits of the sound's SHA-256>/sound, origin.json, transcript-<model>.json, report-<...>.json

Every file is written beside its place, flushed, and renamed, so that one is there whole or not at all; only the owner
can read them. The same sound always lands in the same folder, so it is never transcribed twice by the same model.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from platformdirs import user_data_path

from analysis.report import FORMULA_VERSION, Report
from analysis.schema import SCHEMA_VERSION, from_json, to_json
from speech import transcript_json
from speech.errors import AnswerAloudError
from speech.recording import Recording, from_bytes
from speech.transcript import Transcript

DATA_VARIABLE = "ANSWER_ALOUD_DATA"
ADDRESS = re.compile(r"([0-9a-f]{24})\.([A-Za-z0-9_-]{1,64})")  # what stands in the page's URL


class TakeError(AnswerAloudError):
    """A take cannot be kept or is not there."""


@dataclass(frozen=True)
class Take:
    """One sound as the answer to one question; the value is small and stands in the page's URL."""

    sound: str  # first 24 hexadecimal digits of the SHA-256 of the sound's bytes
    question: str  # identifier of the question

    @property
    def address(self) -> str:
        """The take as it stands in the URL."""
        return f"{self.sound}.{self.question}"


def at_address(address: str) -> Take:
    """The take an address names; raises TakeError when it cannot be one."""
    found = ADDRESS.fullmatch(address)
    if found is None:
        raise TakeError("The address of this page names no take. Choose a question and record an answer.")
    return Take(found[1], found[2])


@dataclass(frozen=True)
class Origin:
    """What is known of a sound beside its bytes: its name, and what the microphone saw and the bytes do not show."""

    name: str
    clipped_share: float = 0.0  # as in Recording
    damaged: bool = False


class Shelf:
    """The folder of all takes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "takes"

    def keep(self, data: bytes, origin: Origin, question: str) -> Take:
        """Put a sound on disk before anything else is done with it; raises TakeError when that fails."""
        take = Take(hashlib.sha256(data).hexdigest()[:24], question)
        try:
            self._write(self._home(take) / "origin.json", json.dumps(asdict(origin)).encode())
            self._write(self._home(take) / "sound", data)
        except OSError as error:
            raise TakeError(
                f"The recording could not be saved in {self._folder} ({error.strerror}). Make room there and try again."
            ) from error
        return take

    def has(self, take: Take) -> bool:
        """Whether the sound of a take is here."""
        return (self._home(take) / "sound").is_file()

    def sound(self, take: Take) -> tuple[bytes, Origin]:
        """The bytes of a take as they came, and where they came from; raises TakeError when they are not here."""
        try:
            data = (self._home(take) / "sound").read_bytes()
            origin = json.loads((self._home(take) / "origin.json").read_bytes())
        except FileNotFoundError:
            raise TakeError(
                "This take is not on this machine. It may have been deleted; record the answer again."
            ) from None
        return data, Origin(**origin)

    def recording(self, take: Take) -> Recording:
        """The sound of a take, decoded; raises TakeError or RecordingError."""
        data, origin = self.sound(take)
        heard = from_bytes(data, origin.name)
        return replace(
            heard,
            clipped_share=max(heard.clipped_share, origin.clipped_share),
            damaged=heard.damaged or origin.damaged,
        )

    def transcript(self, take: Take, model: str) -> Transcript | None:
        """What a model heard in the sound, if it has been asked before."""
        written = _read(self._transcript_path(take, model))
        return None if written is None else transcript_json.from_json(json.loads(written))

    def keep_transcript(self, take: Take, model: str, transcript: Transcript) -> None:
        """Keep what a model heard, for any question."""
        self._write(self._transcript_path(take, model), json.dumps(transcript_json.to_json(transcript)).encode())

    def report(self, take: Take, model: str) -> Report | None:
        """The report of a take, if it has been made with this model and today's formulas."""
        written = _read(self._report_path(take, model))
        return None if written is None else from_json(json.loads(written))

    def keep_report(self, take: Take, model: str, report: Report) -> None:
        """Keep a report beside its sound."""
        self._write(self._report_path(take, model), json.dumps(to_json(report)).encode())

    def _home(self, take: Take) -> Path:
        return self._folder / take.sound

    def _transcript_path(self, take: Take, model: str) -> Path:
        return self._home(take) / f"transcript-{_slug(model)}.json"

    def _report_path(self, take: Take, model: str) -> Path:
        return self._home(take) / f"report-{take.question}-{_slug(model)}-v{FORMULA_VERSION}.{SCHEMA_VERSION}.json"

    def _write(self, path: Path, data: bytes) -> None:
        self._folder.parent.parent.mkdir(parents=True, exist_ok=True)
        for folder in (self._folder.parent, self._folder, path.parent):
            folder.mkdir(exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:  # readable by the owner only
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)


def shelf() -> Shelf:
    """The shelf of this user: the folder named in the environment, else the system's place for user data."""
    named = os.environ.get(DATA_VARIABLE)
    return Shelf(Path(named) if named else user_data_path("answer-aloud", appauthor=False))


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def _slug(model: str) -> str:
    readable = re.sub(r"[^A-Za-z0-9.]+", "-", model)[-40:]
    return f"{readable}-{hashlib.sha256(model.encode()).hexdigest()[:8]}"
