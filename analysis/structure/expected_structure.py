"""Which questions call for which answer, and whether a clarifying question was asked back.

A clarifying question is called for where the task is open: an estimate, a plan for something not yet done, numbers that
look odd. It is not where the question is about one's own past or own work.
"""

from __future__ import annotations

import re
from enum import StrEnum

from analysis.question import AskedQuestion, QuestionKind
from analysis.structure.rules import Rule, wording


class Listening(StrEnum):
    """What the parts of an answer are called."""

    PROJECT = "project"  # problem, data, tools and methods, results
    STORY = "story"  # situation, task, action, result


_PROJECT = wording("projects?", "you (?:built|solved)", "did you (?:use|choose)", "problem that you solved")
_OPEN = wording(
    "how (?:would|do) you",
    "how many",
    "what (?:do|would) you (?:do|improve|change)",
    "what goes first",
    "you have four weeks",
    "look odd",
)
_OWN = wording("assessment", "your last", "did you", "have you", "you used", "understand", "this role")

CLARIFYING = Rule(
    "clarifying",
    "A clarifying question",
    wording(
        r"(?:can|could|may) (?:i|you) (?:just |quickly |first )?(?:ask|clarify|check|repeat|tell me|say (?:more"
        r"|again|a bit)|explain|assume)"
        r"(?! me| my| you to)",
        "(?:do|did) you mean",
        "what (?:do )?you mean (?:by|with)",
        "(?:when|if) you say",
        "(?:just )?(?:to|so) (?:clarify|be sure|make sure|check|understand|i understand)(?: \\w+){0,4}",
        "is (?:this|that|it|the \\w+) (?:about|for|meant|only|just|a|the|more|in|per|one|somebody|someone|supposed)",
        "are (?:we|you) (?:talking|asking|thinking|looking|interested)",
        "(?:shall|should) i (?:assume|take|think|count|include|start)",
        "(?:i would|i'd|let me) (?:first |also |like to )*(?:of all )?(?:ask|clarify|check) (?:you|what you"
        "|which|what (?:is|do)|back)",
        "(?:i have|one|a) (?:quick |short |clarifying )?question (?:back|first|before)",
        "before i (?:answer|start|begin)",
    ),
    hears=(
        "Can I ask what you mean by user?",
        "When you say automate, do you mean completely?",
        "Just to clarify, is it for one year?",
        "So, um, are we talking about all users?",
        "Could you repeat the last part?",
        "I would first of all ask what you mean by user.",
        "Shall I assume that the budget is fixed?",
        "Is this about paying customers or everybody?",
    ),
    ignores=(
        "I asked the customer what he needed.",
        "The question is what changed.",
        "I would ask my team.",
        "I'd begin with the biggest city.",
        "You might ask why.",
        "Then I'd check the logs.",
        "It is about eighty percent.",
        "Can you imagine that.",
    ),
)


def listening(question: AskedQuestion) -> Listening | None:
    """What the parts of an answer to this question are; None where it has no such parts."""
    if question.kind is QuestionKind.BEHAVIOURAL:
        return Listening.STORY
    if question.kind is QuestionKind.TECHNICAL and _PROJECT.search(question.text.lower()):
        return Listening.PROJECT
    return None


def calls_for_outcome(question: AskedQuestion) -> bool:
    """Whether an answer should say what came of something: it is about past behaviour or a project."""
    return listening(question) is not None


def calls_for_clarifying(question: AskedQuestion) -> bool:
    """Whether the task is open enough that asking back comes first."""
    text = re.sub(r"[^\w' ]", "", question.text.lower().replace("’", "'"))
    return question.kind is QuestionKind.TECHNICAL and bool(_OPEN.search(text)) and not _OWN.search(text)
