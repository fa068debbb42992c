"""Show the legend of the progress charts."""

from __future__ import annotations

import streamlit as st

from analysis.progress.attempt import MIN_ANSWER_SECONDS, MIN_ANSWER_WORDS
from app_pages.progress.chart import ANSWER_COLOUR, ENDS_COLOUR, RANGE_COLOUR

STYLE = f"""
<style>
.chart-signs {{ display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0;
  padding: 0 !important; font-size: 0.875rem; list-style: none; }}
.chart-signs li {{ display: flex; align-items: center; gap: 0.5rem; margin: 0; padding: 0; font-size: inherit; }}
.chart-signs i {{ flex: none; width: 1.5rem; height: 0; }}
.chart-signs .answer {{ width: 0.625rem; height: 0.625rem; border-radius: 50%; background: {ANSWER_COLOUR}; }}
.chart-signs .short {{ width: 0.5rem; height: 0.5rem; border-radius: 50%; border: 1.5px solid {ANSWER_COLOUR}; }}
.chart-signs .whisker {{ width: 0; height: 1rem; border-left: 2px solid {ANSWER_COLOUR}; opacity: 0.6; }}
.chart-signs .range {{ height: 0.75rem; background: color-mix(in srgb, {RANGE_COLOUR} 20%, transparent);
  border-block: 1px dotted {RANGE_COLOUR}; }}
.chart-signs .median {{ border-top: 2px dashed {RANGE_COLOUR}; }}
.chart-signs .ends {{ border-top: 4px solid {ENDS_COLOUR}; border-radius: 2px; }}
</style>
"""
SIGNS = {
    "answer": "an answer: click it for its report",
    "short": f"under {MIN_ANSWER_SECONDS:.0f} s or {MIN_ANSWER_WORDS} words: not compared",
    "whisker": "95 % uncertainty of a rate",
    "range": "range",
    "median": "your median",
}
ENDS_SIGN = {"ends": "medians of your first and last answers"}


def show_legend(*, with_ends: bool) -> None:
    """Show each sign with its meaning.

    Args:
        with_ends: include the sign of the medians of the first and last answers.
    """
    signs = SIGNS | ENDS_SIGN if with_ends else SIGNS
    items = "".join(f'<li><i class="{sign}" aria-hidden="true"></i>{text}</li>' for sign, text in signs.items())
    st.html(f'{STYLE}<ul class="chart-signs" aria-label="Signs in the charts">{items}</ul>')
