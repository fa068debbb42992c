"""A debrief from its first words to what comes of it, typed and spoken, without a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from interview.debrief import Debrief, Said, WishedAnswer
from interview.questions.own_question import OwnQuestion
from interview.questions.practice_again import question_id
from interview.validation import EntryError
from services.asked_questions import asked_in_debrief
from services.interviews.debriefs import (
    DebriefDraft,
    add_wished_answer,
    dictated_text,
    field_of,
    find_debrief,
    insert_dictation,
    new_dictations,
    open_debrief,
    remove_wished_answer,
    save_debrief,
)
from services.submission import submit_recording
from store.errors import StoreError
from store.store import Store
from tests.services.conftest import SAID
from tests.support.answers import sound_of
from tests.support.interviews import HELD, at

NOW = at("2026-03-11 12:30")
HEARD = "I led the project, you know, it worked. Like that."  # SAID without its filler sound
HARD = WishedAnswer("How would you test a model nobody can explain?", Said("With known cases."), "technical")


@pytest.fixture
def draft(store: Store) -> DebriefDraft:
    store.keep(HELD)
    return open_debrief(store, HELD)


def typed(draft: DebriefDraft, **values: str | bool) -> DebriefDraft:
    return replace(draft, values={**draft.values, **values})


def say(store: Store, desktop, field: str, at: datetime = NOW) -> str:
    """Say a part of the debrief and wait for its words; gives the id of the recording."""
    asked = asked_in_debrief(HELD.id, field, "What went well, to keep")
    attempt = store.add_recording(sound_of(SAID), asked, at)
    desktop.queue.enqueue(attempt.id)
    desktop.wait()
    return attempt.id


def test_what_was_typed_is_kept_with_the_interview_once_it_is_saved(store, draft):
    assert draft.is_kept
    new = typed(draft, keep="The ferry line.", too_fast=True)
    assert not new.is_kept
    saved = save_debrief(store, new, NOW)
    assert saved.is_kept
    kept = find_debrief(store, HELD)
    assert (kept.keep, kept.too_fast, kept.jittery, kept.written_at) == (Said("The ferry line."), True, None, NOW)
    assert open_debrief(store, HELD).values == saved.values


def test_a_debrief_that_was_saved_in_another_window_is_not_written_over(store, draft):
    save_debrief(store, typed(draft, keep="Here."), NOW)
    with pytest.raises(StoreError):
        save_debrief(store, typed(draft, keep="There."), NOW)
    assert find_debrief(store, HELD).keep == Said("Here.")


def test_an_answer_to_give_again_becomes_a_question_to_practise_at_once(store, draft):
    added = add_wished_answer(store, typed(draft, keep="Not saved yet."), HARD, NOW)
    assert find_debrief(store, HELD).wished == (HARD,)
    assert find_debrief(store, HELD).keep == Said()  # what else was typed stays unsaved
    assert added.values["keep"] == "Not saved yet."
    (question,) = store.things(OwnQuestion)
    assert (question.id, question.text, question.answer) == (
        question_id(HELD.id, HARD.question),
        HARD.question,
        "With known cases.",
    )
    changed = typed(added, **{field_of(HELD.id, HARD): "With cases whose result is known."})
    save_debrief(store, changed, NOW)
    assert store.things(OwnQuestion)[0].answer == "With cases whose result is known."


def test_an_answer_that_is_taken_off_leaves_its_question_to_be_practised(store, draft):
    added = add_wished_answer(store, draft, HARD, NOW)
    removed = remove_wished_answer(store, added, HARD, NOW)
    assert find_debrief(store, HELD).wished == ()
    assert field_of(HELD.id, HARD) not in removed.values
    assert len(store.things(OwnQuestion)) == 1


@pytest.mark.parametrize(
    ("wrong", "told"), [(replace(HARD, question=""), "is missing"), (replace(HARD, kind="closing"), "already")]
)
def test_a_question_that_is_missing_or_there_already_is_refused(store, draft, wrong, told):
    added = add_wished_answer(store, draft, HARD, NOW)
    with pytest.raises(EntryError, match=told):
        add_wished_answer(store, added, wrong, NOW)
    assert store.things(Debrief)[0].wished == (HARD,)


def test_what_was_said_is_offered_until_its_words_are_in_the_field(store, draft, desktop):
    attempt_id = say(store, desktop, "keep")
    ((field, attempt),) = new_dictations(store, draft, ("keep", "remember"))
    assert (field, attempt.id) == ("keep", attempt_id)
    assert new_dictations(store, draft, ("remember",)) == ()
    text = dictated_text(store, attempt_id)
    assert text == HEARD
    filled = insert_dictation(typed(draft, keep="Typed."), "keep", attempt_id, text)
    assert filled.values["keep"] == f"Typed.\n{HEARD}"
    assert not filled.is_kept
    assert new_dictations(store, filled, ("keep",)) == ()
    saved = save_debrief(store, filled, NOW)
    assert find_debrief(store, HELD).keep == Said(f"Typed.\n{HEARD}", attempt_id)
    assert new_dictations(store, saved, ("keep",)) == ()


def test_after_it_was_saved_only_later_recordings_are_offered(store, draft, desktop):
    used = say(store, desktop, "keep", NOW)
    saved = save_debrief(store, insert_dictation(draft, "keep", used, HEARD), NOW + timedelta(minutes=5))
    say(store, desktop, "keep", NOW - timedelta(minutes=5))
    later = say(store, desktop, "keep", NOW + timedelta(minutes=10))
    assert [each.id for _, each in new_dictations(store, saved, ("keep",))] == [later]


def test_what_was_said_for_another_interview_or_for_practice_is_not_offered(store, draft, desktop):
    submit_recording(store, desktop.queue, sound_of(SAID), asked_in_debrief("9" * 32, "keep", "What went well"))
    desktop.wait()
    assert new_dictations(store, draft, ("keep",)) == ()
