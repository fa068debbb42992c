"""From a sound on disk to a report on disk: decode, transcribe, analyse, each result kept as soon as it is there."""

from __future__ import annotations

import os
from collections.abc import Callable

import streamlit as st

from analysis.analyze import analyze
from analysis.question import AskedQuestion, QuestionKind
from app_pages.takes import Shelf, Take, shelf
from app_pages.worker import Worker, Working
from content import questions
from speech import whisper
from speech.recording import Recording
from speech.transcript import Transcriber, Transcript

MODEL_VARIABLE = "ANSWER_ALOUD_MODEL"
TRANSCRIBED = 0.95  # share of the whole work that is done when the words are there


def model() -> str:
    """The recogniser that answers are transcribed with: named in the environment, else the default."""
    return os.environ.get(MODEL_VARIABLE) or whisper.DEFAULT_MODEL


@st.cache_resource(show_spinner=False)
def transcriber(name: str) -> Transcriber:
    """A loaded recogniser; loading takes seconds, so one is kept for everybody."""
    return whisper.load(name)


@st.cache_resource(show_spinner=False)
def worker() -> Worker:
    """The one worker of this server."""
    return Worker(measure)


def asked(question: str) -> AskedQuestion:
    """A question of the content as far as the measures need it."""
    known = questions.question(question)
    return AskedQuestion(known.id, known.asked(), QuestionKind(known.kind))


def measure(take: Take, tell: Callable[[Working], None]) -> None:
    """Make and keep the report of a take; what has been done before is not done again."""
    here, name = shelf(), model()
    if here.report(take, name) is not None:
        return
    tell(Working("Reading the sound", 0.0))
    heard = here.recording(take)
    transcript = here.transcript(take, name) or _transcribe(here, take, heard, name, tell)
    tell(Working("Measuring", TRANSCRIBED))
    here.keep_report(take, name, analyze(heard, transcript, asked(take.question)))


def _transcribe(here: Shelf, take: Take, heard: Recording, name: str, tell: Callable[[Working], None]) -> Transcript:
    tell(Working("Getting ready to listen", 0.0))
    listen = transcriber(name)
    transcript = listen(heard, lambda share: tell(Working("Listening to every word", TRANSCRIBED * share)))
    here.keep_transcript(take, name, transcript)
    return transcript
