"""From a recording in the store to a report in the store: transcribe and analyse, outside the page script."""

from __future__ import annotations

import streamlit as st

from analysis.analyze import analyze
from app_pages.use_cases.question_bank import own_bands
from app_pages.use_cases.store_access import store
from services.job_queue import Tell, Worker, Working
from speech import whisper
from speech.asr.memory import give_back
from speech.audio.recording import Recording
from speech.errors import LanguageError, RecordingError
from speech.transcript import Transcriber, Transcript
from store.attempt import Filters, KeptAttempt, State
from store.settings import Settings, read_settings

TRANSCRIBED = 0.95  # share of the whole work that is done when the words are there


@st.cache_resource(show_spinner=False, max_entries=1)
def transcriber(name: str, language: str | None) -> Transcriber:
    """A loaded recogniser; loading takes seconds, so one is kept for everybody."""
    return whisper.load(name, language=language)


@st.cache_resource(show_spinner=False)
def worker() -> Worker:
    """The one worker of this server."""
    return Worker(measure)


def measure(attempt_id: str, tell: Tell) -> None:
    """Make and keep the report of an attempt, or why there can be none; what has a report is left as it is."""
    here = store()
    attempt = here.attempt(attempt_id)
    if attempt.state is State.DONE:
        return
    try:
        _measure(attempt, read_settings(), tell)
    except (RecordingError, LanguageError) as error:  # the sound itself is the trouble
        here.fail(attempt_id, str(error))
    finally:
        give_back()


def _measure(attempt: KeptAttempt, settings: Settings, tell: Tell) -> None:
    tell(Working("Reading the sound", 0.0))
    heard = store().recording(attempt.id)
    transcript = _heard_before(attempt, settings) or _transcribe(heard, settings, tell)
    tell(Working("Measuring", TRANSCRIBED))
    bands = {**settings.bands, **own_bands(attempt.question.id)}
    report = analyze(heard, transcript, attempt.question, bands, settings.filler_words)
    store().finish(attempt.id, transcript, report)


def _heard_before(attempt: KeptAttempt, settings: Settings) -> Transcript | None:
    """What the same model heard in the very same sound, when that was brought as the answer to another question."""
    same = Filters(digest=attempt.digest, model=_model(settings), state=State.DONE)
    before = store().history(same)
    return store().result(before[-1].id).transcript if before else None


def _transcribe(heard: Recording, settings: Settings, tell: Tell) -> Transcript:
    tell(Working("Getting ready to listen", 0.0))
    listen = transcriber(_model(settings), settings.language)
    return listen(heard, lambda share: tell(Working("Listening to every word", TRANSCRIBED * share)))


def _model(settings: Settings) -> str:
    return settings.model or whisper.DEFAULT_MODEL
