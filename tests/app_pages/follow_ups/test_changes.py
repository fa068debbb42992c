"""What is done, decided and added on the page of what is due, over a real store; other windows are heeded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from content.follow_up_rules import rule
from interview.follow_up.follow_up import FollowUp
from interview.interview import InterviewState
from tests.app_pages.follow_ups.helpers import CALL, THANK, group, opened, press, save, step, titles
from tests.support.interviews import HELD, NOTE, ONE, TOM, at
from tests.support.pages import field, labels, shows

pytest_plugins = ("tests.support.pages", "tests.app_pages.follow_ups.helpers")


def test_what_was_done_stays_done_after_reloading_and_can_be_taken_back(evening):
    tab = opened()
    note = step(evening, THANK)
    press(tab, f"done_{note.id}")
    assert step(evening, THANK) == replace(note, done_at=at("2026-03-11 18:00"))
    again = opened()
    assert shows(again, "✓ Done on Wednesday 11 March 2026, 18:00 (Europe/Vienna)")
    assert f"done_{note.id}" not in [each.key for each in again.button]
    press(again, f"undone_{note.id}")
    assert step(evening, THANK) == note
    assert group(opened(), THANK) == "Today"


def test_a_note_that_was_sent_has_done_its_step_and_no_button_says_otherwise(evening):
    evening.keep(replace(NOTE, sent_at=at("2026-03-11 14:00")))
    tab = opened()
    assert shows(tab, "✓ Done on Wednesday 11 March 2026, 14:00 (Europe/Vienna)")
    assert shows(tab, "The note is marked as sent")
    assert not {f"{way}_{step(evening, THANK).id}" for way in ("done", "undone")} & {each.key for each in tab.button}


def test_a_no_leaves_what_is_gracious_on_the_next_working_day_and_what_was_done(evening):
    tab = opened()
    done = step(evening, THANK)
    press(tab, f"done_{done.id}")
    press(tab, f"decide_{ONE}")
    field(tab.radio, "decision_state").set_value(InterviewState.TURNED_DOWN)
    field(tab.date_input, "decision_came").set_value(date(2026, 3, 13))  # a Friday
    save(tab, "decision")
    gracious = step(evening, rule("gracious_after_no").title)
    assert gracious.due == at("2026-03-16 09:00")
    assert "because of the weekend" in gracious.text
    assert group(tab, gracious.title) == "Coming"
    assert CALL not in titles(evening)
    assert step(evening, THANK).done_at is not None
    assert titles(evening) >= {rule("stay_in_contact").title, rule("linkedin_after_no").title}


def test_an_answer_without_its_day_came_today_and_another_date_moves_the_calls(evening):
    tab = press(opened(), f"decide_{ONE}")
    field(tab.date_input, "decision_by").set_value(date(2026, 3, 25))
    save(tab, "decision")
    assert step(evening, CALL).due == at("2026-03-26 09:00")
    press(tab, f"decide_{ONE}")
    field(tab.radio, "decision_state").set_value(InterviewState.OFFERED)
    save(tab, "decision")
    (new,) = evening.things(type(HELD))
    assert (new.state, new.decided_on, new.decision_by) == ("offered", date(2026, 3, 11), date(2026, 3, 25))
    assert CALL not in titles(evening)


def test_an_own_step_is_kept_through_a_decision_and_deleted_when_asked(evening):
    tab = press(opened(), f"add_{ONE}")
    field(tab.text_input, "own_step_title").set_value("  Send the  ferry map ")
    save(tab, "own_step")
    assert shows(tab, "A step needs a few words and a day.")
    field(tab.date_input, "own_step_day").set_value(date(2026, 3, 14))
    save(tab, "own_step")
    own = step(evening, "Send the ferry map")
    assert (own.own, own.due) == (True, at("2026-03-14 09:00"))
    evening.keep(replace(HELD, state=InterviewState.WITHDRAWN), instead_of=HELD)
    tab = opened()
    assert titles(evening) == {own.title}
    assert group(tab, own.title) == "Coming"
    press(press(tab, f"delete_{own.id}"), "delete_step_yes")
    assert evening.things(FollowUp) == ()


def test_an_interview_whose_time_is_over_is_held_with_one_click(kept, clock):
    kept.keep(replace(HELD, state=InterviewState.UPCOMING))
    clock("2026-03-11 10:59")
    assert "It was held" not in labels(opened())
    clock("2026-03-11 11:00")
    tab = opened()
    assert kept.things(FollowUp) == ()
    press(tab, f"held_{ONE}")
    assert kept.things(type(HELD)) == (HELD,)
    assert "It was held" not in labels(tab)
    assert group(tab, rule("write_it_down").title) == "Today"


def test_a_step_done_or_deleted_in_another_tab_meanwhile_is_told(evening, clock):
    first, second = opened(), opened()
    note, call = step(evening, THANK), step(evening, CALL)
    press(first, f"done_{note.id}")
    clock("2026-03-11 18:01")
    press(second, f"done_{note.id}")
    assert shows(second, "This was changed in another window")
    evening.forget(call.id)
    press(first, f"done_{call.id}")
    assert shows(first, "This was deleted in the meantime.")


def test_a_decision_entered_in_another_tab_meanwhile_is_told_and_not_overwritten(evening):
    tab = press(opened(), f"decide_{ONE}")
    other = replace(HELD, state=InterviewState.OFFERED, decided_on=date(2026, 3, 11))
    evening.keep(other, instead_of=HELD)
    field(tab.radio, "decision_state").set_value(InterviewState.TURNED_DOWN)
    save(tab, "decision")
    assert shows(tab, "This was changed in another window")
    assert evening.things(type(HELD)) == (other,)


def test_a_person_added_later_gets_a_note_and_one_deleted_loses_it(evening):
    opened()
    evening.keep(TOM)
    opened()
    assert "Thank Tom Brandl" in titles(evening)
    evening.forget(TOM.id)
    opened()
    assert "Thank Tom Brandl" not in titles(evening)
