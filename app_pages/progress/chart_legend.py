"""What the signs in the charts mean."""

from __future__ import annotations

from analysis.progress.attempt import FEWEST_WORDS, SHORTEST
from app_pages.progress.chart import ENDS, QUIET, TONE
from app_pages.ui.templates import show_style, show_template

SIGNS = {
    "answer": "an answer: click it for its report",
    "short": f"under {SHORTEST:.0f} s or {FEWEST_WORDS} words: not compared",
    "whisker": "95 % uncertainty of a rate",
    "range": "range",
    "median": "your median",
}
OF_ENDS = {"ends": "medians of your first and last answers"}


def show(*, with_ends: bool) -> None:
    """Show each sign with its meaning, in one or a few lines; those of the first and last answers if any is drawn."""
    signs = SIGNS | OF_ENDS if with_ends else SIGNS
    show_style("progress/templates/chart_legend.css")
    show_template("progress/templates/chart_legend.html", signs=signs, answer=TONE, range=QUIET, ends=ENDS)
