"""The page of interviews over a real store: what is added is there after reloading, other windows are heeded."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time

import pytest

from app_pages.interviews.details import KIND_NAMES
from app_pages.interviews.wording import PARTS, STATES, WAYS, when
from content.checklists import checklists
from interview.ask_card import AskCard, CardQuestion, make_ask_card_id
from interview.checklist_tick import ListTick, tick_id
from interview.document_kinds import KINDS
from interview.ids import new_id
from interview.interview import Interview, InterviewState
from interview.person import Part, Person, Way
from interview.questions.own_question import own_question
from interview.research import Research, research_id
from tests.app_pages.interviews.helpers import MARKUP, links, listed, opened
from tests.support.interviews import HELD, MARIA, ONE, VIENNA, at
from tests.support.pages import field, labels, press, shows, texts

pytest_plugins = ("tests.support.pages", "tests.app_pages.interviews.helpers")


def test_without_interviews_the_page_says_so_and_offers_to_add_one(data):
    tab = opened(interview=None)
    assert shows(tab, "No interview yet.")
    assert "Add an interview" in labels(tab)


def test_an_interview_that_was_added_is_there_after_reloading_with_its_zone(kept):
    tab = press(opened(interview=None), "Add an interview")
    field(tab.text_input, "interview_company").set_value("  Harbour   Analytics ")
    field(tab.text_input, "interview_role").set_value("Data Analyst")
    field(tab.selectbox, "interview_stage").select("first")
    field(tab.date_input, "interview_date").set_value(date(2027, 7, 1))
    field(tab.time_input, "interview_time").set_value(time(9, 30))
    field(tab.selectbox, "interview_zone").select("Europe/Vienna")
    press(tab, "Save")
    assert not tab.error
    (new,) = kept.things(Interview)
    assert new.company == "Harbour Analytics"
    assert new.at == datetime(2027, 7, 1, 7, 30, tzinfo=UTC)  # summer time: two hours ahead
    again = opened(interview=new.id)
    assert shows(again, "Data Analyst at Harbour Analytics")
    assert shows(again, "First interview · Thursday 1 July 2027, 09:30 (Europe/Vienna) · To come")
    assert "**Data Analyst at Harbour Analytics**" in listed(opened(interview=None))


@pytest.mark.parametrize(
    ("company", "day", "told"),
    [("   ", None, "needs the name of the company"), ("Harbour", date(2027, 7, 1), "A date needs a time")],
)
def test_what_is_missing_is_told_and_what_was_typed_stays(kept, company, day, told):
    tab = press(opened(interview=None), "Add an interview")
    field(tab.text_input, "interview_company").set_value(company)
    field(tab.text_input, "interview_role").set_value("Analyst")
    if day:
        field(tab.date_input, "interview_date").set_value(day)
    press(tab, "Save")
    assert shows(tab, told)
    assert field(tab.text_input, "interview_role").value == "Analyst"
    assert kept.things(Interview) == ()


def test_an_hour_that_the_clocks_skip_is_told(kept):
    tab = press(opened(interview=None), "Add an interview")
    field(tab.text_input, "interview_company").set_value("Harbour")
    field(tab.date_input, "interview_date").set_value(date(2027, 3, 28))
    field(tab.time_input, "interview_time").set_value(time(2, 30))
    field(tab.selectbox, "interview_zone").select("Europe/Vienna")
    press(tab, "Save")
    assert shows(tab, "the clocks in Europe/Vienna skip 02:30")


def test_a_change_is_kept_and_what_was_not_changed_stays_to_the_second_of_two_hours(kept):
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=VIENNA, fold=1)
    kept.keep(replace(HELD, at=twice))
    tab = press(opened(), "Change")
    field(tab.selectbox, "interview_state").select(InterviewState.OFFERED)
    press(tab, "Save")
    (new,) = kept.things(Interview)
    assert new == replace(HELD, at=twice.astimezone(UTC), state=InterviewState.OFFERED)


def test_a_change_made_in_another_tab_meanwhile_is_told_and_not_overwritten(held):
    tab = press(opened(), "Change")
    other = replace(HELD, place="Pier 4")
    held.keep(other, instead_of=HELD)
    field(tab.text_input, "interview_role").set_value("Head of Data")
    press(tab, "Save")
    assert shows(tab, "This was changed in another window")
    assert held.things(Interview) == (other,)


def test_interviews_to_come_stand_first_by_date_and_those_without_one_last(kept):
    for company, moment, state in (
        ("Undated", None, InterviewState.UPCOMING),
        ("Later", at("2027-05-01 10:00"), InterviewState.UPCOMING),
        ("Sooner", at("2027-04-01 10:00"), InterviewState.UPCOMING),
        ("Long ago", at("2026-01-01 10:00"), InterviewState.TURNED_DOWN),
        ("Lately", at("2026-02-01 10:00"), InterviewState.HELD),
    ):
        kept.keep(Interview(new_id(), company, at=moment, state=state))
    assert listed(opened(interview=None)) == [
        f"**{name}**" for name in ("Sooner", "Later", "Undated", "Lately", "Long ago")
    ]


def test_deleting_says_what_goes_with_it_and_takes_it_along(held):
    held.keep(MARIA)
    held.keep(Research(research_id(ONE), ONE, ("open data",)))
    held.keep(own_question(new_id(), "Why maps?", "technical"))
    tab = press(opened(), "Delete")
    assert shows(
        tab, "With it goes: 1 person, 1 sheet of research notes. Recorded answers and your own questions stay."
    )
    press(tab, "Keep it")
    assert held.things(Interview)
    press(press(tab, "Delete"), "Delete for good")
    assert "interview" not in tab.query_params
    assert held.things(Interview) == held.things(Person) == held.things(Research) == ()
    assert len(held.things(KINDS["own_question"])) == 1


def test_every_kind_that_can_belong_to_an_interview_has_a_name_and_every_label_is_there():
    with_interview = {name for name, kind in KINDS.items() if any(each.name == "interview" for each in fields(kind))}
    assert with_interview == KIND_NAMES.keys()
    assert (STATES.keys(), PARTS.keys(), WAYS.keys()) == (set(InterviewState), set(Part), set(Way))


@pytest.mark.parametrize("named", ["f" * 32, "nothing", "../x"])
def test_an_address_that_names_no_interview_is_told_with_the_way_to_the_list(held, named):
    tab = opened(interview=named)
    assert shows(tab, "is not here (any more)")
    assert links(tab) == []
    press(tab, "Show all of them")
    assert listed(tab)
    assert "interview" not in tab.query_params


def test_ticks_stay_and_are_taken_back_and_the_lists_count_them(held):
    entry = checklists()[0].items[0].id
    everything = sum(len(each.items) for each in checklists())
    tab = opened()
    assert shows(tab, f"0 of {everything} done.")
    tab.checkbox(key=f"tick_{entry}").check().run()
    assert [tick.entry for tick in held.things(ListTick, interview=ONE)] == [entry]
    again = opened()
    assert shows(again, f"1 of {everything} done.")
    assert again.checkbox(key=f"tick_{entry}").value
    again.checkbox(key=f"tick_{entry}").uncheck().run()
    assert held.things(ListTick) == ()


def test_a_tick_set_in_another_tab_meanwhile_is_shown_and_set_once(held):
    entry = checklists()[0].items[0].id
    tab = opened()
    tick = ListTick(tick_id(entry, ONE), entry, at("2026-03-01 08:00"), ONE)
    held.keep(tick)
    tab.checkbox(key=f"tick_{entry}").check().run()
    assert not tab.error
    assert held.things(ListTick) == (tick,)
    assert tab.run().checkbox(key=f"tick_{entry}").value


def test_every_entry_names_its_document_and_links_to_the_questions_it_names(held):
    tab = opened()
    shown = "\n".join(texts(tab)).replace("\\", "")
    items = [item for each in checklists() for item in each.items]
    assert all(str(item.citation) in shown and item.why in shown for item in items)
    ways = ["Debrief", "Thank-you notes", "What is due"]
    assert links(tab)[: len(ways)] == ways
    asked_for = [each.proto.query_string for each in tab.get("page_link")[len(ways) :]]
    assert asked_for == [f"question={question}" for item in items for question in item.practise]


def test_the_way_to_an_interview_and_back_is_in_the_address_so_that_the_next_click_stays_there(held):
    tab = opened(interview=None)
    tab.button(key=f"open_{ONE}").click().run()
    assert tab.query_params["interview"] in (ONE, [ONE])
    assert links(tab)[0] == "Debrief"
    press(tab, "← All interviews")
    assert "interview" not in tab.query_params
    assert listed(tab)


def test_markup_that_was_typed_is_shown_as_text(kept):
    kept.keep(Interview(ONE, MARKUP, MARKUP, place=MARKUP, notes=MARKUP))
    kept.keep(Person(new_id(), MARKUP, ONE, position=MARKUP, notes=MARKUP))
    kept.keep(Research(research_id(ONE), ONE, (MARKUP,)))
    kept.keep(AskCard(make_ask_card_id(ONE), ONE, (CardQuestion(MARKUP, (MARKUP,), MARKUP),)))
    for tab in (opened(interview=None), *map(opened, ("Prepare", "People", "Research", "Questions to ask", "Card"))):
        read = [*texts(tab), *links(tab), *(each.label for each in (*tab.button, *tab.expander))]
        assert not [text for text in read if "<script>" in text or "**bold**" in text or "[link](x)" in text]


def test_a_moment_is_told_on_the_clocks_of_its_zone():
    assert (
        when(replace(HELD, at=datetime(2026, 7, 1, 22, 5, tzinfo=UTC))) == "Thursday 2 July 2026, 00:05 (Europe/Vienna)"
    )
    assert when(replace(HELD, at=None)) == "No date yet"
