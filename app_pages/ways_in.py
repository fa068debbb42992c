"""The four ways an answer comes in: the browser's recorder, this machine's microphone, a file, a sample."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

import samples
from app_pages import machine_microphone, on_screen
from app_pages.takes import Origin, shelf
from app_pages.telling import told

HELP = (
    "No recording? The browser may have blocked the microphone, or found none. Allow it with the sign beside the "
    "page's address and reload, or use “This machine” or “Upload” above. Stay on this page while you record."
)
TYPES = ["wav", "mp3", "m4a", "aac", "ogg", "oga", "opus", "webm", "flac", "mp4", "mov", "mkv"]


def show(question: str) -> None:
    """Show the ways in; whatever arrives is saved at once as an answer to the question."""
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


def _take_in(arrived: UploadedFile | None, question: str, name: str | None = None) -> None:
    if arrived is None or arrived.file_id in on_screen.now().taken_in:
        return
    with told():
        take = shelf().keep(arrived.getvalue(), Origin(name or arrived.name), question)
        on_screen.arrive(take)
        on_screen.change(taken_in=on_screen.now().taken_in | {arrived.file_id})


def _samples() -> None:
    known = {sample.name: sample for sample in samples.load()}
    chosen = st.selectbox(
        "A spoken answer whose every word is known", known, format_func=lambda name: known[name].title, key="sample"
    )
    if st.button("Measure this sample", key="use_sample"):
        sample = known[chosen]
        with told():
            on_screen.arrive(
                shelf().keep(sample.path.read_bytes(), Origin(f"Sample: {sample.title}"), sample.truth.question)
            )
