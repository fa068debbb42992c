"""Test the practice loop on the page: the guess, the plan, the same answer in less time, and the um drill."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.report.filler_drill import DRILL_LABEL
from interview.questions.practice_loop import PaceGuess, UmsGuess
from services.practice_loop import find_plan, load_take_practice, make_drill
from speech.audio.encoding import encode_wav
from tests.support.answers import make_answer, synthesise
from tests.support.pages import (
    QUESTION,
    get_take,
    has_report,
    is_shown,
    is_working,
    list_drawn,
    list_texts,
    open_tab,
    press,
    record,
    run_until,
)

pytest_plugins = ("tests.support.pages",)

SENTENCE = "I led the move of a large service to new machines and it took half a year. (0.8) "
WITH_UMS = SENTENCE.replace("large", "{um} large").replace("half", "{um} half") * 6
GUESS = "Before the numbers: what do you think?"


def list_topics(page: AppTest) -> list[str]:
    return [each.label.replace("\\", "") for each in page.expander if each.label.startswith("**")]


def answer(page: AppTest, recogniser, said: str = WITH_UMS) -> AppTest:
    """Give an answer and wait for its report."""
    before = page.query_params.get("take")
    recogniser.hears = make_answer(said)
    record(page, encode_wav(synthesise(recogniser.hears)))
    return run_until(page, lambda page: has_report(page) and page.query_params["take"] != before)


def choose_pill(page: AppTest, name: str, value: object) -> AppTest:
    (found,) = [group for group in page.button_group if group.key == f"guess_{name}_{get_take(page)}"]
    return found.set_value(value).run()


def test_a_guess_is_asked_for_while_the_answer_is_analysed(page, recogniser):
    recogniser.may_answer.clear()
    recogniser.hears = make_answer(WITH_UMS)
    record(page, encode_wav(synthesise(recogniser.hears)))
    assert is_working(page)
    assert is_shown(page, GUESS)
    recogniser.may_answer.set()
    run_until(page, has_report)


def test_the_guess_stands_beside_what_was_heard(page, recogniser, kept):
    answer(page, recogniser)
    assert is_shown(page, GUESS)
    assert not any("Ums" in label or "Pace" in label for label in list_topics(page))
    choose_pill(page, "ums", UmsGuess.SOME)
    choose_pill(page, "pace", PaceGuess.FAST)
    assert not is_shown(page, GUESS)
    known = load_take_practice(kept, get_take(page))
    assert (known.ums, known.pace) == (UmsGuess.SOME, PaceGuess.FAST)
    (ums,) = [label for label in list_topics(page) if "Ums" in label]
    assert "12 ums; you guessed “3 to 5”" in ums
    (again,) = [label for label in list_topics(open_tab(take=get_take(page))) if "Ums" in label]
    assert "you guessed “3 to 5”" in again


def test_the_guess_is_skipped_with_one_click_and_not_asked_again(page, recogniser):
    answer(page, recogniser)
    press(page, "Skip")
    assert not is_shown(page, GUESS)
    assert any("Ums" in label for label in list_topics(page))
    assert not is_shown(page.run(), GUESS)


def test_a_report_that_is_opened_later_asks_for_no_guess(page, recogniser):
    answer(page, recogniser)
    assert not is_shown(open_tab(take=get_take(page)), GUESS)


def test_a_plan_is_suggested_saved_and_shown_before_the_next_take(page, recogniser, kept):
    answer(page, recogniser)
    (field,) = [each for each in page.text_input if each.key == f"plan_{QUESTION}"]
    assert field.value == "If I notice an um coming, I close my mouth and breathe."
    field.input("If I want to say um, I look at my notes.")
    press(page, "Save my plan")
    assert any("Saved. You'll see your plan" in each.value for each in page.success)
    assert find_plan(kept, QUESTION).text == "If I want to say um, I look at my notes."
    assert is_shown(open_tab(), "**Your plan:** If I want to say um, I look at my notes.")


def test_a_plan_can_be_said_aloud(page, recogniser, kept):
    answer(page, recogniser)
    part = f"_plan_{QUESTION}"
    page.expander(key=f"{part[1:]}_aloud").open = True
    page.session_state[f"plan_{QUESTION}_aloud"] = True
    page.run()
    recogniser.hears = make_answer("If I notice an um I breathe.")
    record(page, encode_wav(synthesise(recogniser.hears)), part)
    plan = find_plan(kept, QUESTION)
    assert kept.load_attempt(plan.spoken).question.id == f"plan:{QUESTION}"
    assert kept.get_next_take(QUESTION) == 2


def test_the_same_answer_in_less_time_is_shown_on_the_recorder_and_celebrated_in_a_line(page, recogniser):
    answer(page, recogniser, SENTENCE * 8)
    (shorter,) = [each for each in page.button if each.label.startswith("Again, shorter")]
    assert shorter.label == "Again, shorter: in 35 seconds"
    shorter.click().run()
    (recorder,) = [each for each in list_drawn(page, "recorder") if each["place"] == ""]
    assert recorder["aim"] == [0, 35]
    answer(page, recogniser, SENTENCE * 5)
    assert any("✓ The same answer in" in each.value and "goal was 35 seconds" in each.value for each in page.success)
    (recorder,) = [each for each in list_drawn(page, "recorder") if each["place"] == ""]
    assert recorder["aim"] != [0, 35]


def test_a_shorter_answer_that_is_too_long_is_said_so(page, recogniser):
    answer(page, recogniser, SENTENCE * 8)
    next(each for each in page.button if each.label.startswith("Again, shorter")).click().run()
    answer(page, recogniser, SENTENCE * 7)
    assert is_shown(page, "**→ Not quite there yet.** You spoke for")


@pytest.fixture
def drilled(page, recogniser, kept) -> AppTest:
    """Go through the drill up to the clip, and notice every second um in it."""
    answer(page, recogniser)
    first = get_take(page)
    press(page, DRILL_LABEL)
    assert not has_report(page)
    (data,) = list_drawn(page, "drill")
    drill = make_drill(kept.load_report(first))
    assert (data["take"], len(data["first"]), data["clip"]) == (first, 3, [drill.clip.start, drill.clip.end])
    assert not list_drawn(page, "recorder")
    page.session_state[f"drill_result_{first}"] = (len(drill.to_catch) - 1, len(drill.to_catch))
    return page.run()


def test_the_drill_ends_with_another_take_and_both_counts(drilled, recogniser, kept):
    assert any("You noticed" in each.value for each in drilled.success)
    first = get_take(drilled)
    answer(drilled, recogniser, SENTENCE * 6)
    known = load_take_practice(kept, get_take(drilled))
    assert known.drilled == first
    assert known.to_catch == known.caught + 1
    told = [each.value for each in drilled.success if "Um drill" in each.value]
    assert told == [
        f"**✓ Um drill: 12 ums before, no ums now. You noticed {known.caught} of {known.to_catch} while listening.**"
    ]


def test_the_drill_can_be_left(drilled):
    press(drilled, "Back to the report")
    assert has_report(drilled)


def test_an_answer_without_ums_offers_no_drill(page, recogniser):
    answer(page, recogniser, SENTENCE * 6)
    assert DRILL_LABEL not in [each.label for each in page.button]
    assert not any("drill" in text for text in list_texts(page))
