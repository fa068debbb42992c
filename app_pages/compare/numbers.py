"""Show the measures of two takes side by side, and the exercise between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from analysis.feedback.exercise import choose_exercise, describe_exercise, describe_result, is_exercise_met
from analysis.feedback.priority import KEYS_BY_PRIORITY
from analysis.finding import Band
from analysis.measures.registry import MEASURES, RATE_KEYS
from analysis.progress.comparison import compare_takes
from analysis.progress.trend import Change, Difference, describe_difference, describe_interval
from analysis.wording import format_amount
from app_pages.compare.choice import Pair
from app_pages.ui.wording import escape_markdown

MAX_UNFOLDED = 8  # measures, before the rest is folded away
SIGNS = {
    Change.BETTER: "✓",
    Change.WORSE: "▼",
    Change.CHANGED: "◇",
    Change.NO_CLEAR_CHANGE: "○",
    Change.TOO_FEW: "–",
    Change.NOT_COMPARABLE: "≠",
}
NOT_COMPARABLE_TEXT = (
    "These two takes were measured in different ways (another model, other settings or newer formulas). Their numbers "
    "are shown, but not compared: they differ for reasons that have nothing to do with your speech."
)
CHANCE_NOTE = (
    "One answer each can tell a change from chance only for rates, which are counts in a minute or in 100 words. For "
    "each rate, 5 % of takes without any change would look changed. Everything else needs more answers: see Progress."
)
STYLE = """
<style>
.takes { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
.takes th, .takes td { text-align: left; vertical-align: top; padding: 0.5rem 0.75rem 0.5rem 0; font-weight: 400;
  border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
.takes thead th { font-size: 0.875rem; opacity: 0.8; }
.takes tbody th { font-weight: 600; }
.takes td.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
.takes small { display: block; font-size: 0.8125rem; opacity: 0.8; }
@media (max-width: 40rem) {
  .takes thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .takes tr { display: grid; grid-template-columns: 1fr 1fr; padding: 0.5rem 0;
    border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
  .takes th, .takes td { border: 0; padding: 0.125rem 0; }
  .takes tbody th, .takes td.change { grid-column: 1 / -1; }
  .takes .none { display: none; }
  .takes td.number::before { content: attr(data-when) " "; opacity: 0.8; }
}
</style>
"""


def show_exercise(pair: Pair) -> None:
    """Show the exercise that the earlier take set, and whether the later take met it."""
    found = choose_exercise(pair.before.report)
    if found is None:
        return
    with st.container(border=True, key="compare_drill"):
        st.markdown("#### The target of the earlier take")
        st.markdown(escape_markdown(describe_exercise(found)))
        if pair.before.attempt.cohort != pair.now.attempt.cohort:
            st.markdown("The takes were measured in different ways, so whether it was met is not judged.")
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
    st.html(STYLE + render_table(differences[:MAX_UNFOLDED]))
    with st.expander("More numbers"):
        st.html(STYLE + render_table(differences[MAX_UNFOLDED:]))
    st.caption(CHANCE_NOTE)


def summarize_changes(differences: Sequence[Difference]) -> str:
    """Return a sentence that names the measures whose change is more than chance."""
    clear = [
        f"{MEASURES[each.measure].label.lower()} ({each.change.value})"
        for each in differences
        if each.change in (Change.BETTER, Change.WORSE, Change.CHANGED)
    ]
    if clear:
        return f"More than chance: {', '.join(clear)}."
    return "No difference between these two takes is more than chance. That is usual: single answers vary a lot."


def render_table(differences: Sequence[Difference]) -> str:
    """Render measures as an HTML table: the values before and now, and the change."""
    rows = "".join(map(_render_row, differences))
    head = "".join(f'<th scope="col">{title}</th>' for title in ("Measure", "Before", "Now", "Change"))
    return f'<table class="takes"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _compare_takes(pair: Pair, own: Mapping[str, Band]) -> list[Difference]:
    found = compare_takes(pair.before.attempt, pair.now.attempt, pair.others, own)
    return sorted(found, key=lambda difference: KEYS_BY_PRIORITY.index(difference.measure))


def _render_row(difference: Difference) -> str:
    measure = MEASURES[difference.measure]
    numbers = "".join(
        f'<td class="number" data-when="{when}">{"–" if value is None else escape(format_amount(value, measure))}</td>'
        for when, value in (("Before:", difference.before), ("Now:", difference.now))
    )
    return (
        f'<tr><th scope="row">{escape(measure.label)}</th>{numbers}'
        f'<td class="change">{_render_change(difference)}</td></tr>'
    )


def _render_change(difference: Difference) -> str:
    if difference.change is Change.TOO_FEW and difference.measure not in RATE_KEYS:
        return '<span class="none" title="One answer each cannot be told from chance">–</span>'
    words = f"{SIGNS[difference.change]} {escape(describe_difference(difference))}"
    if difference.interval is None:
        return words
    interval = describe_interval(MEASURES[difference.measure], difference.interval, is_ratio=True)
    return f"{words}<small>{escape(interval)}</small>"
