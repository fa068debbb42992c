"""Test the progress page without a browser, over stores whose history is known."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from analysis.measures.registry import MEASURES
from analysis.progress.practice_days import Day, list_recent_weeks
from analysis.report import FORMULA_VERSION
from app_pages.progress import measure, practice_days
from interview.ids import make_id
from interview.questions.own_question import OwnQuestion
from services.asked_questions import SAMPLE_PREFIX
from store.own_bands import BandLimits, make_band
from store.settings import Settings, write_settings
from store.store import Store
from tests.support.pages import APP, assert_fine, is_shown, list_texts
from tests.support.practised_store import DAY, FIRST, add_answer, load_asked_question, practise

pytest_plugins = ("tests.support.pages",)

BETTER, NO_CHANGE, WORSE = "✓ better", "○ no clear change yet", "→ worse"
WHY_US = "why_this_company"
OTHER = ("motivation", "first")  # competency and stage


def open_page() -> AppTest:
    page = AppTest.from_file(APP, default_timeout=30).run()
    return assert_fine(page.switch_page("app_pages/progress/page.py").run())


def get_verdicts(page: AppTest) -> dict[str, str]:
    """Return the verdict on the card of each measure, by the measure's label."""
    shown = [text.replace("\\", "") for text in list_texts(page) if text.startswith("**") or "-badge[" in text]
    pairs = pairwise(shown)
    return {
        label.split("**")[1]: badge.split("[", 1)[1].removesuffix("]") for label, badge in pairs if "-badge[" in badge
    }


def get_charts(page: AppTest) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in page.get("vega_lite_chart")]


def get_dots(chart: dict) -> list[dict]:
    return next(layer for layer in chart["layer"] if layer["mark"]["type"] == "point")["data"]["values"]


def get_shaded(chart: dict) -> list[dict]:
    return [row for layer in chart["layer"] if layer["mark"]["type"] == "rect" for row in layer["data"]["values"]]


def get_legend(page: AppTest) -> str:
    (found,) = [html.proto.body for html in page.get("html") if 'class="chart-signs"' in html.proto.body]
    return found


def get_links(page: AppTest) -> list[str]:
    return [link.proto.query_string for link in page.get("page_link")]


def test_without_answers_the_page_links_to_practice(kept):
    page = open_page()
    assert is_shown(page, "Answer your first question")
    assert [link.proto.label for link in page.get("page_link")] == ["Practise a question"]
    assert is_shown(page, "questions are new to you")
    assert not get_charts(page)


@pytest.mark.parametrize("answers", [1, 2])
def test_one_or_two_answers_are_drawn_and_the_number_still_missing_is_said_once(kept, answers):
    practise(kept, [5] * answers)
    page = open_page()
    assert get_verdicts(page) == {}
    said = [text for text in list_texts(page) if "to see a trend" in text]
    assert said == [f"{6 - answers} more answers of 20 seconds or longer to see a trend."]
    assert {len(get_dots(chart)) for chart in get_charts(page)} == {answers}
    assert is_shown(page, f"{3 - answers} more answer")


def test_from_the_second_answer_on_the_page_says_what_changed(kept):
    practise(kept, [16])
    assert is_shown(open_page(), "From the second one on, you'll read here what changed.")
    practise(kept, [1], since=FIRST + DAY)
    page = open_page()
    assert is_shown(page, "**Fewer ums: down from 19 to 1.3 a minute – in the range now. Not just chance.")
    assert is_shown(page, "Take 2 beside take 1 of “Tell me about yourself.”")
    add_answer(kept, 3, load_asked_question(WHY_US), FIRST + 9 * DAY)
    assert is_shown(open_page(), "Take 2 beside take 1 of “Tell me about yourself.”")


def test_two_answers_to_different_questions_are_compared_and_said_to_differ(kept):
    practise(kept, [5])
    add_answer(kept, 5, load_asked_question(WHY_US), FIRST + DAY)
    assert is_shown(open_page(), "beside the one before it, to another question")


def test_what_got_better_over_time_is_named_at_the_top(kept):
    practise(kept, [8, 8, 8, 8, 2, 1, 1, 1])
    assert is_shown(open_page(), "Better over time, and not just by chance: um and uh")


@pytest.mark.parametrize(("answers", "offers"), [(0, True), (2, True), (6, False)])
def test_a_demo_is_offered_while_there_are_few_answers(kept, answers, offers):
    practise(kept, [5] * answers)
    assert ("See a demo history" in [button.label for button in open_page().button]) is offers


def test_far_fewer_fillers_are_shown_as_better(kept):
    practise(kept, [8, 8, 8, 8, 2, 1, 1, 1])
    page = open_page()
    assert get_verdicts(page)["Um and uh"] == BETTER
    assert is_shown(page, "better (not just chance)")
    assert is_shown(page, "1 time in 20")


def test_the_legend_names_the_end_medians_only_if_they_are_drawn(kept):
    practise(kept, [5] * 5)
    assert 'class="ends"' not in get_legend(open_page())  # six make a comparison
    add_answer(kept, 5, load_asked_question(), FIRST + 9 * DAY)
    assert 'class="ends"' in get_legend(open_page())


def test_constant_answers_show_no_clear_change(kept):
    practise(kept, [5] * 8, load_asked_question("strength_with_example"))
    found = get_verdicts(open_page())
    assert len(found) == 5
    assert set(found.values()) == {NO_CHANGE}


def test_far_more_fillers_are_shown_as_worse(kept):
    practise(kept, [1, 1, 1, 8, 8, 8])
    assert get_verdicts(open_page())["Um and uh"] == WORSE


def test_the_most_important_measures_come_first_and_any_other_can_be_chosen(kept):
    practise(kept, [5] * 6)
    page = open_page()
    # The last is the first of the others that these answers have: "How it turned out" is told of stories only.
    first = ["Um and uh", "Speaking rate", "Longest pause", "Answer length", "Time to the point"]
    assert list(get_verdicts(page)) == first
    assert_fine(page.selectbox(key="other_measure").select("mean_pause").run())
    assert list(get_verdicts(page)) == [*first[:4], "Average pause"]
    box = page.selectbox(key="other_measure")
    assert {MEASURES[key].label for key in MEASURES} == set(box.options) | set(first[:4])


def test_every_answer_in_the_chart_is_also_in_a_list_of_links(kept):
    ids = practise(kept, [5, 4, 3])
    page = open_page()
    hits = next(layer for layer in get_charts(page)[0]["layer"] if layer["mark"]["type"] == "circle")["data"]["values"]
    assert [row["id"] for row in hits] == ids
    assert hits[2]["Answer"] == "Take 3: Tell me about yourself."
    links = [link.proto.query_string for link in page.get("page_link") if link.proto.label.startswith("**")]
    assert links[:3] == [f"take={each}" for each in reversed(ids)]


def test_answers_measured_in_different_ways_are_never_mixed(kept):
    practise(kept, [8, 8, 8], model="tiny.en")
    practise(kept, [1, 1, 1], since=FIRST + 9 * DAY)
    page = open_page()
    assert is_shown(page, "3 more answers of 20 seconds or longer to see a trend.")
    assert is_shown(page, "kept apart")
    box = next(box for box in page.selectbox if box.label == "Analysed with")
    assert box.options == [
        f"scripted model, version {FORMULA_VERSION} (3), latest",
        f"tiny.en model, version {FORMULA_VERSION} (3)",
    ]
    assert_fine(box.select_index(1).run())
    assert [dot["value"] for dot in get_dots(get_charts(page)[0])] == pytest.approx(
        [8 / ((8 * 17 + 8) * 0.3 + 7 * 0.8) * 60] * 3
    )


def test_a_single_cohort_is_not_offered_as_a_choice(kept):
    practise(kept, [5])
    page = open_page()
    assert [box.label for box in page.selectbox][:2] == ["Kind of question", "Question"]
    assert not is_shown(page, "kept apart")


def test_all_kinds_are_shown_first_and_mixed_kinds_are_noted(kept):
    practise(kept, [5] * 4)
    practise(kept, [2] * 2, load_asked_question(WHY_US), since=FIRST + 9 * DAY)
    page = open_page()
    assert len(get_dots(get_charts(page)[0])) == 6
    assert is_shown(page, "all kinds of question together")
    assert is_shown(page, "The range depends on the question, so none is shown")
    assert get_shaded(get_charts(page)[3]) == []
    kinds = next(box for box in page.selectbox if box.label == "Kind of question")
    assert_fine(kinds.select_index(2).run())
    assert len(get_dots(get_charts(page)[0])) == 2
    assert not is_shown(page, "all kinds of question together")


def test_one_question_of_a_kind_can_be_shown_alone(kept):
    practise(kept, [5] * 4)
    practise(kept, [2] * 2, load_asked_question("walk_through_resume"), since=FIRST + 9 * DAY)
    page = open_page()
    assert len(get_dots(get_charts(page)[0])) == 6
    question = next(box for box in page.selectbox if box.label == "Question")
    assert_fine(question.select("walk_through_resume").run())
    assert len(get_dots(get_charts(page)[0])) == 2


def test_the_users_own_range_is_shaded_and_used_for_the_verdict(kept):
    practise(kept, [8, 8, 8, 1, 1, 1])
    own = make_band("filler_sounds", BandLimits(9, 20))
    write_settings(Settings(bands={"filler_sounds": own}))
    page = open_page()
    assert get_verdicts(page)["Um and uh"] == WORSE  # away from 9 to 20 a minute
    assert get_shaded(get_charts(page)[0]) == [{"from": 9, "to": 20}]


def test_an_own_question_is_shown_with_its_text_and_target_length(kept):
    mine = OwnQuestion(make_id(), "Why <b>not</b> us?", "about_you", *OTHER, target_seconds=(200.0, 300.0))
    kept.save(mine)
    practise(kept, [3] * 2, make_asked_question(mine))
    page = open_page()
    assert "Why <b>not</b> us? (2)" in next(box for box in page.selectbox if box.label == "Question").options
    assert get_shaded(get_charts(page)[3]) == [{"from": 200, "to": 300}]


def test_no_length_range_is_drawn_for_questions_with_different_ones(kept):
    mine = OwnQuestion(make_id(), "Why not us?", "about_you", *OTHER, target_seconds=(200.0, 300.0))
    kept.save(mine)
    practise(kept, [3] * 2, make_asked_question(mine))
    practise(kept, [3] * 2, since=FIRST + 9 * DAY)
    page = open_page()
    assert get_shaded(get_charts(page)[3]) == []
    assert get_shaded(get_charts(page)[1]) == [{"from": 120, "to": 170}]
    question = next(box for box in page.selectbox if box.label == "Question")
    assert_fine(question.select(load_asked_question().id).run())
    chart = get_charts(page)[3]
    bottom = chart["layer"][0]["encoding"]["y"]["scale"]["domain"][0]
    assert get_shaded(chart) == [{"from": bottom, "to": 90}]  # no answer is too short: from the lower edge on


def test_short_answers_are_drawn_but_not_compared(kept, monkeypatch):
    monkeypatch.setattr("tests.support.practised_store.SENTENCES", 2)
    practise(kept, [1, 1], load_asked_question("why_this_company"))
    page = open_page()
    assert get_shaded(get_charts(page)[0])
    assert [dot["counts"] for dot in get_dots(get_charts(page)[0])] == [False, False]
    assert is_shown(page, "6 more answers of 20 seconds or longer to see a trend.")


@pytest.mark.parametrize(("questions", "said"), [("aa", measure.NO_RANGE), ("ab", measure.RANGES_DIFFER)])
def test_a_missing_range_is_explained(questions, said):
    shown = SimpleNamespace(attempts=[SimpleNamespace(question=question) for question in questions])
    with_band = next(each for each in MEASURES.values() if each.band is not None)
    assert measure._describe_levels(shown, with_band, None, None) == said


def test_samples_do_not_count_as_progress(kept):
    sample = load_asked_question()
    add_answer(kept, 8, type(sample)(SAMPLE_PREFIX + "um", sample.text, sample.kind), FIRST)
    assert is_shown(open_page(), "Answer your first question")


def test_many_answers_are_drawn_in_part_or_all_as_medians(kept, monkeypatch):
    monkeypatch.setattr(measure, "MAX_SINGLE_POINTS", 4)
    monkeypatch.setattr(measure, "MAX_MEDIAN_POINTS", 3)
    practise(kept, [8, 8, 8, 1, 1, 1])
    page = open_page()
    assert len(get_dots(get_charts(page)[0])) == 4
    assert is_shown(page, "The latest 4 of your 6 answers")
    assert get_verdicts(page)["Um and uh"] == BETTER
    assert_fine(page.segmented_control(key="progress_drawn").select("All answers, in groups").run())
    assert len(get_dots(get_charts(page)[0])) == 3
    assert is_shown(page, "Your 6 answers in 3 groups")


def test_a_recurring_phrase_is_found_and_can_be_played(kept):
    *_, last = practise(kept, [4, 4, 4])
    page = open_page()
    assert is_shown(page, "**“um”** :small[um or uh]")
    assert is_shown(page, "12 times in 3 answers")
    assert not page.get("audio")
    assert_fine(next(toggle for toggle in page.toggle if "um" in toggle.label).set_value(True).run())
    assert len(page.get("audio")) == 1
    assert f"take={last}" in get_links(page)


def test_a_recording_that_was_not_kept_is_reported(kept):
    practise(kept, [4, 4, 4], keep=False)
    page = open_page()
    assert_fine(page.toggle[0].set_value(True).run())
    assert not page.get("audio")
    assert is_shown(page, "wasn't kept")


def test_practice_days_are_counted_without_a_streak(kept):
    today = datetime.now(UTC)
    for days in (0, 0, 3):
        add_answer(kept, 3, load_asked_question(), today - days * DAY)
    page = open_page()
    assert is_shown(page, "3 answers on 2 days since")
    assert not any("row" in text or "streak" in text for text in list_texts(page) if "answers on" in text)
    (strip,) = [html.proto.body for html in page.get("html") if 'class="days"' in html.proto.body]
    assert strip.count("<i ") == sum(map(len, list_recent_weeks([], today.date(), practice_days.SHOWN_WEEKS)))
    assert strip.count('class="some2"') == 1


def test_a_single_practice_day_is_described_by_its_date(kept):
    practise(kept, [3])
    assert is_shown(open_page(), "1 answer on 2 March 2026.")


def test_practice_days_have_a_text_for_screen_readers():
    days = ((Day(FIRST.date(), 2), Day(FIRST.date() + timedelta(days=1), 0)),)
    assert practice_days.describe_strip(days) == "Answers per day in the last 1 week: 2 Mar 2."
    assert 'aria-label="Answers per day' in practice_days.render_strip(days)


def test_a_new_question_opens_on_the_practice_page(kept):
    practise(kept, [3])
    page = open_page()
    offered = [button for button in page.button if button.label == "Practise"]
    assert len(offered) == 4
    assert not any("yourself." in (button.proto.help or "") for button in offered)
    key = offered[0].key.removeprefix("practise_")
    assert_fine(offered[0].click().run())
    assert page.title[0].value == "Answer Aloud"
    assert page.session_state["on_screen"].question == key


def test_new_questions_can_be_filtered_by_kind(kept):
    page = open_page()
    assert_fine(page.selectbox(key="new_kind").select("technical").run())
    assert sum(":small[Technical]" in text for text in list_texts(page)) == 4


def test_a_damaged_report_leaves_the_rest_of_the_page_intact(kept, monkeypatch):
    practise(kept, [8, 8, 8, 1, 1, 1])
    damage(kept)
    page = AppTest.from_file(APP, default_timeout=30).run()
    page.switch_page("app_pages/progress/page.py").run()
    assert not page.exception
    assert get_verdicts(page)["Um and uh"] == BETTER
    assert is_shown(page, "answers on 6 days")
    assert len(page.error) == 1


def make_asked_question(mine: OwnQuestion):
    known = load_asked_question()
    return type(known)(mine.id, mine.text, known.kind)


def damage(kept: Store) -> None:
    """Spoil every report in the database, not the numbers beside them."""
    with kept._database.begin_write() as connection:
        connection.execute(text("update results set report = '{}'"))
