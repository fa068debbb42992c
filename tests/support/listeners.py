"""The page of an answer as it is sent to a listener, and the files of comments that such a page saves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.analyze import analyze
from analysis.report import Report
from app_pages.report.html_report import render_html_report
from services.asked_questions import find_asked_question
from store.attempt import StoredAttempt
from store.store import Store
from tests.support.answers import make_answer, synthesise
from tests.support.stored_attempts import NOON

SAID = make_answer(
    "I led {um} the move of a large service to new machines. (1.2) Last spring I {uh} talked to twelve people, you "
    "know, and we changed the plan. (0.8) In the end the queue was shorter by 40 percent."
)


@dataclass(frozen=True)
class ExportedAnswer:
    """An answer in a store, and its page as a file."""

    attempt: StoredAttempt
    report: Report
    flac: bytes
    page: Path


def export_answer(store: Store, page: Path) -> ExportedAnswer:
    """Store an answer, and write the page that is sent to a listener."""
    question = find_asked_question("tell_me_about_yourself")
    sound = synthesise(SAID)
    attempt = store.add_recording(sound, question, NOON)
    store.finish(attempt.id, SAID, analyze(sound, SAID, question))
    flac, report = store.read_flac(attempt.id), store.load_report(attempt.id)
    page.write_text(render_html_report(report, flac, recorded_at=NOON, take=1), encoding="utf-8")
    return ExportedAnswer(attempt, report, flac, page)


def make_comments_file(recording: str, /, **changes: Any) -> bytes:
    """Return the file of a listener; `changes` are fields with other values, or such as it does not have."""
    written: dict[str, Any] = {
        "format": "answer-aloud-comments",
        "version": 1,
        "recording": recording,
        "listener": "b" * 32,
        "saved_at": "2026-03-01T10:00:00.000+00:00",
        "name": "Sam",
        "overall": "Clear.",
        "moments": [{"at": 1.5, "comment": "Good pause."}, {"at": 0.5, "comment": "Slower here."}],
    }
    return json.dumps(written | changes).encode()
