"""Record with this machine's own microphone, from the sound card to the disk without the browser."""

from __future__ import annotations

import streamlit as st

from analysis.question import AskedQuestion
from app_pages.ui import practice_state
from app_pages.ui.errors import show_errors
from app_pages.ui.practice_state import OnSubmitted
from app_pages.ui.store_access import get_job_queue, get_live_takes, get_user_store
from app_pages.ui.wording import escape_markdown, format_clock
from services.live.recording_desk import MICROPHONE_NAME, MachineRecording, RecordingDesk
from services.live.take import Purpose
from services.submission import Submission
from speech.audio import microphone
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


def show_microphone(
    question: AskedQuestion, on_submitted: OnSubmitted = practice_state.show_new_attempt, part: str = ""
) -> None:
    """Show the devices to record with, or the recording that runs; raises MicrophoneError.

    Args:
        question: What is answered with a recording that is started here.
        on_submitted: Called when a recording that was started for this page is safe.
        part: Tells the recorders of one page apart.
    """
    if (trouble := get_desk().trouble) is not None:
        st.error(escape_markdown(trouble))
    if is_recording():
        _show_recording(on_submitted, part)
    else:
        settings = read_settings()
        _show_devices(Purpose(question, MICROPHONE_NAME, part, settings.model, settings.language))


def _show_devices(purpose: Purpose) -> None:
    names = {device.index: device.name for device in microphone.list_devices()}
    if not names:
        st.info("We can't find a microphone. Plug one in and open this tab again, or upload a file instead.")
        return
    chosen = st.selectbox("Microphone", names, format_func=names.__getitem__, key="device")
    st.button("● Record", key="machine_record", on_click=_start, args=(chosen, names[chosen], purpose))


def _start(device: int, name: str, purpose: Purpose) -> None:
    with show_errors():
        get_desk().start(device, name, get_live_takes(), purpose)


@st.fragment(run_every=POLL_SECONDS)
def _show_recording(on_submitted: OnSubmitted, part: str) -> None:
    recording = get_desk().recording
    if recording is None:
        st.rerun()  # stopped in another tab
    if (failure := recording.failure) is not None:
        st.error(escape_markdown(failure))
    level = recording.microphone.measure_level()
    share = min(max(1 - level / METER_FLOOR_DBFS, 0.0), 1.0)
    st.progress(share, text=f"Recording {format_clock(recording.microphone.count_seconds())}")
    st.button("■ Stop", key="machine_stop", on_click=_stop, args=(recording, on_submitted, part))


def _stop(recording: MachineRecording, on_submitted: OnSubmitted, part: str) -> None:
    def submit(take_id: str) -> None:
        is_ours = recording.purpose.part == part
        keep = read_settings().keep_recordings
        told = on_submitted if is_ours else _tell_where
        recording.takes.submit(get_user_store(), get_job_queue(), take_id, told, keep=keep)

    get_desk().stop(recording, submit)


def _tell_where(submitted: Submission) -> None:
    st.toast(
        escape_markdown(f"Saved as a take of “{submitted.attempt.question.text}”. You'll find it on the Practise page.")
    )
