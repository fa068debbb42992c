"""The progress page without a browser, over stores whose history is known."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from analysis.measures.registry import MEASURES
from analysis.progress.practice_days import Day, recent_weeks
from app_pages.progress import measure, practice_days
from interview.ids import new_id
from interview.questions.own_question import OwnQuestion
from services.asked_questions import SAMPLE
from store.own_bands import band_from
from store.settings import Settings, write_settings
from store.store import Store
from tests.support.pages import APP, fine, shows, texts
from tests.support.practised_store import DAY, FIRST, add, asked, practise

pytest_plugins = ("tests.support.pages",)

BETTER, NO_CHANGE, WORSE = "✓ better", "○ no clear change yet", "▼ worse"
WHY_US = "why_this_company"
OTHER = ("motivation", "first")  # competency and stage


def opened() -> AppTest:
    page = AppTest.from_file(APP, default_timeout=30).run()
    return fine(page.switch_page("app_pages/progress/page.py").run())


def verdicts(page: AppTest) -> dict[str, str]:
    """By label of a measure, what its card says became of it."""
    shown = [text.replace("\\", "") for text in texts(page) if text.startswith("**") or "-badge[" in text]
    pairs = pairwise(shown)
    return {
        label.split("**")[1]: badge.split("[", 1)[1].removesuffix("]") for label, badge in pairs if "-badge[" in badge
    }


def charts(page: AppTest) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in page.get("vega_lite_chart")]


def dots(chart: dict) -> list[dict]:
    return next(layer for layer in chart["layer"] if layer["mark"]["type"] == "point")["data"]["values"]


def shaded(chart: dict) -> list[dict]:
    return [row for layer in chart["layer"] if layer["mark"]["type"] == "rect" for row in layer["data"]["values"]]


def legend(page: AppTest) -> str:
    (found,) = [html.proto.body for html in page.get("html") if 'class="chart-signs"' in html.proto.body]
    return found


def links(page: AppTest) -> list[str]:
    return [link.proto.query_string for link in page.get("page_link")]


def test_without_an_answer_the_page_is_kind_and_leads_to_practice(kept):
    page = opened()
    assert shows(page, "There is no measured answer yet")
    assert [link.proto.label for link in page.get("page_link")] == ["Practise a question"]
    assert shows(page, "questions are new to you")
    assert not charts(page)


@pytest.mark.parametrize("answers", [1, 2])
def test_one_or_two_answers_are_drawn_and_told_how_many_are_missing(kept, answers):
    practise(kept, [5] * answers)
    page = opened()
    assert verdicts(page)["Filler sounds"] == f"… too few ({6 - answers} more answers)"
    assert verdicts(page)["Speaking rate"] == f"… too few ({8 - answers} more answers)"
    assert {len(dots(chart)) for chart in charts(page)} == {answers}
    assert shows(page, f"{3 - answers} more answer")


def test_who_halves_their_fillers_again_and_again_got_better(kept):
    practise(kept, [8, 8, 8, 8, 2, 1, 1, 1])
    page = opened()
    assert verdicts(page)["Filler sounds"] == BETTER
    assert shows(page, "better, and more than chance (95 % interval:")
    assert shows(page, "5 % of cases")


def test_the_legend_names_the_medians_of_the_ends_only_where_some_are_drawn(kept):
    practise(kept, [5] * 5)
    assert 'class="ends"' not in legend(opened())  # six make a comparison
    add(kept, 5, asked(), FIRST + 9 * DAY)
    assert 'class="ends"' in legend(opened())


def test_who_never_changes_is_never_told_of_a_change(kept):
    practise(kept, [5] * 8)
    found = verdicts(opened())
    assert len(found) == 5
    assert set(found.values()) == {NO_CHANGE}


def test_who_takes_on_fillers_is_told_so(kept):
    practise(kept, [1, 1, 1, 8, 8, 8])
    assert verdicts(opened())["Filler sounds"] == WORSE


def test_the_first_cards_are_of_the_measures_that_matter_most_and_any_other_can_be_chosen(kept):
    practise(kept, [5] * 3)
    page = opened()
    first = ["Filler sounds", "Speaking rate", "Longest pause", "Answer length", "Outcome stated"]
    assert list(verdicts(page)) == first
    fine(page.selectbox(key="other_measure").select("mean_pause").run())
    assert list(verdicts(page)) == [*first[:4], "Mean pause"]
    box = page.selectbox(key="other_measure")
    assert {MEASURES[key].label for key in MEASURES} == set(box.options) | set(first[:4])


def test_every_point_is_an_answer_that_can_also_be_opened_from_a_list(kept):
    ids = practise(kept, [5, 4, 3])
    page = opened()
    hits = next(layer for layer in charts(page)[0]["layer"] if layer["mark"]["type"] == "circle")["data"]["values"]
    assert [row["id"] for row in hits] == ids
    assert hits[2]["Answer"] == "Take 3: Tell me about yourself."
    assert [query for query in links(page) if query][:3] == [f"take={each}" for each in reversed(ids)]


def test_answers_of_two_ways_of_measuring_are_never_mixed(kept):
    practise(kept, [8, 8, 8], model="tiny.en")
    practise(kept, [1, 1, 1], since=FIRST + 9 * DAY)
    page = opened()
    assert verdicts(page)["Filler sounds"] == "… too few (3 more answers)"
    assert shows(page, "kept apart")
    box = next(box for box in page.selectbox if box.label == "Measured with")
    assert box.options == ["scripted, formulas 1 (3), latest", "tiny.en, formulas 1 (3)"]
    fine(box.select_index(1).run())
    assert [dot["value"] for dot in dots(charts(page)[0])] == pytest.approx(
        [8 / ((8 * 17 + 8) * 0.3 + 7 * 0.8) * 60] * 3
    )


def test_one_way_of_measuring_is_no_choice(kept):
    practise(kept, [5])
    page = opened()
    assert [box.label for box in page.selectbox][:2] == ["Kind of question", "Question"]
    assert not shows(page, "kept apart")


def test_at_first_the_kind_of_the_latest_answer_is_shown_and_mixing_kinds_is_said(kept):
    practise(kept, [5] * 4)
    practise(kept, [2] * 2, asked(WHY_US), since=FIRST + 9 * DAY)
    page = opened()
    assert len(dots(charts(page)[0])) == 2
    assert not shows(page, "shown together")
    kinds = next(box for box in page.selectbox if box.label == "Kind of question")
    fine(kinds.select("all").run())
    assert len(dots(charts(page)[0])) == 6
    assert shows(page, "shown together")
    assert shows(page, "These questions do not all have the same range, so none is drawn")
    assert shaded(charts(page)[3]) == []


def test_one_question_of_a_kind_can_be_shown_alone(kept):
    practise(kept, [5] * 4)
    practise(kept, [2] * 2, asked("walk_through_resume"), since=FIRST + 9 * DAY)
    page = opened()
    assert len(dots(charts(page)[0])) == 6
    question = next(box for box in page.selectbox if box.label == "Question")
    fine(question.select("walk_through_resume").run())
    assert len(dots(charts(page)[0])) == 2


def test_the_users_own_range_is_the_one_that_is_shaded_and_judged_by(kept):
    practise(kept, [8, 8, 8, 1, 1, 1])
    own = band_from("filler_sounds", {"fine_from": 9, "fine_to": 20})
    write_settings(Settings(bands={"filler_sounds": own}))
    page = opened()
    assert verdicts(page)["Filler sounds"] == WORSE  # away from 9 to 20 a minute
    assert shaded(charts(page)[0]) == [{"from": 9, "to": 20}]


def test_an_own_question_is_shown_by_its_words_and_with_its_own_length(kept):
    mine = OwnQuestion(new_id(), "Why <b>not</b> us?", "about_you", *OTHER, target_seconds=(200.0, 300.0))
    kept.keep(mine)
    practise(kept, [3] * 2, asked_own(mine))
    page = opened()
    assert "Why <b>not</b> us? (2)" in next(box for box in page.selectbox if box.label == "Question").options
    assert shaded(charts(page)[3]) == [{"from": 200, "to": 300}]


def test_a_length_of_one_question_is_not_that_of_another(kept):
    mine = OwnQuestion(new_id(), "Why not us?", "about_you", *OTHER, target_seconds=(200.0, 300.0))
    kept.keep(mine)
    practise(kept, [3] * 2, asked_own(mine))
    practise(kept, [3] * 2, since=FIRST + 9 * DAY)
    page = opened()
    assert shaded(charts(page)[3]) == []
    assert shaded(charts(page)[1]) == [{"from": 120, "to": 170}]
    question = next(box for box in page.selectbox if box.label == "Question")
    fine(question.select(asked().id).run())
    assert shaded(charts(page)[3]) == [{"from": 60, "to": 90}]


def test_short_answers_alone_are_drawn_with_their_range_and_compared_with_none(kept, monkeypatch):
    monkeypatch.setattr("tests.support.practised_store.SENTENCES", 2)
    practise(kept, [1, 1], asked("why_this_company"))
    page = opened()
    assert shaded(charts(page)[0])
    assert [dot["counts"] for dot in dots(charts(page)[0])] == [False, False]
    assert verdicts(page)["Filler sounds"] == "… too few (6 more answers)"


def test_a_question_without_a_range_for_a_measure_is_said_to_have_none(kept):
    practise(kept, [3] * 2, asked("questions_for_us"))
    assert shows(opened(), "There is no range for this question.")


def test_samples_are_no_progress(kept):
    sample = asked()
    add(kept, 8, type(sample)(SAMPLE + "um", sample.text, sample.kind), FIRST)
    assert shows(opened(), "There is no measured answer yet")


def test_many_answers_are_drawn_in_part_and_all_as_medians_by_choice(kept, monkeypatch):
    monkeypatch.setattr(measure, "SINGLE", 4)
    monkeypatch.setattr(measure, "MEDIANS", 3)
    practise(kept, [8, 8, 8, 1, 1, 1])
    page = opened()
    assert len(dots(charts(page)[0])) == 4
    assert shows(page, "The latest 4 of 6 answers are drawn")
    assert verdicts(page)["Filler sounds"] == BETTER
    fine(page.segmented_control(key="progress_drawn").select("All answers, as medians").run())
    assert len(dots(charts(page)[0])) == 3
    assert shows(page, "6 answers are drawn as 3 medians")


def test_what_returns_is_found_and_can_be_heard_in_the_latest_answer(kept):
    *_, last = practise(kept, [4, 4, 4])
    page = opened()
    assert shows(page, "**“um”** :small[sound]")
    assert shows(page, "12 times in 3 answers")
    assert not page.get("audio")
    fine(next(toggle for toggle in page.toggle if "um" in toggle.label).set_value(True).run())
    assert len(page.get("audio")) == 1
    assert f"take={last}" in links(page)


def test_a_recording_that_was_not_kept_is_said_not_to_be(kept):
    practise(kept, [4, 4, 4], keep=False)
    page = opened()
    fine(page.toggle[0].set_value(True).run())
    assert not page.get("audio")
    assert shows(page, "was not kept")


def test_practice_days_are_counted_without_a_streak(kept):
    today = datetime.now(UTC)
    for days in (0, 0, 3):
        add(kept, 3, asked(), today - days * DAY)
    page = opened()
    assert shows(page, "3 answers on 2 days since")
    assert not any("row" in text or "streak" in text for text in texts(page) if "answers on" in text)
    (strip,) = [html.proto.body for html in page.get("html") if 'class="days"' in html.proto.body]
    assert strip.count("<i ") == sum(map(len, recent_weeks([], today.date(), practice_days.WEEKS)))
    assert strip.count('class="some2"') == 1


def test_a_single_day_of_practice_is_told_once(kept):
    practise(kept, [3])
    assert shows(opened(), "1 answer on 2 March 2026.")


def test_the_strip_of_days_is_told_in_words_too():
    days = ((Day(FIRST.date(), 2), Day(FIRST.date() + timedelta(days=1), 0)),)
    assert practice_days.described(days) == "Answers a day in the last 1 weeks: 2 Mar 2."
    assert 'aria-label="Answers a day' in practice_days.strip(days)


def test_a_question_that_was_never_practised_leads_to_practice_with_it(kept):
    practise(kept, [3])
    page = opened()
    offered = [button for button in page.button if button.label == "Practise"]
    assert len(offered) == 4
    assert not any("yourself." in (button.proto.help or "") for button in offered)
    key = offered[0].key.removeprefix("practise_")
    fine(offered[0].click().run())
    assert page.title[0].value == "Answer Aloud"
    assert page.session_state["on_screen"].question == key


def test_new_questions_can_be_of_one_kind(kept):
    page = opened()
    fine(page.selectbox(key="new_kind").select("technical").run())
    assert sum(":small[Technical]" in text for text in texts(page)) == 4


def test_a_damaged_report_takes_nothing_else_from_the_page(kept, monkeypatch):
    practise(kept, [8, 8, 8, 1, 1, 1])
    damage(kept)
    page = AppTest.from_file(APP, default_timeout=30).run()
    page.switch_page("app_pages/progress/page.py").run()
    assert not page.exception
    assert verdicts(page)["Filler sounds"] == BETTER
    assert shows(page, "answers on 6 days")
    assert len(page.error) == 1


def asked_own(mine: OwnQuestion):
    known = asked()
    return type(known)(mine.id, mine.text, known.kind)


def damage(kept: Store) -> None:
    """Spoil every report in the database, not the numbers beside them."""
    with kept._database.writing() as connection:
        connection.execute(text("update results set report = '{}'"))
