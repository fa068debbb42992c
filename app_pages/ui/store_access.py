"""Give the pages what one server shares: the store, the job queue and the speech recogniser.

Only this module holds them. The functions in services/ take a store as an argument.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from contextlib import nullcontext, suppress
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from app_pages.ui import demo_mode
from app_pages.ui.identity import require_identity
from app_pages.ui.served_sound import withdraw_sounds
from app_pages.ui.wording import escape_markdown
from services import workers
from services.analysis_job import analyze_attempt
from services.centre.membership import remove_all_old_recordings, welcome
from services.centre.sign_in import is_centre
from services.job_queue import AnalysisQueue, JobQueue, ReportProgress
from services.live.live_takes import LiveTakes, live_takes
from services.live.recognition import LiveRecognition
from services.live.results import LiveResults
from services.live.session import LiveSession
from services.live.take_files import TakeFiles
from services.old_takes import remove_old_take
from services.user_store import Location, OpenedStore, open_user_store
from speech import whisper
from speech.asr.memory import freeze_loaded
from speech.audio.encoding import encode_wav
from speech.audio.lazy_librosa import preload_librosa
from speech.errors import AnswerAloudError
from speech.verbatim import VerbatimTranscriber
from store.accounts import Account
from store.db.owner import LOCAL_ID
from store.errors import StoreError
from store.locations import find_database_url, get_data_folder, get_named_database
from store.settings import (
    PersonalSettings,
    Settings,
    find_settings_with,
    read_computer_settings,
    read_settings,
    read_settings_of,
)
from store.store import PEOPLE_FOLDER, Store

PRELOAD_AFTER = (
    1.0  # s after the first page was sent: until then the browser draws it, and loading would take its processor
)
SECONDS_BETWEEN_LOOKS = 3600.0  # at the age of the newest copy, in an app that is never stopped
RETENTION_SECONDS = 6 * 3600.0  # s between two looks for recordings that are older than they are kept
NOT_APART = (
    "Nobody can sign in: {gap}, so nothing but the app's own queries would keep people's answers apart. A centre needs "
    "Postgres, and a role that owns no table. See “Who is who in a centre” in the documentation."
)
LOG = logging.getLogger(__name__)
_ANALYSING, _NEVER = threading.Lock(), threading.Event()
_COPYING: list[threading.Thread] = []  # of the stores of this process, which were opened and not closed since:
_OPENED: list[Store] = []
_LOOKED_AT: WeakKeyDictionary[Store, float] = WeakKeyDictionary()  # when a copy was thought of, by the monotonic clock


def get_store() -> Store:
    """Return the shared Store (cached per location), or the demo store in demo mode; raises StoreError."""
    return demo_mode.get_demo_store() if demo_mode.is_on() else get_user_store()


def get_user_store() -> Store:
    """Return the user's own store, even in demo mode; raises StoreError."""
    return get_store_of(get_person_id())


def get_server_store() -> Store:
    """Return the store that belongs to this server and not to whoever looks at a page; raises StoreError."""
    if is_centre():
        return _open_centre(str(get_data_folder()), get_named_database())
    return get_store_of("")


def get_person_id() -> str:
    """Return the id of who looks at this page; empty for a single user. Raises StoreError if nobody is signed in."""
    identity = require_identity()
    return "" if identity is None else identity.owner.id


def get_store_of(person_id: str) -> Store:
    """Return the own store of a person; an empty id is the single user's, copied if that is due. Raises StoreError."""
    if person_id:
        return _open_person(person_id, str(get_data_folder()), get_named_database())
    store = _open_store(str(get_data_folder()), get_named_database()).store
    now = time.monotonic()
    if now - _LOOKED_AT.get(store, -math.inf) > SECONDS_BETWEEN_LOOKS:
        _LOOKED_AT[store] = now
        copying = threading.Thread(target=_copy_if_due, args=(store,), name="weekly copy", daemon=True)
        copying.start()
        _COPYING.append(copying)
    return store


def get_person_folder() -> Path:
    """Return the folder of the user's own files: the data folder, or within it that of who looks at this page."""
    return _find_folder(get_person_id())


def _find_folder(person_id: str) -> Path:
    return get_data_folder() / PEOPLE_FOLDER / person_id if person_id else get_data_folder()


def get_live_takes() -> LiveTakes:
    """Return the keeper of the user's recordings that go on, which are recognised meanwhile; raises StoreError."""
    return _get_live_takes_of(get_person_id())


def find_live_takes(person_id: str) -> LiveTakes | None:
    """Return the keeper of a person's recordings that go on; None for somebody who never recorded here."""
    if bool(person_id) is not is_centre():
        return None
    if person_id and not TakeFiles(_find_folder(person_id)).folder.is_dir():
        return None  # asking makes no folder
    return _get_live_takes_of(person_id)


def _get_live_takes_of(person_id: str) -> LiveTakes:
    takes = live_takes(_find_folder(person_id))
    if takes.recognition is None and not workers.is_shared():  # else workers listen, when it is whole
        takes.recognition = LiveRecognition(partial(_start_live_session, person_id), _get_live_results(person_id))
    return takes


def make_ticket(take_id: str) -> str:
    """Return what shows that who looks at this page may record a take; raises StoreError."""
    person_id = get_person_id()
    ticket = get_live_takes().files.ticket(take_id)
    return f"{person_id}.{ticket}" if person_id else ticket


def show_migration_warning() -> None:
    """Warn about data of an earlier version that could not be migrated; raises StoreError."""
    if demo_mode.is_on() or is_centre():
        return
    left_behind = _open_store(str(get_data_folder()), get_named_database()).migration_failure
    if left_behind is not None:
        st.warning(escape_markdown(left_behind))


def get_job_queue() -> AnalysisQueue:
    """Return the queue of attempts in the user's own store: that of this server, or the one it shares with workers."""
    person_id = get_person_id()
    if not workers.is_shared():
        return _get_own_queue(person_id)
    return _get_shared_queue(person_id or _get_session(), person_id or LOCAL_ID)


@st.cache_resource(show_spinner=False)
def _get_own_queue(person_id: str) -> JobQueue:
    return JobQueue(partial(_analyze, person_id))


@st.cache_resource(show_spinner=False, max_entries=1000)
def _get_shared_queue(person: str, owner_id: str) -> AnalysisQueue:
    workers.require_server()
    from services.workers.postgres_queue import PostgresQueue

    return PostgresQueue(find_database_url().render_as_string(hide_password=False), person, owner_id=owner_id)


def _get_session() -> str:
    """Return who looks at this page, as far as it is known where nobody signs in: the browser's session."""
    context = get_script_run_ctx()
    return "" if context is None else context.session_id


@st.cache_resource(show_spinner=False)
def _get_live_results(person_id: str) -> LiveResults:
    """Return the sessions of a person whose answer waits for its report; an empty id is the single user's."""
    return LiveResults()


def stop_analysis(attempt_id: str | None = None) -> None:
    """Stop analysing an attempt, and forget what was heard of it live; None: every attempt."""
    if attempt_id is None:
        get_job_queue().cancel_all()
    else:
        get_job_queue().cancel(attempt_id)
    _get_live_results(get_person_id()).forget(attempt_id)


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
                remove_old_take(store, get_person_folder(), attempt_id)
    if attempt_id is not None:
        withdraw_answer(store, attempt_id)
    elif not is_centre():
        withdraw_sounds(None)
    else:  # others go on listening to theirs
        for each in store.load_history():
            withdraw_answer(store, each.id)
    st.cache_data.clear()  # which holds it too


def withdraw_answer(store: Store, attempt_id: str) -> None:
    """Give the sound of an attempt to no browser any more, until a page is drawn that may have it."""
    withdraw_sounds(_load_served_sounds(store, attempt_id))


def _load_served_sounds(store: Store, attempt_id: str) -> tuple[bytes, ...]:
    """Return the files that pages play of an attempt; none where its recording is gone or damaged."""
    try:
        return store.read_flac(attempt_id), encode_wav(store.load_recording(attempt_id))
    except AnswerAloudError:
        return ()


def _start_live_session(person_id: str, rate: float) -> LiveSession:
    return LiveSession.start(rate, _read_settings_of(person_id), get_transcriber)


def _read_settings_of(person_id: str) -> Settings:
    """Return the settings of a person, in threads that belong to no page."""
    return read_settings_of(get_store_of(person_id).accounts) if person_id else read_settings()


def _find_personal_settings() -> PersonalSettings | None:
    """Return where the settings of who looks at this page are; None for the file of the single user."""
    return get_user_store().accounts if is_centre() else None


find_settings_with(_find_personal_settings)


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
        settings = read_computer_settings()
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


def _analyze(person_id: str, attempt_id: str, report_progress: ReportProgress) -> None:
    live = _get_live_results(person_id).take(attempt_id)
    kept, settings = get_store_of(person_id), _read_settings_of(person_id)
    with _ANALYSING if person_id else nullcontext():  # each person has a queue, and the processor is everybody's
        analyze_attempt(kept, attempt_id, settings, get_transcriber, report_progress, live)


@st.cache_resource(show_spinner=False, max_entries=1000)
def _open_person(person_id: str, folder: str, database: str | None) -> Store:
    return _open_centre(folder, database).for_person(person_id)


def welcome_person() -> Account | None:
    """Return the account of who looks at this page, made if they are new; None where nobody signs in.

    Raises:
        StoreError: They can't be told, or nothing would keep them apart from others.
    """
    identity = require_identity()
    if identity is None:
        return None
    kept = _open_centre(str(get_data_folder()), get_named_database()).for_owner(identity.owner)
    return welcome(kept, identity, datetime.now().astimezone())


def forget_person() -> None:
    """Have the store of who looks at this page opened anew, such as after they closed their account."""
    _open_person.clear()


@st.cache_resource(show_spinner="Opening…")
def _open_centre(folder: str, database: str | None) -> Store:
    """Return the store that those of all people are made from; raises StoreError unless row-level security holds."""
    opened = Location(database, Path(folder)).open()
    gap = opened.find_gap()
    if gap is not None:
        opened.close()
        raise StoreError(NOT_APART.format(gap=gap))
    threading.Thread(target=_remove_old_recordings, args=(opened,), name="retention", daemon=True).start()
    return opened


def _remove_old_recordings(store: Store) -> None:
    """Remove what is older than it is kept, now and every few hours, for as long as this process lives."""
    while True:
        try:
            remove_all_old_recordings(store, lambda owner: _find_folder(owner.id), datetime.now().astimezone())
        except AnswerAloudError:
            LOG.warning("old recordings could not be removed; this is tried again", exc_info=True)
        _NEVER.wait(RETENTION_SECONDS)


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
