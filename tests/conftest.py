"""Skip tests that this machine cannot run, with the reason; with ANSWER_ALOUD_NO_SKIPS set, a skip fails."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from streamlit.components.v2 import manifest_scanner

from speech.asr.memory import freeze_loaded
from tests.support.postgres_server import make_empty, postgres_server
from tests.support.servers import storage_server as storage_server_support
from tests.support.servers.centre import Centre, open_centre
from tests.support.servers.storage_server import reach_storage, storage_server
from tools.system_packages import CHROMIUM, NETWORK_WATCH, NGINX, PORTAUDIO, POSTGRES, PULSEAUDIO

NEEDS = {
    "browser": (CHROMIUM,),
    "device": (PORTAUDIO, PULSEAUDIO),
    "network": (NETWORK_WATCH, CHROMIUM),
    "postgres": (POSTGRES,),
    "proxy": (NGINX,),
}
NOT_IN_THE_PROJECT = "the real recordings are not part of the project"  # and cannot be installed
# No test is judged by its time: machines are busy.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

NO_SKIPS = bool(os.environ.get("ANSWER_ALOUD_NO_SKIPS"))

WITH_FIXTURES = (
    "tests.support.centre.homes",
    "tests.support.pages",
    "tests.app_pages.follow_ups.helpers",
    "tests.support.exports",
    "tests.app_pages.interviews.helpers",
    "tests.support.settings_file",
)
pytest.register_assert_rewrite(*WITH_FIXTURES)  # they are imported by the tests before pytest does


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, needs in NEEDS.items():
        lacking = [need.name for need in needs if item.get_closest_marker(marker) and not need.is_there()]
        if lacking:
            pytest.skip(f"{' and '.join(lacking)} not installed")


@pytest.fixture(scope="session", autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test away from the settings of the user who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANSWER_ALOUD_SETTINGS", str(tmp_path_factory.mktemp("settings") / "settings.toml"))
        yield


@pytest.fixture(scope="module", autouse=True)
def _little_to_collect() -> None:
    """Take all that is loaded by now out of the collector's sight: Streamlit runs it after every run of a page."""
    freeze_loaded()


@pytest.fixture(scope="session", autouse=True)
def _components_looked_for_once() -> Iterator[None]:
    """Keep Streamlit from reading the metadata of all installed packages anew for every page that is tested."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: list(found))
        yield


class _LogCollector(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))


@pytest.fixture(autouse=True)
def _no_page_fails(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which a page logged an unexpected error, unless it uses `page_may_fail`."""
    noted, log = _LogCollector(), logging.getLogger("app_pages.ui.errors")
    log.addHandler(noted)
    yield
    log.removeHandler(noted)
    assert "page_may_fail" in request.fixturenames or not noted.texts, "\n".join(noted.texts)


@pytest.fixture
def page_may_fail() -> None:
    """Allow a page to fail unexpectedly, for a test that is about such a failure."""


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    with postgres_server() as address:
        yield address


@pytest.fixture
def postgres(postgres_address: str) -> str:
    """Return the address of an empty database on a real server, for tests marked postgres."""
    make_empty(postgres_address)
    return postgres_address


@pytest.fixture
def centre(postgres: str, tmp_path: Path) -> Iterator[Centre]:
    """Open a store and a queue for many on a real server, for tests marked postgres."""
    with open_centre(postgres, tmp_path / "data") as opened:
        yield opened


@pytest.fixture(scope="session")
def storage_port() -> Iterator[int]:
    with storage_server() as port:
        yield port


@pytest.fixture
def storage(storage_port: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return an address in an empty storage on a server that speaks S3, where this process finds it."""
    storage_server_support.make_empty(storage_port)
    reach_storage(storage_port, monkeypatch)
    return storage_server_support.ADDRESS


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if not hasattr(report, "wasxfail"):
        _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if NO_SKIPS and report.skipped and NOT_IN_THE_PROJECT not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"skipped where no skip is accepted: {report.longrepr}"
