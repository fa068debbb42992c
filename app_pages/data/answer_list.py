"""List the user's answers, the latest first and a page at a time, to find, open and delete them.

Search results in the user's documents stand below, each with a link to its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from analysis.wording import format_count
from app_pages.ui import practice_state, undo
from app_pages.ui.errors import show_errors
from app_pages.ui.links import (
    DEBRIEF_PAGE,
    FOLLOW_UPS_PAGE,
    INTERVIEWS_PAGE,
    THANK_YOU_PAGE,
    link_to_interview,
    link_to_practice,
    link_to_question,
    link_to_report,
    link_to_run,
)
from app_pages.ui.store_access import prepare_deletion
from app_pages.ui.wording import escape_markdown, format_clock, format_date_time
from interview.document_kinds import DOCUMENT_KINDS
from services.asked_questions import is_sample, parse_follow_up_id
from services.follow_up_answers import delete_answer, pack_answer
from services.listener_comments import count_listeners
from store.attempt import AttemptState, StoredAttempt
from store.db.search import ATTEMPT, MAX_RESULTS_PER_KIND, SearchResult
from store.store import Store

ANSWERS_PER_PAGE = 20  # answers on a screen
_PAGE_KEY, _DELETING_KEY, _FIND_KEY = "data_page", "data_deleting", "data_find"
_PLACE = "answers"
NO_ANSWERS_TEXT = "Your answers will be listed here, to open again, search or delete."
PAGES = {  # of the kinds that belong to an interview and do not stand on its own page
    "debrief": DEBRIEF_PAGE,
    "follow_up": FOLLOW_UPS_PAGE,
    "thank_you": THANK_YOU_PAGE,
}
NAMES = {
    "ask_card": "Questions to ask",
    "debrief": "Debrief",
    "fillings": "Details filled in",
    "follow_up": "What is due",
    "if_then": "Plan for a take",
    "interview": "Interview",
    "listener_comments": "A listener's comments",
    "mock_run": "Mock interview",
    "own_question": "Your question",
    "person": "Person",
    "points": "Points to make",
    "research": "Research",
    "thank_you": "Thank-you note",
}
OPEN_LABEL = "Open"


def show_answers(kept: Store) -> None:
    """Show the search box and the list; raises StoreError."""
    answers: Sequence[StoredAttempt] = kept.load_history()[::-1]
    st.header(f"Answers ({len(answers):,})", anchor=False)
    undo.show_deleted(_PLACE, st.cache_data.clear)
    wanted = st.text_input("Find", key=_FIND_KEY, placeholder="Search your questions, answers, notes and plans")
    if wanted.strip():
        answers = _search_answers(kept, answers, wanted)
    elif not answers:
        st.info(NO_ANSWERS_TEXT)
        link_to_practice()
    listeners = count_listeners(kept)
    for answer in _select_page(answers):
        with st.container(border=True, key=f"kept_{answer.id}"):
            if st.session_state.get(_DELETING_KEY) == answer.id:
                _show_confirmation(kept, answer)
            else:
                _show_row(answer, listeners.get(answer.id, 0))


def _name_answer(answer: StoredAttempt) -> str:
    return f"“{answer.question.text}”, {format_date_time(answer.recorded_at)}"


def _search_answers(kept: Store, answers: Sequence[StoredAttempt], wanted: str) -> Sequence[StoredAttempt]:
    found = kept.search(wanted)
    ids = {each.id for each in found if each.kind == ATTEMPT}
    written = [each for each in found if each.kind != ATTEMPT]
    latest = f"; only the latest {MAX_RESULTS_PER_KIND} answers are shown" if len(ids) == MAX_RESULTS_PER_KIND else ""
    st.caption(f"{format_count(len(ids) + len(written), 'result').capitalize()}{latest}.")
    show_results(kept, written)
    return [answer for answer in answers if answer.id in ids]


def _select_page(answers: Sequence[StoredAttempt]) -> Sequence[StoredAttempt]:
    pages = max(1, -(-len(answers) // ANSWERS_PER_PAGE))
    if pages == 1:
        st.session_state.pop(_PAGE_KEY, None)
        return answers
    st.session_state[_PAGE_KEY] = min(max(st.session_state.get(_PAGE_KEY, 1), 1), pages)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(f"Page (of {pages:,})", 1, pages, key=_PAGE_KEY, width=160)
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


def _show_row(answer: StoredAttempt, listeners: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(_describe_answer(answer, listeners), width=520)
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            link_to_report(answer.id, "Open")
            st.button(
                "Delete", key=f"delete_{answer.id}", type="tertiary", on_click=_mark_for_deletion, args=(answer.id,)
            )


def _describe_answer(answer: StoredAttempt, listeners: int = 0) -> str:
    facts = (
        format_date_time(answer.recorded_at),
        _describe_take(answer),
        format_clock(answer.answer_seconds or answer.duration),
        {
            AttemptState.DONE: "report ready",
            AttemptState.RECORDED: "not analysed yet",
            AttemptState.FAILED: f"couldn't be analysed: {answer.failure}",
        }[answer.state],
        "with recording" if answer.has_recording else "recording not kept",
        *([f"comments from {format_count(listeners, 'listener')}"] if listeners else []),
    )
    return f"**{escape_markdown(answer.question.text)}**  \n:small[{escape_markdown(' · '.join(facts))}]"


def _describe_take(answer: StoredAttempt) -> str:
    if is_sample(answer.question):
        return "sample"
    if answer.is_silent:
        return "no speech"
    return "follow-up" if parse_follow_up_id(answer.question.id) else f"take {answer.take}"


def _show_confirmation(kept: Store, answer: StoredAttempt) -> None:
    st.markdown(_describe_answer(answer))
    st.warning("Delete this answer with its recording, report, notes, comments and follow-ups?")
    with st.container(horizontal=True):
        sure = st.button("Delete answer", key=f"sure_{answer.id}", type="primary")
        st.button("Keep it", key=f"keep_{answer.id}", on_click=_mark_for_deletion, args=(None,))
    if sure:
        with show_errors():
            prepare_deletion(kept, answer.id)
            packed = pack_answer(kept, answer.id)
            delete_answer(kept, answer.id)
            clear_page_state(answer.id)
            _mark_for_deletion(None)
            undo.remember_deleted(_PLACE, _name_answer(answer), packed)
            st.toast("Answer deleted.")
            st.rerun()


def _mark_for_deletion(attempt_id: str | None) -> None:
    st.session_state[_DELETING_KEY] = attempt_id


def clear_page_state(attempt_id: str | None = None) -> None:
    """Remove a deleted answer from what the pages remember.

    Args:
        attempt_id: id of the deleted answer; None if all answers were deleted.
    """
    st.cache_data.clear()
    if attempt_id is None:
        undo.forget_deleted()
    if attempt_id is None or practice_state.get_practice_state().attempt_id == attempt_id:
        practice_state.update_screen(attempt_id=None)


def show_results(kept: Store, found: Sequence[SearchResult]) -> None:
    """Draw a line for each result; raises StoreError."""
    for each in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"found_{each.id}"):
            name = NAMES.get(each.kind, each.kind.replace("_", " ").capitalize())
            st.markdown(f"{name}: {escape_markdown(' '.join(each.excerpt.split()))}", width=520)
            _link_to_result(kept, each)


def _link_to_result(kept: Store, found: SearchResult) -> None:
    """Link a result to the page of its interview, mock interview or question; no link if it has none."""
    thing: Any = kept.load_document(DOCUMENT_KINDS[found.kind], found.id)
    interview = found.id if found.kind == "interview" else getattr(thing, "interview", None)
    if found.kind == "mock_run":
        link_to_run(found.id, OPEN_LABEL)
    elif interview is not None:
        link_to_interview(interview, OPEN_LABEL, PAGES.get(found.kind, INTERVIEWS_PAGE))
    elif found.kind == "own_question":
        link_to_question(found.id, OPEN_LABEL)
    elif found.kind == "listener_comments":
        link_to_report(thing.attempt, OPEN_LABEL)
    elif hasattr(thing, "question"):
        link_to_question(thing.question, OPEN_LABEL)
