"""Test marking, deciding and adding on the page of what is due, also from a second window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from content.follow_up_rules import get_rule
from interview.follow_up.follow_up import FollowUp
from interview.interview import InterviewState
from tests.app_pages.follow_ups.helpers import CALL, THANK, find_group, find_step, list_titles, open_page, press, save
from tests.support.interviews import DEBRIEF, HELD, NOTE, ONE, TOM, make_local_time
from tests.support.pages import find_field, is_shown, list_button_labels

pytest_plugins = ("tests.support.pages", "tests.app_pages.follow_ups.helpers")


def test_a_step_marked_done_stays_done_after_a_reload_and_can_be_unmarked(evening):
    tab = open_page()
    note = find_step(evening, THANK)
    press(tab, f"done_{note.id}")
    assert find_step(evening, THANK) == replace(note, done_at=make_local_time("2026-03-11 18:00"))
    again = open_page()
    assert is_shown(again, "✓ Done on Wednesday 11 March 2026, 18:00 (Europe/Vienna)")
    assert f"done_{note.id}" not in [each.key for each in again.button]
    press(again, f"undone_{note.id}")
    assert find_step(evening, THANK) == note
    assert find_group(open_page(), THANK) == "Today"


def test_sending_a_note_completes_its_step_and_leaves_no_button_to_undo_it(evening):
    evening.save(replace(NOTE, sent_at=make_local_time("2026-03-11 14:00")))
    tab = open_page()
    assert is_shown(tab, "✓ Done on Wednesday 11 March 2026, 14:00 (Europe/Vienna)")
    assert is_shown(tab, "You sent the note, so this is done.")
    assert not {f"{way}_{find_step(evening, THANK).id}" for way in ("done", "undone")} & {
        each.key for each in tab.button
    }


def test_a_saved_debrief_completes_its_step(evening):
    evening.save(DEBRIEF)
    tab = open_page()
    assert find_step(evening, get_rule("write_it_down").title).done_at == DEBRIEF.written_at
    assert is_shown(tab, "Your debrief is saved, so this is done.")


def test_the_page_does_not_say_both_that_something_is_over_and_that_nothing_is_due(kept, clock):
    kept.save(replace(HELD, state=InterviewState.UPCOMING))
    tab = open_page()
    assert is_shown(tab, "Wednesday 11 March: did it take place?")
    assert not is_shown(tab, "your to-dos appear here")


def test_a_refusal_leaves_completed_steps_and_a_thank_you_on_the_next_working_day(evening):
    tab = open_page()
    done = find_step(evening, THANK)
    press(tab, f"done_{done.id}")
    press(tab, f"decide_{ONE}")
    find_field(tab.radio, "decision_state").set_value(InterviewState.TURNED_DOWN)
    find_field(tab.date_input, "decision_came").set_value(date(2026, 3, 13))  # a Friday
    save(tab, "decision")
    gracious = find_step(evening, get_rule("gracious_after_no").title)
    assert gracious.due == make_local_time("2026-03-16 09:00")
    assert "because of the weekend" in gracious.text
    assert find_group(tab, gracious.title) == "Coming up"
    assert CALL not in list_titles(evening)
    assert find_step(evening, THANK).done_at is not None
    assert list_titles(evening) >= {get_rule("stay_in_contact").title, get_rule("linkedin_after_no").title}


def test_an_answer_without_a_date_is_dated_today_and_a_new_deadline_moves_the_calls(evening):
    tab = press(open_page(), f"decide_{ONE}")
    find_field(tab.date_input, "decision_by").set_value(date(2026, 3, 25))
    save(tab, "decision")
    assert find_step(evening, CALL).due == make_local_time("2026-03-26 09:00")
    press(tab, f"decide_{ONE}")
    find_field(tab.radio, "decision_state").set_value(InterviewState.OFFERED)
    save(tab, "decision")
    (new,) = evening.load_documents(type(HELD))
    assert (new.state, new.decided_on, new.decision_by) == ("offered", date(2026, 3, 11), date(2026, 3, 25))
    assert CALL not in list_titles(evening)


def test_a_users_own_step_survives_a_decision_and_can_be_deleted(evening):
    tab = press(open_page(), f"add_{ONE}")
    find_field(tab.text_input, "own_step_title").set_value("  Send the  ferry map ")
    save(tab, "own_step")
    assert is_shown(tab, "Enter what to do and a day, then save.")
    find_field(tab.date_input, "own_step_day").set_value(date(2026, 3, 14))
    save(tab, "own_step")
    own = find_step(evening, "Send the ferry map")
    assert (own.own, own.due) == (True, make_local_time("2026-03-14 09:00"))
    evening.save(replace(HELD, state=InterviewState.WITHDRAWN), expected=HELD)
    tab = open_page()
    assert list_titles(evening) == {own.title}
    assert find_group(tab, own.title) == "Coming up"
    press(press(tab, f"delete_{own.id}"), "delete_step_yes")
    assert evening.load_documents(FollowUp) == ()
    press(tab, "undo_delete")
    assert evening.load_documents(FollowUp) == (own,)
    assert find_group(tab, own.title) == "Coming up"


def test_an_interview_in_the_past_is_marked_as_held_with_one_click(kept, clock):
    kept.save(replace(HELD, state=InterviewState.UPCOMING))
    clock("2026-03-11 10:59")
    assert "Yes" not in list_button_labels(open_page())
    clock("2026-03-11 11:00")
    tab = open_page()
    assert kept.load_documents(FollowUp) == ()
    press(tab, f"held_{ONE}")
    assert kept.load_documents(type(HELD)) == (HELD,)
    assert "Yes" not in list_button_labels(tab)
    assert find_group(tab, get_rule("write_it_down").title) == "Today"


def test_a_step_done_or_deleted_in_another_tab_shows_an_error(evening, clock):
    first, second = open_page(), open_page()
    note, call = find_step(evening, THANK), find_step(evening, CALL)
    press(first, f"done_{note.id}")
    clock("2026-03-11 18:01")
    press(second, f"done_{note.id}")
    assert is_shown(second, "You changed this in another window")
    evening.delete_document(call.id)
    press(first, f"done_{call.id}")
    assert is_shown(first, "This has been deleted.")


def test_a_decision_entered_in_another_tab_is_not_overwritten(evening):
    tab = press(open_page(), f"decide_{ONE}")
    other = replace(HELD, state=InterviewState.OFFERED, decided_on=date(2026, 3, 11))
    evening.save(other, expected=HELD)
    find_field(tab.radio, "decision_state").set_value(InterviewState.TURNED_DOWN)
    save(tab, "decision")
    assert is_shown(tab, "You changed this in another window")
    assert evening.load_documents(type(HELD)) == (other,)


def test_adding_a_person_adds_a_thank_you_step_and_deleting_removes_it(evening):
    open_page()
    evening.save(TOM)
    open_page()
    assert "Thank Tom Brandl" in list_titles(evening)
    evening.delete_document(TOM.id)
    open_page()
    assert "Thank Tom Brandl" not in list_titles(evening)
