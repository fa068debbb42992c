"""Choosing a question: by kind, by competency, from the list, or at random."""

from __future__ import annotations

import random

import streamlit as st

from app_pages import on_screen
from app_pages.wording import plain
from content.questions import Question, question, questions
from content.sorting import sorting

ANY = "any"
_KIND, _COMPETENCY, _CHOICE = "filter_kind", "filter_competency", "chosen_question"


def show() -> Question:
    """Show the chosen question with its target length and prompts, and the ways to choose another."""
    chosen = question(on_screen.now().question)
    with st.container(border=True):
        _card(chosen)
        with st.container(horizontal=True):
            st.button("Random question", on_click=_draw)
            with st.popover("Choose a question"):
                _choose(chosen)
    return chosen


def _card(chosen: Question) -> None:
    low, high = chosen.target_seconds
    kind, competency = sorting().kinds[chosen.kind].label, sorting().competencies[chosen.competency]
    st.caption(plain(f"{kind} · {competency}"))
    st.subheader(plain(chosen.asked()), anchor=False)
    st.markdown(f"**Aim for {low:.0f} to {high:.0f} seconds.** To think of before you start:")
    st.markdown("\n".join(f"- {plain(prompt)}" for prompt in chosen.prompts))


def _choose(chosen: Question) -> None:
    kinds = {ANY: "Any kind"} | {key: kind.label for key, kind in sorting().kinds.items()}
    competencies = {ANY: "Any competency"} | sorting().competencies
    st.selectbox("Kind", kinds, format_func=kinds.__getitem__, key=_KIND)
    st.selectbox("Competency", competencies, format_func=competencies.__getitem__, key=_COMPETENCY)
    matching = [q.id for q in _matching()]
    if not matching:
        st.info("No question is of this kind and competency. Choose another filter.")
        return
    st.selectbox(
        f"Question ({len(matching)})",
        matching,
        index=matching.index(chosen.id) if chosen.id in matching else None,
        format_func=lambda key: question(key).asked(),
        placeholder="Choose one",
        key=_CHOICE,
        on_change=_take_choice,
    )


def _matching() -> list[Question]:
    kind, competency = st.session_state.get(_KIND, ANY), st.session_state.get(_COMPETENCY, ANY)
    return [q for q in questions() if kind in (ANY, q.kind) and competency in (ANY, q.competency)]


def _draw() -> None:
    others = [q.id for q in _matching() if q.id != on_screen.now().question]
    if others:
        on_screen.change(question=random.choice(others))  # noqa: S311 - a die, not a secret
        st.session_state.pop(_CHOICE, None)


def _take_choice() -> None:
    if st.session_state[_CHOICE] is not None:
        on_screen.change(question=st.session_state[_CHOICE])
