"""A written answer for reading in a terminal: its text with marks, what it contains, hedges and questions."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from analysis.cli.terminal import write_tokens
from analysis.marked_transcript import mark_words
from analysis.question import AskedQuestion
from analysis.structure.element import ElementState
from analysis.structure.report_lines import ElementLine
from analysis.wording import format_count
from analysis.written_answer import CAVEAT, TITLE, WrittenAnswer, describe_manner, list_draft_lines


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
    console.print(Text(f"{TITLE}. ", "bold").append(CAVEAT, "not bold"))
    for line in list_draft_lines(answer, question):
        console.print(Padding(_write_line(line), (0, 0, 0, 2)))
    console.print()
    console.print(Text(describe_manner(answer)))


def _write_line(line: ElementLine) -> Text:
    part = line.part
    told = Text(f"{line.sign} {part.label}: {line.says_written}", "dim" if part.state is ElementState.NOT_HEARD else "")
    return told if part.sentence is None else told.append(f": “{part.sentence}”")
