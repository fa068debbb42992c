"""Make the demo history: weeks of sample answers in a separate store.

The answers are analysed by the same code as any other; only their transcripts are made in advance
(samples.demo).
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from analysis.analyze import analyze
from samples import demo
from samples.demo import DemoAnswer
from services.asked_questions import find_asked_question
from speech.audio.recording import from_file
from store.errors import translate_write_errors
from store.store import Store, open_store


@dataclass(frozen=True)
class DemoHistory:
    """A store and its temporary folder, which is deleted with it."""

    store: Store
    folder: tempfile.TemporaryDirectory[str]


def make_demo(day: date) -> DemoHistory:
    """Make and analyse the answers of the weeks before a day; takes seconds. Raises StoreError."""
    with translate_write_errors(Path(tempfile.gettempdir())):
        folder = tempfile.TemporaryDirectory(prefix="answer-aloud-demo-")
    store = open_store(folder=Path(folder.name))
    for answer in demo.make_demo_answers(datetime.combine(day, time(12)).astimezone()):
        _add_answer(store, answer)
    return DemoHistory(store, folder)


def _add_answer(store: Store, answer: DemoAnswer) -> None:
    question = find_asked_question(answer.sample.truth.question)
    recording = from_file(answer.sample.path)
    kept = store.add_recording(recording, question, answer.at)
    store.finish(kept.id, answer.transcript, analyze(recording, answer.transcript, question))
