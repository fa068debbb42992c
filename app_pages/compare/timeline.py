"""An answer as one line of time, drawn so that two of them can be laid below each other: HTML, no widget."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from analysis.marked_transcript import STYLES, Token, TokenKind, mark_transcript
from analysis.report import PauseLength, Report
from analysis.wording import count
from app_pages.ui.templates import render_template
from app_pages.ui.wording import clock
from speech.transcript import WordKind

TEMPLATE, STYLE = "compare/templates/timeline.html", "compare/templates/timeline.css"
LEGEND = (
    "Solid: voice. Thin line: pause, boxed from 2 seconds. ▼ filler sound, ◆ filler word, ↻ repetition. Both lines "
    "begin with the first sound."
)
LONG = (PauseLength.LONG, PauseLength.LOST_THREAD)
STEPS = (5, 10, 15, 30, 60, 120, 300, 600)  # s between the ticks
MOST_TICKS = 7


def length(report: Report) -> float:
    """Seconds of the answer, first to last sound; 0 where nothing was said."""
    return report.response.duration if report.response else 0.0


def line(report: Report, longest: float, title: str) -> str:
    """The answer as a block of HTML whose full width is `longest` seconds."""
    if report.response is None or longest <= 0:
        return render_template(TEMPLATE, label=None)
    percent = partial(_percent, longest)
    start = report.response.start
    return render_template(
        TEMPLATE,
        label=f"{title}. {_told(report)}",
        ticks=[(percent(at), clock(at)) for at in _ticks(longest)],
        stretches=[(name, percent(begin - start), percent(end - begin)) for name, begin, end in _stretches(report)],
        marks=[(percent((token.start + token.end) / 2 - start), STYLES[token.kind].sign) for token in _marked(report)],
    )


def _told(report: Report) -> str:
    kinds = [word.kind for word in report.words]
    return (
        f"{count(len(report.pauses), 'pause')}, {count(kinds.count(WordKind.FILLER_SOUND), 'filler sound')}, "
        f"{count(kinds.count(WordKind.FILLER_WORD), 'filler word')}."
    )


def _ticks(longest: float) -> list[int]:
    """Seconds at which the line has a tick."""
    step = next((step for step in STEPS if longest / step <= MOST_TICKS), STEPS[-1])
    return [number * step for number in range(int(longest / step) + 1)]


def _stretches(report: Report) -> Iterator[tuple[str, float, float]]:
    """Voice and pauses in turn, each with its begin and end in seconds of the recording."""
    if report.response is None:
        return
    begun = report.response.start
    for pause in report.pauses:
        yield "voice", begun, max(begun, pause.span.start)
        yield "pause long" if pause.length in LONG else "pause", pause.span.start, pause.span.end
        begun = pause.span.end
    yield "voice", begun, max(begun, report.response.end)


def _marked(report: Report) -> list[Token]:
    """What has a sign on the line; possible fillers are not counted and have none."""
    tokens = (token for token in mark_transcript(report) if token.kind is not TokenKind.POSSIBLE)
    return [token for token in tokens if token.kind in STYLES and STYLES[token.kind].sign]


def _percent(longest: float, seconds: float) -> str:
    return f"{100 * seconds / longest:.2f}%"
