"""Every kind of document the user creates, by the name it is stored under.

A name never changes once it has been released.
"""

from __future__ import annotations

from collections.abc import Mapping

from interview.ask_card import AskCard
from interview.checklist_tick import ListTick
from interview.debrief import Debrief
from interview.follow_up.follow_up import FollowUp
from interview.interview import Interview
from interview.listener_comments import ListenerComments
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun
from interview.person import Person
from interview.questions.key_points import KeyPoints
from interview.questions.own_question import HiddenQuestion, OwnQuestion
from interview.questions.placeholder_values import PlaceholderValues
from interview.questions.practice_loop import IfThenPlan, TakePractice
from interview.research import ResearchNotes
from interview.thank_you.note import ThankYou

DOCUMENT_KINDS: Mapping[str, type] = {
    "ask_card": AskCard,
    "debrief": Debrief,
    "fillings": PlaceholderValues,
    "follow_up": FollowUp,
    "hidden_question": HiddenQuestion,
    "if_then": IfThenPlan,
    "interview": Interview,
    "listener_comments": ListenerComments,
    "list_tick": ListTick,
    "mock_plan": MockPlan,
    "mock_run": MockRun,
    "own_question": OwnQuestion,
    "person": Person,
    "points": KeyPoints,
    "research": ResearchNotes,
    "take_practice": TakePractice,
    "thank_you": ThankYou,
}
