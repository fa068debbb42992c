"""From a recording in the store to a report in the store: what the job queue does for each attempt."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from services.analyze import analyze_recording, listening
from services.job_queue import ReportProgress, Running
from services.live.session import LiveSession
from services.question_bank import own_bands
from speech import whisper
from speech.asr.memory import give_back
from speech.errors import LanguageError, RecordingError
from speech.transcript import Transcriber, Transcript
from store.attempt import Filters, KeptAttempt, State
from store.settings import Settings
from store.store import Store

MAX_DIFFERENCE_SECONDS = 0.02  # between what was heard live and what is kept; more, and some of it was not heard

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
    attempt = store.attempt(attempt_id)
    if attempt.state is State.DONE:
        return
    try:
        _analyze(store, attempt, settings, load_transcriber, report_progress, live)
    except (RecordingError, LanguageError) as error:  # the sound itself is the trouble
        store.fail(attempt_id, str(error))
    finally:
        give_back()


def _analyze(
    store: Store,
    attempt: KeptAttempt,
    settings: Settings,
    load_transcriber: LoadTranscriber,
    report_progress: ReportProgress,
    live: LiveSession | None,
) -> None:
    report_progress(Running("Reading the sound", 0.0))
    model = settings.model or whisper.DEFAULT_MODEL
    recording, answer = store.recording(attempt.id), None
    if live is not None and (live.model, live.language) == (model, settings.language):
        answer = live.finish(lambda share: report_progress(listening(share)))
        if abs(answer.recording.duration - recording.duration) > MAX_DIFFERENCE_SECONDS:
            answer = None
    made = analyze_recording(
        recording,
        partial(load_transcriber, model, settings.language),
        attempt.question,
        report_progress,
        known=answer.transcript if answer is not None else _heard_before(store, attempt, model),
        bands={**settings.bands, **own_bands(store, attempt.question.id)},
        own_filler_words=settings.filler_words,
        known_pitch=None if answer is None else answer.pitch,
    )
    store.finish(attempt.id, made.transcript, made.report)


def _heard_before(store: Store, attempt: KeptAttempt, model: str) -> Transcript | None:
    """Return what the same model heard in the same sound, where that was brought as the answer to another question."""
    before = store.history(Filters(digest=attempt.digest, model=model, state=State.DONE))
    return store.result(before[-1].id).transcript if before else None
