"""The moments at which the app shows the documents' lines: a page, what the user has entered, and what day it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from content.checklists import load_checklists
from content.follow_up_rules import get_rule, list_rules
from interview.debrief import LESSONS
from interview.interview import InterviewState
from interview.person import PersonRole
from tests.support.interviews import DEBRIEF, HELD, MARIA, RECEPTION, make_local_time

EVENING = make_local_time("2026-03-11 18:00")  # of the interview
UPCOMING = replace(HELD, state=InterviewState.UPCOMING)
HURRIED = replace(DEBRIEF, too_fast=True, jittery=True, enough_questions=False)
NO_DATE = replace(HELD, decision_by=None)
TURNED_DOWN = replace(HELD, state=InterviewState.TURNED_DOWN, decided_on=EVENING.date())
INVITED = replace(HELD, state=InterviewState.INVITED_AGAIN, decided_on=EVENING.date())
SECOND = replace(UPCOMING, id="9" * 32, stage="second", at=EVENING + timedelta(days=20), decision_by=None)


@dataclass(frozen=True)
class Moment:
    """A page in a state, and what it has to show."""

    page: str
    now: datetime
    documents: tuple[object, ...]
    rules: tuple[str, ...] = ()  # ids of follow-up rules
    lists: tuple[str, ...] = ()  # keys of lists
    others: tuple[str, ...] = ()  # further texts
    section: str | None = None
    names_interview: bool = True


def list_items(key: str) -> list[str]:
    return [item.text for each in load_checklists() if each.key == key for item in each.items]


BEFORE = UPCOMING.at - timedelta(days=10)
MOMENTS = {
    "before there is an interview": Moment("interviews", BEFORE, (), lists=("before_applying",), names_interview=False),
    "days before the interview": Moment("interviews", BEFORE, (UPCOMING,), lists=("before_screen",)),
    "the evening before": Moment(
        "interviews",
        make_local_time("2026-03-10 19:00"),
        (UPCOMING,),
        lists=("day_before", "in_the_conversation", "as_it_ends"),
    ),
    "the day of the interview": Moment(
        "interviews", make_local_time("2026-03-11 07:00"), (UPCOMING,), lists=("the_day", "as_it_ends")
    ),
    "before a second interview": Moment(
        "interviews",
        EVENING,
        (HELD, HURRIED, SECOND),
        lists=("before_second",),
        others=tuple(lesson.text for lesson in LESSONS.values()),
    ),
    "the card to take along": Moment(
        "interviews",
        BEFORE,
        (UPCOMING,),
        others=("I hope we'll get to work together.", "What's the best way to send you a note?"),
        section="card",
    ),
    "looking back": Moment(
        "debrief", EVENING, (HELD,), rules=("write_it_down", "what_went_well", "answer_you_wish", "their_manner")
    ),
    "the debrief said: too fast, nervous, too few questions": Moment(
        "debrief", EVENING, (HELD, HURRIED), others=tuple(lesson.text for lesson in LESSONS.values())
    ),
    "writing a note": Moment("thank_you", EVENING, (HELD, MARIA), rules=tuple(rule.id for rule in list_rules("note"))),
    "waiting to hear": Moment(
        "follow_ups",
        EVENING,
        (HELD, MARIA, RECEPTION),
        rules=(
            "not_over_yet",
            "keep_applying",
            "stay_known_to_references",
            "people_who_matter",
            "write_it_down",
            "what_went_well",
            "answer_you_wish",
            "note_to_everyone",
            "note_window",
            "staff_who_helped",
            "tell_references",
            "good_word",
            "something_of_use",
            "calls_after_the_date",
            "silence_after_two_calls",
            "wait_for_their_date",
            "no_linkedin_before",
        ),
        others=get_rule("something_of_use").examples,
    ),
    "waiting without a date and without a contact": Moment(
        "follow_ups", EVENING, (NO_DATE,), rules=("note_asks_when", "not_hr_alone")
    ),
    "a colleague was met": Moment(
        "follow_ups", EVENING, (HELD, replace(MARIA, part=PersonRole.COLLEAGUE)), rules=("colleagues_met",)
    ),
    "after a no": Moment(
        "follow_ups",
        EVENING,
        (TURNED_DOWN, MARIA),
        rules=(
            "expect_some_noes",
            "keep_applying",
            "stay_known_to_references",
            "gracious_after_no",
            "linkedin_after_no",
            "stay_in_contact",
        ),
    ),
    "the interview after a no": Moment("interviews", EVENING, (TURNED_DOWN,), rules=("expect_some_noes",)),
    "invited again": Moment(
        "follow_ups",
        EVENING,
        (INVITED, HURRIED),
        rules=("bring_something_new", "research_again"),
        others=tuple(lesson.text for lesson in LESSONS.values()),
    ),
}
ELSEWHERE = {"talk_to_employees_first": "someone_inside"}  # rules that a line of a list says
