"""Show the comparison page: two takes of one question, what changed, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from analysis.feedback.exercise import choose_exercise, describe_exercise, describe_result, is_exercise_met
from analysis.feedback.priority import KEYS_BY_PRIORITY
from analysis.finding import Band
from analysis.measures.registry import MEASURES
from analysis.progress.change_sentences import CLEAR, describe_any_step, describe_changes
from analysis.progress.comparison import compare_takes
from analysis.progress.trend import Change, Difference, describe_difference
from analysis.wording import format_amount
from app_pages.compare import choice, transcripts
from app_pages.compare.choice import Pair
from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_practice
from app_pages.ui.store_access import get_store
from app_pages.ui.templates import render_template, show_style
from app_pages.ui.wording import escape_markdown
from services.question_bank import find_shared_bands, load_own_answers, load_question_bank
from store.settings import read_settings

SIGNS = {
    Change.BETTER: "✓",
    Change.WORSE: "→",
    Change.CHANGED: "◇",
    Change.NO_CLEAR_CHANGE: "○",
    Change.NOT_COMPARABLE: "≠",
}
NOT_COMPARABLE_TEXT = (
    "These two takes were analysed differently (another model, other settings or a newer version), so their numbers "
    "can't be compared: they can differ although you spoke the same."
)
CHANCE_NOTE = (
    "Single answers vary a lot, so a difference might be chance. We only call it better or worse when that's unlikely, "
    "and with one answer each we can tell only for things we count per minute or per 100 words. About 1 in 20 takes "
    "will look changed when nothing has. For everything else, see Progress."
)


def show_exercise(pair: Pair) -> None:
    """Show the exercise that the earlier take set, and whether the later take met it."""
    found = choose_exercise(pair.before.report)
    if found is None:
        return
    with st.container(border=True, key="compare_drill"):
        st.header("Your goal from the earlier take", anchor=False)
        st.markdown(escape_markdown(describe_exercise(found)))
        if pair.before.attempt.cohort != pair.now.attempt.cohort:
            st.markdown("These takes were analysed differently, so we can't say whether you met it.")
            return
        met = is_exercise_met(found, pair.now.report)
        sign = {True: "✓", False: "→", None: "–"}[met]
        st.markdown(f"**{sign} {escape_markdown(describe_result(found, pair.now.report))}**")


def show_changes(pair: Pair, differences: Sequence[Difference], own: Mapping[str, Band]) -> None:
    """Say in a few sentences what is different in the later take."""
    st.header("What changed", anchor=False)
    if pair.before.attempt.cohort != pair.now.attempt.cohort:
        st.info(NOT_COMPARABLE_TEXT)
        return
    said = describe_changes(pair.before.attempt, pair.now.attempt, differences, own)
    st.markdown(f"**{escape_markdown(said)}**")


def show_numbers(differences: Sequence[Difference]) -> None:
    """Show every measure of both takes, folded away."""
    with st.expander("All numbers", key="compare_numbers"):
        show_style("compare/templates/numbers.css")
        st.html(render_table(differences))
        st.markdown(CHANCE_NOTE)


def render_table(differences: Sequence[Difference]) -> str:
    """Render measures as an HTML table: the values before and now, and the change."""
    return render_template("compare/templates/numbers.html", rows=[_make_row(each) for each in differences])


def _compare_takes(pair: Pair, own: Mapping[str, Band]) -> list[Difference]:
    found = compare_takes(pair.before.attempt, pair.now.attempt, pair.others, own)
    return sorted(found, key=lambda difference: KEYS_BY_PRIORITY.index(difference.measure))


def _make_row(difference: Difference) -> dict[str, str]:
    measure = MEASURES[difference.measure]
    before, now = (
        "–" if value is None else format_amount(value, measure) for value in (difference.before, difference.now)
    )
    return {"label": measure.label, "before": before, "now": now, "change": _describe_change(difference)}


def _describe_change(difference: Difference) -> str:
    """Return the sign of a change, what it is, and whether it may be chance."""
    if difference.change is Change.NOT_COMPARABLE:
        return f"{SIGNS[difference.change]} {describe_difference(difference)}"
    step = describe_any_step(difference)
    if difference.change in CLEAR:
        return f"{SIGNS[difference.change]} {describe_difference(difference)}: {step}"
    return f"{SIGNS[Change.NO_CLEAR_CHANGE]} {step}"


def show_page() -> None:
    """Show the whole page below its title."""
    questions = load_question_bank(get_store())
    pair = choice.choose_pair(load_own_answers(get_store()), questions)
    if pair is None:
        st.info(
            "Answer the same question twice, and you'll see both takes here: what you said, what changed, and whether "
            "the change means anything."
        )
        link_to_practice()
        demo_mode.show_offer()
        return
    own = find_shared_bands([pair.now.attempt], questions, read_settings().bands)
    differences = _compare_takes(pair, own)
    show_changes(pair, differences, own)
    show_exercise(pair)
    transcripts.show_timelines(pair)
    transcripts.show_transcripts(pair)
    show_numbers(differences)


st.title("Compare two takes", anchor=False)
with show_errors():
    show_page()
