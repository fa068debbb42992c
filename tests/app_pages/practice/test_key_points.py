"""Test key points: noted on the page, saved per question, and found in the report."""

from __future__ import annotations

import pytest

from analysis.analyze import analyze
from analysis.corrections.correction import CorrectionAction
from app_pages.report import structure
from interview.questions.key_points import KeyPoints, make_points_id
from services import corrections
from services.asked_questions import find_asked_question
from services.key_points import parse_points
from speech.errors import WeightsError
from tests.support.answers import make_answer, synthesise
from tests.support.pages import QUESTION, choose, is_shown, list_drawn, open_tab, run_until

pytest_plugins = ("tests.support.pages",)

OTHER = "why_this_company"
SAID = make_answer(
    "I studied biology. (0.5) Then I wrote software for a hospital. (0.6) We cut the waiting time by half. "
    "(0.5) I live near the sea with my dog."
)
MADE = ("We halved how long people had to wait", "I speak three languages fluently")


def note(page, text: str, question: str = QUESTION):
    return page.text_area(key=f"points_{question}").set_value(text).run()


def load_points(kept, question: str = QUESTION) -> tuple[str, ...]:
    return next((each.points for each in kept.load_documents(KeyPoints) if each.question == question), ())


def add_answer(kept) -> str:
    attempt = kept.add_recording(synthesise(SAID), find_asked_question(QUESTION))
    kept.finish(attempt.id, SAID, analyze(synthesise(SAID), SAID, find_asked_question(QUESTION)))
    return attempt.id


def get_states(page) -> dict[str, str]:
    return {line["label"]: line["state"] for line in list_drawn(page, "heard", "points")[0]["lines"]}


def test_each_line_is_saved_as_a_point_without_its_list_marker(page, kept):
    note(page, "- Led  a team \n\n* Saved 25 %\n")
    assert load_points(kept) == ("Led a team", "Saved 25 %")
    assert parse_points("• one\n  two") == ("one", "two")


def test_points_are_shown_below_the_closed_box_of_their_question(page, kept):
    page = note(page, "Led a *team*")
    assert is_shown(page, ":small[Led a *team*]")
    page = choose(page, OTHER)
    assert not is_shown(page, "Led a *team*")
    assert page.text_area(key=f"points_{OTHER}").value == ""
    page = choose(note(page, "Their maps", OTHER), QUESTION)
    assert page.text_area(key=f"points_{QUESTION}").value == "Led a *team*"
    assert load_points(kept, OTHER) == ("Their maps",)


def test_clearing_the_box_deletes_the_points(page, kept):
    note(note(page, "Led a team"), " \n")
    assert kept.load_documents(KeyPoints) == ()


def test_a_seventh_point_is_refused_with_an_explanation(page, kept):
    page = note(note(page, "one"), "1\n2\n3\n4\n5\n6\n7").run()
    assert is_shown(page, "at most 6, not 7")
    assert load_points(kept) == ("one",)
    page = note(page, "1\n2\n3\n4\n5\n6")
    assert not is_shown(page, "not kept")
    assert len(load_points(kept)) == 6


def test_points_changed_in_another_tab_are_not_overwritten(page, kept):
    page = note(page, "mine")
    (before,) = kept.load_documents(KeyPoints)
    page.run()
    kept.save(KeyPoints(make_points_id(QUESTION), QUESTION, ("theirs",)), expected=before)
    page.text_area(key=f"points_{QUESTION}").set_value("mine again")
    page.run()
    assert any("another window" in error.value for error in page.error)
    assert load_points(kept) == ("theirs",)


def test_the_report_finds_a_point_made_in_other_words_and_its_moment(kept):
    kept.save(KeyPoints(make_points_id(QUESTION), QUESTION, MADE))
    page = open_tab(take=add_answer(kept))
    assert get_states(page) == {MADE[0]: "heard", MADE[1]: "not_heard"}
    heard = list_drawn(page, "heard", "points")[0]["lines"][0]
    assert heard["text"] == "We cut the waiting time by half."
    assert heard["start"] == pytest.approx(next(word.start for word in SAID.words if word.text == "We"))
    assert is_shown(page, "Matched by meaning, so it can miss a point")


def test_without_points_the_report_has_no_section_for_them(kept):
    page = open_tab(take=add_answer(kept))
    assert not is_shown(page, structure.KEY_POINTS_NOTE)
    assert not list_drawn(page, "heard", "points")
    assert list_drawn(page, "heard", "heard")


def test_a_corrected_word_changes_whether_a_point_was_heard(kept):
    kept.save(KeyPoints(make_points_id(QUESTION), QUESTION, ("I have a cat",)))
    attempt = add_answer(kept)
    page = open_tab(take=attempt)
    before = list_drawn(page, "heard", "points")[0]["lines"][0]["text"] or ""
    word = SAID.words[-1]
    chosen = {"action": CorrectionAction.CHANGE_WORD.value, "start": word.start, "end": word.end, "before": word.text}
    corrections.correct(kept, attempt, kept.load_result(attempt), chosen | {"after": "cat.", "place": None})
    after = list_drawn(page.run(), "heard", "points")[0]["lines"][0]
    assert "cat" not in before
    assert after["text"].endswith("cat.")
    assert after["state"] in ("heard", "perhaps")


def test_points_are_compared_only_once_for_the_same_transcript(kept, monkeypatch):
    calls = []
    once = structure.find_key_points
    monkeypatch.setattr(structure, "find_key_points", lambda *given: calls.append(given) or once(*given))
    kept.save(KeyPoints(make_points_id(QUESTION), QUESTION, MADE))
    page = open_tab(take=add_answer(kept))
    page.run()
    assert len(calls) == 1


def test_a_missing_sentence_model_is_explained_and_the_rest_of_the_report_is_shown(kept, monkeypatch):
    def missing():
        raise WeightsError("The package is not installed. Run the setup command of the README again.")

    monkeypatch.setattr(structure, "load_embedder", missing)
    kept.save(KeyPoints(make_points_id(QUESTION), QUESTION, MADE))
    page = run_until(open_tab(take=add_answer(kept)), lambda page: bool(list_drawn(page, "listening")))
    assert is_shown(page, "Run the setup command")
    assert is_shown(page, "What your answer included")
