"""An answer as one line of time, drawn so that two of them can be laid below each other: HTML, no widget."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from analysis.report import PauseLength, Report
from analysis.wording import count
from app_pages.ui.wording import clock
from speech.transcript import WordKind

STYLE = """
<style>
.take-line { position: relative; height: 3.75rem; margin: 0 0.5rem 0 0; font-size: 0.75rem; line-height: 1rem; }
.take-line * { position: absolute; font-style: normal; }
.take-line .voice { top: 1.125rem; height: 1.25rem; background: #26868f; border-radius: 2px; }
.take-line .pause { top: 1.75rem; border-top: 1px solid currentColor; opacity: 0.5; }
.take-line .long { top: 1.125rem; height: 1.25rem; border: 1.5px dashed #b3701d; border-radius: 2px;
  box-sizing: border-box; opacity: 1; }
.take-line .tick { top: 1.125rem; height: 1.5rem; border-left: 1px solid currentColor; opacity: 0.25; }
.take-line span { top: 2.75rem; transform: translateX(-50%); opacity: 0.8; }
.take-line span.first { transform: none; }
.take-line b { top: 0; font-weight: 400; transform: translateX(-50%); }
</style>
"""
LEGEND = (
    "Solid: voice. Thin line: pause, boxed from 2 seconds. ▼ filler sound, ◆ filler word, ↻ repetition. Both lines "
    "begin with the first sound."
)
SIGNS = {WordKind.FILLER_SOUND: "▼", WordKind.FILLER_WORD: "◆", WordKind.REPETITION: "↻"}
LONG = (PauseLength.LONG, PauseLength.LOST_THREAD)
STEPS = (5, 10, 15, 30, 60, 120, 300, 600)  # s between the ticks
MOST_TICKS = 7


def length(report: Report) -> float:
    """Seconds of the answer, first to last sound; 0 where nothing was said."""
    return report.response.duration if report.response else 0.0


def line(report: Report, longest: float, title: str) -> str:
    """The answer as a block whose full width is `longest` seconds."""
    if report.response is None or longest <= 0:
        return "<p>Nothing was said.</p>"
    label = escape(f"{title}. {_told(report)}", quote=True)
    parts = "".join((*_ticks(longest), *_stretches(report, longest), *_marks(report, longest)))
    return f'<div class="take-line" role="img" aria-label="{label}">{parts}</div>'


def _told(report: Report) -> str:
    kinds = [word.kind for word in report.words]
    return (
        f"{count(len(report.pauses), 'pause')}, {count(kinds.count(WordKind.FILLER_SOUND), 'filler sound')}, "
        f"{count(kinds.count(WordKind.FILLER_WORD), 'filler word')}."
    )


def _ticks(longest: float) -> Iterator[str]:
    step = next((step for step in STEPS if longest / step <= MOST_TICKS), STEPS[-1])
    for number in range(int(longest / step) + 1):
        left = f"left: {_percent(number * step, longest)}"
        yield f'<i class="tick" style="{left}"></i>'
        yield f'<span class="{"later" if number else "first"}" style="{left}">{clock(number * step)}</span>'


def _stretches(report: Report, longest: float) -> Iterator[str]:
    """Voice and pauses in turn."""
    if report.response is None:
        return
    begun = start = report.response.start
    for pause in report.pauses:
        yield _stretch("voice", begun - start, pause.span.start - start, longest)
        name = "pause long" if pause.length in LONG else "pause"
        yield _stretch(name, pause.span.start - start, pause.span.end - start, longest)
        begun = pause.span.end
    yield _stretch("voice", begun - start, report.response.end - start, longest)


def _marks(report: Report, longest: float) -> Iterator[str]:
    start = report.response.start if report.response else 0.0
    for word in report.words:
        if word.kind in SIGNS:
            yield f'<b style="left: {_percent(word.span.middle - start, longest)}">{SIGNS[word.kind]}</b>'


def _stretch(name: str, start: float, end: float, longest: float) -> str:
    left, width = _percent(start, longest), _percent(max(0.0, end - start), longest)
    return f'<i class="{name}" style="left: {left}; width: {width}"></i>'


def _percent(seconds: float, longest: float) -> str:
    return f"{100 * seconds / longest:.2f}%"
