"""Recording with this machine's own microphone: the sound goes from the sound card to the disk, past the browser."""

from __future__ import annotations

import streamlit as st

from analysis.question import AskedQuestion
from app_pages.ui import practice_state
from app_pages.ui.practice_state import OnSubmitted
from app_pages.ui.store_access import get_job_queue, get_store
from app_pages.ui.wording import clock, plain
from services.recording_desk import RecordingDesk
from services.submission import submit_recording
from speech.audio import microphone
from speech.audio.microphone import Take
from speech.audio.recording import Recording
from store.settings import read_settings

POLL = 0.25  # s
QUIETEST = -60.0  # dBFS, the left end of the level meter


@st.cache_resource(show_spinner=False)
def get_desk() -> RecordingDesk:
    """Return the server's recording desk: a recording goes on while pages come and go, and any tab may stop it."""
    return RecordingDesk()


def is_recording() -> bool:
    """Whether a recording runs, started in this tab or another."""
    return get_desk().recording is not None


def show(question: AskedQuestion, on_submitted: OnSubmitted = practice_state.arrive) -> None:
    """Show the devices to record with, or the recording that runs; raises MicrophoneError."""
    if (trouble := get_desk().trouble) is not None:
        st.error(plain(trouble))
    if is_recording():
        _recording(question, on_submitted)
    else:
        _choose()


def _choose() -> None:
    names = {device.index: device.name for device in microphone.devices()}
    if not names:
        st.info("This machine has no microphone. Plug one in and open this tab again, or upload a file instead.")
        return
    chosen = st.selectbox("Microphone", names, format_func=names.__getitem__, key="device")
    st.button("● Record", key="machine_record", on_click=get_desk().start, args=(chosen,))


@st.fragment(run_every=POLL)
def _recording(question: AskedQuestion, on_submitted: OnSubmitted) -> None:
    take = get_desk().recording
    if take is None:
        st.rerun()  # stopped in another tab
    if take.failed is not None:
        st.error(plain(str(take.failed)))
    level = take.level()
    share = min(max(1 - level / QUIETEST, 0.0), 1.0)
    st.progress(share, text=f"Recording {clock(take.elapsed())} · level {level:.0f} dBFS")
    st.button("■ Stop", key="machine_stop", on_click=_stop, args=(take, question, on_submitted))


def _stop(take: Take, question: AskedQuestion, on_submitted: OnSubmitted) -> None:
    def submit(recording: Recording) -> None:
        keep = read_settings().keep_recordings
        on_submitted(submit_recording(get_store(), get_job_queue(), recording, question, keep=keep))

    get_desk().stop(take, submit)
