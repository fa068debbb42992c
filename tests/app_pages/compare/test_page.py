"""The page of two takes side by side without a browser, over stores whose takes are known."""

from __future__ import annotations

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from analysis.analyze import analyze
from analysis.progress.comparison import compare, word_diff
from app_pages.compare.choice import first_two
from app_pages.compare.numbers import summary, table
from app_pages.compare.transcripts import render_timeline, said_before, said_now
from store.own_bands import band_from
from store.settings import Settings, write_settings
from tests.support.answers import silence, sound_of
from tests.support.histories import attempt, counted
from tests.support.pages import APP, fine, shows
from tests.support.practised_store import DAY, FIRST, SENTENCE, add, answer, asked, practise
from tests.support.synthetic_words import said

pytest_plugins = ("tests.support.pages",)

SOUNDS = "Filler sounds"


def opened(**address: str) -> AppTest:
    page = AppTest.from_file(APP, default_timeout=30).run()
    page.switch_page("app_pages/compare/page.py")
    for name, value in address.items():
        page.query_params[name] = value
    return fine(page.run())


def bodies(page: AppTest) -> str:
    return "".join(re.sub("<style>.*?</style>", "", html.proto.body, flags=re.DOTALL) for html in page.get("html"))


def row(page: AppTest, label: str) -> str:
    """A row of the tables as text, from its measure on."""
    return next(
        re.sub("<[^>]+>", " ", found)
        for found in re.findall("<tr>.*?</tr>", bodies(page), flags=re.DOTALL)
        if f">{label}<" in found
    )


def chosen(page: AppTest) -> tuple[str, str]:
    before, take = (np.atleast_1d(page.query_params[name]).item() for name in ("before", "take"))
    return before, take


def box(page: AppTest, label: str):
    return next(each for each in page.selectbox if each.label == label)


@pytest.mark.parametrize("takes", [0, 1])
def test_without_two_takes_the_page_says_what_it_is_for(kept, takes):
    practise(kept, [5] * takes)
    page = opened()
    assert shows(page, "No question has two measured takes yet")
    assert [link.proto.label for link in page.get("page_link")] == ["Practise a question"]


def test_at_first_the_last_two_takes_stand_side_by_side(kept):
    ids = practise(kept, [8, 5, 2])
    page = opened()
    assert chosen(page) == (ids[1], ids[2])
    assert shows(page, "**Before: take 2**")
    assert shows(page, "**Now: take 3**")
    assert len(page.get("audio")) == 2


def test_any_two_takes_can_be_chosen_and_the_earlier_one_always_comes_first(kept):
    ids = practise(kept, [8, 5, 2])
    page = opened()
    fine(box(page, "Earlier take").select(ids[0]).run())
    assert chosen(page) == (ids[0], ids[2])
    fine(box(page, "Earlier take").select(ids[2]).run())
    first, second = chosen(page)
    assert second == ids[2]
    assert first in ids[:2]
    assert shows(page, "**Now: take 3**")


def test_the_address_names_the_takes_and_so_survives_a_reload(kept):
    ids = practise(kept, [8, 5, 2])
    assert chosen(opened(before=ids[0], take=ids[1])) == (ids[0], ids[1])
    assert chosen(opened(take=ids[1])) == (ids[0], ids[1])
    assert chosen(opened(take=ids[0])) == (ids[0], ids[1])


def test_a_link_to_a_take_leads_to_its_question(kept):
    ids = practise(kept, [8, 5])
    practise(kept, [3, 3], asked("why_this_company"), since=FIRST + 9 * DAY)
    page = opened(take=ids[1])
    assert chosen(page) == tuple(ids)
    fine(box(page, "Question").select("why_this_company").run())
    assert not set(chosen(page)) & set(ids)


def test_the_report_of_a_later_take_links_to_the_comparison_and_that_of_the_first_does_not(kept):
    first, second = practise(kept, [8, 5])
    for take, leads in ((first, []), (second, [f"take={second}"])):
        page = AppTest.from_file(APP, default_timeout=30)
        page.query_params["take"] = take
        page = fine(page.run())
        links = [link.proto for link in page.get("page_link") if "beside" in link.proto.label]
        assert [link.query_string for link in links] == leads


def test_a_take_that_stands_alone_is_said_to(kept):
    practise(kept, [8, 5])
    (alone,) = practise(kept, [3], asked("why_this_company"), since=FIRST + 9 * DAY)
    assert shows(opened(take=alone), "is the only one of its question")
    assert shows(opened(take="0" * 32), "is not here")


def test_a_change_of_a_rate_that_is_more_than_chance_is_told_with_its_interval(kept):
    practise(kept, [16, 1])
    page = opened()
    assert shows(page, "More than chance:")
    assert re.search(r"18\.8 per min.*1\.3 per min.*✓ better, and more than chance.*95 % interval", row(page, SOUNDS))
    assert "–" in row(page, "Speaking rate")


def test_two_takes_that_are_alike_are_not_told_to_differ(kept):
    practise(kept, [5, 5])
    page = opened()
    assert shows(page, "No difference between these two takes is more than chance")
    assert "no clear change yet" in row(page, SOUNDS)


def test_takes_measured_in_different_ways_are_shown_and_not_compared(kept):
    practise(kept, [16], model="tiny.en")
    practise(kept, [1], since=FIRST + DAY)
    page = opened()
    assert shows(page, "measured in different ways")
    assert re.search(r"18\.8 per min.*1\.3 per min.*≠ measured in different ways", row(page, SOUNDS))
    assert shows(page, "whether it was met is not judged")


def test_the_users_own_range_decides_what_is_better(kept):
    practise(kept, [16, 1])
    write_settings(Settings(bands={"filler_sounds": band_from("filler_sounds", {"fine_from": 15, "fine_to": 25})}))
    assert "▼ worse, and more than chance" in row(opened(), SOUNDS)


@pytest.mark.parametrize(
    ("ums", "told"),
    [
        (8, "✓ The later take met it: 8 filler sounds heard."),
        (9, "→ The later take did not meet it: 9 filler sounds heard."),
    ],
)
def test_the_target_of_the_earlier_take_was_met_or_not(kept, ums, told):
    practise(kept, [16, ums])  # the target is half as many
    page = opened()
    assert shows(page, "Target: at most 8 filler sounds in the next take.")
    assert shows(page, told)


def test_the_words_of_only_one_take_are_struck_through_or_underlined(kept):
    add(kept, 0, asked(), FIRST)
    add(kept, 0, asked(), FIRST + DAY, sentence=SENTENCE.replace("large", "small"))
    shown = bodies(opened())
    assert shown.count("<del") == 1 + 8  # and one in the key
    assert ">large</del>" in shown
    assert ">small</ins>" in shown
    assert "of a <del" in shown


def test_what_was_said_is_never_markup():
    passages = word_diff(said("I said <b>this</b> & <script>alert(1)</script>"), said("I said {x} $1$"))
    assert "<script" not in said_before(passages)
    assert "&lt;script&gt;" in said_before(passages)
    assert said_now(passages).count("<") == 4  # the paragraph and one insertion


def test_filler_sounds_carry_brackets_and_no_words_are_no_paragraph():
    passages = word_diff(said("well um yes"), said(""))
    assert "[um]" in said_before(passages)
    assert said_now(passages) == "<p>Nothing was said.</p>"


def test_both_takes_lie_on_one_scale_of_time():
    _, report = answer(2, asked())
    whole, half = (
        render_timeline(report, report.response.duration, "Now"),
        render_timeline(report, 2 * report.response.duration, "Now"),
    )
    assert end(whole) == pytest.approx(100, abs=0.05)
    assert end(half) == pytest.approx(50, abs=0.05)
    assert whole.count('class="voice"') == len(report.pauses) + 1
    assert whole.count("▼") == 2
    assert "2 filler sounds" in whole


def end(drawn: str) -> float:
    """Where the last stretch ends, in percent."""
    stretches = re.findall(r'class="voice" style="left: ([\d.]+)%; width: ([\d.]+)%"', drawn)
    return max(float(left) + float(width) for left, width in stretches)


def test_a_title_in_a_line_of_time_is_never_markup():
    _, report = answer(0, asked())
    assert '"><script' not in render_timeline(report, 100, '"><script>')


def test_a_silent_take_has_a_sentence_in_the_place_of_its_line():
    report = analyze(sound_of(silence()), silence())
    assert render_timeline(report, 10, "Now") == "<p>Nothing was said.</p>"


@pytest.mark.parametrize(
    ("named", "found"),
    [((), (2, 3)), ((0,), (0, 1)), ((2,), (1, 2)), ((3,), (2, 3)), ((0, 3), (0, 3))],
)
def test_one_named_take_is_shown_beside_its_neighbour(named, found):
    takes = [attempt(day) for day in range(4)]
    assert first_two(takes, [takes[place] for place in named]) == tuple(takes[place] for place in found)


def test_the_table_has_a_row_for_every_measure_and_says_what_was_not_measured():
    before, now = counted("filler_sounds", [16, 1])
    differences = compare(before, now)
    assert table(differences).count("<tr>") == 1 + len(differences)
    assert table(differences).count("–") >= len(differences) - 1
    assert summary(differences) == "More than chance: filler sounds (better)."
