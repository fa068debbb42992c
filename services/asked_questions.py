"""Convert questions of the content, samples, mock interviews, follow-ups and debriefs to AskedQuestion.

This is the one place where they are converted, and where an id tells the kind of answer.
"""

from __future__ import annotations

from analysis.question import FOLLOW_UP_PREFIX, AskedQuestion, QuestionKind
from content.interviewer_follow_ups import InterviewerFollowUp
from content.questions import Question, get_question
from interview.mock.run import MockStep
from samples import Sample, load

SAMPLE_PREFIX = (
    "sample:"  # begins the id of what a sample answers: nobody practised that, so it is no take of the question
)
DEBRIEF_PREFIX = (
    "debrief:"  # begins the id of what is said when looking back on a real interview, which is no answer either
)
PLAN_PREFIX = (
    "plan:"  # begins the id of what is said when a plan for the next take is rehearsed aloud; no answer either
)
UNKNOWN_QUESTION = AskedQuestion("not_known", "The question wasn't saved with this answer.", QuestionKind.SCREENING)


def make_asked_question(question: Question, text: str | None = None) -> AskedQuestion:
    """Return a question of the content, or of the user, as it is asked.

    Args:
        question: the question.
        text: its words with the placeholders filled; None uses the examples of the content.
    """
    return AskedQuestion(question.id, question.fill_slots() if text is None else text, QuestionKind(question.kind))


def find_asked_question(question_id: str) -> AskedQuestion:
    """Return the question of the content with this id; raises KeyError if there is none."""
    return make_asked_question(get_question(question_id))


def make_sample_question(sample: Sample) -> AskedQuestion:
    """Return the question a sample answers, under an id separate from the user's own takes."""
    asked = find_asked_question(sample.truth.question)
    return AskedQuestion(SAMPLE_PREFIX + sample.name, asked.text, asked.kind)


def find_bank_id(question_id: str) -> str:
    """Return the id in the question bank of what an answer is to: that of a sample's question, else the id itself."""
    if not question_id.startswith(SAMPLE_PREFIX):
        return question_id
    named = {SAMPLE_PREFIX + sample.name: sample.truth.question for sample in load()}
    return named.get(question_id, question_id)


def make_mock_question(step: MockStep) -> AskedQuestion:
    """Return a question of a mock interview as it was worded."""
    return AskedQuestion(step.question, step.text, QuestionKind(step.kind))


def make_follow_up_question(parent_id: str, follow_up: InterviewerFollowUp) -> AskedQuestion:
    """Return what an interviewer asks on after an answer; its id keeps the link to that answer."""
    return AskedQuestion(
        f"{FOLLOW_UP_PREFIX}{parent_id}:{follow_up.id}", follow_up.text, QuestionKind(follow_up.answer_kind)
    )


def parse_follow_up_id(question_id: str) -> tuple[str, str] | None:
    """Return the id of the answer that was asked on and the id of the rule; None if it is no follow-up."""
    if not question_id.startswith(FOLLOW_UP_PREFIX):
        return None
    parent_id, _, rule = question_id.removeprefix(FOLLOW_UP_PREFIX).partition(":")
    return parent_id, rule


def make_debrief_question(interview_id: str, field: str, label: str) -> AskedQuestion:
    """Return the question that a dictated field of a debrief answers.

    Args:
        interview_id: the interview.
        field: name of the field.
        label: its label on the page.
    """
    return AskedQuestion(make_debrief_prefix(interview_id) + field, label, QuestionKind.BEHAVIOURAL)


def make_debrief_prefix(interview_id: str) -> str:
    """Return the prefix of the question ids of all dictation in an interview's debrief."""
    return f"{DEBRIEF_PREFIX}{interview_id}:"


def make_plan_question(question_id: str) -> AskedQuestion:
    """Return the question that a plan for the next take of a question answers, when it is said aloud."""
    return AskedQuestion(f"{PLAN_PREFIX}{question_id}", "Your plan for the next take", QuestionKind.BEHAVIOURAL)


def is_sample(question: AskedQuestion) -> bool:
    """Whether the question belongs to a sample rather than to an answer of the user."""
    return question.id.startswith(SAMPLE_PREFIX)


def is_practice(question_id: str) -> bool:
    """Whether an answer to this question is practice of its own: no sample, follow-up, plan or dictation."""
    return not question_id.startswith((SAMPLE_PREFIX, DEBRIEF_PREFIX, FOLLOW_UP_PREFIX, PLAN_PREFIX))
