"""Every answer that is kept, the latest first, a screenful at a time: to find, open and delete."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.wording import count
from app_pages.data import search_results
from app_pages.ui import practice_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_report
from app_pages.ui.wording import clock, moment, plain
from services.asked_questions import is_sample
from store.attempt import KeptAttempt, State
from store.db.search import ATTEMPT, MOST
from store.store import Store

AT_ONCE = 20  # answers on a screen
_PAGE, _DELETING = "data_page", "data_deleting"
NONE = "Nothing is kept yet. Record an answer on the page Practise, and it will be listed here."


def show(kept: Store) -> None:
    """The search and the list; raises StoreError."""
    answers: Sequence[KeptAttempt] = kept.history()[::-1]
    st.subheader(f"Answers ({len(answers):,})", anchor=False)
    wanted = st.text_input("Find", key="data_find", placeholder="Words of a question, an answer, a note or a plan")
    if wanted.strip():
        answers = _found(kept, answers, wanted)
    elif not answers:
        st.info(NONE)
    for answer in _on_this_page(answers):
        with st.container(border=True, key=f"kept_{answer.id}"):
            if st.session_state.get(_DELETING) == answer.id:
                _ask(kept, answer)
            else:
                _row(answer)


def _found(kept: Store, answers: Sequence[KeptAttempt], wanted: str) -> Sequence[KeptAttempt]:
    found = kept.search(wanted)
    ids = {each.id for each in found if each.kind == ATTEMPT}
    written = [each for each in found if each.kind != ATTEMPT]
    latest = f", the latest {MOST} only" if len(ids) == MOST else ""
    st.caption(f"{count(len(ids), 'answer')} found{latest}, and {count(len(written), 'other thing')}.")
    search_results.show(kept, written)
    return [answer for answer in answers if answer.id in ids]


def _on_this_page(answers: Sequence[KeptAttempt]) -> Sequence[KeptAttempt]:
    pages = max(1, -(-len(answers) // AT_ONCE))
    if pages == 1:
        st.session_state.pop(_PAGE, None)
        return answers
    st.session_state[_PAGE] = min(max(st.session_state.get(_PAGE, 1), 1), pages)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(f"Page, of {pages:,}", 1, pages, key=_PAGE, width=160)
        st.button("Later answers", key="data_later", on_click=_turn, args=(-1,), disabled=st.session_state[_PAGE] == 1)
        st.button(
            "Earlier answers", key="data_earlier", on_click=_turn, args=(1,), disabled=st.session_state[_PAGE] == pages
        )
    first = (st.session_state[_PAGE] - 1) * AT_ONCE
    return answers[first : first + AT_ONCE]


def _turn(by: int) -> None:
    st.session_state[_PAGE] += by


def _row(answer: KeptAttempt) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(_told(answer), width=520)
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            link_to_report(answer.id, "Open")
            st.button("Delete", key=f"delete_{answer.id}", type="tertiary", on_click=_choose, args=(answer.id,))


def _told(answer: KeptAttempt) -> str:
    facts = (
        moment(answer.recorded_at),
        "sample" if is_sample(answer.question) else f"take {answer.take}",
        clock(answer.answer_seconds or answer.duration),
        {
            State.DONE: "measured",
            State.RECORDED: "not measured yet",
            State.FAILED: f"could not be measured: {answer.failure}",
        }[answer.state],
        "sound kept" if answer.has_recording else "sound not kept",
    )
    return f"**{plain(answer.question.text)}**  \n:small[{plain(' · '.join(facts))}]"


def _ask(kept: Store, answer: KeptAttempt) -> None:
    st.markdown(_told(answer))
    st.warning("Delete this answer with its recording, report and notes? This cannot be undone.")
    with st.container(horizontal=True):
        sure = st.button("Delete for good", key=f"sure_{answer.id}", type="primary")
        st.button("Keep it", key=f"keep_{answer.id}", on_click=_choose, args=(None,))
    if sure:
        with show_errors():
            kept.delete(answer.id)
            forget_on_screen(answer.id)
            _choose(None)
            st.rerun()


def _choose(attempt_id: str | None) -> None:
    st.session_state[_DELETING] = attempt_id


def forget_on_screen(attempt_id: str | None = None) -> None:
    """Leave no trace of a deleted answer, or of any, in what the pages remember."""
    st.cache_data.clear()
    if attempt_id is None or practice_state.now().attempt_id == attempt_id:
        practice_state.change(attempt_id=None)
