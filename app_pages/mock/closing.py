"""How a mock interview was closed: questions asked, next steps and timing, thanks and interest; heard or not heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from analysis.structure.closing import ADVISED_AGAINST, heard_closing
from analysis.structure.closing_rules import Check
from analysis.structure.element import Part, State
from analysis.wording import count
from app_pages.ui.links import link_to_report
from app_pages.ui.wording import clock, plain
from interview.mock.questions import CLOSING
from services.interviews.mock_runs import AnswerStatus

NOT_HEARD = "“Not heard” says that no wording known here was found. You may have said it in others."
NOTHING = "No closing answer was measured, so nothing is known about next steps, timing, thanks and interest."
LATER = "What was heard follows when the closing answer is measured."


@dataclass(frozen=True)
class Line:
    """One check: what was listened for, and where it was heard; place None where it was not."""

    check: Check
    part: Part
    place: int | None  # the question's, from 1

    @property
    def sign(self) -> str:
        """✓ for what the documents advise, ▲ for what they advise against, – for not heard, ? for perhaps.

        What they advise against and was not heard is as they advise.
        """
        if self.place is None:
            return "✓" if self.check in ADVISED_AGAINST else "–"
        if self.part.state is State.PERHAPS:
            return "?"
        return "▲" if self.check in ADVISED_AGAINST else "✓"


def show(answers: Sequence[AnswerStatus]) -> None:
    """Show what was heard in the closing answers of a run."""
    closing = [each for each in answers if each.step.kind == CLOSING]
    with st.container(border=True, key="mock_closing"):
        st.markdown("#### How you closed")
        measured = [each for each in closing if each.report is not None]
        if not measured:
            st.markdown(LATER if any(each.is_pending for each in closing) else NOTHING)
            return
        _told(measured)


def lines(answers: Sequence[AnswerStatus]) -> tuple[Line, ...]:
    """Each check with the first of the answers in which it was heard."""
    heard = {each.place: heard_closing(each.report.words).checks for each in answers if each.report is not None}
    return tuple(_line(check, heard) for check in Check)


def _line(check: Check, heard: Mapping[int, Mapping[Check, Part]]) -> Line:
    where = next((place for place, checks in heard.items() if checks[check].span is not None), None)
    first = next(iter(heard))
    return Line(check, heard[first if where is None else where][check], where)


def _told(measured: Sequence[AnswerStatus]) -> None:
    asked = sum(len(heard_closing(each.report.words).questions) for each in measured if each.report is not None)
    st.markdown(f"{count(asked, 'question')} of yours heard." if asked else "No question of yours was heard.")
    st.markdown("\n".join(f"- {_sentence(line, len(measured) > 1)}" for line in lines(measured)))
    st.caption(NOT_HEARD)
    for each in measured:
        if each.attempt is not None:
            link_to_report(each.attempt.id, f"Listen to answer {each.place} in its report")


def _sentence(line: Line, several: bool) -> str:
    label = f"{line.sign} **{plain(line.part.label)}:**"
    if line.part.sentence is None or line.part.span is None:
        return f"{label} not heard{', and better so' if line.check in ADVISED_AGAINST else ''}"
    where = f", in answer {line.place}" if several else ""
    perhaps = "perhaps " if line.part.state is State.PERHAPS else ""
    better = ", better left out" if line.check in ADVISED_AGAINST else ""
    return f"{label} {perhaps}{plain(f'“{line.part.sentence}” at {clock(line.part.span.start)}{where}{better}')}"
