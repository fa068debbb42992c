"""Give the pages what one server shares: the store, the job queue and the speech recogniser.

Only this module holds them. The functions in services/ take a store as an argument.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app_pages.ui import demo_mode
from app_pages.ui.wording import escape_markdown
from services.analysis_job import analyze_attempt
from services.job_queue import JobQueue, ReportProgress
from services.user_store import Location, OpenedStore, open_user_store
from speech import whisper
from speech.audio.lazy_librosa import preload_librosa
from speech.transcript import Transcriber
from store.locations import get_data_folder, get_named_database
from store.settings import read_settings
from store.store import Store


def get_store() -> Store:
    """Return the shared Store (cached per location), or the demo store in demo mode; raises StoreError."""
    return demo_mode.get_demo_store() if demo_mode.is_on() else get_user_store()


def get_user_store() -> Store:
    """Return the user's own store, even in demo mode; raises StoreError."""
    return _open_store(str(get_data_folder()), get_named_database()).store


def show_migration_warning() -> None:
    """Warn about data of an earlier version that could not be migrated; raises StoreError."""
    if demo_mode.is_on():
        return
    left_behind = _open_store(str(get_data_folder()), get_named_database()).migration_failure
    if left_behind is not None:
        st.warning(escape_markdown(left_behind))


@st.cache_resource(show_spinner=False)
def get_job_queue() -> JobQueue:
    """Return the job queue of this server; it always analyses attempts in the user's own store."""
    return JobQueue(_analyze)


def prepare_analysis() -> None:
    """Start to load in the background what the first analysis needs; no effect when repeated."""
    preload_librosa()


@st.cache_resource(show_spinner=False, max_entries=1)
def get_transcriber(name: str, language: str | None) -> Transcriber:
    """Return a Transcriber, cached because loading takes seconds; the cache holds one.

    Args:
        name: name of the model.
        language: language of the answers, such as "en"; None to detect it.
    """
    return whisper.load(name, language=language)


def _analyze(attempt_id: str, report_progress: ReportProgress) -> None:
    analyze_attempt(get_user_store(), attempt_id, read_settings(), get_transcriber, report_progress)


@st.cache_resource(show_spinner="Opening your answers …")
def _open_store(folder: str, database: str | None) -> OpenedStore:
    return open_user_store(Location(database, Path(folder)))
