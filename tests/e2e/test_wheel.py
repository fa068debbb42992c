"""The wheel, installed alone in an empty environment and used from an empty folder.

With the installer's cache this takes less than a minute: `python3 tasks.py test -m wheel`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.app_server import app_server, fetch, read_config_in_force
from tests.support.other_environment import PAGES, ROOT, UV, draw_pages, find_program, make_environment
from tests.torture.system_calls import list_listening_addresses

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment with the wheel and its dependencies in the pinned versions."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([*UV, "build", "--quiet", "--wheel", "--out-dir", str(folder)], cwd=ROOT, check=True)
    (wheel,) = folder.glob("*.whl")
    return make_environment(folder / "environment", "--constraints", "requirements.txt", f"{wheel}[points]")


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty working folder, with an empty home and no path to the project."""
    for name in ("home", "here"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.delenv("ANSWER_ALOUD_SETTINGS", raising=False)
    return tmp_path / "here"


def run_answer_aloud(python: Path, folder: Path, *arguments: str) -> str:
    command = [str(find_program(python.parents[1], "answer-aloud")), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def find_packages(python: Path, folder: Path) -> Path:
    """Return the folder the wheel was unpacked to, after checking that it is not the project's."""
    code = "import speech, pathlib; print(pathlib.Path(speech.__file__).parents[1])"
    done = subprocess.run([str(python), "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    found = Path(done.stdout.strip())
    assert found.is_relative_to(python.parents[1])
    return found


def test_the_commands_print_their_help(python: Path, empty: Path) -> None:
    assert run_answer_aloud(python, empty, "--help").startswith("usage: answer-aloud [--port N]")
    assert run_answer_aloud(python, empty, "analyze", "--help").startswith("usage: answer-aloud analyze")


def test_an_included_sample_can_be_analysed(python: Path, empty: Path) -> None:
    sample = find_packages(python, empty) / "samples" / "too_fast.flac"
    report = json.loads(run_answer_aloud(python, empty, "analyze", str(sample), "--json"))
    assert len(report["words"]) > 100
    assert list(empty.iterdir()) == []


def test_the_app_listens_on_loopback_only_with_usage_statistics_off(python: Path, empty: Path, tmp_path: Path) -> None:
    command = (str(find_program(python.parents[1], "answer-aloud")),)
    with app_server(tmp_path / "data", command=command, folder=empty) as address:
        assert b"<title>" in fetch(address)
        assert not read_config_in_force(address).gather_usage_stats
        if sys.platform == "linux":
            assert list_listening_addresses(int(address.rsplit(":", 1)[-1])) == ["127.0.0.1"]


def test_every_page_renders_without_an_error(python: Path, empty: Path) -> None:
    app = find_packages(python, empty) / "streamlit_app.py"
    assert draw_pages(python, app, empty, *PAGES) == dict.fromkeys(PAGES, (0, 0))


def test_the_wheel_contains_neither_tools_nor_tests(python: Path, empty: Path) -> None:
    folder = find_packages(python, empty)
    assert not {"tools", "tests", "tasks.py"} & {path.name for path in folder.iterdir()}
    assert len(list((folder / "samples").glob("*.flac"))) == len(list((ROOT / "samples").glob("*.flac")))
    assert not (folder / "samples" / "make.py").exists()


def test_every_template_style_and_script_of_the_pages_comes_along(python: Path, empty: Path) -> None:
    folder = find_packages(python, empty)
    parts = [path for ending in ("html", "css", "js") for path in (ROOT / "app_pages").rglob(f"*.{ending}")]
    assert len(parts) > 20
    assert [path for path in parts if not (folder / path.relative_to(ROOT)).exists()] == []
