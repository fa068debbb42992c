"""Show sounds and phrases that recur in the user's own answers, each with its sound.

They are found by comparing the answers, not looked up in a list.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.progress.attempt import Attempt
from analysis.progress.recurring_phrases import (
    RecurringPhrase,
    RecurringPhraseKind,
    find_recurring_phrases,
    is_worth_noticing,
)
from analysis.progress.spoken_sentences import MIN_ANSWERS_TO_RECUR, PhraseUse, SpokenAnswer, extract_spoken_answer
from analysis.wording import format_count
from app_pages.components.moment import play_moment
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_report
from app_pages.ui.store_access import get_person_id, get_store
from app_pages.ui.wording import escape_markdown, format_clock, format_date_time

MAX_ANSWERS = 50  # answers that are looked through
MAX_UNFOLDED = 6  # before the rest is folded away
KINDS = {
    RecurringPhraseKind.SOUND: "um or uh",
    RecurringPhraseKind.PHRASE: "word or phrase",
    RecurringPhraseKind.OPENER: "start of a sentence",
}


def show_recurring_phrases(attempts: Sequence[Attempt]) -> None:
    """Show what recurs in the latest answers that are long enough to compare."""
    st.header("Words you repeat", anchor=False)
    chosen = [attempt.id for attempt in attempts if attempt.is_eligible][-MAX_ANSWERS:]
    if len(chosen) < MIN_ANSWERS_TO_RECUR:
        missing = format_count(MIN_ANSWERS_TO_RECUR - len(chosen), "more answer")
        st.markdown(f"The words and phrases you lean on will show up here after {missing} of 20 seconds or longer.")
        return
    found = _find_phrases(
        tuple((attempt_id, get_store().load_attempt(attempt_id).correction_count) for attempt_id in chosen),
        get_person_id(),
    )
    if not found:
        st.markdown(f"Nothing stands out in your latest {len(chosen)} answers.")
        return
    st.caption(
        f"From your latest {len(chosen)} answers, said in at least {MIN_ANSWERS_TO_RECUR} of them. None of these are "
        "wrong – it just helps to notice them."
    )
    with st.container(border=True, key="tics"):
        for tic in found[:MAX_UNFOLDED]:
            _show_phrase(tic)
    if found[MAX_UNFOLDED:]:
        with st.expander(f"{len(found) - MAX_UNFOLDED} more"):
            for tic in found[MAX_UNFOLDED:]:
                _show_phrase(tic)


@st.cache_data(max_entries=8, show_spinner=False)
def _find_phrases(answers: tuple[tuple[str, int], ...], person_id: str) -> tuple[RecurringPhrase, ...]:
    """Return what recurs in these answers and is worth noticing.

    Args:
        answers: ids of answers with their numbers of corrections, so that a correction renews the cache.
        person_id: whose they are.
    """
    said = [_load_words(attempt_id, corrections, person_id) for attempt_id, corrections in answers]
    return tuple(filter(is_worth_noticing, find_recurring_phrases(said)))


@st.cache_data(max_entries=200, show_spinner=False)
def _load_words(attempt_id: str, _corrections: int, person_id: str) -> SpokenAnswer:
    return extract_spoken_answer(get_store().load_report(attempt_id), attempt_id)


def _show_phrase(tic: RecurringPhrase) -> None:
    with st.container(gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(
                f"**“{escape_markdown(tic.text)}”** :small[{KINDS[tic.kind]}]  \n"
                f"{format_count(len(tic.uses), 'time')} in {tic.answers} answers",
                width="content",
            )
            hears = st.toggle(f"Hear “{escape_markdown(tic.text)}”", key=f"hear_{tic.kind.value}_{tic.text}")
        if hears:
            with show_errors():
                _play_latest(tic.uses[-1])


def _play_latest(use: PhraseUse) -> None:
    """Play the latest use with a second of sound around it, and link to its report."""
    attempt = get_store().load_attempt(use.attempt)
    play_moment(attempt.id, use.span, "The latest time you said it")
    label = f"{format_date_time(attempt.recorded_at)}, at {format_clock(use.span.start)}: open the report"
    link_to_report(attempt.id, escape_markdown(label))
