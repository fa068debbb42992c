"""Analyse stored recordings: what the job queue does for each attempt."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from services.analyze import analyze_recording
from services.job_queue import ReportProgress, Running
from services.question_bank import find_own_bands
from speech import whisper
from speech.asr.memory import release_free_memory
from speech.errors import LanguageError, RecordingError
from speech.transcript import Transcriber, Transcript
from store.attempt import AttemptState, Filters, StoredAttempt
from store.settings import Settings
from store.store import Store

LoadTranscriber = Callable[[str, str | None], Transcriber]  # of a model's name or folder, and the language if known


def analyze_attempt(
    store: Store,
    attempt_id: str,
    settings: Settings,
    load_transcriber: LoadTranscriber,
    report_progress: ReportProgress,
) -> None:
    """Analyse an attempt and store its report, or the reason it failed; skips finished attempts.

    Args:
        store: where the attempt is stored.
        attempt_id: the attempt.
        settings: model, language, target ranges and own filler words.
        load_transcriber: loads a model by name or folder, for a language or None if unknown.
        report_progress: called with each step and the share of all work done, 0..1.

    Raises:
        StoreError: the attempt cannot be read or its report cannot be stored.
        WeightsError: the model cannot be loaded.
    """
    attempt = store.load_attempt(attempt_id)
    if attempt.state is AttemptState.DONE:
        return
    try:
        _analyze(store, attempt, settings, load_transcriber, report_progress)
    except (RecordingError, LanguageError) as error:  # the sound itself is the trouble
        store.mark_failed(attempt_id, str(error))
    finally:
        release_free_memory()


def _analyze(
    store: Store,
    attempt: StoredAttempt,
    settings: Settings,
    load_transcriber: LoadTranscriber,
    report_progress: ReportProgress,
) -> None:
    report_progress(Running("Reading the sound", 0.0))
    model = settings.model or whisper.DEFAULT_MODEL
    made = analyze_recording(
        store.load_recording(attempt.id),
        partial(load_transcriber, model, settings.language),
        attempt.question,
        report_progress,
        known=_find_earlier_transcript(store, attempt, model),
        bands={**settings.bands, **find_own_bands(store, attempt.question.id)},
        own_filler_words=settings.filler_words,
    )
    store.finish(attempt.id, made.transcript, made.report)


def _find_earlier_transcript(store: Store, attempt: StoredAttempt, model: str) -> Transcript | None:
    """Return the transcript of the same audio by the same model, if it was submitted for another question."""
    before = store.load_history(Filters(digest=attempt.digest, model=model, state=AttemptState.DONE))
    return store.load_result(before[-1].id).transcript if before else None
