"""Analyse stored recordings: what the job queue does for each attempt."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from services.analyze import analyze_recording, describe_listening
from services.job_queue import ReportProgress, Running
from services.live.session import MAX_DIFFERENCE_SECONDS, LiveSession
from services.question_bank import find_own_bands, find_target_bands
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
    live: LiveSession | None = None,
) -> None:
    """Analyse an attempt and store its report, or the reason it failed; skips finished attempts.

    Args:
        store: where it is kept.
        attempt_id: the attempt.
        settings: which model recognises it, and the user's ranges and filler words.
        load_transcriber: loads that model.
        report_progress: told how far it is.
        live: the session in which the answer was recognised while it was spoken; None where there is none.

    Raises:
        StoreError: the attempt cannot be read or its report cannot be kept.
        WeightsError: the recogniser cannot be loaded.
    """
    attempt = store.load_attempt(attempt_id)
    if attempt.state is AttemptState.DONE:
        return
    try:
        _analyze(store, attempt, settings, load_transcriber, report_progress, live)
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
    live: LiveSession | None,
) -> None:
    report_progress(Running("Loading your recording", 0.0))
    model = settings.model or whisper.DEFAULT_MODEL
    answer = None
    if live is not None and (live.model, live.language) != (model, settings.language):
        live.cancel()  # what another model hears is not wanted any more
    elif live is not None:
        answer = live.finish(lambda share: report_progress(describe_listening(share)))
        if abs(answer.recording.duration - attempt.duration) > MAX_DIFFERENCE_SECONDS:
            answer = None
    recording = store.load_recording(attempt.id, None if answer is None else answer.recording.samples)
    made = analyze_recording(
        recording,
        partial(load_transcriber, model, settings.language),
        attempt.question,
        report_progress,
        known=answer.transcript if answer is not None else _find_earlier_transcript(store, attempt, model),
        bands={
            **find_target_bands(attempt.question.id),
            **settings.bands,
            **find_own_bands(store, attempt.question.id),
        },
        own_filler_words=settings.filler_words,
        known_pitch=None if answer is None else answer.pitch,
        stutters=settings.stutters,
    )
    report_progress(Running("Saving the report", 1.0))  # the last moment to be stopped at
    store.finish(attempt.id, made.transcript, made.report)


def _find_earlier_transcript(store: Store, attempt: StoredAttempt, model: str) -> Transcript | None:
    """Return the transcript of the same audio by the same model, if it was submitted for another question."""
    before = store.load_history(Filters(digest=attempt.digest, model=model, state=AttemptState.DONE))
    return store.load_result(before[-1].id).transcript if before else None
