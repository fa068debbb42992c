"""Every line of advice on the time around an interview is shown by a page, at the moment it is for.

A moment is a page in a state: what the user has entered, and what day it is. Each is opened once, and the texts of all
rules, lists and closing lines that belong to it have to be on it. Lines of questions, reports and warnings are tested
where they belong.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.ui import current_time
from content.checklists import load_checklists
from content.follow_up_rules import get_rule, list_rules
from interview.debrief import LESSONS
from interview.interview import InterviewState
from interview.person import PersonRole
from store.store import Store
from tests.support.interviews import DEBRIEF, HELD, MARIA, RECEPTION, make_local_time
from tests.support.pages import APP, list_texts

pytest_plugins = ("tests.support.pages",)

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
    now: object
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
        others=("I hope we'll get to work together.", "How should I send a thank-you note?"),
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


def open_page(moment: Moment) -> AppTest:
    tab = AppTest.from_file(APP, default_timeout=60).run()
    tab.switch_page(f"app_pages/{moment.page}/page.py")
    if moment.names_interview:
        tab.query_params["interview"] = moment.documents[-1].id if moment.documents[-1] is SECOND else HELD.id
    if moment.section:
        tab.query_params["section"] = moment.section
    return tab.run()


def read_page(tab: AppTest) -> str:
    links = [each.proto.label for each in tab.get("page_link")]
    texts = [*list_texts(tab), *(each.label for each in tab.checkbox), *links]
    return "\n".join(texts).replace("\\", "").replace(":small[]", "")


@pytest.mark.parametrize("name", MOMENTS)
def test_the_lines_of_a_moment_are_on_its_page(name: str, page: AppTest, kept: Store, monkeypatch) -> None:
    moment = MOMENTS[name]
    monkeypatch.setattr(current_time, "now", lambda: moment.now)
    for document in moment.documents:
        kept.save(document)
    tab = open_page(moment)
    assert not tab.exception
    shown = read_page(tab)
    wanted = [get_rule(each).text for each in moment.rules] + [*moment.others]
    wanted += [text for key in moment.lists for text in list_items(key)]
    assert [text for text in wanted if text not in shown] == []


def test_every_rule_and_every_line_of_a_list_has_a_moment() -> None:
    shown = {rule for moment in MOMENTS.values() for rule in moment.rules}
    assert {rule.id for rule in list_rules()} - shown - ELSEWHERE.keys() == set()
    assert {each.key for each in load_checklists()} == {key for moment in MOMENTS.values() for key in moment.lists}
    assert set(ELSEWHERE.values()) <= {item.id for each in load_checklists() for item in each.items}


def test_a_line_that_is_not_on_a_page_is_found_missing(page: AppTest, kept: Store) -> None:
    shown = read_page(open_page(Moment("follow_ups", EVENING, (), names_interview=False)))
    assert get_rule("expect_some_noes").text not in shown
