"""Show measures as cards: value, verdict and range, and on request what they mean and where they come from."""

from __future__ import annotations

import streamlit as st

from analysis.finding import Band, Finding, Verdict
from analysis.measures.measure import Display, Measure
from analysis.measures.registry import MEASURES
from analysis.report import Report
from analysis.wording import format_band, format_number
from app_pages.ui.wording import describe_source, describe_verdict, escape_markdown, format_interval, get_unit_label

CARDS_PER_ROW = 3
SYMBOLS_NOTE = (
    "In formulas: W words, S syllables, T_resp the time from your first to your last sound, P pauses of 0.25 s or "
    "more, T_speech the time without them, F_s ums and uhs, F_w filler words."
)
COLOURS = {
    Verdict.FINE: "green",
    Verdict.WATCH: "yellow",
    Verdict.ACT: "orange",
    Verdict.INFO: "gray",
    Verdict.UNDEFINED: "gray",
}


def show_headlines(report: Report) -> None:
    """Draw cards for the few measures to read first."""
    _show_cards([found for found in report.findings if _is_headline(found)])


def show_other_measures(report: Report) -> None:
    """Draw cards for all other measures of the report, in a collapsed box."""
    with st.expander("More numbers"):
        _show_cards([found for found in report.findings if not _is_headline(found)])


def show_definition(measure: Measure, band: Band | None, sure: str | None = None) -> None:
    """Explain a measure: its definition and range, and folded away its formula and where both come from.

    Args:
        measure: the measure.
        band: the range to name; None if there is none.
        sure: how sure the value is, in words; None without a value or interval.
    """
    st.markdown(escape_markdown(measure.definition))
    if band is not None:
        st.markdown(escape_markdown(f"Range: {format_band(band, measure)}."))
    with st.expander("How this is measured"):
        st.markdown(f"`{measure.formula}`")
        sources = dict.fromkeys([measure.source, *([band.source] if band else [])])
        st.caption(escape_markdown(" ".join(f"{describe_source(source)}. {source.says}" for source in sources)))
        if sure is not None:
            st.caption(escape_markdown(f"{sure}."))
        st.caption(escape_markdown(SYMBOLS_NOTE))


def _is_headline(found: Finding) -> bool:
    return Display.CARDS in MEASURES[found.measure].shown_in


def _show_cards(findings: list[Finding]) -> None:
    for first in range(0, len(findings), CARDS_PER_ROW):
        for column, found in zip(st.columns(CARDS_PER_ROW), findings[first : first + CARDS_PER_ROW], strict=False):
            with column.container(border=True, height="stretch", key=f"tile_{found.measure}"):
                _show_card(found, MEASURES[found.measure])


def _show_card(found: Finding, measure: Measure) -> None:
    st.markdown(f"**{escape_markdown(measure.label)}**")
    if found.value is not None:
        st.markdown(f"### {format_number(found.value, measure)} :small[{escape_markdown(get_unit_label(measure))}]")
    st.markdown(f":{COLOURS[found.verdict]}-badge[{escape_markdown(describe_verdict(found))}]")
    st.markdown(escape_markdown(found.detail))
    if found.band is not None:
        st.caption(escape_markdown(f"Range: {format_band(found.band, measure)}."))
    with st.popover("What is this?", type="tertiary"):
        show_definition(measure, found.band or measure.band, format_interval(found, measure))
