"""Format numbers, verdicts, dates and rules for the page: pure functions, no widgets."""

from __future__ import annotations

import re
from datetime import date, datetime

from analysis.finding import Finding, Side, Source, Verdict
from analysis.measures.measure import Measure
from analysis.measures.registry import MEASURES
from analysis.question import QuestionKind
from analysis.wording import format_amount, format_number
from content.follow_up_rules import FollowUpRule
from content.taxonomy import load_taxonomy
from store.own_bands import OWN_SOURCE

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&@])")
# What makes addresses links even where their signs are escaped, and what parts it: nothing to see, nothing to copy.
_LINK_START = re.compile(r"\\@(?=[\w\\-]+\\\.)|https?(?=\\://)|www(?=\\\.)", re.IGNORECASE)
LINK_BREAK = ":small[]"
_TOO = {Side.BELOW: ("↓", "low", "short"), Side.ABOVE: ("↑", "high", "long")}  # sign; of a number; of a time


def escape_markdown(text: str) -> str:
    """Return untrusted text as Markdown that shows it literally and links no address in it."""
    return _LINK_START.sub(rf"\g<0>{LINK_BREAK}", _MARKDOWN.sub(r"\\\1", text))


def get_unit_label(measure: Measure) -> str:
    """Return the unit to write after a number; empty where the number or the measure's label says it already."""
    is_said = measure.unit == "share" or f" {measure.unit} " in f" {measure.label.lower()} "
    return "" if is_said else measure.unit


def format_interval(finding: Finding, measure: Measure) -> str | None:
    """Return how sure a rate is: "95 % sure to be from 1.1 to 7.8 per min".

    None if the finding has no interval.
    """
    if finding.interval is None:
        return None
    low, high = finding.interval
    return f"95 % sure to be from {format_number(low, measure)} to {format_amount(high, measure)}"


def describe_verdict(finding: Finding) -> str:
    """Return a verdict as a sign and words, so that it can be read without colour: "↑ slightly high"."""
    arrow, of_number, of_time = _TOO.get(finding.side or Side.INSIDE, ("→", "outside the range", "outside the range"))
    side = of_time if MEASURES[finding.measure].unit == "s" else of_number
    return {
        Verdict.FINE: "✓ good",
        Verdict.WATCH: f"{arrow} slightly {side}",
        Verdict.ACT: f"{arrow}{arrow} too {side}",
        Verdict.INFO: "○ for reference",
        Verdict.UNDEFINED: "– no value",
    }[finding.verdict]


def describe_source(source: Source) -> str:
    """Return the source of a range or definition: evidence, advice, or the user's own choice."""
    if source.name.startswith(OWN_SOURCE.name):
        return source.name
    return f"{'Evidence' if source.is_evidence else 'Advice'}: {source.name}"


def format_clock(seconds: float) -> str:
    """Return a duration or moment in seconds as minutes and seconds, rounded: "1:05"."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def format_player_time(seconds: float) -> str:
    """Return a moment in seconds as minutes and seconds, rounded down as players do: "1:05"."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def format_date_time(at: datetime) -> str:
    """Return a date and time in its own time zone: "3 Mar 2026, 14:05"."""
    return f"{at.day} {at:%b %Y, %H:%M}"


def get_kind_label(kind: QuestionKind | None) -> str:
    """Return the label of a kind of question; None stands for no question."""
    return load_taxonomy().kinds[kind.value].label if kind else "No question chosen"


def format_date(at: date) -> str:
    """Return a date: "3 March 2025"."""
    return f"{at.day} {at:%B %Y}"


def format_short_date(at: date) -> str:
    """Return a date without its year: "3 Mar"."""
    return f"{at.day} {at:%b}"


def format_rule(rule: FollowUpRule) -> str:
    """Return a rule for follow-ups with its reason and source, as Markdown."""
    return f"**{escape_markdown(rule.title)}.** {escape_markdown(rule.text)} {format_rule_reason(rule)}"


def format_rule_reason(rule: FollowUpRule) -> str:
    """Return the reason and the source of a rule, as small Markdown."""
    return f":small[{escape_markdown(rule.why)} {escape_markdown(str(rule.citation))}]"
