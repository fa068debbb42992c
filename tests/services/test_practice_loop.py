"""The practice loop: guesses beside what was heard, plans, the same answer in less time, and the drill of ums."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from analysis.analyze import analyze
from analysis.report import Report
from interview.questions.practice_loop import IfThenPlan, PaceGuess, TakePractice, UmsGuess
from interview.validation import EntryError
from services import practice_loop
from services.asked_questions import find_asked_question, is_practice, make_plan_question
from services.follow_up_answers import delete_answer
from speech.segment import Segment
from store.store import Store, open_store
from tests.support.answers import make_answer, make_silent_answer, synthesise
from tests.support.practised_store import SENTENCE, make_answer_with_ums
from tests.support.stored_attempts import add_done

QUESTION = find_asked_question("tell_me_about_yourself")
TAKE = "a" * 32
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(folder=tmp_path)


def make_report(ums: int) -> Report:
    return make_answer_with_ums(ums, QUESTION)[1]


def test_a_guess_is_kept_part_by_part(store: Store) -> None:
    assert practice_loop.load_take_practice(store, TAKE).ums is None
    practice_loop.save_take_practice(store, TAKE, ums=UmsGuess.SOME)
    practice_loop.save_take_practice(store, TAKE, pace=PaceGuess.FAST)
    known = practice_loop.load_take_practice(store, TAKE)
    assert (known.ums, known.pace) == (UmsGuess.SOME, PaceGuess.FAST)


@pytest.mark.parametrize(
    ("guess", "right", "wrong"),
    [
        (UmsGuess.NONE, [0], [1]),
        (UmsGuess.FEW, [1, 2], [0, 3]),
        (UmsGuess.SOME, [3, 5], [2, 6]),
        (UmsGuess.MANY, [6, 10], [5, 11]),
        (UmsGuess.MORE, [11, 40], [10]),
    ],
)
def test_a_guess_is_right_from_its_first_to_its_last_number(
    guess: UmsGuess, right: list[int], wrong: list[int]
) -> None:
    assert [practice_loop.is_right_number(guess, ums) for ums in right] == [True] * len(right)
    assert [practice_loop.is_right_number(guess, ums) for ums in wrong] == [False] * len(wrong)


def test_the_pace_that_was_heard_is_named_as_it_is_guessed() -> None:
    words = SENTENCE.replace("(0.8)", "") * 4
    paces = [
        practice_loop.find_pace(analyze(synthesise(heard), heard, QUESTION))
        for heard in (make_answer(words, word_time=seconds) for seconds in (0.7, 0.4, 0.25))
    ]
    assert paces == [PaceGuess.SLOW, PaceGuess.RIGHT, PaceGuess.FAST]


def test_a_plan_is_suggested_for_the_next_step() -> None:
    assert practice_loop.suggest_plan(make_report(12)) == "If I notice an um coming, I close my mouth and breathe."


def test_every_report_has_a_plan_of_one_sentence_with_an_if_and_an_i() -> None:
    reports = [make_report(ums) for ums in (0, 3, 12)]
    silent = make_silent_answer()
    reports.append(analyze(synthesise(silent), silent, QUESTION))
    for report in reports:
        plan = practice_loop.suggest_plan(report)
        assert plan.startswith("If ")
        assert ", I " in plan
        assert plan.endswith(".")
        assert plan.count(".") == 1


def test_a_plan_takes_the_place_of_the_one_before_and_keeps_its_recording(store: Store) -> None:
    first = practice_loop.save_plan(store, QUESTION.id, " If I rush,  I breathe. ", NOW, None, spoken=TAKE)
    assert practice_loop.find_plan(store, QUESTION.id) == first
    assert first.text == "If I rush, I breathe."
    second = practice_loop.save_plan(store, QUESTION.id, "If I stop, I go on.", NOW, first)
    assert second.spoken == TAKE
    assert store.load_documents(IfThenPlan) == (second,)
    assert practice_loop.find_plan(store, "why_this_company") is None


def test_an_empty_plan_is_refused(store: Store) -> None:
    with pytest.raises(EntryError, match="A plan"):
        practice_loop.save_plan(store, QUESTION.id, "  ", NOW, None)


def test_a_plan_said_aloud_is_no_practice() -> None:
    assert not is_practice(make_plan_question(QUESTION.id).id)


def test_the_same_again_is_asked_for_in_three_quarters_of_the_time() -> None:
    report = make_report(0)
    assert report.response is not None
    wanted = practice_loop.choose_shorter(report)
    assert wanted is not None
    assert wanted == pytest.approx(0.75 * report.response.duration, abs=2.5)
    assert wanted % 5 == 0


def test_a_take_is_short_enough_from_half_of_its_goal_up_to_a_twentieth_over_it() -> None:
    report = make_report(0)
    assert report.response is not None
    seconds = report.response.duration
    asked = [
        TakePractice("b" * 32, TAKE, most_seconds=most)
        for most in (seconds / 1.04, seconds / 1.06, seconds * 1.9, seconds * 2.1)
    ]
    assert [practice_loop.is_short_enough(each, report) for each in asked] == [True, False, True, False]
    assert practice_loop.is_short_enough(TakePractice("b" * 32, TAKE), report) is None


def test_a_drill_needs_three_ums() -> None:
    assert practice_loop.make_drill(make_report(2)) is None
    assert practice_loop.make_drill(make_report(3)) is not None


def test_a_drill_begins_with_three_ums_and_its_clip_of_half_a_minute_holds_those_to_catch() -> None:
    report = make_report(12)
    drill = practice_loop.make_drill(report)
    assert drill is not None
    assert drill.first == report.get_finding("filler_sounds").moments[:3]
    assert drill.clip.duration == pytest.approx(30)
    assert drill.clip.end <= report.duration
    assert drill.to_catch
    assert all(drill.clip.start <= um.start and um.end <= drill.clip.end for um in drill.to_catch)


UMS = (Segment(2.0, 2.3), Segment(3.0, 3.3), Segment(10.0, 10.3))


@pytest.mark.parametrize(
    ("pressed", "caught"),
    [
        ([], 0),
        ([2.4, 3.5, 10.9], 3),
        ([2.4], 1),
        ([2.4, 2.5, 2.6], 1),
        ([1.8, 3.4], 2),
        ([6.0, 15.0], 0),
        ([11.8], 1),
        ([11.9], 0),
    ],
)
def test_an_um_is_noticed_by_a_press_of_its_own_shortly_after_it(pressed: list[float], caught: int) -> None:
    assert len(practice_loop.find_caught(UMS, pressed)) == caught


def test_what_belongs_to_a_take_goes_with_it_and_a_plan_stays(store: Store) -> None:
    attempt = add_done(store)
    practice_loop.save_take_practice(store, attempt, ums=UmsGuess.FEW)
    practice_loop.save_plan(store, QUESTION.id, "If I rush, I breathe.", NOW, None)
    delete_answer(store, attempt)
    assert store.load_documents(TakePractice) == ()
    assert len(store.load_documents(IfThenPlan)) == 1


def test_guesses_and_plans_travel_in_an_export(store: Store, tmp_path: Path) -> None:
    known = practice_loop.save_take_practice(store, add_done(store), ums=UmsGuess.MORE, most_seconds=45.0)
    plan = practice_loop.save_plan(store, QUESTION.id, "If I rush, I breathe.", NOW, None)
    store.export(tmp_path / "all.zip")
    other = open_store(folder=tmp_path / "other")
    other.import_archive(tmp_path / "all.zip")
    assert (other.load_documents(TakePractice), other.load_documents(IfThenPlan)) == ((known,), (plan,))


@pytest.mark.parametrize(("caught", "to_catch"), [(3, 2), (1, None), (None, 1), (-1, 2)])
def test_no_more_ums_can_be_noticed_than_were_said(caught: int | None, to_catch: int | None) -> None:
    with pytest.raises(EntryError, match="No more ums"):
        TakePractice("b" * 32, TAKE, caught=caught, to_catch=to_catch)
