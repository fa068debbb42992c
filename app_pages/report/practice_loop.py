"""Practise in a loop on the page: a guess before the numbers, a plan for the next take, and what came of goals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from analysis.feedback.exercise import TOO_SHORT_NOTE
from analysis.report import Report
from analysis.wording import format_count, format_seconds
from app_pages.components import recorder
from app_pages.report.topics import PACE_KEY, UMS
from app_pages.ui import demo_mode, practice_state
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from interview.questions.practice_loop import IfThenPlan, PaceGuess, TakePractice, UmsGuess
from interview.validation import MAX_LINE_CHARACTERS
from services.asked_questions import is_practice, make_plan_question
from services.practice_loop import (
    find_pace,
    find_plan,
    is_right_number,
    is_short_enough,
    load_take_practice,
    save_plan,
    save_take_practice,
    suggest_plan,
)
from services.submission import Submission
from store.attempt import AttemptState, StoredAttempt
from store.errors import StoreError

UMS_LABELS = {
    UmsGuess.NONE: "None",
    UmsGuess.FEW: "1 or 2",
    UmsGuess.SOME: "3 to 5",
    UmsGuess.MANY: "6 to 10",
    UmsGuess.MORE: "More than 10",
}
PACE_LABELS = {PaceGuess.SLOW: "Slow", PaceGuess.RIGHT: "About right", PaceGuess.FAST: "Fast"}
PLAN_SAVED = "Saved. You'll see your plan before your next take."
GUESSED = (UMS, PACE_KEY)  # keys of the measures that are guessed
ALOUD = "Say it aloud once: it sticks better"
_SKIPPED = "guess_skipped"  # ids of the takes without a guess
_SAVED_PLAN = "plan_saved"  # id of the question whose plan was saved just now


def is_guess_open(attempt: StoredAttempt) -> bool:
    """Return whether a guess is still to be made: only after a take of one's own that has just been given."""
    if practice_state.get_practice_state().new_take != attempt.id or demo_mode.is_on():
        return False
    if not is_practice(attempt.question.id) or attempt.id in st.session_state.get(_SKIPPED, frozenset()):
        return False
    known = load_take_practice(get_store(), attempt.id)
    return known.ums is None or known.pace is None


def show_guess(attempt: StoredAttempt) -> None:
    """Ask for a guess, each with one click, or to skip it with one; raises StoreError."""
    with st.container(border=True, key="guess", gap="xsmall"):
        st.markdown("**Before the numbers: what do you think?**")
        ums, pace = f"guess_ums_{attempt.id}", f"guess_pace_{attempt.id}"
        args = (attempt.id, ums, pace)
        with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
            _ask("How many ums?", UMS_LABELS, ums, args)
            _ask("How fast?", PACE_LABELS, pace, args)
            st.button("Skip", key=f"skip_guess_{attempt.id}", type="tertiary", on_click=_skip, args=(attempt.id,))


def describe_guesses(attempt: StoredAttempt, report: Report) -> dict[str, str]:
    """Return by measure key what was guessed of it, to stand beside what was heard; raises StoreError."""
    known = load_take_practice(get_store(), attempt.id)
    guesses = {}
    if known.ums is not None:
        is_right = is_right_number(known.ums, len(report.get_finding(UMS).moments))
        guesses[UMS] = _describe_guess(UMS_LABELS[known.ums], is_right=is_right)
    if known.pace is not None:
        guesses[PACE_KEY] = _describe_guess(PACE_LABELS[known.pace], is_right=known.pace is find_pace(report))
    return guesses


def show_plan(attempt: StoredAttempt, report: Report) -> None:
    """Ask for one if-then plan for the next take of a question, typed or said aloud; raises StoreError."""
    question = attempt.question.id
    if not is_practice(question) or demo_mode.is_on():
        return
    plan = find_plan(get_store(), question)
    with st.container(key="plan", gap=None):
        key = f"plan_{question}"
        with st.form(f"{key}_form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
            text = st.text_input(
                "**Your plan for the next take**, as “If this happens, I do that”",
                plan.text if plan else suggest_plan(report),
                max_chars=MAX_LINE_CHARACTERS,
                key=key,
            )
            is_saved = st.form_submit_button("Save my plan")
        if is_saved:
            with show_errors():
                save_plan(get_store(), question, text, _now(), plan)
                st.session_state[_SAVED_PLAN] = question
                st.rerun()
        if st.session_state.pop(_SAVED_PLAN, None) == question:
            st.success(PLAN_SAVED)
        aloud = st.expander(
            "Say it aloud once: it sticks better", key=f"{key}_aloud", on_change="rerun", type="compact"
        )
        if aloud.open:
            with aloud:
                _show_rehearsal(question, text, plan)


def show_plan_before_take(question_id: str) -> None:
    """Show the plan for the next take of a question, with the recording of it; raises StoreError."""
    plan = find_plan(get_store(), question_id)
    if plan is None:
        return
    st.markdown(f"**Your plan:** {escape_markdown(plan.text)}")
    _play(plan)


def show_outcomes(attempt: StoredAttempt, report: Report) -> None:
    """Say in a line each whether a take was as short as it was to be, and what a drill did; raises StoreError."""
    known = load_take_practice(get_store(), attempt.id)
    is_short = is_short_enough(known, report)
    if is_short is not None and report.response is not None and known.most_seconds is not None:
        said, wanted = format_seconds(report.response.duration), format_seconds(known.most_seconds)
        if is_short:
            st.success(f"**✓ The same answer in {said}.** Your goal was {wanted}.")
        else:
            note = f" {TOO_SHORT_NOTE}" if report.response.duration < known.most_seconds else ""
            st.markdown(f"**→ Not quite there yet.** You spoke for {said}; your goal was {wanted}.{note}")
    if known.drilled is not None and report.response is not None:
        _show_drill_outcome(known, report)


def _show_drill_outcome(known: TakePractice, report: Report) -> None:
    try:
        before = get_store().load_report(known.drilled or "")
    except StoreError:  # it was deleted
        return
    ums = [len(each.get_finding(UMS).moments) for each in (before, report)]
    told = f"Um drill: {format_count(ums[0], 'um')} before, {format_count(ums[1], 'um')} now."
    if known.to_catch:
        told += f" You noticed {known.caught} of {known.to_catch} while listening."
    if ums[1] < ums[0]:
        st.success(f"**✓ {told}**")
    else:
        st.markdown(f"**{told}**")


def _show_rehearsal(question: str, text: str, plan: IfThenPlan | None) -> None:
    def keep(submitted: Submission) -> None:
        save_plan(get_store(), question, text, _now(), plan, submitted.attempt.id)
        st.session_state[_SAVED_PLAN] = question

    recorder.show(make_plan_question(question), keep, f"_plan_{question}")
    if plan is not None:
        _play(plan)


def _play(plan: IfThenPlan) -> None:
    """Offer to hear a plan as it was said; nothing where its recording is gone."""
    known = {each.id: each for each in get_store().load_history()} if plan.spoken else {}
    spoken = known.get(plan.spoken or "")
    if spoken is not None and spoken.has_recording and spoken.state is not AttemptState.FAILED:
        st.audio(get_store().read_flac(spoken.id), "audio/flac")


def _ask(label: str, options: Mapping[Any, str], key: str, args: tuple[str, ...]) -> None:
    st.pills(label, options, format_func=options.__getitem__, key=key, on_change=_save_guess, args=args)


def _describe_guess(label: str, *, is_right: bool) -> str:
    return f"you guessed “{label.lower()}”{', and you were right' if is_right else ''}"


def _save_guess(attempt_id: str, ums: str, pace: str) -> None:
    with show_errors():
        given = {"ums": st.session_state.get(ums), "pace": st.session_state.get(pace)}
        save_take_practice(get_store(), attempt_id, **{name: each for name, each in given.items() if each is not None})


def _skip(attempt_id: str) -> None:
    st.session_state[_SKIPPED] = st.session_state.get(_SKIPPED, frozenset()) | {attempt_id}


def _now() -> datetime:
    return datetime.now().astimezone()
