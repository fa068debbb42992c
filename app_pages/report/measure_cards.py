"""Show numbers: folded by topic, each as a card with its verdict, and on request what it means and where it is from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from analysis.finding import Band, Finding, Verdict
from analysis.measures.measure import Measure
from analysis.measures.registry import MEASURES
from analysis.report import Group, Report
from analysis.wording import format_band, format_number
from app_pages.report.structure import show_finding_moments
from app_pages.report.topics import Topic
from app_pages.ui.wording import describe_source, describe_verdict, escape_markdown, format_interval, get_unit_label
from store.attempt import StoredAttempt

CARDS_PER_ROW = 3
ALL_NUMBERS, METHOD = "All numbers", "How this is measured"
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


def show_topic(attempt: StoredAttempt, topic: Topic, place: int, guess: str = "") -> None:
    """Show a topic as one line with its number and verdict; folded away, its other numbers and their moments.

    Args:
        attempt: the attempt.
        topic: the topic.
        place: its place among the topics.
        guess: what was guessed of it, to stand beside the number; "" for nothing.
    """
    verdict = f" :{COLOURS[topic.finding.verdict]}-badge[{escape_markdown(topic.verdict)}]" if topic.verdict else ""
    said = f"{topic.says}; {guess}" if guess else topic.says
    label = f"**{escape_markdown(topic.label)}:** {escape_markdown(said)}{verdict}"
    with st.expander(label, key=f"topic_{place}_{attempt.id}"):
        show_cards(topic.findings)
        show_finding_moments(attempt, topic.findings, f"moments_{place}")


def show_all_numbers(report: Report) -> None:
    """Show every number of a report in a table, and which of them make it concise and calm."""
    with st.expander(f"**{ALL_NUMBERS}**"):
        for group in report.groups:
            st.markdown(f"**{escape_markdown(group.label)}:** {escape_markdown(_describe_group(group))}")
        st.markdown(
            "| Measure | You | Verdict | Range |\n|---|---|---|---|\n" + "\n".join(map(_make_row, report.findings))
        )


def show_method(report: Report, reasons: Sequence[str]) -> None:
    """Explain how the numbers come about, and how sure those are that are counted.

    Args:
        report: the report.
        reasons: why its advice is given, each with its source.
    """
    with st.expander(f"**{METHOD}**"):
        st.markdown(
            "Every number is about how you spoke, never about you. There's no overall score. Filler counts are what "
            "the app could hear."
        )
        st.markdown(escape_markdown(f"Transcribed with the {report.model} model ({report.settings})."))
        for reason in reasons:
            st.markdown(escape_markdown(f"Why we say so: {reason}"))
        sure = [
            f"- {escape_markdown(f'{MEASURES[found.measure].label}: {interval}.')}"
            for found in report.findings
            if (interval := format_interval(found, MEASURES[found.measure])) is not None
        ]
        if sure:
            st.markdown("How sure we can be after one answer of this length:\n\n" + "\n".join(sure))
        st.caption(escape_markdown(SYMBOLS_NOTE))
        formulas = "\n".join(f"- {escape_markdown(each.label)}: `{each.formula}`" for each in MEASURES.values())
        st.markdown(f":small[Formulas, version {report.formula_version}:]\n\n{formulas}")


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
    with st.expander(METHOD):
        st.markdown(f"`{measure.formula}`")
        sources = dict.fromkeys([measure.source, *([band.source] if band else [])])
        st.caption(escape_markdown(" ".join(f"{describe_source(source)}. {source.says}" for source in sources)))
        if sure is not None:
            st.caption(escape_markdown(f"{sure}."))
        st.caption(escape_markdown(SYMBOLS_NOTE))


def show_cards(findings: Sequence[Finding]) -> None:
    """Draw a card for each finding, three in a row."""
    for first in range(0, len(findings), CARDS_PER_ROW):
        row: Iterable[Finding] = findings[first : first + CARDS_PER_ROW]
        for column, found in zip(st.columns(CARDS_PER_ROW), row, strict=False):
            with column.container(border=True, height="stretch", key=f"tile_{found.measure}"):
                _show_card(found, MEASURES[found.measure])


def _show_card(found: Finding, measure: Measure) -> None:
    st.markdown(f"### {escape_markdown(measure.label)}")
    if found.value is not None:
        number, unit = format_number(found.value, measure), escape_markdown(get_unit_label(measure))
        st.markdown(f"**{number}** {unit}")
    st.markdown(f":{COLOURS[found.verdict]}-badge[{escape_markdown(describe_verdict(found))}]")
    st.markdown(escape_markdown(found.detail))
    if found.band is not None:
        st.caption(escape_markdown(f"Range: {format_band(found.band, measure)}."))
    with st.popover("What is this?", type="tertiary"):
        show_definition(measure, found.band or measure.band, format_interval(found, measure))


def _describe_group(group: Group) -> str:
    lines = [f"✓ {MEASURES[key].label}" for key in group.holds]
    if group.work_on is not None:
        lines.append(f"→ Work on: {MEASURES[group.work_on].label}")
    return ", ".join(lines) or group.detail


def _make_row(found: Finding) -> str:
    measure = MEASURES[found.measure]
    value = "–" if found.value is None else f"{format_number(found.value, measure)} {get_unit_label(measure)}"
    band = format_band(found.band, measure) if found.band else ""
    cells = (measure.label, value.strip(), describe_verdict(found), band)
    return "| " + " | ".join(map(escape_markdown, cells)) + " |"
