"""What the user returns to in their own answers: found there, not looked up in a list; each can be heard."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.progress.attempt import Attempt
from analysis.progress.recurring_phrases import Tic, TicKind, tics
from analysis.progress.spoken_sentences import ANSWERS, OwnWords, Use, own_words
from analysis.wording import count
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_report
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import clock, moment, plain

LATEST = 50  # answers that are looked through
AT_ONCE = 6  # before the rest is folded away
LEAD = 1.0  # s of sound before and after
KINDS = {TicKind.SOUND: "sound", TicKind.PHRASE: "word or phrase", TicKind.OPENER: "start of a sentence"}


def show(attempts: Sequence[Attempt]) -> None:
    """Show what returns in the latest answers that are long enough."""
    st.subheader("What you return to", anchor=False)
    chosen = [attempt.id for attempt in attempts if attempt.is_eligible][-LATEST:]
    if len(chosen) < ANSWERS:
        missing = count(ANSWERS - len(chosen), "more answer")
        st.markdown(
            "Sounds, words and phrases that return in your answers are found once there are enough: "
            f"{missing} of 20 seconds or longer."
        )
        return
    found = _found(tuple((attempt_id, get_store().attempt(attempt_id).correction_count) for attempt_id in chosen))
    if not found:
        st.markdown(f"Nothing returned remarkably often in your latest {len(chosen)} answers.")
        return
    st.caption(
        f"Found in your latest {len(chosen)} answers by how often they come back, in {ANSWERS} answers or more. None "
        "of this is a fault; it is only easier to change what one has noticed."
    )
    with st.container(border=True, key="tics"):
        for tic in found[:AT_ONCE]:
            _row(tic)
    if found[AT_ONCE:]:
        with st.expander(f"{len(found) - AT_ONCE} more"):
            for tic in found[AT_ONCE:]:
                _row(tic)


@st.cache_data(max_entries=8, show_spinner=False)
def _found(answers: tuple[tuple[str, int], ...]) -> tuple[Tic, ...]:
    """What returns in these answers; the number of corrections makes a corrected answer a new one."""
    return tics([_words(attempt_id, corrections) for attempt_id, corrections in answers])


@st.cache_data(max_entries=200, show_spinner=False)
def _words(attempt_id: str, _corrections: int) -> OwnWords:
    return own_words(get_store().report(attempt_id), attempt_id)


def _row(tic: Tic) -> None:
    with st.container(gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(
                f"**“{plain(tic.text)}”** :small[{KINDS[tic.kind]}]  \n"
                f"{tic.per_100_words:.1f} per 100 words, {count(len(tic.uses), 'time')} in {tic.answers} answers",
                width="content",
            )
            hears = st.toggle(f"Hear “{plain(tic.text)}”", key=f"hear_{tic.kind.value}_{tic.text}")
        if hears:
            with show_errors():
                _hear(tic.uses[-1])


def _hear(use: Use) -> None:
    """The latest time it was said, with a little around it."""
    attempt = get_store().attempt(use.attempt)
    if attempt.has_recording:
        start, end = max(0.0, use.span.start - LEAD), use.span.end + LEAD
        st.audio(
            get_store().sound(attempt.id),
            "audio/flac",
            start_time=start,
            end_time=int(end) + 1,
            autoplay=True,
            alt="The latest time it was said",
        )
    else:
        st.caption("The recording of this answer was not kept.")
    label = f"{moment(attempt.recorded_at)}, at {clock(use.span.start)}: open the report"
    link_to_report(attempt.id, plain(label))
