"""Show a coach what members share with them: to hear, to read, and to comment on moments."""

from __future__ import annotations

import re

import streamlit as st

from app_pages.report.html_report import list_takeaways
from app_pages.ui.current_time import now
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_user_store
from app_pages.ui.wording import escape_markdown, format_date_time, format_player_time
from interview.listener_comments import MAX_COMMENT_CHARACTERS, MAX_OVERALL_CHARACTERS, ListenerComments, MarkedMoment
from interview.validation import EntryError
from services.centre.coaching import SharedWork, list_received
from store.attempt import AttemptState, StoredAttempt
from store.sharing import SharedKind

INTRODUCTION = (
    "What members share with you. They see each time you listen. If they take something back, it's gone from here."
)
NOTHING = "Nobody shares anything with you at the moment."
NO_REPORT = "This answer has no report yet."
NO_TIME = "Write the moment as minutes and seconds, like 1:05."
TOO_LATE = "This answer ends at {end}. Choose an earlier moment."
TIME_PATTERN = re.compile(r"(?:(\d{1,3}):)?([0-5]?\d)(?:\.\d)?")
_HEARD = "heard_sound"  # before the id of a share and an answer: its sound, which was asked for in this session


def _show_work(work: SharedWork) -> None:
    what = "An answer" if work.share.kind is SharedKind.ANSWER else "A mock interview"
    at = format_date_time(work.share.shared_at.astimezone(now().tzinfo))
    with st.container(border=True, key=f"work_{work.share.id}"):
        st.subheader(escape_markdown(f"{what} from {work.member_name}"), anchor=False)
        st.caption(escape_markdown(f"Shared on {at}"))
        for attempt in work.list_answers():
            with st.expander(escape_markdown(f"{attempt.question.text} · take {attempt.take}")):
                _show_answer(work, attempt)


def _show_answer(work: SharedWork, attempt: StoredAttempt) -> None:
    key = f"{work.share.id}_{attempt.id}"
    _show_sound(work, attempt, key)
    if attempt.state is AttemptState.DONE:
        report = work.load_result(attempt.id).report
        for step in list_takeaways(report):
            st.markdown(f"**{step.heading}:** {escape_markdown(step.takeaway.text)}")
        st.markdown("**What they said**")
        st.text(" ".join(word.text for word in report.words))
    else:
        st.caption(NO_REPORT)
    said = work.load_comments(attempt.id)
    _show_moments(work, attempt, said)
    _show_overall(work, attempt, said)


def _show_sound(work: SharedWork, attempt: StoredAttempt, key: str) -> None:
    """Offer to listen; the sound is asked for once a session, which leaves a row that the member sees."""
    if not attempt.has_recording:
        st.caption("The recording wasn't kept.")
        return
    sound = st.session_state.get(f"{_HEARD}{key}")
    if sound is None:
        st.button("Listen", key=f"listen_{key}", type="primary", on_click=_hear, args=(work, attempt.id, key))
        st.caption("The member sees that you listened.")
        return
    st.audio(sound, "audio/flac", alt=f"Answer to {attempt.question.text}")


def _hear(work: SharedWork, attempt_id: str, key: str) -> None:
    with show_errors():
        st.session_state[f"{_HEARD}{key}"] = work.hear(attempt_id, now())


def _show_moments(work: SharedWork, attempt: StoredAttempt, said: ListenerComments | None) -> None:
    key = f"{work.share.id}_{attempt.id}"
    st.markdown("**Your comments**")
    for place, moment in enumerate(said.moments if said else ()):
        with st.container(horizontal=True, vertical_alignment="center", key=f"moment_{key}_{place}"):
            st.markdown(f"**{format_player_time(moment.at)}** {escape_markdown(moment.comment)}", width=520)
            st.button(
                "Remove", key=f"remove_{key}_{place}", type="tertiary", on_click=_remove, args=(work, attempt, place)
            )
    with st.form(f"mark_{key}", clear_on_submit=True, border=False):
        at = st.text_input("Moment (minutes:seconds)", key=f"at_{key}", max_chars=8, placeholder="0:42")
        comment = st.text_input("Comment on this moment", key=f"comment_{key}", max_chars=MAX_COMMENT_CHARACTERS)
        if st.form_submit_button("Add comment"):
            with show_errors():
                _add(work, attempt, said, _parse_time(at, attempt), comment.strip())
                st.rerun()


def _show_overall(work: SharedWork, attempt: StoredAttempt, said: ListenerComments | None) -> None:
    key = f"{work.share.id}_{attempt.id}"
    with st.form(f"overall_{key}", border=False):
        overall = st.text_area(
            "What you'd say overall",
            said.overall if said else "",
            max_chars=MAX_OVERALL_CHARACTERS,
            key=f"overall_text_{key}",
        )
        if st.form_submit_button("Save"):
            with show_errors():
                work.comment(attempt.id, overall.strip(), said.moments if said else (), now())
                st.success("Saved. They see it beside their answer.")


def _add(work: SharedWork, attempt: StoredAttempt, said: ListenerComments | None, at: float, comment: str) -> None:
    moments = (*(said.moments if said else ()), MarkedMoment(at, comment))
    work.comment(attempt.id, said.overall if said else "", moments, now())


def _remove(work: SharedWork, attempt: StoredAttempt, place: int) -> None:
    with show_errors():
        said = work.load_comments(attempt.id)
        if said is not None:
            left = tuple(each for at, each in enumerate(said.moments) if at != place)
            work.comment(attempt.id, said.overall, left, now())


def _parse_time(typed: str, attempt: StoredAttempt) -> float:
    """Return a moment in seconds; raises EntryError."""
    found = TIME_PATTERN.fullmatch(typed.strip())
    if found is None:
        raise EntryError(NO_TIME)
    seconds = 60.0 * int(found[1] or 0) + int(found[2])
    if seconds > attempt.duration:
        raise EntryError(TOO_LATE.format(end=format_player_time(attempt.duration)))
    return seconds


st.title("Shared with you", anchor=False)
st.caption(INTRODUCTION)
with show_errors():
    received = list_received(get_user_store())
    if not received:
        st.markdown(NOTHING)
    for each in received:
        with show_errors():
            _show_work(each)
