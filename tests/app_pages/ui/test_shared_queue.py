"""The pages of a server for many: what is recorded waits for a worker, and is not recognised where pages are served."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from services.analysis_job import analyze_attempt
from services.workers import QUEUE_VARIABLE
from services.workers.postgres_queue import PostgresQueue
from services.workers.worker import Worker
from store.attempt import AttemptState
from store.settings import Settings
from tests.support.pages import (
    ScriptedRecogniser,
    get_take,
    has_report,
    is_shown,
    is_working,
    make_sound,
    open_tab,
    press,
    record,
    run_until,
)
from tests.support.servers.centre import Centre

pytest_plugins = ("tests.support.pages",)
pytestmark = pytest.mark.postgres


@pytest.fixture
def shared_page(recogniser: ScriptedRecogniser, centre: Centre, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("ANSWER_ALOUD_DATABASE", centre.address)
    monkeypatch.setenv(QUEUE_VARIABLE, "postgres")
    return open_tab()


def make_worker(centre: Centre, recogniser: ScriptedRecogniser) -> Worker:
    def analyze(attempt_id: str, report_progress: object) -> None:
        load = lambda *_: recogniser  # noqa: E731
        analyze_attempt(centre.store, attempt_id, Settings(), load, report_progress)  # type: ignore[arg-type]

    return centre.worker(analyze)


def test_an_answer_waits_at_its_page_until_a_worker_has_analysed_it(
    shared_page: AppTest, recogniser: ScriptedRecogniser, centre: Centre
) -> None:
    record(shared_page, make_sound())
    assert is_working(shared_page)
    assert recogniser.asked == 0
    make_worker(centre, recogniser).work_off()
    run_until(shared_page, has_report)
    assert recogniser.asked == 1
    assert centre.store.load_attempt(get_take(shared_page)).state is AttemptState.DONE


def test_it_is_queued_for_who_looks_at_the_page(shared_page: AppTest, centre: Centre) -> None:
    record(shared_page, make_sound())
    assert centre.query("SELECT lock FROM procrastinate_jobs") == [("test session id",)]  # Streamlit's own, for tests


def test_what_is_stopped_at_the_page_is_no_job_any_more(
    shared_page: AppTest, recogniser: ScriptedRecogniser, centre: Centre
) -> None:
    record(shared_page, make_sound())
    press(shared_page, "Stop analysing")
    assert not is_working(shared_page)
    make_worker(centre, recogniser).work_off()
    assert recogniser.asked == 0
    assert is_shown(shared_page, "You have an answer without a report.")


def test_another_process_sees_the_same_queue(shared_page: AppTest, centre: Centre) -> None:
    record(shared_page, make_sound())
    assert PostgresQueue(centre.address, "somebody").is_pending(get_take(shared_page))
