"""The browser's recorder: what is said is on this machine's disk a moment later, and outlasts page, tab and server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from analysis.question import AskedQuestion
from app_pages.components.frontend_component import declare_component
from app_pages.ui import demo_mode, practice_state
from app_pages.ui.errors import show_errors
from app_pages.ui.practice_state import OnSubmitted
from app_pages.ui.store_access import get_job_queue, get_live_takes, get_store, get_user_store, make_ticket
from app_pages.ui.wording import escape_markdown
from codec.adapters import to_plain
from content.taxonomy import load_taxonomy
from interview.ids import make_id
from services.asked_questions import is_practice, parse_follow_up_id
from services.live.live_takes import GoneError
from services.live.take import Purpose
from services.question_bank import FOLLOW_UP_SECONDS, load_question_bank
from services.submission import Submission
from speech.audio.recording import MAX_RECORDING_SECONDS
from speech.errors import AnswerAloudError
from store.settings import read_settings

_SCRIPTS = ("recorder_wire.js", "recorder_sound.js", "recorder.js")
_COMPONENT = declare_component("recorder", "recorder.html", "recorder.css", *_SCRIPTS)
NAME = "Browser recording"
SAVING = "Saving your recording…"
NEARLY_READY = "Getting your report ready…"
REPORT_SECONDS = 2.0  # that a report is waited for before the page shows how far it is
LACKING = {
    "secure": (
        "This address isn't secure, so your browser won't let pages use the microphone. Open Answer Aloud at the "
        "address it printed when it started, or use “Upload” above."
    ),
    "sound": (
        "Your browser can't save your answer while you speak, because it can't play sound. So here's a simpler "
        "recorder. Keep this page open until it says your recording is saved."
    ),
    "microphone": "Your browser doesn't let pages use the microphone. Use “Upload” or “Other ways” above.",
}
OLD_BROWSER = (
    "Your browser is too old to save your answer while you speak, so here's a simpler recorder. Keep this page open "
    "until it says your recording is saved."
)
LACKS = "lacks_for_recorder"  # remembered for the session: pages without a recorder of their own would ask again
_KEY = "recorder"
_NEXT = "next_take"


def show(
    question: AskedQuestion,
    on_submitted: OnSubmitted,
    part: str,
    opened: int | None = None,
    most_seconds: float | None = None,
) -> str | None:
    """Show the recorder, and submit what was recorded with it.

    Args:
        question: What is answered.
        on_submitted: Called when a recording is safe.
        part: Tells the recorders of one page apart.
        opened: How often it was opened: it takes the focus each time; None leaves the focus alone.
        most_seconds: The time in which the same answer is to be said again; None: as long as its question asks for.

    Returns:
        What the browser lacks to record this way; None where it lacks nothing.
    """
    with st.container(), show_errors():  # one place whatever is told, so that the recorder below keeps its own
        _take_up(part, on_submitted)
    lacking: str | None = _said(part).get("lacking") or st.session_state.get(LACKS)
    st.session_state[LACKS] = lacking
    with show_errors():
        _COMPONENT(
            key=f"{_KEY}{part}",
            data=_data(question, part, most_seconds) | {"lacking": lacking, "opened": opened},
            default={"stopped": None, "interrupted": None, "lacking": None},
            on_stopped_change=_ignore,
            on_interrupted_change=_ignore,
            on_lacking_change=_ignore,
        )
    if _has_news(part) or _said(part).get("lacking") not in (None, lacking):
        st.rerun()  # in a new session, as after a restart of the server, it is known only once it was drawn
    return lacking


def tell_lacking(lacking: str) -> None:
    """Say why there is another recorder, or none."""
    st.markdown(f":small[{escape_markdown(LACKING.get(lacking, OLD_BROWSER))}]")


def is_recording(part: str = "") -> bool:
    """Return whether a recording goes on in the recorder of a part; raises StoreError."""
    take: str | None = st.session_state.get(f"{_NEXT}{part}")
    return take is not None and not demo_mode.is_on() and get_live_takes().is_running(take)


def stopped_take(part: str) -> str | None:
    """Return the take that was stopped in a recorder and is to be submitted."""
    take: str | None = _said(part).get("stopped")
    known = practice_state.get_practice_state()
    return None if take is None or take in known.taken_in or take in known.refused else take


def stopped_takes() -> frozenset[str]:
    """Return the takes of all recorders of this session that are to be submitted."""
    parts = [str(key).removeprefix(_KEY) for key in st.session_state if str(key).startswith(_KEY)]
    return frozenset(take for take in map(stopped_take, parts) if take is not None)


def _said(part: str) -> Mapping[str, Any]:
    """Return what a recorder says; nothing before it was drawn."""
    said = st.session_state.get(f"{_KEY}{part}")
    return said if isinstance(said, Mapping) else {}


def _data(question: AskedQuestion, part: str, most_seconds: float | None) -> dict[str, Any]:
    take, settings = _next_take(part), read_settings()
    return {
        "place": part,
        "take": take,
        "ticket": make_ticket(take),
        "purpose": to_plain(Purpose, Purpose(question, NAME, part, settings.model, settings.language)),
        "aim": find_aim(question) if most_seconds is None else [0, most_seconds],
        "longest": MAX_RECORDING_SECONDS,
    }


def _next_take(part: str) -> str:
    """Return the id of the take that is, or will be, recorded here."""
    take: str = st.session_state.setdefault(f"{_NEXT}{part}", make_id())
    takes = get_live_takes()
    known = practice_state.get_practice_state()
    is_left = takes.is_there(take) and not takes.is_running(take)
    if is_left or take in known.taken_in or take in known.refused:
        take = st.session_state[f"{_NEXT}{part}"] = make_id()
    return take


def _has_news(part: str) -> bool:
    interrupted = _said(part).get("interrupted")
    is_new = interrupted is not None and interrupted not in practice_state.get_practice_state().taken_in
    return is_new or stopped_take(part) is not None


def _take_up(part: str, on_submitted: OnSubmitted) -> None:
    """Submit what was stopped, and let what was interrupted be offered; raises AnswerAloudError."""
    known = practice_state.get_practice_state()
    interrupted = _said(part).get("interrupted")
    if interrupted is not None and interrupted not in known.taken_in:
        practice_state.update_state(taken_in=known.taken_in | {interrupted})
        st.rerun()
    refused = known.refused.get(_said(part).get("stopped") or "")
    if refused is not None:
        st.error(escape_markdown(refused))
    take = stopped_take(part)
    if take is None:
        return
    with st.spinner(SAVING):
        submitted = _submit(take, on_submitted)
    if submitted is not None and submitted.attempt.id == practice_state.get_practice_state().attempt_id:
        with st.spinner(
            NEARLY_READY
        ):  # most of it was heard while it was spoken: the page is drawn once, with the report
            get_job_queue().wait(submitted.attempt.id, REPORT_SECONDS)
    st.rerun()  # what stands above already counts the new take then


def _submit(take: str, on_submitted: OnSubmitted) -> Submission | None:
    submitted = None
    try:
        keep = read_settings().keep_recordings
        submitted = get_live_takes().submit(get_user_store(), get_job_queue(), take, on_submitted, keep=keep)
    except GoneError:  # another window submitted or deleted it, or this page was left open over a restart
        practice_state.update_state(taken_in=practice_state.get_practice_state().taken_in | {take})
    except AnswerAloudError as error:  # what is not too short is offered again
        practice_state.update_state(refused={**practice_state.get_practice_state().refused, take: str(error)})
    else:
        practice_state.update_state(taken_in=practice_state.get_practice_state().taken_in | {take})
    return submitted


def find_aim(question: AskedQuestion) -> list[float] | None:
    """Return the length to aim for in seconds; None where none is better than another."""
    if parse_follow_up_id(question.id) is not None:
        return list(FOLLOW_UP_SECONDS)
    if not is_practice(question.id):
        return None
    known = load_question_bank(get_store()).find(question.id)
    return list(known.target_seconds if known else load_taxonomy().kinds[question.kind.value].target_seconds)


def _ignore() -> None:
    """Do nothing more: the page runs anew."""
