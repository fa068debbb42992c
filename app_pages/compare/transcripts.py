"""Show two takes on one time scale with their sound, and their transcripts word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from analysis.progress.comparison import Passage, diff_words
from analysis.report import Report
from analysis.wording import format_count
from app_pages.compare import timeline
from app_pages.compare.choice import ComparedTake, Pair
from app_pages.ui.links import link_to_report
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown, format_clock, format_date_time
from speech.transcript import Word, WordKind

STYLE = """
<style>
.said-twice { line-height: 1.9; margin: 0; overflow-wrap: anywhere; }
.said-twice del, .said-twice ins { border-radius: 0.25rem; padding: 0.0625rem 0.25rem; color: inherit; }
.said-twice del { background: color-mix(in srgb, #b3701d 16%, transparent); text-decoration: line-through; }
.said-twice ins { background: color-mix(in srgb, #26868f 18%, transparent); text-decoration: underline;
  text-decoration-thickness: 1.5px; text-underline-offset: 0.2em; }
</style>
"""


def show_timelines(pair: Pair) -> None:
    """Show both takes as timelines on one scale, each with its sound."""
    st.subheader("On one scale of time", anchor=False)
    longest = max(timeline.measure_answer(side.report) for side in (pair.before, pair.now))
    for title, side in (("Before", pair.before), ("Now", pair.now)):
        told = (
            f"{title}: take {side.attempt.take}, {format_date_time(side.attempt.at)}, "
            f"{format_clock(side.attempt.seconds)}"
        )
        st.markdown(f"**{escape_markdown(told)}**")
        st.html(timeline.STYLE + timeline.render_timeline(side.report, longest, told))
        _show_sound(title, side)
    st.caption(timeline.LEGEND)


def show_transcripts(pair: Pair) -> None:
    """Show both transcripts, with the words marked that only one of them has."""
    st.subheader("What was said", anchor=False)
    passages = diff_words(pair.before.report.words, pair.now.report.words)
    same = sum(len(passage.now) for passage in passages if passage.is_same)
    st.html(
        f"{STYLE}<p class='said-twice'>{format_count(same, 'word')} in both, in the same order. "
        "<del>Struck through</del>: only in the earlier take. <ins>Underlined</ins>: only in the later one.</p>"
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
            st.html(STYLE + (html or "<p>Nothing was said.</p>"))
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
    pieces = []
    for words, is_same in parts:
        if words:
            text = " ".join(map(_render_word, words))
            pieces.append(text if is_same else f'<{tag} title="{title}">{text}</{tag}>')
    return f'<p class="said-twice">{" ".join(pieces)}</p>' if pieces else ""


def _render_word(word: Word) -> str:
    text = escape(word.text)
    return f"[{text}]" if word.kind is WordKind.FILLED_PAUSE else text


def _count_words(report: Report) -> str:
    return format_count(sum(word.kind is not WordKind.FILLED_PAUSE for word in report.words), "word")


def _show_sound(title: str, side: ComparedTake) -> None:
    if side.stored.has_recording:
        st.audio(
            get_store().read_flac(side.attempt.id), "audio/flac", alt=f"{title}: recording of take {side.attempt.take}"
        )
    else:
        st.caption("The recording of this take was not kept.")
