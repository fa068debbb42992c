"""Runs of mock interviews over a real store, and the page about them, for the tests of that page."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from interview.mock.plan import MockPlan
from interview.mock.questions import ENDING
from interview.mock.run import MockRun, MockStep
from tests.support.pages import APP, drawn, record, sound
from tests.support.stored_attempts import NOON

PLAN, RUN = "a" * 32, "b" * 32
STEPS = (
    MockStep("why_this_company", "Why us?", "motivation"),
    MockStep("proud_result", "Which result are you proud of?", "behavioural"),
    MockStep(ENDING, "Do you have any other questions for us?", "closing"),
)


def mock(run: str | None = None) -> AppTest:
    """The page in a new tab, with the address of a run."""
    tab = AppTest.from_file(APP, default_timeout=30).run()
    if run is not None:
        tab.query_params["run"] = run
    return tab.switch_page("app_pages/mock/page.py").run()


def begun(kept, *steps: MockStep, **changes: object) -> MockRun:
    run = MockRun(RUN, PLAN, steps or STEPS, NOON, **changes)
    kept.keep(MockPlan(PLAN, "first", thinking=30))
    kept.keep(run)
    return run


def answer(tab: AppTest, run: MockRun, place: int, seconds: float = 12.0) -> AppTest:
    return record(tab, sound(seconds), f"_{run.id}_{place}")


def asks(tab: AppTest) -> str | None:
    return tab.subheader[0].value.replace("\\", "") if tab.subheader and drawn(tab, "mock_question") else None


def is_measured(tab: AppTest) -> bool:
    return not tab.get("progress")
