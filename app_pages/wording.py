"""Numbers and verdicts in words: pure functions, no widget."""

from __future__ import annotations

import re

from analysis.finding import Band, Finding, Measure, Side, Source, Verdict

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")
_SIDES = {Side.BELOW: "below", Side.ABOVE: "above"}


def plain(text: str) -> str:
    """A text with every sign that Markdown would read taken literally; what was said or typed is never trusted."""
    return _MARKDOWN.sub(r"\\\1", text)


def number(value: float, measure: Measure) -> str:
    """A value with as many decimals as are honest; shares as percentages."""
    if measure.unit == "share":
        return f"{value:.0%}".replace("%", " %")
    return f"{value:.{measure.decimals}f}"


def unit(measure: Measure) -> str:
    """The unit to write behind a number; percentages carry their own."""
    return "" if measure.unit == "share" else measure.unit


def amount(value: float, measure: Measure) -> str:
    """A value with its unit."""
    return f"{number(value, measure)} {unit(measure)}".strip()


def band_range(band: Band, measure: Measure) -> str:
    """The fine range of a band, such as "120–170 words/min" or "up to 5.0 per min"."""
    low, high = band.fine
    if low is None and high is None:
        return "any value"
    if low is None or (low == 0 and high is not None):
        return f"up to {amount(high, measure)}" if high else f"none: {amount(0, measure)}"
    if high is None:
        return f"at least {amount(low, measure)}"
    return f"{number(low, measure)}–{amount(high, measure)}"


def interval(finding: Finding, measure: Measure) -> str | None:
    """The 95 % uncertainty of a rate, where it has one."""
    if finding.interval is None:
        return None
    low, high = finding.interval
    return f"95 % sure between {number(low, measure)} and {number(high, measure)}"


def verdict(finding: Finding) -> str:
    """A verdict as a sign and words, so that colour is never needed to read it."""
    side = _SIDES.get(finding.side, "outside") if finding.side else "outside"
    arrow = "▼" if finding.side is Side.BELOW else "▲"
    return {
        Verdict.FINE: "✓ inside the range",
        Verdict.WATCH: f"{arrow} a little {side}",
        Verdict.ACT: f"{arrow}{arrow} well {side}",
        Verdict.INFO: "ⓘ for information",
        Verdict.UNDEFINED: "– not measured",
    }[finding.verdict]


def origin(source: Source) -> str:
    """Where a band or definition comes from, and whether that is evidence or advice."""
    return f"{'Evidence' if source.is_evidence else 'Advice'}: {source.name}"


def clock(seconds: float) -> str:
    """A length or moment as minutes and seconds, 1:05."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
