"""Two takes to look at and listen to: on one scale of time, and word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from analysis.marked_transcript import STYLES, TokenKind
from analysis.progress.comparison import Passage, word_diff
from analysis.report import Report
from analysis.wording import count
from app_pages.compare import timeline
from app_pages.compare.choice import Pair, Side
from app_pages.ui.links import link_to_report
from app_pages.ui.store_access import get_store
from app_pages.ui.templates import render_template, show_style, show_template
from app_pages.ui.wording import clock, moment, plain
from speech.transcript import Word, WordKind

SAID = "compare/templates/said.html"


def timelines(pair: Pair) -> None:
    """Show both takes as lines on one scale of time, each with its sound."""
    st.subheader("On one scale of time", anchor=False)
    show_style(timeline.STYLE)
    longest = max(timeline.length(side.report) for side in (pair.before, pair.now))
    for title, side in (("Before", pair.before), ("Now", pair.now)):
        told = f"{title}: take {side.attempt.take}, {moment(side.attempt.at)}, {clock(side.attempt.seconds)}"
        st.markdown(f"**{plain(told)}**")
        st.html(timeline.line(side.report, longest, told))
        _sound(title, side)
    st.caption(timeline.LEGEND)


def transcripts(pair: Pair) -> None:
    """Show what was said in both, with the words that only one of them has marked."""
    st.subheader("What was said", anchor=False)
    passages = word_diff(pair.before.report.words, pair.now.report.words)
    same = sum(len(passage.now) for passage in passages if passage.is_same)
    show_style("compare/templates/said.css")
    show_template("compare/templates/said_key.html", words=count(same, "word"))
    for column, title, side, html in zip(
        st.columns(2),
        ("Before", "Now"),
        (pair.before, pair.now),
        (said_before(passages), said_now(passages)),
        strict=True,
    ):
        with column.container(border=True, height="stretch", key=f"said_{title.lower()}"):
            st.markdown(f"**{title}: take {side.attempt.take}**, {_words(side.report)}")
            st.html(html)
            link_to_report(side.attempt.id, f"Open the report of take {side.attempt.take}")


def said_before(passages: Sequence[Passage]) -> str:
    """The earlier transcript as HTML; what the later one does not have is struck through."""
    return _said(((passage.before, passage.is_same) for passage in passages), "del", "only in the earlier take")


def said_now(passages: Sequence[Passage]) -> str:
    """The later transcript as HTML; what the earlier one does not have is underlined."""
    return _said(((passage.now, passage.is_same) for passage in passages), "ins", "only in the later take")


def _said(parts: Iterable[tuple[Sequence[Word], bool]], tag: str, title: str) -> str:
    written = [(" ".join(map(_written, words)), is_same) for words, is_same in parts if words]
    return render_template(SAID, parts=written, tag=tag, title=title)


def _written(word: Word) -> str:
    is_sound = word.kind is WordKind.FILLER_SOUND
    return STYLES[TokenKind.FILLER_SOUND].form.format(word.text) if is_sound else word.text


def _words(report: Report) -> str:
    return count(sum(word.kind is not WordKind.FILLER_SOUND for word in report.words), "word")


def _sound(title: str, side: Side) -> None:
    if side.kept.has_recording:
        st.audio(
            get_store().sound(side.attempt.id), "audio/flac", alt=f"{title}: recording of take {side.attempt.take}"
        )
    else:
        st.caption("The recording of this take was not kept.")
