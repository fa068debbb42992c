"""Show the comparison page: two takes of one question, what changed, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from analysis.feedback.exercise import choose_exercise, describe_exercise, describe_result, is_exercise_met
from analysis.feedback.priority import KEYS_BY_PRIORITY
from analysis.finding import Band
from analysis.measures.registry import MEASURES
from analysis.progress.comparison import compare_takes
from analysis.progress.trend import Change, Difference, describe_difference
from analysis.wording import format_amount
from app_pages.compare import choice, transcripts
from app_pages.compare.choice import Pair
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_practice
from app_pages.ui.store_access import get_store
from app_pages.ui.templates import render_template, show_style
from app_pages.ui.wording import escape_markdown
from services.question_bank import find_shared_bands, load_own_answers, load_question_bank
from store.settings import read_settings

MAX_UNFOLDED = 8  # measures, before the rest is folded away
SIGNS = {
    Change.BETTER: "✓",
    Change.WORSE: "→",
    Change.CHANGED: "◇",
    Change.NO_CLEAR_CHANGE: "○",
    Change.TOO_FEW: "–",
    Change.NOT_COMPARABLE: "≠",
}
NOT_COMPARABLE_TEXT = (
    "These two takes were analysed differently (another model, other settings or a newer version), so their numbers "
    "can't be compared: they can differ although you spoke the same."
)
CHANCE_NOTE = (
    "We only call it better or worse when it's unlikely to be chance. With one answer each, that works for things we "
    "count per minute or per 100 words. About 1 in 20 takes will look changed when nothing has. For everything else, "
    "see Progress."
)


def show_exercise(pair: Pair) -> None:
    """Show the exercise that the earlier take set, and whether the later take met it."""
    found = choose_exercise(pair.before.report)
    if found is None:
        return
    with st.container(border=True, key="compare_drill"):
        st.markdown("#### Your goal from the earlier take")
        st.markdown(escape_markdown(describe_exercise(found)))
        if pair.before.attempt.cohort != pair.now.attempt.cohort:
            st.markdown("These takes were analysed differently, so we can't say whether you met it.")
            return
        met = is_exercise_met(found, pair.now.report)
        sign = {True: "✓", False: "→", None: "–"}[met]
        st.markdown(f"**{sign} {escape_markdown(describe_result(found, pair.now.report))}**")


def show_numbers(pair: Pair, own: Mapping[str, Band]) -> None:
    """Show every measure of both takes.

    Args:
        pair: the takes.
        own: the user's own ranges for the question, by key of the measure.
    """
    differences = _compare_takes(pair, own)
    st.subheader("What changed", anchor=False)
    if pair.before.attempt.cohort != pair.now.attempt.cohort:
        st.info(NOT_COMPARABLE_TEXT)
    else:
        st.markdown(escape_markdown(summarize_changes(differences)))
    show_style("compare/templates/numbers.css")
    st.html(render_table(differences[:MAX_UNFOLDED]))
    with st.expander("More numbers"):
        st.html(render_table(differences[MAX_UNFOLDED:]))
    with st.expander("How we compare"):
        st.markdown(CHANCE_NOTE)


def summarize_changes(differences: Sequence[Difference]) -> str:
    """Return a sentence that names the measures whose change is more than chance."""
    clear = [
        f"{MEASURES[each.measure].label.lower()} ({each.change.value})"
        for each in differences
        if each.change in (Change.BETTER, Change.WORSE, Change.CHANGED)
    ]
    if clear:
        return f"Not just chance: {', '.join(clear)}."
    return "No clear difference. Single answers vary a lot."


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
    change = f"{SIGNS[difference.change]} {describe_difference(difference)}"
    return {"label": measure.label, "before": before, "now": now, "change": change}


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
        return
    show_exercise(pair)
    transcripts.show_timelines(pair)
    show_numbers(pair, find_shared_bands([pair.now.attempt], questions, read_settings().bands))
    transcripts.show_transcripts(pair)


st.title("Compare two takes", anchor=False)
with show_errors():
    show_page()
