"""Show two takes on one time scale with their sound, and their transcripts word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import streamlit as st

from analysis.marked_transcript import STYLES, Token, TokenKind, mark_transcript
from analysis.progress.comparison import Passage, diff_words
from analysis.report import PauseLength, Report
from analysis.wording import format_count
from app_pages.compare.choice import ComparedTake, Pair
from app_pages.ui.links import link_to_report
from app_pages.ui.store_access import get_store
from app_pages.ui.templates import render_template, show_style, show_template
from app_pages.ui.wording import escape_markdown, format_clock, format_date_time
from speech.transcript import Word, WordKind

SAID = "compare/templates/said.html"
TIMELINE, TIMELINE_STYLE = "compare/templates/timeline.html", "compare/templates/timeline.css"
TIMELINE_LEGEND = (
    "Solid: you're speaking. Thin line: a pause, boxed from 2 seconds. ▼ um or uh, ◆ filler word, ↻ repetition. Both "
    "start at your first word."
)
LONG_PAUSES = (PauseLength.LONG, PauseLength.LOST_THREAD)
TICK_STEPS_SECONDS = (5, 10, 15, 30, 60, 120, 300, 600)  # s between the ticks
MAX_TICKS = 7


def show_timelines(pair: Pair) -> None:
    """Show both takes as timelines on one scale, each with its sound."""
    st.header("Timelines", anchor=False)
    show_style(TIMELINE_STYLE)
    longest = max(measure_answer(side.report) for side in (pair.before, pair.now))
    for title, side in (("Before", pair.before), ("Now", pair.now)):
        told = (
            f"{title}: take {side.attempt.take}, {format_date_time(side.attempt.at)}, "
            f"{format_clock(side.attempt.seconds)}"
        )
        st.markdown(f"**{escape_markdown(told)}**")
        st.html(render_timeline(side.report, longest, told))
        _show_sound(title, side)
    st.caption(TIMELINE_LEGEND)


def show_transcripts(pair: Pair) -> None:
    """Show both transcripts, with the words marked that only one of them has."""
    st.header("What you said", anchor=False)
    passages = diff_words(pair.before.report.words, pair.now.report.words)
    same = sum(len(passage.now) for passage in passages if passage.is_same)
    show_style("compare/templates/said.css")
    show_template(
        "compare/templates/said_key.html", words=f"{format_count(same, 'word')} {'is' if same == 1 else 'are'}"
    )
    for column, title, side, html in zip(
        st.columns(2),
        ("Before", "Now"),
        (pair.before, pair.now),
        (render_earlier(passages), render_later(passages)),
        strict=True,
    ):
        with column.container(border=True, height="stretch", key=f"said_{title.lower()}"):
            st.markdown(f"**{title}: take {side.attempt.take}**, {_count_words(side.report)}")
            st.html(html)
            link_to_report(side.attempt.id, f"Open the report of take {side.attempt.take}")


def render_earlier(passages: Sequence[Passage]) -> str:
    """Render the earlier transcript as HTML; words that the later one lacks are struck through."""
    return _render_transcript(
        ((passage.before, passage.is_same) for passage in passages), "del", "only in the earlier take"
    )


def render_later(passages: Sequence[Passage]) -> str:
    """Render the later transcript as HTML; words that the earlier one lacks are underlined."""
    return _render_transcript(((passage.now, passage.is_same) for passage in passages), "ins", "only in the later take")


def _render_transcript(parts: Iterable[tuple[Sequence[Word], bool]], tag: str, title: str) -> str:
    written = [(" ".join(map(_render_word, words)), is_same) for words, is_same in parts if words]
    return render_template(SAID, parts=written, tag=tag, title=title)


def _render_word(word: Word) -> str:
    is_sound = word.kind is WordKind.FILLED_PAUSE
    return STYLES[TokenKind.FILLER_SOUND].form.format(word.text) if is_sound else word.text


def _count_words(report: Report) -> str:
    return format_count(sum(word.kind is not WordKind.FILLED_PAUSE for word in report.words), "word")


def _show_sound(title: str, side: ComparedTake) -> None:
    if side.stored.has_recording:
        st.audio(
            get_store().read_flac(side.attempt.id), "audio/flac", alt=f"{title}: recording of take {side.attempt.take}"
        )
    else:
        st.caption("This recording wasn't kept.")


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
        return render_template(TIMELINE, label=None)
    percent = partial(_format_percent, longest)
    start = report.response.start
    return render_template(
        TIMELINE,
        label=f"{title}. {_describe_answer(report)}",
        ticks=[(percent(at), format_clock(at)) for at in _choose_ticks(longest)],
        stretches=[(name, percent(begin - start), percent(end - begin)) for name, begin, end in _list_segments(report)],
        marks=[
            (percent((token.start + token.end) / 2 - start), STYLES[token.kind].sign)
            for token in _list_marked_tokens(report)
        ],
    )


def _describe_answer(report: Report) -> str:
    kinds = [word.kind for word in report.words]
    return (
        f"{format_count(len(report.pauses), 'pause')}, "
        f"{format_count(kinds.count(WordKind.FILLED_PAUSE), 'um or uh', 'ums and uhs')}, "
        f"{format_count(kinds.count(WordKind.DISCOURSE_MARKER), 'filler word')}."
    )


def _choose_ticks(longest: float) -> list[int]:
    """Return the seconds at which the line has a tick."""
    step = next((step for step in TICK_STEPS_SECONDS if longest / step <= MAX_TICKS), TICK_STEPS_SECONDS[-1])
    return [number * step for number in range(int(longest / step) + 1)]


def _list_segments(report: Report) -> Iterator[tuple[str, float, float]]:
    """Yield the segments of voice and the pauses, in turn."""
    if report.response is None:
        return
    begun = report.response.start
    for pause in report.pauses:
        yield "voice", begun, max(begun, pause.span.start)
        yield "pause long" if pause.length in LONG_PAUSES else "pause", pause.span.start, pause.span.end
        begun = pause.span.end
    yield "voice", begun, max(begun, report.response.end)


def _list_marked_tokens(report: Report) -> list[Token]:
    """Return what has a sign on the line; possible fillers are not counted and have none."""
    tokens = (token for token in mark_transcript(report) if token.kind is not TokenKind.POSSIBLE)
    return [token for token in tokens if token.kind in STYLES and STYLES[token.kind].sign]


def _format_percent(longest: float, seconds: float) -> str:
    return f"{100 * seconds / longest:.2f}%"
