"""Numbers, verdicts, days and rules in words: pure functions, no widget."""

from __future__ import annotations

import re
from datetime import date, datetime

from analysis.finding import Finding, Side, Source, Verdict
from analysis.measures.measure import Measure
from analysis.question import QuestionKind
from analysis.wording import amount, number
from content.follow_up_rules import Rule
from content.taxonomy import sorting
from store.own_bands import OWN

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&@])")
# What makes addresses links even where their signs are escaped, and what parts it: nothing to see, nothing to copy.
_LINKED = re.compile(r"\\@(?=[\w\\-]+\\\.)|https?(?=\\://)|www(?=\\\.)", re.IGNORECASE)
CUT = ":small[]"
_SIDES = {Side.BELOW: "below", Side.ABOVE: "above"}


def plain(text: str) -> str:
    """A text with every sign that Markdown would read taken literally and no address made a link; it is not trusted."""
    return _LINKED.sub(rf"\g<0>{CUT}", _MARKDOWN.sub(r"\\\1", text))


def unit(measure: Measure) -> str:
    """The unit to write behind a number; percentages carry their own."""
    return "" if measure.unit == "share" else measure.unit


def interval(finding: Finding, measure: Measure) -> str | None:
    """The 95 % uncertainty of a rate, where it has one: "95 % interval: 1.1 to 7.8 per min"."""
    if finding.interval is None:
        return None
    low, high = finding.interval
    return f"95 % interval: {number(low, measure)} to {amount(high, measure)}"


def verdict(finding: Finding) -> str:
    """A verdict as a sign and words, so that colour is never needed to read it."""
    side = _SIDES.get(finding.side, "outside") if finding.side else "outside"
    arrow = "▼" if finding.side is Side.BELOW else "▲"
    return {
        Verdict.FINE: "✓ inside the range",
        Verdict.WATCH: f"{arrow} a little {side}",
        Verdict.ACT: f"{arrow}{arrow} well {side}",
        Verdict.INFO: "○ for information",
        Verdict.UNDEFINED: "– not measured",
    }[finding.verdict]


def origin(source: Source) -> str:
    """Where a band or definition comes from, and whether that is evidence, advice, or the user's own choice."""
    if source.name.startswith(OWN.name):
        return source.name
    return f"{'Evidence' if source.is_evidence else 'Advice'}: {source.name}"


def clock(seconds: float) -> str:
    """A length or moment as minutes and seconds, 1:05."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def clock_down(seconds: float) -> str:
    """A moment to listen from, as the players count it: 1:05 until it is 1:06."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def moment(at: datetime) -> str:
    """A day and a time as the clock on the wall showed it, 3 Mar 2026, 14:05."""
    return f"{at.day} {at:%b %Y, %H:%M}"


def kind_label(kind: QuestionKind | None) -> str:
    """Return the label of a kind of question."""
    return sorting().kinds[kind.value].label if kind else "No question chosen"


def day(at: date) -> str:
    """Return a day: "3 March 2025"."""
    return f"{at.day} {at:%B %Y}"


def short_day(at: date) -> str:
    """Return a day where the year goes without saying: "3 Mar"."""
    return f"{at.day} {at:%b}"


def rule_advice(rule: Rule) -> str:
    """Return a rule for the time after an interview with why and its document, as Markdown."""
    return f"**{plain(rule.title)}.** {plain(rule.text)} {rule_reason(rule)}"


def rule_reason(rule: Rule) -> str:
    """Return why a rule is so, and which document it is from, as Markdown in small."""
    return f":small[{plain(rule.why)} {plain(str(rule.citation))}]"
