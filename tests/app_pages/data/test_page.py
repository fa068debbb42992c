"""Test the list and the search on the page of the user's data."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from analysis.question import AskedQuestion, QuestionKind
from app_pages.data.answer_list import ANSWERS_PER_PAGE
from app_pages.data.disk_usage import format_size
from app_pages.ui.wording import LINK_BREAK
from interview.ids import make_id
from interview.mock.run import MockRun, MockStep
from interview.person import Person
from interview.questions.key_points import KeyPoints, make_points_id
from interview.questions.own_question import OwnQuestion
from interview.thank_you.note import ThankYou, make_thank_you_id
from tests.app_pages.data.helpers import list_answer_ids, open_page, press
from tests.support.interviews import HELD
from tests.support.pages import is_shown, list_texts
from tests.support.stored_attempts import ABOUT_YOU, CONFLICT, NOON, add_done, add_recorded, make_heard_answer

pytest_plugins = ("tests.support.pages",)
pytestmark = pytest.mark.usefixtures("data")

HOSTILE = AskedQuestion(
    "odd", "**bold** <script>alert(1)</script> {x} [a](http://b) $1$ :red[x]", QuestionKind.SCREENING
)


def test_an_empty_store_explains_how_to_add_answers():
    page = open_page()
    assert not page.exception
    assert is_shown(page, "Your answers will be listed here")
    assert is_shown(page, "**No recordings** (0 bytes)")


def test_answers_are_listed_with_their_facts_latest_first(kept):
    first = add_done(kept, ABOUT_YOU, NOON)
    second = add_done(kept, ABOUT_YOU, NOON + timedelta(days=1), keep=False)
    third = add_recorded(kept, CONFLICT, NOON + timedelta(days=2))
    kept.mark_failed(third, "Not *English*.")
    fourth = add_recorded(kept, CONFLICT, NOON + timedelta(days=3))
    page = open_page()
    assert list_answer_ids(page) == [fourth, third, second, first]
    rows = [text.replace("\\", "") for text in list_texts(page) if "take " in text]
    assert "take 2" in rows[0]
    assert "not analysed yet · with recording" in rows[0]
    assert "couldn't be analysed: Not *English*. · with recording" in rows[1]
    assert "report ready · recording not kept" in rows[2]
    assert "Tell me about “yourself”." in rows[3]
    seconds = round(make_heard_answer()[2].response.duration)
    assert f"1 Mar 2026, 12:00 · take 1 · 0:{seconds:02d} · report ready · with recording" in rows[3]
    assert is_shown(page, "**3 recordings**")


def test_text_that_looks_like_markup_is_escaped(kept):
    add_done(kept, HOSTILE)
    page = open_page()
    (shown,) = (text for text in list_texts(page) if "bold" in text)
    assert shown.replace("\\", "").replace(LINK_BREAK, "").startswith(f"**{HOSTILE.text}**")
    for sign in ("*bold", "<script", "{x", "[a", "$1", ":red"):
        assert f"\\{sign}" in shown


def test_many_answers_are_split_into_pages(kept):
    ids = [add_recorded(kept, CONFLICT, NOON + timedelta(days=day)) for day in range(2 * ANSWERS_PER_PAGE + 1)][::-1]
    page = open_page()
    assert list_answer_ids(page) == ids[:ANSWERS_PER_PAGE]
    assert page.button(key="data_later").disabled
    assert list_answer_ids(press(page, "data_earlier")) == ids[ANSWERS_PER_PAGE : 2 * ANSWERS_PER_PAGE]
    page.number_input(key="data_page").set_value(3).run()
    assert list_answer_ids(page) == ids[2 * ANSWERS_PER_PAGE :]
    assert page.button(key="data_earlier").disabled
    kept.delete_attempt(ids[-1])  # elsewhere; the third page is gone with it
    assert list_answer_ids(page.run()) == ids[ANSWERS_PER_PAGE:-1]


def test_ten_thousand_answers_are_split_into_pages(kept):
    add_done(kept)
    with sqlite3.connect(f"{kept.get_disk_usage().database}") as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(attempts)")]
        changed = {"id": "printf('%032x', n)", "take": "n + 1"}
        chosen = ", ".join(changed.get(column, column) for column in columns)
        connection.execute(
            f"WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 9999) "
            f"INSERT INTO attempts ({', '.join(columns)}) SELECT {chosen} FROM attempts, many"
        )
    page = open_page()
    assert is_shown(page, "10,000")
    press(page, "data_earlier")
    assert len(list_answer_ids(page)) == ANSWERS_PER_PAGE


def test_answers_are_found_by_question_transcript_and_notes(kept):
    first, second = add_done(kept, ABOUT_YOU), add_recorded(kept, CONFLICT)
    kept.add_note(second, "Breathe out before Łódź")
    page = open_page()
    for words, found in (("conflict", [second]), ("worked", [first]), ("łódź", [second]), ("nowhere", [])):
        page.text_input(key="data_find").set_value(words).run()
        assert list_answer_ids(page) == found
    assert is_shown(page, "No results.")


def test_documents_are_found_and_linked_to_their_pages(kept):
    kept.save(HELD)
    person = Person(make_id(), "Zoë Needle", HELD.id)
    run = MockRun(make_id(), make_id(), (MockStep("needle_question", "Which needle?", "closing"),), NOON)
    own = OwnQuestion(make_id(), "Why a needle?", "technical", "learning", "second")
    note = ThankYou(make_thank_you_id(HELD.id, person.id), HELD.id, person.id, "Needle", "Thank you.", "", "")
    points = KeyPoints(make_points_id("why_this_company"), "why_this_company", ("The needle in the haystack",))
    for thing in (person, run, own, note, points):
        kept.save(thing)
    page = open_page()
    page.text_input(key="data_find").set_value("needle").run()
    assert not page.exception
    assert is_shown(page, "5 results.")
    found = [text for text in list_texts(page) if "eedle" in text]
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
def test_sizes_are_formatted_in_readable_units(many, told):
    assert format_size(many) == told
