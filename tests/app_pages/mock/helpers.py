"""Helpers for the tests of the mock interview page: runs in a real store, and the page itself."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from interview.mock.plan import MockPlan
from interview.mock.questions import ENDING_QUESTION
from interview.mock.run import MockRun, MockStep
from tests.support.pages import APP, list_drawn, make_sound, record
from tests.support.stored_attempts import NOON

PLAN, RUN = "a" * 32, "b" * 32
STEPS = (
    MockStep("why_this_company", "Why us?", "motivation"),
    MockStep("proud_result", "Which result are you proud of?", "behavioural"),
    MockStep(ENDING_QUESTION, "Do you have any other questions for us?", "closing"),
)


def open_page(run: str | None = None) -> AppTest:
    """Open the page in a new tab, with a run in its address if one is given."""
    tab = AppTest.from_file(APP, default_timeout=30).run()
    if run is not None:
        tab.query_params["run"] = run
    return tab.switch_page("app_pages/mock/page.py").run()


def start_run(kept, *steps: MockStep, follow_ups: bool = False, **changes: object) -> MockRun:
    run = MockRun(RUN, PLAN, steps or STEPS, NOON, **changes)
    kept.save(MockPlan(PLAN, "first", thinking=30, follow_ups=follow_ups))
    kept.save(run)
    return run


def record_answer(tab: AppTest, run: MockRun, place: int, seconds: float = 12.0) -> AppTest:
    return record(tab, make_sound(seconds), f"_{run.id}_{place}")


def read_question(tab: AppTest) -> str | None:
    is_asking = any(drawn["place"] != "plan" for drawn in list_drawn(tab, "mock_question"))
    return tab.header[0].value.replace("\\", "") if is_asking else None


def is_measured(tab: AppTest) -> bool:
    return not tab.get("progress")
