"""The four ways an answer comes in: the browser's recorder, this machine's microphone, a file, a sample."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

import samples
from analysis.question import AskedQuestion
from app_pages.components import interrupted_takes, machine_microphone, recorder
from app_pages.ui import demo_mode, practice_state
from app_pages.ui.errors import show_errors
from app_pages.ui.practice_state import OnSubmitted
from app_pages.ui.store_access import get_job_queue, get_store
from app_pages.ui.wording import plain
from services.asked_questions import asked_in_sample
from services.submission import Submission, submit_upload
from speech.errors import RecordingError
from store.settings import read_settings

TYPES = ["wav", "mp3", "m4a", "aac", "ogg", "oga", "opus", "webm", "flac", "mp4", "mov", "mkv"]
SIMPLE = "simple_recorder"  # key of Streamlit's own, for browsers that lack what ours needs
KEEPING = "Keeping your recording …"


def show(
    question: AskedQuestion,
    on_submitted: OnSubmitted = practice_state.arrive,
    *,
    part: str = "",
    with_samples: bool = True,
) -> None:
    """Show the ways in; whatever arrives is kept at once as an answer to the question.

    `part` tells the recorders of one page apart: a new part begins with empty ones.
    """
    if demo_mode.is_on():
        st.info("Leave the demo to record an answer: nothing that is said here could be kept.")
        return
    if part:  # a page with one recorder offers what was cut off itself
        with st.container(), show_errors():
            interrupted_takes.show_of(part, "Use this recording", on_submitted)
    names = ["Record", "This machine", "Upload", *(["Try a sample"] if with_samples else [])]
    browser, machine, upload, *sample = st.tabs(names, key="way_in", on_change="rerun")
    with browser:
        lacking = recorder.show(question, on_submitted, part)
        if lacking is not None:
            recorder.tell_lacking(lacking)
            recorded = st.audio_input("Record your answer", key=f"{SIMPLE}{part}")
            _take_in(recorded, question, on_submitted, recorder.NAME)
    if machine.open or machine_microphone.is_recording():  # listing the devices takes time
        with machine, show_errors():
            machine_microphone.show(question, on_submitted, part)
    with upload:
        _take_in(st.file_uploader("A recording of your answer", TYPES, key=f"upload{part}"), question, on_submitted)
    for tab in sample:
        with tab:
            _samples()


def is_waiting(part: str) -> bool:
    """Whether a recording or a file of a part came in with this run of the page and was not kept yet."""
    arrived = [st.session_state.get(f"{way}{part}") for way in (SIMPLE, "upload")]
    known = practice_state.now().taken_in | practice_state.now().refused.keys()
    has_file = any(file is not None and file.file_id not in known for file in arrived)
    return has_file or recorder.stopped_take(part) is not None


def _take_in(
    file: UploadedFile | None, question: AskedQuestion, on_submitted: OnSubmitted, name: str | None = None
) -> None:
    """Keep what a widget holds, once; until that is done the widget goes on holding it, so nothing is lost between."""
    if file is None or file.file_id in practice_state.now().taken_in:
        return
    refused = practice_state.now().refused
    if file.file_id in refused:
        st.error(plain(refused[file.file_id]))
        return
    with show_errors(), st.spinner(KEEPING):
        try:
            on_submitted(_submit(file.getvalue(), name or file.name, question))
        except RecordingError as error:  # it stays unusable, and need not be decoded in every run of the page
            practice_state.remember(refused={**refused, file.file_id: str(error)})
            raise
        practice_state.remember(taken_in=practice_state.now().taken_in | {file.file_id})
        st.rerun()  # what stands above already counts the new take then


def _samples() -> None:
    known = {sample.name: sample for sample in samples.load()}
    chosen = st.selectbox(
        "A spoken answer whose every word is known", known, format_func=lambda name: known[name].title, key="sample"
    )
    if st.button("Measure this sample", key="use_sample"):
        sample = known[chosen]
        with show_errors(), st.spinner(KEEPING):
            submitted = _submit(sample.path.read_bytes(), f"Sample: {sample.title}", asked_in_sample(sample))
            practice_state.arrive(submitted)
            st.rerun()


def _submit(data: bytes, name: str, question: AskedQuestion) -> Submission:
    return submit_upload(get_store(), get_job_queue(), data, name, question, keep=read_settings().keep_recordings)
