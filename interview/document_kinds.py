"""Every kind of thing that a user writes or plans, by the name it is kept under; a name that was released stays."""

from __future__ import annotations

from collections.abc import Mapping

from interview.ask_card import AskCard
from interview.checklist_tick import ListTick
from interview.debrief import Debrief
from interview.follow_up.follow_up import FollowUp
from interview.interview import Interview
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun
from interview.person import Person
from interview.questions.key_points import Points
from interview.questions.own_question import HiddenQuestion, OwnQuestion
from interview.questions.placeholder_values import Fillings
from interview.research import Research
from interview.thank_you.note import ThankYou

KINDS: Mapping[str, type] = {
    "ask_card": AskCard,
    "debrief": Debrief,
    "fillings": Fillings,
    "follow_up": FollowUp,
    "hidden_question": HiddenQuestion,
    "interview": Interview,
    "list_tick": ListTick,
    "mock_plan": MockPlan,
    "mock_run": MockRun,
    "own_question": OwnQuestion,
    "person": Person,
    "points": Points,
    "research": Research,
    "thank_you": ThankYou,
}
