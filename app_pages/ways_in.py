"""The four ways an answer comes in: the browser's recorder, this machine's microphone, a file, a sample."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

import samples
from analysis.question import AskedQuestion
from app_pages import demo, machine_microphone, on_screen, taking_in
from app_pages.asking import asked_in
from app_pages.telling import told
from app_pages.wording import plain
from speech.errors import RecordingError

HELP = (
    "No recording? The browser may have blocked the microphone, or found none. Allow it with the sign beside the "
    "page's address and reload, or use “This machine” or “Upload” above. Stay on this page while you record."
)
TYPES = ["wav", "mp3", "m4a", "aac", "ogg", "oga", "opus", "webm", "flac", "mp4", "mov", "mkv"]
KEEPING = "Keeping your recording …"


def show(question: AskedQuestion) -> None:
    """Show the ways in; whatever arrives is kept at once as an answer to the question."""
    if demo.is_on():
        st.info("Leave the demo to record an answer: nothing that is said here could be kept.")
        return
    names = ["Record", "This machine", "Upload", "Try a sample"]
    browser, machine, upload, sample = st.tabs(names, key="way_in", on_change="rerun")
    with browser:
        _take_in(st.audio_input("Record your answer", key="recorder"), question, "Browser recording")
        st.markdown(f":small[{HELP}]")
    if machine.open or machine_microphone.is_recording():  # listing the devices takes time
        with machine, told():
            machine_microphone.show(question)
    with upload:
        _take_in(st.file_uploader("A recording of your answer", TYPES, key="upload"), question)
    with sample:
        _samples()


def _take_in(arrived: UploadedFile | None, question: AskedQuestion, name: str | None = None) -> None:
    """Keep what a widget holds, once; until that is done the widget goes on holding it, so nothing is lost between."""
    if arrived is None or arrived.file_id in on_screen.now().taken_in:
        return
    refused = on_screen.now().refused
    if arrived.file_id in refused:
        st.error(plain(refused[arrived.file_id]))
        return
    with told(), st.spinner(KEEPING):
        try:
            taking_in.bring(arrived.getvalue(), name or arrived.name, question)
        except RecordingError as error:  # it stays unusable, and need not be decoded in every run of the page
            on_screen.change(refused={**refused, arrived.file_id: str(error)})
            raise
        on_screen.change(taken_in=on_screen.now().taken_in | {arrived.file_id})
        st.rerun()  # what stands above already counts the new take then


def _samples() -> None:
    known = {sample.name: sample for sample in samples.load()}
    chosen = st.selectbox(
        "A spoken answer whose every word is known", known, format_func=lambda name: known[name].title, key="sample"
    )
    if st.button("Measure this sample", key="use_sample"):
        sample = known[chosen]
        with told(), st.spinner(KEEPING):
            taking_in.bring(sample.path.read_bytes(), f"Sample: {sample.title}", asked_in(sample))
            st.rerun()
