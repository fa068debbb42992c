"""Render an answer as an HTML timeline; two timelines can share one scale. No widgets."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from analysis.report import PauseLength, Report
from analysis.wording import format_count
from app_pages.ui.wording import format_clock
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
SIGNS = {WordKind.FILLED_PAUSE: "▼", WordKind.DISCOURSE_MARKER: "◆", WordKind.REPETITION: "↻"}
LONG_PAUSES = (PauseLength.LONG, PauseLength.LOST_THREAD)
TICK_STEPS_SECONDS = (5, 10, 15, 30, 60, 120, 300, 600)  # s between the ticks
MAX_TICKS = 7


def measure_answer(report: Report) -> float:
    """Return the seconds from the first to the last sound of the voice; 0 if nothing was said."""
    return report.response.duration if report.response else 0.0


def render_timeline(report: Report, longest: float, title: str) -> str:
    """Render an answer as an HTML timeline.

    Args:
        report: the report of the answer.
        longest: seconds that the full width stands for.
        title: what the answer is called in the text for screen readers.
    """
    if report.response is None or longest <= 0:
        return "<p>Nothing was said.</p>"
    label = escape(f"{title}. {_describe_answer(report)}", quote=True)
    parts = "".join((*_render_ticks(longest), *_render_segments(report, longest), *_render_marks(report, longest)))
    return f'<div class="take-line" role="img" aria-label="{label}">{parts}</div>'


def _describe_answer(report: Report) -> str:
    kinds = [word.kind for word in report.words]
    return (
        f"{format_count(len(report.pauses), 'pause')}, "
        f"{format_count(kinds.count(WordKind.FILLED_PAUSE), 'filler sound')}, "
        f"{format_count(kinds.count(WordKind.DISCOURSE_MARKER), 'filler word')}."
    )


def _render_ticks(longest: float) -> Iterator[str]:
    step = next((step for step in TICK_STEPS_SECONDS if longest / step <= MAX_TICKS), TICK_STEPS_SECONDS[-1])
    for number in range(int(longest / step) + 1):
        left = f"left: {_format_percent(number * step, longest)}"
        yield f'<i class="tick" style="{left}"></i>'
        yield f'<span class="{"later" if number else "first"}" style="{left}">{format_clock(number * step)}</span>'


def _render_segments(report: Report, longest: float) -> Iterator[str]:
    """Yield the segments of voice and the pauses, in turn."""
    if report.response is None:
        return
    begun = start = report.response.start
    for pause in report.pauses:
        yield _render_segment("voice", begun - start, pause.span.start - start, longest)
        name = "pause long" if pause.length in LONG_PAUSES else "pause"
        yield _render_segment(name, pause.span.start - start, pause.span.end - start, longest)
        begun = pause.span.end
    yield _render_segment("voice", begun - start, report.response.end - start, longest)


def _render_marks(report: Report, longest: float) -> Iterator[str]:
    start = report.response.start if report.response else 0.0
    for word in report.words:
        if word.kind in SIGNS:
            yield f'<b style="left: {_format_percent(word.span.middle - start, longest)}">{SIGNS[word.kind]}</b>'


def _render_segment(name: str, start: float, end: float, longest: float) -> str:
    left, width = _format_percent(start, longest), _format_percent(max(0.0, end - start), longest)
    return f'<i class="{name}" style="left: {left}; width: {width}"></i>'


def _format_percent(seconds: float, longest: float) -> str:
    return f"{100 * seconds / longest:.2f}%"
