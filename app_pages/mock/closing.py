"""Show how a mock interview was closed: questions asked, next steps, timing, thanks and interest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from analysis.structure.closing import ADVISED_AGAINST, find_closing_elements
from analysis.structure.closing_rules import Check
from analysis.structure.element import Element, ElementState
from analysis.wording import format_count
from app_pages.ui.links import link_to_report
from app_pages.ui.wording import escape_markdown, format_clock
from interview.mock.overall import CHECKS_IN_ORDER, find_closing_step
from interview.mock.questions import CLOSING
from services.interviews.mock_runs import AnswerStatus

NOT_HEARD = "Based on the words you used, so it can miss things you said in other words."
NO_CLOSING_MEASURED = (
    "None of your closing answers could be analysed. Before you leave, ask what happens next and when you'll hear, "
    "and thank them."
)
NOT_SAID = {
    Check.NEXT_STEPS: "Ask what happens next. We didn't hear you ask.",
    Check.TIMING: "Ask when you'll hear from them. We didn't hear you ask.",
    Check.THANKS: "Thank them for their time. We didn't hear a thank-you.",
    Check.INTEREST: "Say that you'd like the job. We didn't hear you say it.",
    Check.WEBSITE: "You asked nothing their website answers – good.",
    Check.PRESSING: "You didn't push for the job – good.",
}
WELL_CLOSED = "You asked about the next steps and the timing, and you thanked them."
CLOSING_PENDING = "This will appear when your closing answer is analysed."


@dataclass(frozen=True)
class ClosingLine:
    """One check of the closing, and where it was found.

    `place` is that of the question, from 1; None where nothing was found.
    """

    check: Check
    part: Element
    place: int | None  # the question's, from 1

    @property
    def sign(self) -> str:
        """✓ for what the sources advise, ▲ for what they advise against, – for not heard, ? for perhaps.

        Something they advise against that was not heard gets ✓.
        """
        if self.place is None:
            return "✓" if self.check in ADVISED_AGAINST else "–"
        if self.part.state is ElementState.POSSIBLE:
            return "?"
        return "▲" if self.check in ADVISED_AGAINST else "✓"


def show_closing(answers: Sequence[AnswerStatus]) -> None:
    """Show what was heard in the closing answers of a run; nothing where it had no closing question."""
    closing = [each for each in answers if each.step.kind == CLOSING]
    if not closing:
        return
    with st.container(border=True, key="mock_closing"):
        st.header("How you closed", anchor=False)
        measured = [each for each in closing if each.report is not None]
        if not measured:
            st.markdown(CLOSING_PENDING if any(each.is_pending for each in closing) else NO_CLOSING_MEASURED)
            return
        _show_measured_closing(measured)


def build_lines(answers: Sequence[AnswerStatus]) -> tuple[ClosingLine, ...]:
    """Return each check with the first answer in which it was heard.

    Args:
        answers: the closing answers. Those without a report are left out; at least one has a report.
    """
    heard = {each.place: find_closing_elements(each.report.words).checks for each in answers if each.report is not None}
    return tuple(_build_line(check, heard) for check in CHECKS_IN_ORDER)


def _build_line(check: Check, heard: Mapping[int, Mapping[Check, Element]]) -> ClosingLine:
    where = next((place for place, checks in heard.items() if checks[check].span is not None), None)
    first = next(iter(heard))
    return ClosingLine(check, heard[first if where is None else where][check], where)


def _show_measured_closing(measured: Sequence[AnswerStatus]) -> None:
    step = find_closing_step([each.report for each in measured if each.report is not None])
    st.markdown(f"**{escape_markdown(step.text)}**" if step is not None else f"✓ **{WELL_CLOSED}**")
    asked = sum(len(find_closing_elements(each.report.words).questions) for each in measured if each.report is not None)
    st.markdown(f"You asked {format_count(asked, 'question')}." if asked else "You asked no questions.")
    st.markdown("  \n".join(_describe_line(line, len(measured) > 1) for line in build_lines(measured)))
    st.caption(NOT_HEARD)
    for each in measured:
        if each.attempt is not None:
            link_to_report(each.attempt.id, f"Listen to answer {each.place}")


def _describe_line(line: ClosingLine, several: bool) -> str:
    label = f"{line.sign} **{escape_markdown(line.part.label)}:**"
    if line.part.sentence is None or line.part.span is None:
        return f"{line.sign} {NOT_SAID[line.check]}"
    where = f", in answer {line.place}" if several else ""
    perhaps = "possibly " if line.part.state is ElementState.POSSIBLE else ""
    better = ". Better left out" if line.check in ADVISED_AGAINST else ""
    return (
        f"{label} "
        f"{perhaps}{escape_markdown(f'“{line.part.sentence}” at {format_clock(line.part.span.start)}{where}{better}')}"
    )
