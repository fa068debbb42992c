"""Check the draft of an answer: what it contains, without numbers of speech; for the command line and the pages."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.question import AskedQuestion
from analysis.written_answer import WrittenAnswer, read_text
from speech.errors import AnswerAloudError

MAX_DRAFT_WORDS = 5000  # more than half an hour of speech


class DraftError(AnswerAloudError):
    """A draft that cannot be read, with a sentence that says what to do."""


def check_draft(
    text: str, question: AskedQuestion | None = None, own_filler_words: Sequence[str] = ()
) -> WrittenAnswer:
    """Return what the draft of an answer holds.

    Args:
        text: the draft as it was typed or pasted.
        question: what it answers; None where that is not known.
        own_filler_words: further words and phrases to count as fillers.

    Raises:
        DraftError: there are no words, or far too many for one answer.
    """
    count = len(text.split())
    if count > MAX_DRAFT_WORDS:
        raise DraftError(
            f"This text has {count} words, too many for one answer. Shorten it to {MAX_DRAFT_WORDS} words or fewer."
        )
    answer = read_text(text, question, own_filler_words)
    if not answer.words:
        raise DraftError("There are no words here yet. Write your answer first.")
    return answer
