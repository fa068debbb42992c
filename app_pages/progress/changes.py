"""Say in words what changed: over all the chosen answers, and between the latest two."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analysis.feedback.priority import KEYS_BY_PRIORITY
from analysis.finding import Band
from analysis.measures.registry import MEASURES
from analysis.progress.attempt import Attempt
from analysis.progress.change_sentences import describe_changes
from analysis.progress.comparison import compare_answers, find_latest_pair, find_neighbours
from analysis.progress.trend import Change
from analysis.progress.trend_estimation import estimate_trend
from app_pages.progress.choice import ChosenAnswers
from app_pages.ui.links import link_to_comparison
from app_pages.ui.wording import escape_markdown

FIRST_ANSWER = "That's your first answer. From the second one on, you'll read here what changed."


def show_changes(shown: ChosenAnswers, own: Mapping[str, Band]) -> None:
    """Show what the trends say, and what is different between the latest two answers."""
    with st.container(border=True, key="progress_changes"):
        for line in describe_trends(shown, own):
            st.markdown(escape_markdown(line))
        pair = find_latest_pair(shown.attempts)
        if pair is None:
            st.markdown(FIRST_ANSWER)
            return
        said = describe_changes(*pair, compare_answers(*pair, find_neighbours(shown.cohort, pair[1]), own), own)
        st.markdown(f"**{escape_markdown(said)}**  \n:small[{escape_markdown(_name_pair(*pair, shown))}]")
        if pair[0].question == pair[1].question:
            link_to_comparison(pair[1].id, "Compare these two takes")


def describe_trends(shown: ChosenAnswers, own: Mapping[str, Band]) -> list[str]:
    """Return what got better and what got worse by more than chance, a sentence each."""
    trends = [estimate_trend(shown.attempts, key, own) for key in KEYS_BY_PRIORITY]
    lines = []
    for change, opening in ((Change.BETTER, "Better over time"), (Change.WORSE, "Worse over time")):
        named = [MEASURES[trend.measure].label.lower() for trend in trends if trend.change is change]
        if named:
            lines.append(f"{opening}, and not just by chance: {', '.join(named)}.")
    return lines


def _name_pair(before: Attempt, now: Attempt, shown: ChosenAnswers) -> str:
    asked = shown.names[now.question]
    if before.question != now.question:
        return f"Your latest answer beside the one before it, to another question. The latest: “{asked}”"
    return f"Take {now.take} beside take {before.take} of “{asked}”"
