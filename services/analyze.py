"""Transcribe and analyse a recording, or check a draft, in the same steps for the pages and the command line."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.analyze import analyze
from analysis.finding import Band
from analysis.measures.pitch import Tracks
from analysis.question import AskedQuestion
from analysis.report import Report
from analysis.written_answer import WrittenAnswer, read_text
from services.job_queue import ReportProgress, Running
from speech.audio.lazy_librosa import preload_librosa
from speech.audio.recording import Recording
from speech.errors import AnswerAloudError
from speech.transcript import Transcriber, Transcript

TRANSCRIPTION_SHARE = 0.95  # share of the whole work that is done when the words are there
MAX_DRAFT_WORDS = 5000  # more than half an hour of speech


@dataclass(frozen=True)
class Analysis:
    """The transcript of a recording, and the report on it."""

    transcript: Transcript
    report: Report


def transcribe(
    recording: Recording, load_transcriber: Callable[[], Transcriber], report_progress: ReportProgress
) -> Transcript:
    """Load the model and transcribe a recording.

    Args:
        recording: the answer.
        load_transcriber: loads the model; takes seconds.
        report_progress: called with each step and the share of all work done, 0..1.

    Raises:
        LanguageError: the answer is not English.
        RecordingError: the audio cannot be used.
        WeightsError: the model cannot be loaded.
    """
    report_progress(Running("Getting ready", 0.0))
    transcriber = load_transcriber()
    report_progress(describe_listening(0.0))  # the first share comes only with the first chunk
    return transcriber(recording, lambda share: report_progress(describe_listening(share)))


def measure_pace(
    recording: Recording, transcriber: Transcriber, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Return how many seconds a transcriber works for each second of a recording; raises AnswerAloudError."""
    began = clock()
    transcriber(recording)
    return (clock() - began) / recording.duration


def describe_listening(share: float) -> Running:
    """Return what is told while words are recognised, of which a share is there, 0..1."""
    return Running("Transcribing", TRANSCRIPTION_SHARE * share)


def analyze_recording(
    recording: Recording,
    load_transcriber: Callable[[], Transcriber],
    question: AskedQuestion | None,
    report_progress: ReportProgress,
    *,
    known: Transcript | None = None,
    bands: Mapping[str, Band] | None = None,
    own_filler_words: Sequence[str] = (),
    known_pitch: Tracks | None = None,
    stutters: bool = False,
) -> Analysis:
    """Transcribe a recording and analyse what was said.

    Args:
        recording: the answer.
        load_transcriber: called only where the words are not known yet; loading takes seconds.
        question: what was answered; None where that is not known.
        report_progress: told what is being done, and the share of all work that is done, 0..1.
        known: the transcript, where the same model has heard the same sound before.
        bands: the user's own target ranges by measure, instead of the defaults.
        own_filler_words: further words and phrases to count as fillers.
        known_pitch: the F0 of voiced stretches where it was measured while they were spoken.
        stutters: leave ums, restarts and pauses uncounted, for somebody who stutters.

    Raises:
        LanguageError: the answer is not English.
        RecordingError: the sound cannot be used.
        WeightsError: the recogniser cannot be loaded.
    """
    preload_librosa()  # its seconds pass while the recogniser is loaded and listens
    transcript = known or transcribe(recording, load_transcriber, report_progress)
    report_progress(Running("Analysing", TRANSCRIPTION_SHARE))
    report = analyze(recording, transcript, question, bands, own_filler_words, known_pitch, stutters=stutters)
    return Analysis(transcript, report)


class DraftError(AnswerAloudError):
    """A draft that cannot be read, with a sentence that says what to do."""


def check_draft(
    text: str, question: AskedQuestion | None = None, own_filler_words: Sequence[str] = ()
) -> WrittenAnswer:
    """Return what the draft of an answer holds.

    Args:
        text: the draft as it was typed or pasted.
        question: what it answers; None where that is not known.
        own_filler_words: further words and phrases to count as fillers.

    Raises:
        DraftError: there are no words, or far too many for one answer.
    """
    count = len(text.split())
    if count > MAX_DRAFT_WORDS:
        raise DraftError(
            f"This text has {count} words, too many for one answer. Shorten it to {MAX_DRAFT_WORDS} words or fewer."
        )
    answer = read_text(text, question, own_filler_words)
    if not answer.words:
        raise DraftError("There are no words here yet. Write your answer first.")
    return answer
