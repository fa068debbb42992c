"""Points to make: noted on the page, kept by question, and heard, perhaps heard or not in the report."""

from __future__ import annotations

import pytest

from analysis.analyze import analyze
from analysis.corrections.correction import CorrectionAction
from app_pages.report import structure
from interview.questions.key_points import Points, points_id
from services import corrections
from services.asked_questions import asked_by_id
from services.key_points import parse_points
from speech.errors import WeightsError
from tests.support.answers import sound_of, spoken
from tests.support.pages import QUESTION, choose, drawn, new_tab, run_until, shows

pytest_plugins = ("tests.support.pages",)

OTHER = "why_this_company"
SAID = spoken(
    "I studied biology. (0.5) Then I wrote software for a hospital. (0.6) We cut the waiting time by half. "
    "(0.5) I live near the sea with my dog."
)
MADE = ("We halved how long people had to wait", "I speak three languages fluently")


def note(page, text: str, question: str = QUESTION):
    return page.text_area(key=f"points_{question}").set_value(text).run()


def noted(kept, question: str = QUESTION) -> tuple[str, ...]:
    return next((each.points for each in kept.things(Points) if each.question == question), ())


def answered(kept) -> str:
    attempt = kept.add_recording(sound_of(SAID), asked_by_id(QUESTION))
    kept.finish(attempt.id, SAID, analyze(sound_of(SAID), SAID, asked_by_id(QUESTION)))
    return attempt.id


def states(page) -> dict[str, str]:
    return {line["label"]: line["state"] for line in drawn(page, "heard")[0]["lines"]}


def test_points_are_kept_a_line_each_without_the_signs_of_a_list(page, kept):
    note(page, "- Led  a team \n\n* Saved 25 %\n")
    assert noted(kept) == ("Led a team", "Saved 25 %")
    assert parse_points("• one\n  two") == ("one", "two")


def test_points_stand_small_under_the_closed_box_and_belong_to_their_question(page, kept):
    page = note(page, "Led a *team*")
    assert shows(page, ":small[Led a *team*]")
    page = choose(page, OTHER)
    assert not shows(page, "Led a *team*")
    assert page.text_area(key=f"points_{OTHER}").value == ""
    page = choose(note(page, "Their maps", OTHER), QUESTION)
    assert page.text_area(key=f"points_{QUESTION}").value == "Led a *team*"
    assert noted(kept, OTHER) == ("Their maps",)


def test_points_that_are_all_taken_out_are_gone(page, kept):
    note(note(page, "Led a team"), " \n")
    assert kept.things(Points) == ()


def test_a_seventh_point_is_refused_in_a_sentence_as_long_as_it_stands_there(page, kept):
    page = note(note(page, "one"), "1\n2\n3\n4\n5\n6\n7").run()
    assert shows(page, "at most 6, not 7")
    assert noted(kept) == ("one",)
    page = note(page, "1\n2\n3\n4\n5\n6")
    assert not shows(page, "not kept")
    assert len(noted(kept)) == 6


def test_points_changed_in_another_tab_are_not_overwritten(page, kept):
    page = note(page, "mine")
    (before,) = kept.things(Points)
    page.run()
    kept.keep(Points(points_id(QUESTION), QUESTION, ("theirs",)), instead_of=before)
    page.text_area(key=f"points_{QUESTION}").set_value("mine again")
    page.run()
    assert any("another window" in error.value for error in page.error)
    assert noted(kept) == ("theirs",)


def test_the_report_says_which_points_were_heard_in_other_words_and_where(kept):
    kept.keep(Points(points_id(QUESTION), QUESTION, MADE))
    page = new_tab(take=answered(kept))
    assert states(page) == {MADE[0]: "heard", MADE[1]: "not_heard"}
    heard = drawn(page, "heard")[0]["lines"][0]
    assert heard["text"] == "We cut the waiting time by half."
    assert heard["start"] == pytest.approx(next(word.start for word in SAID.words if word.text == "We"))
    assert shows(page, "by meaning, which can be wrong")


def test_without_points_the_report_has_no_section_of_them(kept):
    page = new_tab(take=answered(kept))
    assert not shows(page, structure.KEY_POINTS_NOTE)
    assert len(drawn(page, "heard")) == 1


def test_a_corrected_word_changes_whether_a_point_was_heard(kept):
    kept.keep(Points(points_id(QUESTION), QUESTION, ("I have a cat",)))
    attempt = answered(kept)
    page = new_tab(take=attempt)
    before = drawn(page, "heard")[0]["lines"][0]["text"] or ""
    word = SAID.words[-1]
    chosen = {"action": CorrectionAction.CHANGE_WORD.value, "start": word.start, "end": word.end, "before": word.text}
    corrections.correct(kept, attempt, kept.result(attempt), chosen | {"after": "cat.", "place": None})
    after = drawn(page.run(), "heard")[0]["lines"][0]
    assert "cat" not in before
    assert after["text"].endswith("cat.")
    assert after["state"] in ("heard", "perhaps")


def test_points_are_compared_once_for_the_same_words(kept, monkeypatch):
    calls = []
    once = structure.points_heard
    monkeypatch.setattr(structure, "points_heard", lambda *given: calls.append(given) or once(*given))
    kept.keep(Points(points_id(QUESTION), QUESTION, MADE))
    page = new_tab(take=answered(kept))
    page.run()
    assert len(calls) == 1


def test_where_the_model_is_missing_a_sentence_says_how_to_add_it_and_the_rest_of_the_report_is_there(
    kept, monkeypatch
):
    def missing():
        raise WeightsError("The package is not installed. Run the setup command of the README again.")

    monkeypatch.setattr(structure, "load_embedder", missing)
    kept.keep(Points(points_id(QUESTION), QUESTION, MADE))
    page = run_until(new_tab(take=answered(kept)), lambda page: bool(drawn(page, "listening")))
    assert shows(page, "Run the setup command")
    assert shows(page, "What was heard, part by part")
