"""Recording with this machine's own microphone: the sound goes from the sound card to the disk, past the browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import streamlit as st

from analysis.question import AskedQuestion
from app_pages.ui import practice_state
from app_pages.ui.wording import clock, plain
from app_pages.use_cases import submission
from app_pages.use_cases.submission import Arrived
from speech.audio import microphone
from speech.audio.microphone import Take
from speech.errors import AnswerAloudError
from store.errors import StoreError

POLL = 0.25  # s
QUIETEST = -60.0  # dBFS, the left end of the level meter
NAME = "This machine's microphone"


@dataclass
class Desk:
    """The one recording this server can make at a time; any tab may stop it."""

    take: Take | None = None
    trouble: str | None = None  # what went wrong last, until the next recording starts


@st.cache_resource(show_spinner=False)
def desk() -> Desk:
    """The server's recording desk: a recording goes on while pages come and go."""
    return Desk()


def is_recording() -> bool:
    """Whether a recording runs, started in this tab or another."""
    return desk().take is not None


def show(question: AskedQuestion, arrived: Arrived = practice_state.arrive) -> None:
    """Show the devices to record with, or the recording that runs; raises MicrophoneError."""
    if (trouble := desk().trouble) is not None:
        st.error(plain(trouble))
    if is_recording():
        _recording(question, arrived)
    else:
        _choose()


def _choose() -> None:
    names = {device.index: device.name for device in microphone.devices()}
    if not names:
        st.info("This machine has no microphone. Plug one in and open this tab again, or upload a file instead.")
        return
    chosen = st.selectbox("Microphone", names, format_func=names.__getitem__, key="device")
    st.button("● Record", key="machine_record", on_click=_start, args=(chosen,))


def _start(device: int) -> None:
    desk().trouble = None
    with _remembered():
        desk().take = microphone.Take.start(device)


@st.fragment(run_every=POLL)
def _recording(question: AskedQuestion, arrived: Arrived) -> None:
    take = desk().take
    if take is None:
        st.rerun()  # stopped in another tab
    if take.failed is not None:
        st.error(plain(str(take.failed)))
    level = take.level()
    share = min(max(1 - level / QUIETEST, 0.0), 1.0)
    st.progress(share, text=f"Recording {clock(take.elapsed())} · level {level:.0f} dBFS")
    st.button("■ Stop", key="machine_stop", on_click=_stop, args=(take, question, arrived))


def _stop(take: Take, question: AskedQuestion, arrived: Arrived) -> None:
    if desk().take is not take:
        return  # stopped in another tab
    desk().take, desk().trouble = None, None
    with _remembered():
        heard = replace(take.stop(), name=NAME)
        try:
            submission.keep(heard, question, arrived)
        except StoreError:
            desk().take = take  # with room made on the disk, it can be stopped again: the sound is still in memory
            raise


@contextmanager
def _remembered() -> Iterator[None]:
    """Keep an error for the next run of the page: one shown now would be gone when the page runs again at once."""
    try:
        yield
    except AnswerAloudError as error:
        desk().trouble = str(error)
