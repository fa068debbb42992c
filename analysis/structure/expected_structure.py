"""Decide which structure a question calls for, and whether it calls for a clarifying question.

A clarifying question is called for if the task is open: an estimate, a plan for something not done
yet, numbers that look odd. It is not called for if the question is about one's own past or work.
"""

from __future__ import annotations

import re
from enum import StrEnum

from analysis.question import AskedQuestion, QuestionKind
from analysis.structure.rules import WordingRule, compile_wording


class ExpectedStructure(StrEnum):
    """The structure that an answer should have."""

    PROJECT = "project"  # problem, data, tools and methods, results
    STORY = "story"  # situation, task, action, result


_PROJECT_QUESTION = compile_wording(
    "projects?", "you (?:built|solved)", "did you (?:use|choose)", "problem that you solved"
)
_OPEN_TASK = compile_wording(
    "how (?:would|do) you",
    "how many",
    "what (?:do|would) you (?:do|improve|change)",
    "what goes first",
    "you have four weeks",
    "look odd",
)
_OWN_EXPERIENCE = compile_wording(
    "assessment", "your last", "did you", "have you", "you used", "understand", "this role"
)

CLARIFYING = WordingRule(
    "clarifying",
    "A clarifying question",
    compile_wording(
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
        "I would first ask what you mean by user.",
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


def find_expected_structure(question: AskedQuestion) -> ExpectedStructure | None:
    """Return the structure that a question calls for; None if it calls for no particular one."""
    if question.kind is QuestionKind.BEHAVIOURAL:
        return ExpectedStructure.STORY
    if question.kind is QuestionKind.TECHNICAL and _PROJECT_QUESTION.search(question.text.lower()):
        return ExpectedStructure.PROJECT
    return None


def calls_for_outcome(question: AskedQuestion) -> bool:
    """Whether an answer should say what came of something: it is about past behaviour or a project."""
    return find_expected_structure(question) is not None


def is_clarifying_expected(question: AskedQuestion) -> bool:
    """Return whether the task is open enough to begin with a clarifying question."""
    text = re.sub(r"[^\w' ]", "", question.text.lower().replace("’", "'"))
    return (
        question.kind is QuestionKind.TECHNICAL and bool(_OPEN_TASK.search(text)) and not _OWN_EXPERIENCE.search(text)
    )
