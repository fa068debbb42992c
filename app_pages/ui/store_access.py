"""Give the pages what one server shares: the store, the job queue and the speech recogniser.

Only this module holds them. The functions in services/ take a store as an argument.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from app_pages.ui import demo_mode
from app_pages.ui.served_sound import withdraw_sounds
from app_pages.ui.wording import escape_markdown
from services import workers
from services.analysis_job import analyze_attempt
from services.job_queue import AnalysisQueue, JobQueue, ReportProgress
from services.live.live_takes import LiveTakes, live_takes
from services.live.recognition import LiveRecognition
from services.live.results import LiveResults
from services.live.session import LiveSession
from services.old_takes import remove_old_take
from services.user_store import Location, OpenedStore, open_user_store
from speech import whisper
from speech.asr.memory import freeze_loaded
from speech.audio.encoding import encode_wav
from speech.audio.lazy_librosa import preload_librosa
from speech.errors import AnswerAloudError
from speech.verbatim import VerbatimTranscriber
from store.errors import StoreError
from store.locations import find_database_url, get_data_folder, get_named_database
from store.settings import read_settings
from store.store import Store

PRELOAD_AFTER = (
    1.0  # s after the first page was sent: until then the browser draws it, and loading would take its processor
)
SECONDS_BETWEEN_LOOKS = 3600.0  # at the age of the newest copy, in an app that is never stopped
LOG = logging.getLogger(__name__)
_COPYING: list[threading.Thread] = []  # of the stores of this process, which were opened and not closed since:
_OPENED: list[Store] = []
_LOOKED_AT: WeakKeyDictionary[Store, float] = WeakKeyDictionary()  # when a copy was thought of, by the monotonic clock


def get_store() -> Store:
    """Return the shared Store (cached per location), or the demo store in demo mode; raises StoreError."""
    return demo_mode.get_demo_store() if demo_mode.is_on() else get_user_store()


def get_user_store() -> Store:
    """Return the user's own store, even in demo mode, and have it copied if that is due; raises StoreError."""
    store = _open_store(str(get_data_folder()), get_named_database()).store
    now = time.monotonic()
    if now - _LOOKED_AT.get(store, -math.inf) > SECONDS_BETWEEN_LOOKS:
        _LOOKED_AT[store] = now
        copying = threading.Thread(target=_copy_if_due, args=(store,), name="weekly copy", daemon=True)
        copying.start()
        _COPYING.append(copying)
    return store


def get_live_takes() -> LiveTakes:
    """Return the keeper of the user's recordings that go on, which are recognised meanwhile; raises StoreError."""
    takes = live_takes(get_data_folder())
    if takes.recognition is None and not workers.is_shared():  # else workers listen, when it is whole
        takes.recognition = LiveRecognition(_start_live_session, get_live_results())
    return takes


def show_migration_warning() -> None:
    """Warn about data of an earlier version that could not be migrated; raises StoreError."""
    if demo_mode.is_on():
        return
    left_behind = _open_store(str(get_data_folder()), get_named_database()).migration_failure
    if left_behind is not None:
        st.warning(escape_markdown(left_behind))


def get_job_queue() -> AnalysisQueue:
    """Return the queue of attempts in the user's own store: that of this server, or the one it shares with workers."""
    return _get_shared_queue(_get_person()) if workers.is_shared() else _get_own_queue()


@st.cache_resource(show_spinner=False)
def _get_own_queue() -> JobQueue:
    return JobQueue(_analyze)


@st.cache_resource(show_spinner=False, max_entries=1000)
def _get_shared_queue(person: str) -> AnalysisQueue:
    workers.require_server()
    from services.workers.postgres_queue import PostgresQueue

    return PostgresQueue(find_database_url().render_as_string(hide_password=False), person)


def _get_person() -> str:
    """Return who looks at this page, as far as it is known: the browser's session."""
    context = get_script_run_ctx()
    return "" if context is None else context.session_id


@st.cache_resource(show_spinner=False)
def get_live_results() -> LiveResults:
    """Return the sessions of this server whose answer waits for its report."""
    return LiveResults()


def stop_analysis(attempt_id: str | None = None) -> None:
    """Stop analysing an attempt, and forget what was heard of it live; None: every attempt."""
    if attempt_id is None:
        get_job_queue().cancel_all()
    else:
        get_job_queue().cancel(attempt_id)
    get_live_results().forget(attempt_id)


def prepare_deletion(store: Store, attempt_id: str | None = None) -> None:
    """Stop analysing an attempt that is going to be deleted, and give its sound to no browser any more; None: all.

    Args:
        store: The store it is in.
        attempt_id: The attempt.
    """
    if not demo_mode.is_on():
        stop_analysis(attempt_id)
        if attempt_id is not None:
            with suppress(StoreError):  # a row that can't be read; what keeps the deletion from going on says so then
                remove_old_take(store, get_data_folder(), attempt_id)
    withdraw_sounds(None if attempt_id is None else _load_served_sounds(store, attempt_id))
    st.cache_data.clear()  # which holds it too


def _load_served_sounds(store: Store, attempt_id: str) -> tuple[bytes, ...]:
    """Return the files that pages play of an attempt; none where its recording is gone or damaged."""
    try:
        return store.read_flac(attempt_id), encode_wav(store.load_recording(attempt_id))
    except AnswerAloudError:
        return ()


def _start_live_session(rate: float) -> LiveSession:
    return LiveSession.start(rate, read_settings(), get_transcriber)


@cache
def prepare_analysis() -> None:
    """Start to load in the background what the first analysis needs, a moment later; no effect when repeated."""
    if workers.is_shared():
        return
    timer = threading.Timer(PRELOAD_AFTER, _preload)
    timer.daemon = True
    timer.start()


def _preload() -> None:
    preload_librosa()
    preload_recogniser()


@cache
def preload_recogniser() -> threading.Thread:
    """Begin to load the recogniser of the settings in a thread of its own, once a process."""
    thread = threading.Thread(target=_load_recogniser, name="recogniser", daemon=True)
    thread.start()
    return thread


def _load_recogniser() -> None:
    try:
        settings = read_settings()
        whisper.warm_up(get_transcriber(settings.model or whisper.DEFAULT_MODEL, settings.language))
    except AnswerAloudError:  # whoever needs it meets the same error and says so
        LOG.info("the recogniser could not be loaded in advance", exc_info=True)
    preload_librosa().join()
    freeze_loaded()


@st.cache_resource(show_spinner=False, max_entries=1)
def get_transcriber(name: str, language: str | None) -> VerbatimTranscriber:
    """Return a Transcriber, cached because loading takes seconds; the cache holds one.

    Args:
        name: name of the model.
        language: language of the answers, such as "en"; None to detect it.
    """
    return whisper.load(name, language=language)


def _analyze(attempt_id: str, report_progress: ReportProgress) -> None:
    live = get_live_results().take(attempt_id)
    analyze_attempt(get_user_store(), attempt_id, read_settings(), get_transcriber, report_progress, live)


@st.cache_resource(show_spinner="Opening your answers…")
def _open_store(folder: str, database: str | None) -> OpenedStore:
    opened = open_user_store(Location(database, Path(folder)))
    _OPENED.append(opened.store)
    return opened


def wait_for_copies() -> None:
    """Wait until the copies that were begun are made: they hold the database, which is to be replaced."""
    while _COPYING:
        _COPYING.pop().join()


def _copy_if_due(store: Store) -> None:
    try:
        store.copy_if_due()
    except AnswerAloudError:  # the next start tries again; the page of the data says how old the newest is
        LOG.warning("no copy of the database could be made", exc_info=True)


def reopen_store() -> None:
    """Have the store opened anew when it is needed next, such as after a copy took its place."""
    wait_for_copies()
    while _OPENED:
        _OPENED.pop().close()  # a connection that nobody uses would hold the file
    _open_store.clear()
