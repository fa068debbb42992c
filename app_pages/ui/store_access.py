"""Give the pages what one server shares: the store, the job queue and the speech recogniser.

Only this module holds them. The functions in services/ take a store as an argument.
"""

from __future__ import annotations

import logging
import threading
from contextlib import nullcontext
from datetime import datetime
from functools import cache, partial
from pathlib import Path

import streamlit as st

from app_pages.ui import demo_mode
from app_pages.ui.identity import require_identity
from app_pages.ui.wording import escape_markdown
from services.analysis_job import analyze_attempt
from services.centre.membership import remove_all_old_recordings, welcome
from services.centre.sign_in import is_centre
from services.job_queue import JobQueue, ReportProgress
from services.live.live_takes import LiveTakes, live_takes
from services.live.recognition import LiveRecognition
from services.live.results import LiveResults
from services.live.session import LiveSession
from services.live.take_files import TakeFiles
from services.user_store import Location, OpenedStore, open_user_store
from speech import whisper
from speech.asr.memory import freeze_loaded
from speech.audio.lazy_librosa import preload_librosa
from speech.errors import AnswerAloudError
from speech.verbatim import VerbatimTranscriber
from store.accounts import Account
from store.errors import StoreError
from store.locations import get_data_folder, get_named_database
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
RETENTION_SECONDS = 6 * 3600.0  # s between two looks for recordings that are older than they are kept
NOT_APART = (
    "Nobody can sign in: {gap}, so nothing but the app's own queries would keep people's answers apart. A centre needs "
    "Postgres, and a role that owns no table. See “Who is who in a centre” in the documentation."
)
LOG = logging.getLogger(__name__)
_ANALYSING, _NEVER = threading.Lock(), threading.Event()
_COPYING: list[threading.Thread] = []  # of the stores of this process, which were opened and not closed since:
_OPENED: list[Store] = []


def get_store() -> Store:
    """Return the shared Store (cached per location), or the demo store in demo mode; raises StoreError."""
    return demo_mode.get_demo_store() if demo_mode.is_on() else get_user_store()


def get_user_store() -> Store:
    """Return the user's own store, even in demo mode; raises StoreError."""
    return get_store_of(get_person_id())


def get_person_id() -> str:
    """Return the id of who looks at this page; empty for a single user. Raises StoreError if nobody is signed in."""
    identity = require_identity()
    return "" if identity is None else identity.owner.id


def get_store_of(person_id: str) -> Store:
    """Return the own store of a person; an empty id is the single user's. Raises StoreError."""
    if person_id:
        return _open_person(person_id, str(get_data_folder()), get_named_database())
    return _open_store(str(get_data_folder()), get_named_database()).store


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
    if takes.recognition is None:
        takes.recognition = LiveRecognition(partial(_start_live_session, person_id), get_live_results())
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


def get_job_queue() -> JobQueue:
    """Return the job queue of this server; it always analyses attempts in the user's own store."""
    return _get_job_queue_of(get_person_id())


@st.cache_resource(show_spinner=False)
def _get_job_queue_of(person_id: str) -> JobQueue:
    return JobQueue(partial(_analyze, person_id))


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
    live = get_live_results().take(attempt_id)
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
    copying = threading.Thread(target=_copy_if_due, args=(opened.store,), name="weekly copy", daemon=True)
    copying.start()
    _COPYING.append(copying)
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
