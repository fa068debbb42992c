"""What stands above the question when the app is opened: the next thing to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app_pages.ui import current_time
from interview.interview import InterviewState
from interview.practice_plan import FIRST_QUESTIONS
from services.asked_questions import find_asked_question
from tests.support.interviews import HELD, ONE, VIENNA, make_local_time
from tests.support.pages import assert_fine, is_shown, list_button_labels, list_texts, open_tab, press
from tests.support.stored_attempts import UMS, add_done, add_said

pytest_plugins = ("tests.support.pages",)
NOW = datetime(2026, 3, 2, 18, 0, tzinfo=VIENNA)
AHEAD = replace(HELD, state=InterviewState.UPCOMING, practise_from=date(2026, 3, 2))
TELL, WHY, _ = map(find_asked_question, FIRST_QUESTIONS)
FIRST = "Answer your first question"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Return a function that sets the page's clock."""

    def show(now: datetime) -> None:
        monkeypatch.setattr(current_time, "now", lambda: now)

    show(NOW)
    return show


def list_links(tab) -> list[str]:
    return [each.value.replace("\\", "") for each in tab.get("page_link")]


def get_question(tab) -> str:
    return tab.header[0].value.replace("\\", "")


def test_on_the_first_visit_there_is_one_button_beside_the_recorder(page):
    assert_fine(page)
    assert FIRST in list_button_labels(page)
    assert not is_shown(page, "Interview ")
    press(page, FIRST)
    assert any("button.record" in each.proto.body for each in page.get("html"))


def test_after_the_first_answer_the_button_is_gone_and_an_interview_can_be_added(kept, data):
    add_done(kept, TELL, NOW)
    tab = assert_fine(open_tab())
    assert FIRST not in list_button_labels(tab)
    assert "Interview coming up? Add it for a plan" in list_links(tab)


def test_the_page_opens_on_the_question_the_plan_asks_for(kept, data):
    kept.save(AHEAD)
    tab = assert_fine(open_tab())
    assert is_shown(tab, "Interview in 9 days: Data Analyst at Harbour Analytics, Wednesday 11 March, 10:00")
    assert is_shown(tab, "Today: question 1 of 3, about 14 minutes left.")
    assert get_question(tab) == TELL.text
    add_done(kept, TELL, NOW)
    tab = assert_fine(open_tab())
    assert is_shown(tab, "Today: question 2 of 3, about 9 minutes left.")
    assert get_question(tab) == WHY.text
    assert "See your plan" in list_links(tab)


def test_a_question_that_was_asked_for_stays_whatever_the_plan_says(kept, data):
    kept.save(AHEAD)
    assert get_question(open_tab(question="greatest_weakness")) == "What's your greatest weakness?"


def test_on_a_day_between_the_next_one_is_named(kept, data, clock):
    kept.save(AHEAD)
    for asked in map(find_asked_question, FIRST_QUESTIONS):
        add_done(kept, asked, NOW)
    assert is_shown(open_tab(), "Done for today. Next: Wednesday 4 March, ")
    clock(NOW + timedelta(days=1))
    assert is_shown(open_tab(), "Nothing planned for today. Next: Wednesday 4 March, ")


@pytest.mark.parametrize(("day", "told"), [(10, "Interview tomorrow: "), (11, "Interview today: ")])
def test_from_the_evening_before_the_page_leads_to_what_to_read(kept, data, clock, day, told):
    kept.save(AHEAD)
    clock(make_local_time(f"2026-03-{day} 08:00"))
    tab = assert_fine(open_tab())
    assert is_shown(tab, told)
    assert "What to do and read now" in list_links(tab)


def test_the_goal_of_the_last_take_is_told_where_another_question_is_asked(kept, data):
    add_said(kept, UMS, find_asked_question("greatest_weakness"), NOW - timedelta(days=5))
    alone = assert_fine(open_tab())
    assert get_question(alone) == "What's your greatest weakness?"
    assert not is_shown(alone, "left a goal")
    kept.save(AHEAD)
    beside = assert_fine(open_tab())
    assert get_question(beside) == TELL.text
    assert is_shown(
        beside, "Your last take (“What's your greatest weakness?”) left a goal: Replace your next “um” with silence."
    )


def test_what_is_due_is_one_click_away(kept, data, clock):
    kept.save(HELD)
    clock(make_local_time("2026-03-11 11:30"))
    tab = assert_fine(open_tab())
    assert any(each.startswith("Due: Write down what you want to remember") for each in list_links(tab))


def test_an_interview_in_the_past_is_asked_about_once_and_in_place(kept, data, clock):
    kept.save(AHEAD)
    clock(make_local_time("2026-03-12 09:00"))
    tab = open_tab()
    assert is_shown(tab, "Wednesday 11 March: did it take place?")
    press(tab, "Yes")
    assert [each.value for each in tab.success] == ["Noted\\: Data Analyst at Harbour Analytics took place\\."]
    (saved,) = kept.load_documents(type(HELD))
    assert saved == replace(AHEAD, state=InterviewState.HELD)
    assert not any("did it take place?" in text for text in list_texts(open_tab()))


def test_while_an_answer_is_on_the_page_nothing_stands_above_it_and_the_plan_goes_on_below(kept, data):
    kept.save(AHEAD)
    tab = open_tab(take=add_done(kept, TELL, NOW))
    assert not is_shown(tab, "Interview in 9 days")
    assert is_shown(tab, "Today: question 2 of 3")
    assert "Next question: Why do you want to work for us?" in list_links(tab)


def test_the_plan_of_an_interview_shows_its_days_and_comes_as_a_calendar_file(kept, data):
    kept.save(AHEAD)
    add_done(kept, TELL, NOW)
    tab = open_tab()
    tab.switch_page("app_pages/interviews/page.py")
    tab.query_params["interview"] = ONE
    tab.run()
    tab.button_group(key="section").set_value("plan").run()
    assert_fine(tab)
    assert is_shown(tab, "✓ Tell me about yourself.")
    assert is_shown(tab, "**Today** · about 9 minutes")
    assert is_shown(tab, "**Wednesday 4 March** · about ")
    assert [each.proto.label for each in tab.get("download_button")] == ["Put the plan in your calendar (.ics)"]
