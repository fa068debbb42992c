"""Transcribe and analyse a recording, in the same steps for the pages and the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.analyze import analyze
from analysis.finding import Band
from analysis.question import AskedQuestion
from analysis.report import Report
from services.job_queue import ReportProgress, Running
from speech.audio.lazy_librosa import preload_librosa
from speech.audio.recording import Recording
from speech.transcript import Transcriber, Transcript

TRANSCRIPTION_SHARE = 0.95  # share of the whole work that is done when the words are there


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
    report_progress(Running("Getting ready to listen", 0.0))
    transcriber = load_transcriber()
    return transcriber(
        recording, lambda share: report_progress(Running("Listening to every word", TRANSCRIPTION_SHARE * share))
    )


def analyze_recording(
    recording: Recording,
    load_transcriber: Callable[[], Transcriber],
    question: AskedQuestion | None,
    report_progress: ReportProgress,
    *,
    known: Transcript | None = None,
    bands: Mapping[str, Band] | None = None,
    own_filler_words: Sequence[str] = (),
) -> Analysis:
    """Transcribe a recording and analyse it.

    Args:
        recording: the answer.
        load_transcriber: called only if `known` is None; loading takes seconds.
        question: what was answered; None if unknown.
        report_progress: called with each step and the share of all work done, 0..1.
        known: the transcript, if the same model has transcribed the same audio before; else None.
        bands: the user's target ranges by measure; None for the defaults.
        own_filler_words: further words and phrases to count as fillers.

    Raises:
        LanguageError: the answer is not English.
        RecordingError: the audio cannot be used.
        WeightsError: the model cannot be loaded.
    """
    preload_librosa()  # its seconds pass while the recogniser is loaded and listens
    transcript = known or transcribe(recording, load_transcriber, report_progress)
    report_progress(Running("Measuring", TRANSCRIPTION_SHARE))
    return Analysis(transcript, analyze(recording, transcript, question, bands, own_filler_words))
