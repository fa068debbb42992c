"""A debrief from its first words to what comes of it, typed and spoken, without a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from interview.debrief import Debrief, DebriefNote, WishedAnswer
from interview.questions.own_question import OwnQuestion
from interview.questions.practice_again import make_question_id
from interview.validation import EntryError
from services.asked_questions import make_debrief_question
from services.interviews.debriefs import (
    DebriefDraft,
    add_wished_answer,
    find_debrief,
    find_new_dictations,
    get_field_name,
    insert_dictation,
    load_dictated_text,
    open_debrief,
    remove_wished_answer,
    save_debrief,
)
from services.submission import submit_recording
from store.errors import StoreError
from store.store import Store
from tests.services.conftest import SAID
from tests.support.answers import synthesise
from tests.support.interviews import HELD, make_local_time

NOW = make_local_time("2026-03-11 12:30")
HEARD = "I led the project, you know, it worked. Like that."  # SAID without its filler sound
HARD = WishedAnswer("How would you test a model nobody can explain?", DebriefNote("With known cases."), "technical")


@pytest.fixture
def draft(store: Store) -> DebriefDraft:
    store.save(HELD)
    return open_debrief(store, HELD)


def typed(draft: DebriefDraft, **values: str | bool) -> DebriefDraft:
    return replace(draft, values={**draft.values, **values})


def say(store: Store, desktop, field: str, at: datetime = NOW) -> str:
    """Say a part of the debrief and wait for its words; gives the id of the recording."""
    asked = make_debrief_question(HELD.id, field, "What went well, to keep")
    attempt = store.add_recording(synthesise(SAID), asked, at)
    desktop.queue.enqueue(attempt.id, attempt.duration)
    desktop.wait()
    return attempt.id


def test_typed_text_is_stored_with_the_interview_once_it_is_saved(store, draft):
    assert draft.is_saved
    new = typed(draft, keep="The ferry line.", too_fast=True)
    assert not new.is_saved
    saved = save_debrief(store, new, NOW)
    assert saved.is_saved
    kept = find_debrief(store, HELD)
    assert (kept.keep, kept.too_fast, kept.jittery, kept.written_at) == (
        DebriefNote("The ferry line."),
        True,
        None,
        NOW,
    )
    assert open_debrief(store, HELD).values == saved.values


def test_a_debrief_saved_in_another_window_is_not_overwritten(store, draft):
    save_debrief(store, typed(draft, keep="Here."), NOW)
    with pytest.raises(StoreError):
        save_debrief(store, typed(draft, keep="There."), NOW)
    assert find_debrief(store, HELD).keep == DebriefNote("Here.")


def test_an_answer_to_give_again_becomes_a_practice_question_at_once(store, draft):
    added = add_wished_answer(store, typed(draft, keep="Not saved yet."), HARD, NOW)
    assert find_debrief(store, HELD).wished == (HARD,)
    assert find_debrief(store, HELD).keep == DebriefNote()  # what else was typed stays unsaved
    assert added.values["keep"] == "Not saved yet."
    (question,) = store.load_documents(OwnQuestion)
    assert (question.id, question.text, question.answer) == (
        make_question_id(HELD.id, HARD.question),
        HARD.question,
        "With known cases.",
    )
    changed = typed(added, **{get_field_name(HELD.id, HARD): "With cases whose result is known."})
    save_debrief(store, changed, NOW)
    assert store.load_documents(OwnQuestion)[0].answer == "With cases whose result is known."


def test_removing_an_answer_keeps_its_practice_question(store, draft):
    added = add_wished_answer(store, draft, HARD, NOW)
    removed = remove_wished_answer(store, added, HARD, NOW)
    assert find_debrief(store, HELD).wished == ()
    assert get_field_name(HELD.id, HARD) not in removed.values
    assert len(store.load_documents(OwnQuestion)) == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [(replace(HARD, question=""), "Please enter the question"), (replace(HARD, kind="closing"), "already")],
)
def test_a_missing_or_duplicate_question_is_refused(store, draft, wrong, told):
    added = add_wished_answer(store, draft, HARD, NOW)
    with pytest.raises(EntryError, match=told):
        add_wished_answer(store, added, wrong, NOW)
    assert store.load_documents(Debrief)[0].wished == (HARD,)


def test_dictation_is_offered_until_it_is_inserted_into_the_field(store, draft, desktop):
    attempt_id = say(store, desktop, "keep")
    ((field, attempt),) = find_new_dictations(store, draft, ("keep", "remember"))
    assert (field, attempt.id) == ("keep", attempt_id)
    assert find_new_dictations(store, draft, ("remember",)) == ()
    text = load_dictated_text(store, attempt_id)
    assert text == HEARD
    filled = insert_dictation(typed(draft, keep="Typed."), "keep", attempt_id, text)
    assert filled.values["keep"] == f"Typed.\n{HEARD}"
    assert not filled.is_saved
    assert find_new_dictations(store, filled, ("keep",)) == ()
    saved = save_debrief(store, filled, NOW)
    assert find_debrief(store, HELD).keep == DebriefNote(f"Typed.\n{HEARD}", attempt_id)
    assert find_new_dictations(store, saved, ("keep",)) == ()


def test_after_saving_only_later_recordings_are_offered(store, draft, desktop):
    used = say(store, desktop, "keep", NOW)
    saved = save_debrief(store, insert_dictation(draft, "keep", used, HEARD), NOW + timedelta(minutes=5))
    say(store, desktop, "keep", NOW - timedelta(minutes=5))
    later = say(store, desktop, "keep", NOW + timedelta(minutes=10))
    assert [each.id for _, each in find_new_dictations(store, saved, ("keep",))] == [later]


def test_recordings_for_other_interviews_or_for_practice_are_not_offered(store, draft, desktop):
    submit_recording(store, desktop.queue, synthesise(SAID), make_debrief_question("9" * 32, "keep", "What went well"))
    desktop.wait()
    assert find_new_dictations(store, draft, ("keep",)) == ()
