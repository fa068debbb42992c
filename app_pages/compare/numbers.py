"""The numbers of two takes side by side, and the exercise between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from analysis.feedback.exercise import choose_exercise, describe_exercise, describe_result, was_met
from analysis.feedback.priority import IMPORTANCE
from analysis.finding import Band
from analysis.measures.registry import MEASURES, RATES
from analysis.progress.comparison import compare
from analysis.progress.trend import Change, Difference, describe_difference, describe_interval
from analysis.wording import amount
from app_pages.compare.choice import Pair
from app_pages.ui.wording import plain

FIRST = 8  # measures, before the rest is folded away
SIGNS = {
    Change.BETTER: "✓",
    Change.WORSE: "▼",
    Change.CHANGED: "◇",
    Change.NO_CLEAR_CHANGE: "○",
    Change.TOO_FEW: "–",
    Change.NOT_COMPARABLE: "≠",
}
APART = (
    "These two takes were measured in different ways (another model, other settings or newer formulas). Their numbers "
    "are shown, but not compared: they differ for reasons that have nothing to do with your speech."
)
CHANCE = (
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


def drill(pair: Pair) -> None:
    """Show what the earlier take asked of the next one, and whether the later take did it."""
    found = choose_exercise(pair.before.report)
    if found is None:
        return
    with st.container(border=True, key="compare_drill"):
        st.markdown("#### The target of the earlier take")
        st.markdown(plain(describe_exercise(found)))
        if pair.before.attempt.cohort != pair.now.attempt.cohort:
            st.markdown("The takes were measured in different ways, so whether it was met is not judged.")
            return
        met = was_met(found, pair.now.report)
        sign = {True: "✓", False: "→", None: "–"}[met]
        st.markdown(f"**{sign} {plain(describe_result(found, pair.now.report))}**")


def show(pair: Pair, own: Mapping[str, Band]) -> None:
    """Show every measure of both takes; `own` are the user's ranges for the question."""
    differences = _differences(pair, own)
    st.subheader("What changed", anchor=False)
    if pair.before.attempt.cohort != pair.now.attempt.cohort:
        st.info(APART)
    else:
        st.markdown(plain(summary(differences)))
    st.html(STYLE + table(differences[:FIRST]))
    with st.expander("More numbers"):
        st.html(STYLE + table(differences[FIRST:]))
    st.caption(CHANCE)


def summary(differences: Sequence[Difference]) -> str:
    """Which measures changed by more than chance, in a sentence."""
    clear = [
        f"{MEASURES[each.measure].label.lower()} ({each.change.value})"
        for each in differences
        if each.change in (Change.BETTER, Change.WORSE, Change.CHANGED)
    ]
    if clear:
        return f"More than chance: {', '.join(clear)}."
    return "No difference between these two takes is more than chance. That is usual: single answers vary a lot."


def table(differences: Sequence[Difference]) -> str:
    """Measures as the rows of an HTML table: before, now, and what became of it."""
    rows = "".join(map(_row, differences))
    head = "".join(f'<th scope="col">{title}</th>' for title in ("Measure", "Before", "Now", "Change"))
    return f'<table class="takes"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _differences(pair: Pair, own: Mapping[str, Band]) -> list[Difference]:
    found = compare(pair.before.attempt, pair.now.attempt, pair.others, own)
    return sorted(found, key=lambda difference: IMPORTANCE.index(difference.measure))


def _row(difference: Difference) -> str:
    measure = MEASURES[difference.measure]
    numbers = "".join(
        f'<td class="number" data-when="{when}">{"–" if value is None else escape(amount(value, measure))}</td>'
        for when, value in (("Before:", difference.before), ("Now:", difference.now))
    )
    return (
        f'<tr><th scope="row">{escape(measure.label)}</th>{numbers}<td class="change">{_change(difference)}</td></tr>'
    )


def _change(difference: Difference) -> str:
    if difference.change is Change.TOO_FEW and difference.measure not in RATES:
        return '<span class="none" title="One answer each cannot be told from chance">–</span>'
    words = f"{SIGNS[difference.change]} {escape(describe_difference(difference))}"
    if difference.interval is None:
        return words
    interval = describe_interval(MEASURES[difference.measure], difference.interval, is_ratio=True)
    return f"{words}<small>{escape(interval)}</small>"
