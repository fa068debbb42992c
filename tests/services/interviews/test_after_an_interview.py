"""Before and after an interview: its lists, its card of questions, its people, thank-you notes and what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from interview.ask_card import CardQuestion
from interview.checklist_tick import ListTick
from interview.follow_up.follow_up import FollowUp
from interview.interview import Interview, InterviewState
from interview.person import Person, PersonRole
from interview.research import ResearchNotes, make_research_id
from interview.validation import EntryError
from services.interviews.ask_cards import (
    CardDraft,
    add_question,
    find_card,
    move_question,
    remove_question,
    replace_question,
)
from services.interviews.belongings import (
    count_belongings,
    find_people,
    find_people_met,
    find_research,
    find_ticks,
    mark_held,
    toggle_tick,
)
from services.interviews.follow_ups import find_past_interviews, load_agendas, mark_step, update_plans
from services.interviews.thank_you_notes import (
    CLOSING_LINE,
    find_last_sender,
    find_notes,
    load_review_context,
    make_note,
    mark_sent,
    open_note,
    save_note,
)
from store.errors import StoreError
from store.store import Store
from tests.support.interviews import DEBRIEF, HELD, MARIA, RECEPTION, TOM, make_local_time

NOW = make_local_time("2026-03-11 12:30")
REFERENCE = Person("5" * 32, "Ada Smith", None, PersonRole.REFERENCE)
FIRST, SECOND, THIRD = (CardQuestion(text) for text in ("What is next?", "Who decides?", "When?"))


@pytest.fixture
def held(store: Store) -> Store:
    for each in (HELD, REFERENCE, RECEPTION, MARIA, TOM):
        store.save(each)
    return store


def test_people_are_listed_by_role_and_those_of_no_interview_last(held):
    assert find_people(held, HELD) == [TOM, MARIA, RECEPTION, REFERENCE]
    assert find_people_met(held, HELD) == [TOM, MARIA, RECEPTION]


def test_a_tick_can_be_set_and_removed_and_a_second_window_changes_nothing(held):
    toggle_tick(held, HELD.id, "read_the_posting", None, NOW)
    toggle_tick(held, HELD.id, "read_the_posting", None, NOW + timedelta(hours=1))
    tick = find_ticks(held, HELD)["read_the_posting"]
    assert tick.done_at == NOW
    toggle_tick(held, HELD.id, "read_the_posting", tick, NOW)
    assert held.load_documents(ListTick) == ()


def test_documents_that_belong_to_an_interview_are_counted(held):
    assert count_belongings(held, replace(HELD, id="9" * 32)) == {}
    held.save(ResearchNotes(make_research_id(HELD.id), HELD.id, ("They share their data.",)))
    assert find_research(held, HELD).values == ("They share their data.",)
    assert count_belongings(held, HELD) == {"person": 3, "research": 1}


def test_questions_on_a_card_can_be_added_moved_replaced_and_removed(held):
    for question in (FIRST, SECOND):
        add_question(held, find_card(held, HELD), question)
    move_question(held, find_card(held, HELD), 0, 1)
    assert find_card(held, HELD).questions == (SECOND, FIRST)
    replace_question(held, find_card(held, HELD), 1, THIRD)
    remove_question(held, find_card(held, HELD), 0)
    assert find_card(held, HELD).questions == (THIRD,)
    remove_question(held, find_card(held, HELD), 0)
    assert find_card(held, HELD).questions == ()


def test_a_card_changed_in_another_window_is_not_overwritten(held):
    seen = find_card(held, HELD)
    assert seen == CardDraft(HELD.id, None)
    add_question(held, seen, FIRST)
    with pytest.raises(StoreError):
        add_question(held, seen, SECOND)
    assert find_card(held, HELD).questions == (FIRST,)


def test_a_past_interview_is_listed_and_gets_its_steps_once_it_is_marked_as_held(store):
    store.save(replace(HELD, state=InterviewState.UPCOMING))
    (to_come,) = store.load_documents(Interview)
    assert find_past_interviews(store, HELD.ends - timedelta(minutes=1)) == []
    assert find_past_interviews(store, HELD.ends) == [to_come]
    assert update_plans(store, ()) == ()
    mark_held(store, to_come)
    assert find_past_interviews(store, HELD.ends) == []
    (plan,) = update_plans(store, ())
    assert plan.interview == HELD
    assert plan.steps == store.load_documents(FollowUp, interview=HELD.id) != ()
    assert plan.agenda in load_agendas(store, [plan], "", NOW.date())


def test_a_finished_step_stays_finished_when_the_plan_is_updated(held):
    (plan,) = update_plans(held, ())
    step = next(each for each in plan.steps if each.due is not None)
    mark_step(held, step, NOW)
    with pytest.raises(StoreError):  # as another window shows it, which does not know that it is done
        mark_step(held, step, NOW + timedelta(hours=1))
    (again,) = update_plans(held, (), HELD)
    (ticked,) = [each for each in again.steps if each.id == step.id]
    assert ticked.done_at == NOW
    assert update_plans(held, (), replace(HELD, id="9" * 32)) == ()


def test_a_new_note_is_prefilled_from_the_debrief_and_stored_once_saved(held):
    held.save(DEBRIEF)
    draft = open_note(held, HELD, MARIA, 0)
    assert draft.seen is None
    assert draft.values["moment"] == DEBRIEF.remember.text
    assert draft.values["question"] == DEBRIEF.wished[0].question
    assert open_note(held, HELD, TOM, 1).values["moment"] == ""  # everybody gets a part of their own
    typed = replace(
        draft, values={**draft.values, "body": f"Dear Maria\n\n{CLOSING_LINE}Ada", "samples": "one\n\ntwo "}
    )
    assert find_notes(held, HELD) == {}
    saved = save_note(held, typed)
    assert saved.is_saved
    assert find_notes(held, HELD)[MARIA.id].samples == ("one", "two")
    assert open_note(held, HELD, MARIA, 0) == saved
    assert find_last_sender(held) == "Ada"


def test_marking_a_note_as_sent_finishes_its_step_and_unmarking_reopens_it(held):
    draft = open_note(held, HELD, MARIA, 0)
    sent = mark_sent(held, replace(draft, values={**draft.values, "body": "Thank you."}), NOW)
    assert find_notes(held, HELD)[MARIA.id].sent_at == NOW
    assert update_plans(held, ())[0].by_note != frozenset()
    mark_sent(held, sent, None)
    assert find_notes(held, HELD)[MARIA.id].sent_at is None
    assert update_plans(held, ())[0].by_note == frozenset()


def test_a_note_is_reviewed_with_other_notes_other_companies_and_the_debrief(held):
    other = replace(HELD, id="8" * 32, company="Quay Systems")
    for each in (other, DEBRIEF):
        held.save(each)
    draft = open_note(held, HELD, TOM, 0)
    save_note(held, replace(draft, values={**draft.values, "body": "Thank you, Tom."}))
    context = load_review_context(held, HELD, find_people_met(held, HELD), MARIA, "Ada")
    assert context.debrief == DEBRIEF
    assert [person for person, _ in context.others] == [TOM]
    assert (context.names.companies, context.names.sender) == (("Quay Systems",), "Ada")


def test_a_note_that_is_too_long_to_store_is_refused(held):
    draft = open_note(held, HELD, MARIA, 0)
    with pytest.raises(EntryError):
        make_note(replace(draft, values={**draft.values, "body": "x" * 100_000}))
