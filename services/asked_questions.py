"""Questions of the content, of samples, mock interviews and debriefs as the measures and the store know them.

The one place where any of them becomes an AskedQuestion, and where its id tells what kind of answer it belongs to.
"""

from __future__ import annotations

from analysis.question import AskedQuestion, QuestionKind
from content.questions import Question, question
from interview.mock.run import MockStep
from samples import Sample

SAMPLE = "sample:"  # begins the id of what a sample answers: nobody practised that, so it is no take of the question
DEBRIEF = "debrief:"  # begins the id of what is said when looking back on a real interview, which is no answer either


def asked_question(question: Question, text: str | None = None) -> AskedQuestion:
    """Return a question of the content, or one of the user's own, as it is asked.

    Args:
        question: the question to ask.
        text: its words, with the user's own in its gaps; None for the examples of the content.
    """
    return AskedQuestion(question.id, question.asked() if text is None else text, QuestionKind(question.kind))


def asked_by_id(question_id: str) -> AskedQuestion:
    """Return the question of the content with this id; raises KeyError where there is none."""
    return asked_question(question(question_id))


def asked_in_sample(sample: Sample) -> AskedQuestion:
    """Return what a sample answers: its question's words and kind, apart from the user's own takes of that question."""
    asked = asked_by_id(sample.truth.question)
    return AskedQuestion(SAMPLE + sample.name, asked.text, asked.kind)


def asked_in_mock(step: MockStep) -> AskedQuestion:
    """Return a question of a mock interview in the words it was asked in."""
    return AskedQuestion(step.question, step.text, QuestionKind(step.kind))


def asked_in_debrief(interview_id: str, field: str, label: str) -> AskedQuestion:
    """Return what the user talks about who says a part of a debrief instead of typing it."""
    return AskedQuestion(debrief_prefix(interview_id) + field, label, QuestionKind.BEHAVIOURAL)


def debrief_prefix(interview_id: str) -> str:
    """Return what the ids of everything said in the debrief of an interview begin with."""
    return f"{DEBRIEF}{interview_id}:"


def is_sample(question: AskedQuestion) -> bool:
    """Whether a sample was measured, rather than an answer of the user."""
    return question.id.startswith(SAMPLE)


def is_practice(question_id: str) -> bool:
    """Whether an answer to a question with this id is practice: neither a sample nor a part of a debrief."""
    return not question_id.startswith((SAMPLE, DEBRIEF))
