"""The app with the newest versions of its libraries that pyproject.toml allows, newer than the pinned ones.

In an environment of its own, which takes a minute and the network: `python3 tasks.py test -m newest`.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.support.app_server import app_server, fetch
from tests.support.other_environment import PAGES, ROOT, draw_pages, make_environment

pytestmark = pytest.mark.newest
SAMPLE = "samples/too_fast.flac"


@pytest.fixture(scope="module")
def newest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of a new environment with the newest libraries, without pins or constraints."""
    folder = tmp_path_factory.mktemp("newest") / "environment"
    return make_environment(folder, "--extra", "points", "-r", "pyproject.toml")


def test_the_command_line_reports_a_sample(newest: Path) -> None:
    command = [str(newest), "-m", "analysis", SAMPLE, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert len(report["words"]) > 100
    assert report["name"] == "too_fast.flac"


def test_the_app_answers_with_its_page(newest: Path, tmp_path: Path) -> None:
    with app_server(tmp_path, command=(str(newest), "-m", "app_pages.launch")) as address:
        assert b"<title>" in fetch(address)


def test_every_page_renders_without_an_error(newest: Path, tmp_path: Path) -> None:
    drawn = draw_pages(newest, ROOT / "streamlit_app.py", tmp_path, *PAGES)
    assert drawn == dict.fromkeys(PAGES, (0, 0))
