"""Record with this machine's own microphone, from the sound card to the disk without the browser."""

from __future__ import annotations

import streamlit as st

from analysis.question import AskedQuestion
from app_pages.ui import practice_state
from app_pages.ui.practice_state import OnSubmitted
from app_pages.ui.store_access import get_job_queue, get_store
from app_pages.ui.wording import escape_markdown, format_clock
from services.recording_desk import RecordingDesk
from services.submission import submit_recording
from speech.audio import microphone
from speech.audio.microphone import MicrophoneRecording
from speech.audio.recording import Recording
from store.settings import read_settings

POLL_SECONDS = 0.25  # s
METER_FLOOR_DBFS = -60.0  # dBFS, the left end of the level meter


@st.cache_resource(show_spinner=False)
def get_desk() -> RecordingDesk:
    """Return the server's recording desk; a recording outlives page loads, and any tab can stop it."""
    return RecordingDesk()


def is_recording() -> bool:
    """Return whether a recording is running, started in this tab or another."""
    return get_desk().recording is not None


def show_microphone(question: AskedQuestion, on_submitted: OnSubmitted = practice_state.show_new_attempt) -> None:
    """Show the list of microphones, or the recording that is running.

    Args:
        question: the question that is answered.
        on_submitted: callback run once the recording is saved.

    Raises:
        MicrophoneError: the microphones cannot be listed.
    """
    if (trouble := get_desk().trouble) is not None:
        st.error(escape_markdown(trouble))
    if is_recording():
        _show_recording(question, on_submitted)
    else:
        _show_devices()


def _show_devices() -> None:
    names = {device.index: device.name for device in microphone.list_devices()}
    if not names:
        st.info("This machine has no microphone. Plug one in and open this tab again, or upload a file instead.")
        return
    chosen = st.selectbox("Microphone", names, format_func=names.__getitem__, key="device")
    st.button("● Record", key="machine_record", on_click=get_desk().start, args=(chosen,))


@st.fragment(run_every=POLL_SECONDS)
def _show_recording(question: AskedQuestion, on_submitted: OnSubmitted) -> None:
    take = get_desk().recording
    if take is None:
        st.rerun()  # stopped in another tab
    if take.failure is not None:
        st.error(escape_markdown(str(take.failure)))
    level = take.measure_level()
    share = min(max(1 - level / METER_FLOOR_DBFS, 0.0), 1.0)
    st.progress(share, text=f"Recording {format_clock(take.count_seconds())} · level {level:.0f} dBFS")
    st.button("■ Stop", key="machine_stop", on_click=_stop, args=(take, question, on_submitted))


def _stop(take: MicrophoneRecording, question: AskedQuestion, on_submitted: OnSubmitted) -> None:
    def submit(recording: Recording) -> None:
        keep = read_settings().keep_recordings
        on_submitted(submit_recording(get_store(), get_job_queue(), recording, question, keep=keep))

    get_desk().stop(take, submit)
