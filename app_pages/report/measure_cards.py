"""Numbers as tiles: value, uncertainty, verdict, range and where that comes from; the definition is a click away."""

from __future__ import annotations

import streamlit as st

from analysis.finding import Finding, Verdict
from analysis.measures.measure import Display, Measure
from analysis.measures.registry import MEASURES
from analysis.report import Report
from analysis.wording import band_range, number
from app_pages.ui.wording import interval, origin, plain, unit, verdict

COLUMNS = 3
LETTERS = (
    "In formulas: W words, S syllables, T_resp the time from the first to the last sound of the voice, P pauses of "
    "0.25 s or more, T_speech the time without them, F_s filler sounds, F_w filler words."
)
COLOURS = {
    Verdict.FINE: "green",
    Verdict.WATCH: "yellow",
    Verdict.ACT: "orange",
    Verdict.INFO: "gray",
    Verdict.UNDEFINED: "gray",
}


def headlines(report: Report) -> None:
    """The few numbers to read first."""
    _grid([found for found in report.findings if _is_headline(found)])


def everything(report: Report) -> None:
    """Every other number of the report, folded away."""
    with st.expander("More numbers"):
        _grid([found for found in report.findings if not _is_headline(found)])


def definition(measure: Measure) -> None:
    """What a measure means, how it is computed, and where that comes from."""
    st.markdown(plain(measure.definition))
    st.markdown(f"Formula: `{measure.formula}`")
    st.caption(plain(f"{origin(measure.source)}. {measure.source.says}"))
    if measure.band is not None:
        source = measure.band.source
        says = f" {origin(source)}. {source.says}" if source != measure.source else ""
        st.caption(plain(f"Range: {band_range(measure.band, measure)}.{says}"))


def _is_headline(found: Finding) -> bool:
    return Display.CARDS in MEASURES[found.measure].shown_in


def _grid(findings: list[Finding]) -> None:
    for first in range(0, len(findings), COLUMNS):
        for column, found in zip(st.columns(COLUMNS), findings[first : first + COLUMNS], strict=False):
            with column.container(border=True, height="stretch", key=f"tile_{found.measure}"):
                _tile(found, MEASURES[found.measure])


def _tile(found: Finding, measure: Measure) -> None:
    st.markdown(f"**{plain(measure.label)}**")
    if found.value is not None:
        st.markdown(f"### {number(found.value, measure)} :small[{plain(unit(measure))}]")
    st.markdown(f":{COLOURS[found.verdict]}-badge[{plain(verdict(found))}]")
    st.markdown(plain(found.detail))
    sure = interval(found, measure)
    if sure is not None:
        st.caption(plain(sure))
    if found.band is not None:
        st.caption(plain(f"Range: {band_range(found.band, measure)}. {origin(found.band.source)}"))
    with st.popover("What is this?", type="tertiary"):
        definition(measure)
        st.caption(plain(LETTERS))
