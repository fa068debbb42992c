"""The page of what is kept: everything is listed, and found by its words."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from analysis.question import AskedQuestion, QuestionKind
from app_pages.data.answer_list import AT_ONCE
from app_pages.data.disk_usage import size
from app_pages.ui.wording import CUT
from interview.ids import new_id
from interview.mock.run import MockRun, MockStep
from interview.person import Person
from interview.questions.key_points import Points, points_id
from interview.questions.own_question import OwnQuestion
from interview.thank_you.note import ThankYou, thank_you_id
from tests.app_pages.data.helpers import listed, opened, press
from tests.support.interviews import HELD
from tests.support.pages import shows, texts
from tests.support.stored_attempts import ABOUT_YOU, CONFLICT, NOON, add, add_done, heard

pytest_plugins = ("tests.support.pages",)
pytestmark = pytest.mark.usefixtures("data")

HOSTILE = AskedQuestion(
    "odd", "**bold** <script>alert(1)</script> {x} [a](http://b) $1$ :red[x]", QuestionKind.SCREENING
)


def test_an_empty_store_says_how_answers_come_here():
    page = opened()
    assert not page.exception
    assert shows(page, "Nothing is kept yet")
    assert shows(page, "**No recordings**, 0 bytes")


def test_every_answer_is_listed_with_its_facts_the_latest_first(kept):
    first = add_done(kept, ABOUT_YOU, NOON)
    second = add_done(kept, ABOUT_YOU, NOON + timedelta(days=1), keep=False)
    third = add(kept, CONFLICT, NOON + timedelta(days=2))
    kept.fail(third, "Not *English*.")
    fourth = add(kept, CONFLICT, NOON + timedelta(days=3))
    page = opened()
    assert listed(page) == [fourth, third, second, first]
    rows = [text.replace("\\", "") for text in texts(page) if "take " in text]
    assert "take 2" in rows[0]
    assert "not measured yet · sound kept" in rows[0]
    assert "could not be measured: Not *English*. · sound kept" in rows[1]
    assert "measured · sound not kept" in rows[2]
    assert "Tell me about “yourself”." in rows[3]
    seconds = round(heard()[2].response.duration)
    assert f"1 Mar 2026, 12:00 · take 1 · 0:{seconds:02d} · measured · sound kept" in rows[3]
    assert shows(page, "**3 recordings**")


def test_text_that_looks_like_markup_is_shown_as_text(kept):
    add_done(kept, HOSTILE)
    page = opened()
    (shown,) = (text for text in texts(page) if "bold" in text)
    assert shown.replace("\\", "").replace(CUT, "").startswith(f"**{HOSTILE.text}**")
    for sign in ("*bold", "<script", "{x", "[a", "$1", ":red"):
        assert f"\\{sign}" in shown


def test_many_answers_are_shown_a_screenful_at_a_time(kept):
    ids = [add(kept, CONFLICT, NOON + timedelta(days=day)) for day in range(2 * AT_ONCE + 1)][::-1]
    page = opened()
    assert listed(page) == ids[:AT_ONCE]
    assert page.button(key="data_later").disabled
    assert listed(press(page, "data_earlier")) == ids[AT_ONCE : 2 * AT_ONCE]
    page.number_input(key="data_page").set_value(3).run()
    assert listed(page) == ids[2 * AT_ONCE :]
    assert page.button(key="data_earlier").disabled
    kept.delete(ids[-1])  # elsewhere; the third page is gone with it
    assert listed(page.run()) == ids[AT_ONCE:-1]


def test_of_ten_thousand_answers_a_screenful_is_shown(kept):
    add_done(kept)
    with sqlite3.connect(f"{kept.usage().database}") as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(attempts)")]
        changed = {"id": "printf('%032x', n)", "take": "n + 1"}
        chosen = ", ".join(changed.get(column, column) for column in columns)
        connection.execute(
            f"WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 9999) "
            f"INSERT INTO attempts ({', '.join(columns)}) SELECT {chosen} FROM attempts, many"
        )
    page = opened()
    assert shows(page, "10,000")
    press(page, "data_earlier")
    assert len(listed(page)) == AT_ONCE


def test_answers_are_found_by_what_was_asked_said_or_noted(kept):
    first, second = add_done(kept, ABOUT_YOU), add(kept, CONFLICT)
    kept.note(second, "Breathe out before Łódź")
    page = opened()
    for words, found in (("conflict", [second]), ("worked", [first]), ("łódź", [second]), ("nowhere", [])):
        page.text_input(key="data_find").set_value(words).run()
        assert listed(page) == found
    assert shows(page, "no answers found")


def test_what_was_planned_is_found_with_the_way_to_its_page(kept):
    kept.keep(HELD)
    person = Person(new_id(), "Zoë Needle", HELD.id)
    run = MockRun(new_id(), new_id(), (MockStep("needle_question", "Which needle?", "closing"),), NOON)
    own = OwnQuestion(new_id(), "Why a needle?", "technical", "learning", "second")
    note = ThankYou(thank_you_id(HELD.id, person.id), HELD.id, person.id, "Needle", "Thank you.", "", "")
    points = Points(points_id("why_this_company"), "why_this_company", ("The needle in the haystack",))
    for thing in (person, run, own, note, points):
        kept.keep(thing)
    page = opened()
    page.text_input(key="data_find").set_value("needle").run()
    assert not page.exception
    assert shows(page, "no answers found, and 5 other things")
    found = [text for text in texts(page) if "eedle" in text]
    assert "Person: Zoë Needle" in found
    assert "Thank-you note: Needle" in found
    assert "Points to make: The needle in the haystack" in found
    links = {(link.proto.page, link.proto.query_string) for link in page.get("page_link") if link.proto.label == "Open"}
    assert links == {
        ("interviews", f"interview={HELD.id}"),
        ("mock", f"run={run.id}"),
        ("", f"question={own.id}"),
        ("thanks", f"interview={HELD.id}"),
        ("", "question=why_this_company"),
    }


@pytest.mark.parametrize(
    ("many", "told"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (1_250_000, "1.2 MB"),
        (5_000_000_000, "5.0 GB"),
        (10**16, "10000.0 TB"),
    ],
)
def test_sizes_are_told_as_people_say_them(many, told):
    assert size(many) == told
