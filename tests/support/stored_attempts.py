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
from tests.support.answers import make_answer, make_silent_answer, synthesise

ABOUT_YOU = AskedQuestion("about-you", "Tell me about “yourself”.", QuestionKind.ABOUT_YOU)
CONFLICT = AskedQuestion("conflict", "Tell me about a conflict.", QuestionKind.BEHAVIOURAL)
UMS = (
    "I {um} led the {um} project for {um} two years and {um} we built it {um} for the people who {um} use it daily. "
    "(0.5) Now I {um} want to lead {um} a team here."
)  # sets a goal
EAST = timezone(timedelta(hours=5, minutes=45))
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=EAST)


@cache
def make_heard_answer() -> tuple[Recording, Transcript, Report]:
    """Return one short answer with a filled pause and a pause: recording, transcript and report."""
    transcript = make_answer("I led {um} it. (1.5) It worked.")
    sound = synthesise(transcript)
    return sound, transcript, analyze(sound, transcript, ABOUT_YOU)


def add_recorded(store: Store, question: AskedQuestion = ABOUT_YOU, at: datetime = NOON, *, keep: bool = True) -> str:
    """Add a recorded attempt; return its id."""
    return store.add_recording(make_heard_answer()[0], question, at, keep=keep).id


def add_done(store: Store, question: AskedQuestion = ABOUT_YOU, at: datetime = NOON, *, keep: bool = True) -> str:
    """Add a finished attempt; return its id."""
    attempt_id = add_recorded(store, question, at, keep=keep)
    _, transcript, report = make_heard_answer()
    store.finish(attempt_id, transcript, report)
    return attempt_id


def add_said(store: Store, text: str, question: AskedQuestion = ABOUT_YOU, at: datetime = NOON) -> str:
    """Add a finished attempt in which a text was said; return its id."""
    transcript = make_answer(text)
    sound = synthesise(transcript)
    attempt_id = store.add_recording(sound, question, at).id
    store.finish(attempt_id, transcript, analyze(sound, transcript, question))
    return attempt_id


def add_silent(store: Store, question: AskedQuestion = ABOUT_YOU, at: datetime = NOON) -> str:
    """Add a finished attempt in which nothing was said; return its id."""
    transcript = make_silent_answer()
    sound = synthesise(transcript)
    attempt_id = store.add_recording(sound, question, at).id
    store.finish(attempt_id, transcript, analyze(sound, transcript, question))
    return attempt_id
