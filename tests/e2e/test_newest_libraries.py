"""The app with the newest versions of its libraries that pyproject.toml allows, newer than the pinned ones.

In an environment of its own, which takes a minute and the network: `python3 tasks.py test -m newest`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.app_server import ROOT, app_server, fetch

pytestmark = pytest.mark.newest
SAMPLE = "samples/too_fast.flac"


@pytest.fixture(scope="module")
def newest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment with the newest libraries, resolved without pins and without constraints."""
    folder = tmp_path_factory.mktemp("newest") / "environment"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    uv = [sys.executable, "-m", "uv"]
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, str(folder)], cwd=ROOT, check=True)
    install = [*uv, "pip", "install", "--quiet", "--python", str(python), "--only-binary", ":all:"]
    install += ["--excludes", "excludes.txt", "--extra", "points", "-r", "pyproject.toml"]
    subprocess.run(install, cwd=ROOT, check=True)
    return python


def test_the_command_line_reports_a_sample(newest: Path) -> None:
    command = [str(newest), "-m", "analysis", SAMPLE, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert len(report["words"]) > 100
    assert report["name"] == "too_fast.flac"


def test_the_app_answers_with_its_page(newest: Path, tmp_path: Path) -> None:
    with app_server(tmp_path, python=newest) as address:
        assert b"<title>" in fetch(address)


def test_every_page_is_drawn_without_an_error(newest: Path, tmp_path: Path) -> None:
    code = """
from streamlit.testing.v1 import AppTest
for name in ("practice", "mock", "questions", "progress", "data", "interviews", "due", "settings", "measures"):
    page = AppTest.from_file("streamlit_app.py", default_timeout=60).run()
    page.switch_page(f"app_pages/{name}.py").run()
    print(name, len(page.exception), len(page.error))
"""
    environment = os.environ | {"ANSWER_ALOUD_DATA": str(tmp_path)}
    done = subprocess.run([str(newest), "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "practice 0 0"
    assert [line for line in done.stdout.splitlines() if not line.endswith(" 0 0")] == []
