"""A written answer for reading in a terminal: its text with marks, what it contains, hedges and questions."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from analysis.cli.terminal import write_tokens
from analysis.marked_transcript import mark_words
from analysis.question import AskedQuestion, QuestionKind
from analysis.structure.closing import ADVISED_AGAINST
from analysis.structure.element import Element, ElementState
from analysis.structure.expected_structure import ExpectedStructure, find_expected_structure, is_clarifying_expected
from analysis.structure.understanding import CLOSING, Content
from analysis.wording import format_count
from analysis.written_answer import WrittenAnswer

_SIGNS = {ElementState.HEARD: "✓", ElementState.POSSIBLE: "?", ElementState.NOT_HEARD: "–"}
_SAYS = {ElementState.HEARD: "there", ElementState.POSSIBLE: "possible", ElementState.NOT_HEARD: "not found"}
_STORY = (*(Content.SITUATION, Content.TASK, Content.ACTION, Content.RESULT, Content.NUMBER, Content.LESSON),)
_PROJECT = (Content.PROBLEM, Content.DATA, Content.TOOLS, Content.RESULTS, Content.NUMBER, Content.LESSON)
_BETTER_LEFT_OUT = {Content(check.value) for check in ADVISED_AGAINST}
ONE_LINE = "Read from the words alone, and can be wrong."


def show_written_answer(answer: WrittenAnswer, name: str, question: AskedQuestion | None, console: Console) -> None:
    """Print a written answer: the text, what it contains, and what softens or repeats."""
    title = Text(f"{name}, {format_count(len(answer.words), 'word')}", "bold")
    console.print(title.append(f"\n{question.text}", "italic") if question else title)
    console.print()
    written, legend = write_tokens(mark_words(answer.words))
    console.print(written)
    if legend:
        console.print(Text(legend, "dim"))
    console.print()
    console.print(Text("What your answer includes. ", "bold").append(ONE_LINE, "not bold"))
    for content in contents_to_show(question, answer):
        console.print(Padding(_line(content, answer.content.elements[content]), (0, 0, 0, 2)))
    console.print()
    told = (
        format_count(len(answer.hedges), "softening word or phrase", "softening words or phrases"),
        format_count(len(answer.repetitions), "repetition"),
        format_count(len(answer.filler_words), "filler word"),
        format_count(len(answer.content.questions), "question"),
    )
    console.print(Text(", ".join(told)))


def contents_to_show(question: AskedQuestion | None, answer: WrittenAnswer) -> tuple[Content, ...]:
    """Return what the question calls for; without a question everything that is there or possible."""
    if question is None:
        there = [key for key in Content if answer.content.state(key) is not ElementState.NOT_HEARD]
        # A story and a project have the same result; one line says it.
        return tuple(key for key in there if key is not Content.RESULTS)
    if question.kind is QuestionKind.CLOSING:
        return CLOSING
    listened = find_expected_structure(question)
    parts = {ExpectedStructure.STORY: _STORY, ExpectedStructure.PROJECT: _PROJECT}.get(listened, ()) if listened else ()
    asked = (Content.CLARIFYING,) if is_clarifying_expected(question) else ()
    return (Content.EARLY_ANSWER, *parts, *asked)


def _line(content: Content, part: Element) -> Text:
    against = content in _BETTER_LEFT_OUT
    sign = "▲" if against and part.state is ElementState.HEARD else _SIGNS[part.state]
    told = Text(f"{sign} {part.label}: {_SAYS[part.state]}", "dim" if part.state is ElementState.NOT_HEARD else "")
    if part.sentence is not None:
        told.append(f": “{part.sentence}”" + (" (better left out)" if against else ""))
    return told
