"""Test the comparison page without a browser, over stores whose takes are known."""

from __future__ import annotations

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from analysis.analyze import analyze
from analysis.progress.comparison import compare_takes, diff_words
from app_pages.compare.choice import find_initial_takes
from app_pages.compare.page import render_table
from app_pages.compare.transcripts import render_earlier, render_later, render_timeline
from store.own_bands import BandLimits, make_band
from store.settings import Settings, write_settings
from tests.support.answers import make_silent_answer, synthesise
from tests.support.histories import make_attempt, make_attempts_with_counts
from tests.support.pages import APP, assert_fine, is_shown
from tests.support.practised_store import (
    DAY,
    FIRST,
    SENTENCE,
    add_answer,
    load_asked_question,
    make_answer_with_ums,
    practise,
)
from tests.support.synthetic_words import make_words

pytest_plugins = ("tests.support.pages",)

SOUNDS = "Um and uh"


def open_page(**address: str) -> AppTest:
    page = AppTest.from_file(APP, default_timeout=30).run()
    page.switch_page("app_pages/compare/page.py")
    for name, value in address.items():
        page.query_params[name] = value
    return assert_fine(page.run())


def join_bodies(page: AppTest) -> str:
    return "".join(re.sub("<style>.*?</style>", "", html.proto.body, flags=re.DOTALL) for html in page.get("html"))


def find_row(page: AppTest, label: str) -> str:
    """Return a row of the tables as text, from the label of its measure on."""
    return next(
        re.sub("<[^>]+>", " ", found)
        for found in re.findall("<tr>.*?</tr>", join_bodies(page), flags=re.DOTALL)
        if f">{label}<" in found
    )


def get_chosen_takes(page: AppTest) -> tuple[str, str]:
    """Return the takes that are compared, by the links to their reports."""
    links = [link.proto for link in page.get("page_link") if link.proto.label.startswith("Open the report of take")]
    before, now = (link.query_string.removeprefix("take=") for link in links)
    return before, now


def get_named_takes(page: AppTest) -> list[str]:
    """Return the takes that the address names."""
    return [np.atleast_1d(page.query_params[name]).item() for name in ("before", "take") if name in page.query_params]


def find_box(page: AppTest, label: str):
    return next(each for each in page.selectbox if each.label == label)


@pytest.mark.parametrize("takes", [0, 1])
def test_without_two_takes_the_page_explains_itself(kept, takes):
    practise(kept, [5] * takes)
    page = open_page()
    assert is_shown(page, "Answer the same question twice")
    assert [link.proto.label for link in page.get("page_link")] == ["Practise a question"]
    assert "See a demo history" in [button.label for button in page.button]


def test_the_latest_two_takes_are_compared_at_first(kept):
    ids = practise(kept, [8, 5, 2])
    page = open_page()
    assert get_chosen_takes(page) == (ids[1], ids[2])
    assert is_shown(page, "**Before: take 2**")
    assert is_shown(page, "**Now: take 3**")
    assert len(page.get("audio")) == 2


def test_the_address_changes_only_when_other_takes_are_chosen(kept):
    ids = practise(kept, [8, 5, 2])
    page = open_page()
    assert get_named_takes(page) == []
    assert_fine(find_box(page, "Earlier take").select(ids[0]).run())
    assert get_named_takes(page) == [ids[0], ids[2]]
    assert_fine(find_box(page, "Earlier take").select(ids[1]).run())
    assert get_named_takes(page) == [ids[1], ids[2]]
    assert get_named_takes(open_page(take=ids[1])) == [ids[1]]


def test_any_two_takes_can_be_compared_and_the_earlier_one_comes_first(kept):
    ids = practise(kept, [8, 5, 2])
    page = open_page()
    assert_fine(find_box(page, "Earlier take").select(ids[0]).run())
    assert get_chosen_takes(page) == (ids[0], ids[2])
    assert_fine(find_box(page, "Earlier take").select(ids[2]).run())
    first, second = get_chosen_takes(page)
    assert second == ids[2]
    assert first in ids[:2]
    assert is_shown(page, "**Now: take 3**")


def test_the_takes_in_the_url_are_compared(kept):
    ids = practise(kept, [8, 5, 2])
    assert get_chosen_takes(open_page(before=ids[0], take=ids[1])) == (ids[0], ids[1])
    assert get_chosen_takes(open_page(take=ids[1])) == (ids[0], ids[1])
    assert get_chosen_takes(open_page(take=ids[0])) == (ids[0], ids[1])


def test_a_link_to_a_take_selects_its_question(kept):
    ids = practise(kept, [8, 5])
    practise(kept, [3, 3], load_asked_question("why_this_company"), since=FIRST + 9 * DAY)
    page = open_page(take=ids[1])
    assert get_chosen_takes(page) == tuple(ids)
    assert_fine(find_box(page, "Question").select("why_this_company").run())
    assert not set(get_chosen_takes(page)) & set(ids)


def test_only_reports_of_later_takes_link_to_the_comparison(kept):
    first, second = practise(kept, [8, 5])
    for take, leads in ((first, []), (second, [f"take={second}"])):
        page = AppTest.from_file(APP, default_timeout=30)
        page.query_params["take"] = take
        page = assert_fine(page.run())
        links = [link.proto for link in page.get("page_link") if "earlier take" in link.proto.label]
        assert [link.query_string for link in links] == leads


def test_a_take_without_another_of_its_question_is_explained(kept):
    practise(kept, [8, 5])
    (alone,) = practise(kept, [3], load_asked_question("why_this_company"), since=FIRST + 9 * DAY)
    assert is_shown(open_page(take=alone), "it's the only one of its question")
    assert is_shown(open_page(take="0" * 32), "it was deleted")


def test_a_significant_change_of_a_rate_is_shown_in_words(kept):
    practise(kept, [16, 1])
    page = open_page()
    assert is_shown(page, "**Fewer ums: down from 19 to 1.3 a minute – in the range now. Not just chance.")
    assert re.search(r"18\.8 per min.*1\.3 per min.*✓ better \(not just chance\)", find_row(page, SOUNDS))
    assert "interval" not in join_bodies(page)


def test_similar_takes_show_no_clear_change(kept):
    practise(kept, [5, 5])
    page = open_page()
    assert is_shown(page, "**Much the same.**")
    assert "○ the same" in find_row(page, SOUNDS)


def test_takes_measured_in_different_ways_are_shown_but_not_compared(kept):
    practise(kept, [16], model="tiny.en")
    practise(kept, [1], since=FIRST + DAY)
    page = open_page()
    assert is_shown(page, "analysed differently")
    assert re.search(r"18\.8 per min.*1\.3 per min.*≠ analysed differently", find_row(page, SOUNDS))
    assert is_shown(page, "we can't say whether you met it")


def test_the_users_own_range_decides_what_is_better(kept):
    practise(kept, [16, 1])
    write_settings(Settings(bands={"filler_sounds": make_band("filler_sounds", BandLimits(15, 25))}))
    assert "→ worse (not just chance)" in find_row(open_page(), SOUNDS)


@pytest.mark.parametrize(
    ("ums", "told"),
    [
        (8, "✓ You did it: 8 ums."),
        (9, "→ Not quite there yet: 9 ums."),
    ],
)
def test_the_page_says_whether_the_earlier_target_was_met(kept, ums, told):
    practise(kept, [16, ums])  # the target is half as many
    page = open_page()
    assert is_shown(page, "Try for 8 ums or fewer, about half as many as now.")
    assert is_shown(page, told)


def test_words_that_only_one_take_has_are_struck_through_or_underlined(kept):
    add_answer(kept, 0, load_asked_question(), FIRST)
    add_answer(kept, 0, load_asked_question(), FIRST + DAY, sentence=SENTENCE.replace("large", "small"))
    shown = join_bodies(open_page())
    assert shown.count("<del") == 1 + 8  # and one in the key
    assert ">large</del>" in shown
    assert ">small</ins>" in shown
    assert "of a <del" in shown


def test_spoken_words_are_escaped():
    passages = diff_words(make_words("I said <b>this</b> & <script>alert(1)</script>"), make_words("I said {x} $1$"))
    assert "<script" not in render_earlier(passages)
    assert "&lt;script&gt;" in render_earlier(passages)
    assert render_later(passages).count("<") == 4  # the paragraph and one insertion


def test_filler_sounds_are_in_brackets_and_an_empty_transcript_has_no_paragraph():
    passages = diff_words(make_words("well um yes"), make_words(""))
    assert "[um]" in render_earlier(passages)
    assert render_later(passages) == "<p>No speech.</p>"


def test_timelines_are_drawn_to_the_given_scale():
    _, report = make_answer_with_ums(2, load_asked_question())
    whole, half = (
        render_timeline(report, report.response.duration, "Now"),
        render_timeline(report, 2 * report.response.duration, "Now"),
    )
    assert find_end(whole) == pytest.approx(100, abs=0.05)
    assert find_end(half) == pytest.approx(50, abs=0.05)
    assert whole.count('class="voice"') == len(report.pauses) + 1
    assert whole.count("▼") == 2
    assert "2 ums and uhs" in whole


def find_end(drawn: str) -> float:
    """Return the end of the last voice segment, in percent of the width."""
    stretches = re.findall(r'class="voice" style="left: ([\d.]+)%; width: ([\d.]+)%"', drawn)
    return max(float(left) + float(width) for left, width in stretches)


def test_the_title_of_a_timeline_is_escaped():
    _, report = make_answer_with_ums(0, load_asked_question())
    assert '"><script' not in render_timeline(report, 100, '"><script>')


def test_a_silent_take_has_a_sentence_instead_of_a_timeline():
    report = analyze(synthesise(make_silent_answer()), make_silent_answer())
    assert render_timeline(report, 10, "Now") == "<p>No speech.</p>"


@pytest.mark.parametrize(
    ("named", "found"),
    [((), (2, 3)), ((0,), (0, 1)), ((2,), (1, 2)), ((3,), (2, 3)), ((0, 3), (0, 3))],
)
def test_a_take_named_alone_is_compared_with_its_neighbour(named, found):
    takes = [make_attempt(day) for day in range(4)]
    assert find_initial_takes(takes, [takes[place] for place in named]) == tuple(takes[place] for place in found)


def test_the_table_has_a_row_for_every_measure_even_if_not_measured():
    before, now = make_attempts_with_counts("filler_sounds", [16, 1])
    differences = compare_takes(before, now)
    assert render_table(differences).count("<tr>") == 1 + len(differences)
    assert render_table(differences).count("not in both takes") == len(differences) - 1
