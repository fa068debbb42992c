"""Short attempts for the tests of the store: a sound, what is heard in it, and its report, made once."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import cache

from analysis.analyze import analyze
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report
from speech.audio.recording import Recording
from speech.transcript import Transcript
from store.store import Store
from tests.support.answers import sound_of, spoken

ABOUT_YOU = AskedQuestion("about-you", "Tell me about “yourself”.", QuestionKind.ABOUT_YOU)
CONFLICT = AskedQuestion("conflict", "Tell me about a conflict.", QuestionKind.BEHAVIOURAL)
EAST = timezone(timedelta(hours=5, minutes=45))
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=EAST)


@cache
def heard() -> tuple[Recording, Transcript, Report]:
    """One short answer with a filler and a pause."""
    transcript = spoken("I led {um} it. (1.5) It worked.")
    sound = sound_of(transcript)
    return sound, transcript, analyze(sound, transcript, ABOUT_YOU)


def add(store: Store, question: AskedQuestion = ABOUT_YOU, at: datetime = NOON, *, keep: bool = True) -> str:
    """A recorded attempt; gives its id."""
    return store.add_recording(heard()[0], question, at, keep=keep).id


def add_done(store: Store, question: AskedQuestion = ABOUT_YOU, at: datetime = NOON, *, keep: bool = True) -> str:
    """A finished attempt; gives its id."""
    attempt_id = add(store, question, at, keep=keep)
    _, transcript, report = heard()
    store.finish(attempt_id, transcript, report)
    return attempt_id
