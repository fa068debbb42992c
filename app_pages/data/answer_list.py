"""List the user's answers, the latest first and a page at a time, to find, open and delete them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.wording import format_count
from app_pages.data import search_results, upkeep
from app_pages.ui import practice_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_report
from app_pages.ui.wording import escape_markdown, format_clock, format_date_time
from services.asked_questions import is_sample
from store.attempt import AttemptState, StoredAttempt
from store.db.search import ATTEMPT, MAX_RESULTS_PER_KIND
from store.store import Store

ANSWERS_PER_PAGE = 20  # answers on a screen
_PAGE_KEY, _DELETING_KEY = "data_page", "data_deleting"
NO_ANSWERS_TEXT = "Nothing is kept yet. Record an answer on the page Practise, and it will be listed here."


def show_answers(kept: Store) -> None:
    """Show the search box and the list; raises StoreError."""
    answers: Sequence[StoredAttempt] = kept.load_history()[::-1]
    st.subheader(f"Answers ({len(answers):,})", anchor=False)
    wanted = st.text_input("Find", key="data_find", placeholder="Words of a question, an answer, a note or a plan")
    if wanted.strip():
        answers = _search_answers(kept, answers, wanted)
    elif not answers:
        st.info(NO_ANSWERS_TEXT)
    for answer in _select_page(answers):
        with st.container(border=True, key=f"kept_{answer.id}"):
            if st.session_state.get(_DELETING_KEY) == answer.id:
                _show_confirmation(kept, answer)
            else:
                _show_row(answer)


def _search_answers(kept: Store, answers: Sequence[StoredAttempt], wanted: str) -> Sequence[StoredAttempt]:
    found = kept.search(wanted)
    ids = {each.id for each in found if each.kind == ATTEMPT}
    written = [each for each in found if each.kind != ATTEMPT]
    latest = f", the latest {MAX_RESULTS_PER_KIND} only" if len(ids) == MAX_RESULTS_PER_KIND else ""
    st.caption(f"{format_count(len(ids), 'answer')} found{latest}, and {format_count(len(written), 'other thing')}.")
    search_results.show_results(kept, written)
    return [answer for answer in answers if answer.id in ids]


def _select_page(answers: Sequence[StoredAttempt]) -> Sequence[StoredAttempt]:
    pages = max(1, -(-len(answers) // ANSWERS_PER_PAGE))
    if pages == 1:
        st.session_state.pop(_PAGE_KEY, None)
        return answers
    st.session_state[_PAGE_KEY] = min(max(st.session_state.get(_PAGE_KEY, 1), 1), pages)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(f"Page, of {pages:,}", 1, pages, key=_PAGE_KEY, width=160)
        st.button(
            "Later answers",
            key="data_later",
            on_click=_turn_page,
            args=(-1,),
            disabled=st.session_state[_PAGE_KEY] == 1,
        )
        st.button(
            "Earlier answers",
            key="data_earlier",
            on_click=_turn_page,
            args=(1,),
            disabled=st.session_state[_PAGE_KEY] == pages,
        )
    first = (st.session_state[_PAGE_KEY] - 1) * ANSWERS_PER_PAGE
    return answers[first : first + ANSWERS_PER_PAGE]


def _turn_page(by: int) -> None:
    st.session_state[_PAGE_KEY] += by


def _show_row(answer: StoredAttempt) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(_describe_answer(answer), width=520)
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            link_to_report(answer.id, "Open")
            st.button(
                "Delete", key=f"delete_{answer.id}", type="tertiary", on_click=_mark_for_deletion, args=(answer.id,)
            )


def _describe_answer(answer: StoredAttempt) -> str:
    facts = (
        format_date_time(answer.recorded_at),
        "sample" if is_sample(answer.question) else f"take {answer.take}",
        format_clock(answer.answer_seconds or answer.duration),
        {
            AttemptState.DONE: "measured",
            AttemptState.RECORDED: "not measured yet",
            AttemptState.FAILED: f"could not be measured: {answer.failure}",
        }[answer.state],
        "sound kept" if answer.has_recording else "sound not kept",
    )
    return f"**{escape_markdown(answer.question.text)}**  \n:small[{escape_markdown(' · '.join(facts))}]"


def _show_confirmation(kept: Store, answer: StoredAttempt) -> None:
    st.markdown(_describe_answer(answer))
    st.warning("Delete this answer with its recording, report and notes? This cannot be undone.")
    with st.container(horizontal=True):
        sure = st.button("Delete for good", key=f"sure_{answer.id}", type="primary")
        st.button("Keep it", key=f"keep_{answer.id}", on_click=_mark_for_deletion, args=(None,))
    if sure:
        with show_errors():
            upkeep.note_deletion(kept.delete_attempt(answer.id))
            clear_page_state(answer.id)
            _mark_for_deletion(None)
            st.rerun()


def _mark_for_deletion(attempt_id: str | None) -> None:
    st.session_state[_DELETING_KEY] = attempt_id


def clear_page_state(attempt_id: str | None = None) -> None:
    """Remove a deleted answer from what the pages remember.

    Args:
        attempt_id: id of the deleted answer; None if all answers were deleted.
    """
    st.cache_data.clear()
    if attempt_id is None or practice_state.get_practice_state().attempt_id == attempt_id:
        practice_state.update_screen(attempt_id=None)
