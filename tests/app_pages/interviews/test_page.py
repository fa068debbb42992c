"""Test the interviews page over a real store: what is added is stored, and changes elsewhere are noticed."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from app_pages.interviews.details import KIND_NAMES
from app_pages.interviews.preparation import BEFORE_APPLYING, CARDS, find_lists_of_moment
from app_pages.interviews.wording import PARTS, STATES, WAYS, format_start
from content.checklists import load_checklists
from interview.ask_card import AskCard, CardQuestion, make_ask_card_id
from interview.checklist_tick import ListTick, make_tick_id
from interview.document_kinds import DOCUMENT_KINDS
from interview.ids import make_id
from interview.interview import Interview, InterviewState
from interview.person import ContactMethod, Person, PersonRole
from interview.questions.own_question import make_own_question
from interview.research import ResearchNotes, make_research_id
from tests.app_pages.interviews.helpers import MARKUP, list_interviews, list_links, open_page
from tests.support.interviews import HELD, MARIA, ONE, VIENNA, make_local_time
from tests.support.pages import find_field, is_shown, list_button_labels, list_texts, press

pytest_plugins = ("tests.support.pages", "tests.app_pages.interviews.helpers")


def test_without_interviews_the_page_offers_to_add_one(data):
    tab = open_page(interview=None)
    assert is_shown(tab, "Add your first interview")
    assert "Add an interview" in list_button_labels(tab)


def test_an_added_interview_is_stored_with_its_time_zone(kept):
    tab = press(open_page(interview=None), "Add an interview")
    find_field(tab.text_input, "interview_company").set_value("  Harbour   Analytics ")
    find_field(tab.text_input, "interview_role").set_value("Data Analyst")
    find_field(tab.selectbox, "interview_stage").select("first")
    find_field(tab.date_input, "interview_date").set_value(date(2027, 7, 1))
    find_field(tab.time_input, "interview_time").set_value(time(9, 30))
    find_field(tab.selectbox, "interview_zone").select("Europe/Vienna")
    press(tab, "Save")
    assert not tab.error
    (new,) = kept.load_documents(Interview)
    assert new.company == "Harbour Analytics"
    assert new.at == datetime(2027, 7, 1, 7, 30, tzinfo=UTC)  # summer time: two hours ahead
    again = open_page(interview=new.id)
    assert is_shown(again, "Data Analyst at Harbour Analytics")
    assert is_shown(again, "First interview · Thursday 1 July 2027, 09:30–10:30 (Europe/Vienna) · Upcoming")
    assert "**Data Analyst at Harbour Analytics**" in list_interviews(open_page(interview=None))


@pytest.mark.parametrize(
    ("company", "clock", "told"),
    [("   ", None, "Enter the company, then save."), ("Harbour", time(9, 30), "Add the date too")],
)
def test_a_missing_value_shows_an_error_and_the_typed_text_stays(kept, company, clock, told):
    tab = press(open_page(interview=None), "Add an interview")
    find_field(tab.text_input, "interview_company").set_value(company)
    find_field(tab.text_input, "interview_role").set_value("Analyst")
    if clock:
        find_field(tab.time_input, "interview_time").set_value(clock)
    press(tab, "Save")
    assert is_shown(tab, told)
    assert find_field(tab.text_input, "interview_role").value == "Analyst"
    assert kept.load_documents(Interview) == ()


def test_a_date_is_kept_without_a_time(kept):
    tab = press(open_page(interview=None), "Add an interview")
    find_field(tab.text_input, "interview_company").set_value("Harbour")
    find_field(tab.date_input, "interview_date").set_value(date(2027, 7, 1))
    press(tab, "Save")
    (saved,) = kept.load_documents(Interview)
    assert (saved.at, saved.day) == (None, date(2027, 7, 1))
    assert is_shown(tab, "Thursday 1 July 2027, time not set · Upcoming")


def test_an_interview_whose_date_has_passed_is_asked_about_in_the_list_and_not_called_upcoming(kept):
    kept.save(replace(HELD, state=InterviewState.UPCOMING))
    tab = open_page(interview=None)
    assert is_shown(tab, "Date has passed (1)")
    assert not is_shown(tab, "· Upcoming")
    assert is_shown(tab, "Wednesday 11 March: did it take place?")
    press(tab, "Yes")
    assert is_shown(tab, "Past interviews (1)")
    assert kept.load_documents(Interview) == (HELD,)


def test_no_opens_the_form_for_another_date(kept):
    kept.save(replace(HELD, state=InterviewState.UPCOMING))
    tab = press(open_page(), "No, change the date")
    assert find_field(tab.date_input, "interview_date").value == date(2026, 3, 11)
    find_field(tab.date_input, "interview_date").set_value(date(2027, 3, 11))
    press(tab, "Save")
    assert is_shown(tab, "Thursday 11 March 2027, 10:00–11:00 (Europe/Vienna) · Upcoming")


def test_after_an_interview_its_list_is_what_follows(held):
    links = list_links(open_page())
    assert [each for each in links if each[0].isdigit()] == [
        "1. Look back on it while it's fresh",
        "2. Thank everyone you met, within a day",
        "3. See what else is due, and when",
    ]


def test_a_change_of_the_date_keeps_the_first_day_of_practice(kept):
    kept.save(replace(HELD, practise_from=date(2026, 3, 2)))
    tab = press(open_page(), "Change")
    find_field(tab.date_input, "interview_date").set_value(date(2026, 3, 12))
    press(tab, "Save")
    (saved,) = kept.load_documents(Interview)
    assert (saved.on_day, saved.practise_from) == (date(2026, 3, 12), date(2026, 3, 2))


def test_a_time_skipped_by_daylight_saving_shows_an_error(kept):
    tab = press(open_page(interview=None), "Add an interview")
    find_field(tab.text_input, "interview_company").set_value("Harbour")
    find_field(tab.date_input, "interview_date").set_value(date(2027, 3, 28))
    find_field(tab.time_input, "interview_time").set_value(time(2, 30))
    find_field(tab.selectbox, "interview_zone").select("Europe/Vienna")
    press(tab, "Save")
    assert is_shown(tab, "the clocks in Europe/Vienna skip 02:30")


def test_a_change_keeps_other_values_including_the_second_of_two_repeated_hours(kept):
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=VIENNA, fold=1)
    kept.save(replace(HELD, at=twice))
    tab = press(open_page(), "Change")
    find_field(tab.selectbox, "interview_state").select(InterviewState.OFFERED)
    press(tab, "Save")
    (new,) = kept.load_documents(Interview)
    assert new == replace(HELD, at=twice.astimezone(UTC), state=InterviewState.OFFERED)


def test_a_change_made_in_another_tab_is_not_overwritten(held):
    tab = press(open_page(), "Change")
    other = replace(HELD, place="Pier 4")
    held.save(other, expected=HELD)
    find_field(tab.text_input, "interview_role").set_value("Head of Data")
    press(tab, "Save")
    assert is_shown(tab, "You changed this in another window")
    assert held.load_documents(Interview) == (other,)


def test_upcoming_interviews_are_listed_by_date_with_undated_ones_last(kept):
    for company, moment, state in (
        ("Undated", None, InterviewState.UPCOMING),
        ("Later", make_local_time("2027-05-01 10:00"), InterviewState.UPCOMING),
        ("Sooner", make_local_time("2027-04-01 10:00"), InterviewState.UPCOMING),
        ("Long ago", make_local_time("2026-01-01 10:00"), InterviewState.TURNED_DOWN),
        ("Lately", make_local_time("2026-02-01 10:00"), InterviewState.HELD),
    ):
        kept.save(Interview(make_id(), company, at=moment, state=state))
    assert list_interviews(open_page(interview=None)) == [
        f"**{name}**" for name in ("Sooner", "Later", "Undated", "Lately", "Long ago")
    ]


def test_deleting_an_interview_lists_and_deletes_what_belongs_to_it(held):
    held.save(MARIA)
    held.save(ResearchNotes(make_research_id(ONE), ONE, ("open data",)))
    held.save(make_own_question(make_id(), "Why maps?", "technical"))
    tab = press(open_page(), "Delete")
    assert is_shown(
        tab,
        "This also deletes: 1 person, 1 sheet of research notes. Your recorded answers and your own questions stay.",
    )
    press(tab, "Keep it")
    assert held.load_documents(Interview)
    press(press(tab, "Delete"), "Yes, delete it")
    assert "interview" not in tab.query_params
    assert held.load_documents(Interview) == held.load_documents(Person) == held.load_documents(ResearchNotes) == ()
    assert len(held.load_documents(DOCUMENT_KINDS["own_question"])) == 1


def test_a_deleted_interview_comes_back_with_what_belongs_to_it(held):
    held.save(MARIA)
    tab = press(press(open_page(), "Delete"), "Yes, delete it")
    assert list_successes(tab) == [
        "Deleted: Data Analyst at Harbour Analytics. You can undo this until you leave this page."
    ]
    press(tab, "Undo")
    assert list_successes(tab) == ["Data Analyst at Harbour Analytics is back."]
    assert held.load_documents(Interview) == (HELD,)
    assert held.load_documents(Person) == (MARIA,)
    assert list_interviews(tab) == ["**Data Analyst at Harbour Analytics**"]
    assert "Undo" not in list_button_labels(tab.run())
    assert list_successes(tab) == []


def test_who_leaves_the_page_can_no_longer_undo(held):
    tab = press(press(open_page(), "Delete"), "Yes, delete it")
    tab.switch_page("app_pages/measures/page.py").run()
    tab.switch_page("app_pages/interviews/page.py").run()
    assert "Undo" not in list_button_labels(tab)


def list_successes(tab):
    return [each.value.replace("\\", "") for each in tab.success]


def test_while_a_deletion_is_asked_about_nothing_else_can_be_saved(held):
    tab = press(open_page("Research"), "Delete")
    assert list_button_labels(tab)[-2:] == ["Yes, delete it", "Keep it"]
    press(tab, "Keep it")
    assert "Save notes" in list_button_labels(tab)


def test_every_kind_that_can_belong_to_an_interview_and_every_enum_value_has_a_label():
    with_interview = {
        name for name, kind in DOCUMENT_KINDS.items() if any(each.name == "interview" for each in fields(kind))
    }
    assert with_interview == KIND_NAMES.keys()
    assert (STATES.keys(), PARTS.keys(), WAYS.keys()) == (set(InterviewState), set(PersonRole), set(ContactMethod))


@pytest.mark.parametrize("named", ["f" * 32, "nothing", "../x"])
def test_an_address_of_an_unknown_interview_shows_an_error_and_a_way_to_the_list(held, named):
    tab = open_page(interview=named)
    assert is_shown(tab, "We can't find that interview")
    assert list_links(tab) == []
    press(tab, "Show all")
    assert list_interviews(tab)
    assert "interview" not in tab.query_params


def list_labels(tab):
    return [each.label.replace("\\", "") for each in tab.expander]


def test_what_to_do_before_applying_is_ticked_without_an_interview(kept):
    first = load_checklists()[0].items[0]
    tab = open_page(interview=None)
    tab.checkbox(key=f"tick_{first.id}").check().run()
    (tick,) = kept.load_documents(ListTick)
    assert (tick.entry, tick.interview) == (first.id, None)
    assert open_page(interview=None).checkbox(key=f"tick_{first.id}").value


@pytest.mark.parametrize(
    ("days", "changes", "lists"),
    [
        (None, {}, ("before_screen",)),
        (9, {}, ("before_screen",)),
        (9, {"stage": "second"}, ("before_second",)),
        (1, {}, ("day_before", *CARDS)),
        (0, {}, ("the_day", *CARDS)),
        (-1, {}, ()),
        (0, {"state": InterviewState.HELD}, ()),
        (0, {"state": InterviewState.INVITED_AGAIN}, ("before_second",)),
    ],
)
def test_the_lists_of_the_moment_go_by_date_stage_and_status(days, changes, lists):
    today = date(2026, 3, 11)
    day = None if days is None else today + timedelta(days=days)
    changes = {"state": InterviewState.UPCOMING, **changes}
    assert find_lists_of_moment(Interview(ONE, "Harbour", day=day, **changes), today) == lists


def test_ticks_are_stored_counted_and_removed(held):
    screen = load_checklists()[1]
    entry = screen.items[0].id
    tab = open_page()
    assert f"{screen.label} · 0 of {len(screen.items)} done" in list_labels(tab)
    tab.checkbox(key=f"tick_{entry}").check().run()
    assert [tick.entry for tick in held.load_documents(ListTick, interview=ONE)] == [entry]
    again = open_page()
    assert f"{screen.label} · 1 of {len(screen.items)} done" in list_labels(again)
    assert again.checkbox(key=f"tick_{entry}").value
    again.checkbox(key=f"tick_{entry}").uncheck().run()
    assert held.load_documents(ListTick) == ()


def test_a_tick_also_set_in_another_tab_is_stored_once(held):
    entry = load_checklists()[1].items[0].id
    tab = open_page()
    tick = ListTick(make_tick_id(entry, ONE), entry, make_local_time("2026-03-01 08:00"), ONE)
    held.save(tick)
    tab.checkbox(key=f"tick_{entry}").check().run()
    assert not tab.error
    assert held.load_documents(ListTick) == (tick,)
    assert tab.run().checkbox(key=f"tick_{entry}").value


def test_every_checklist_entry_cites_its_source_and_links_to_its_questions(held):
    tab = open_page()
    shown = "\n".join(list_texts(tab)).replace("\\", "")
    helps = {each.proto.help.replace("\\", "") for each in (*tab.checkbox, *tab.markdown)}
    lists = [each for each in load_checklists() if each.key != BEFORE_APPLYING]
    items = [item for each in lists for item in each.items]
    assert all(str(item.citation) in helps and item.why in shown for item in items)
    ways = ["Debrief", "Thank-you notes", "What is due"]
    assert list_links(tab)[: len(ways)] == ways
    asked_for = [each.proto.query_string for each in tab.get("page_link")]
    asked_for = [each for each in asked_for if not each.startswith("interview=")]
    assert asked_for == [
        f"question={question}"
        for each in lists
        if each.key not in CARDS
        for item in each.items
        for question in item.practise
    ]


def test_opening_an_interview_puts_it_into_the_address_and_going_back_removes_it(held):
    tab = open_page(interview=None)
    tab.button(key=f"open_{ONE}").click().run()
    assert tab.query_params["interview"] in (ONE, [ONE])
    assert list_links(tab)[0] == "Debrief"
    press(tab, "← All interviews")
    assert "interview" not in tab.query_params
    assert list_interviews(tab)


def test_markup_in_stored_text_is_shown_as_text(kept):
    kept.save(Interview(ONE, MARKUP, MARKUP, place=MARKUP, notes=MARKUP))
    kept.save(Person(make_id(), MARKUP, ONE, position=MARKUP, notes=MARKUP))
    kept.save(ResearchNotes(make_research_id(ONE), ONE, (MARKUP,)))
    kept.save(AskCard(make_ask_card_id(ONE), ONE, (CardQuestion(MARKUP, (MARKUP,), MARKUP),)))
    for tab in (
        open_page(interview=None),
        *map(open_page, ("Prepare", "People", "Research", "Questions to ask", "Card")),
    ):
        read = [*list_texts(tab), *list_links(tab), *(each.label for each in (*tab.button, *tab.expander))]
        assert not [text for text in read if "<script>" in text or "**bold**" in text or "[link](x)" in text]


def test_the_start_is_shown_in_the_time_zone_of_the_interview():
    assert (
        format_start(replace(HELD, at=datetime(2026, 7, 1, 22, 5, tzinfo=UTC)))
        == "Thursday 2 July 2026, 00:05–01:05 (Europe/Vienna)"
    )
    assert format_start(replace(HELD, at=None)) == "No date yet"
