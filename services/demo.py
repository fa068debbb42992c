"""The demo history: weeks of sample answers in a store of their own.

The answers are measured by the same code as any other; only their words were recognised before (samples.demo).
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from analysis.analyze import analyze
from samples import demo
from samples.demo import DemoAnswer
from services.asked_questions import asked_by_id
from speech.audio.recording import from_file
from store.errors import files_told
from store.store import Store, open_store


@dataclass(frozen=True)
class DemoHistory:
    """A store and the temporary folder it lies in, which is deleted with it."""

    store: Store
    folder: tempfile.TemporaryDirectory[str]


def make_demo(day: date) -> DemoHistory:
    """Make the answers of the weeks before a day and analyse them; takes seconds. Raises StoreError."""
    with files_told(Path(tempfile.gettempdir())):
        folder = tempfile.TemporaryDirectory(prefix="answer-aloud-demo-")
    store = open_store(folder=Path(folder.name))
    for answer in demo.answers(datetime.combine(day, time(12)).astimezone()):
        _add(store, answer)
    return DemoHistory(store, folder)


def _add(store: Store, answer: DemoAnswer) -> None:
    question = asked_by_id(answer.sample.truth.question)
    recording = from_file(answer.sample.path)
    kept = store.add_recording(recording, question, answer.at)
    store.finish(kept.id, answer.transcript, analyze(recording, answer.transcript, question))
