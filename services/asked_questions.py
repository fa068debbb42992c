"""Questions as the measures and the store know them."""

from __future__ import annotations

from analysis.question import AskedQuestion, QuestionKind
from content import questions
from samples import Sample

SAMPLE = "sample:"  # begins the id of what a sample answers: nobody practised that, so it is no take of the question
DEBRIEF = "debrief:"  # begins the id of what is said when looking back on a real interview, which is no answer either


def asked(question: str) -> AskedQuestion:
    """A question of the content as far as the measures need it."""
    known = questions.question(question)
    return AskedQuestion(known.id, known.asked(), QuestionKind(known.kind))


def asked_in(sample: Sample) -> AskedQuestion:
    """What a sample answers: its question's words and kind, apart from the user's own takes of that question."""
    question = asked(sample.truth.question)
    return AskedQuestion(SAMPLE + sample.name, question.text, question.kind)


def is_sample(question: AskedQuestion) -> bool:
    """Whether a sample was measured, rather than an answer of the user."""
    return question.id.startswith(SAMPLE)
