"""A changed library is explained in a sentence, on the command line and on the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.version import Version
from streamlit.testing.v1 import AppTest

from speech import unexpected
from tests.support.pages import APP

ROOT = Path(__file__).parents[2]
SAMPLE = "samples/too_fast.flac"

# Each stands for a newer version of a library: an argument that is gone, a name that is gone.
CHANGES = {
    "TypeError": "import av\nold = av.open\nav.open = lambda file, mode: old(file, mode)\n",
    "ImportError": "import faster_whisper.transcribe\ndel faster_whisper.transcribe.get_ctranslate2_storage\n",
}


@pytest.mark.parametrize("error", CHANGES)
def test_the_command_line_explains_a_changed_library_in_a_sentence(error: str, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(CHANGES[error])
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "analysis", SAMPLE, "--model", "tiny.en"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert f"{unexpected.WENT_WRONG} ({error}: " in done.stderr


def test_a_page_explains_a_changed_library_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, page_may_fail: None
) -> None:
    def changed(*_: object, **__: object) -> None:
        raise TypeError("open() got an unexpected keyword argument 'options'")

    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path))
    monkeypatch.setattr("app_pages.ui.demo_mode.show_banner", changed)
    page = AppTest.from_file(APP, default_timeout=30).run()
    assert not page.exception
    (shown,) = (error.value.replace("\\", "") for error in page.error)  # as Markdown shows it
    assert unexpected.WENT_WRONG in shown
    assert "unexpected keyword argument" not in shown  # it says nothing to whoever practises
    assert "Reload the page" in shown
    assert "Traceback" in caplog.text  # for whoever looks after the app


@pytest.mark.parametrize("error", [KeyError("a"), ValueError("two\nlines."), AttributeError()])
def test_an_unforeseen_error_is_one_line_that_names_it(error: Exception) -> None:
    said = unexpected.explain(error)
    assert said.startswith(f"{unexpected.WENT_WRONG} ({type(error).__name__}")
    assert "\n" not in said
    assert ".)" not in said


def test_libraries_that_are_newer_than_the_tested_ones_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = unexpected.TESTED_VERSIONS | {"av": "19.0.2", "soxr": "1.1.0.post1"}
    monkeypatch.setattr(metadata, "version", lambda name: installed[name])
    assert unexpected.find_newer_libraries() == ["av 19.0.2 (tested: 18.1.0)"]
    assert "av 19.0.2 (tested: 18.1.0). Start it with `python3 tasks.py run`" in unexpected.explain(TypeError("x"))


def test_with_the_tested_libraries_none_is_suspected() -> None:
    assert unexpected.find_newer_libraries() == []
    assert "tasks.py" not in unexpected.explain(TypeError("x"))


def test_the_tested_libraries_are_the_newest_of_the_pinned_ones() -> None:
    pins = re.findall(r"^([\w-]+)==([\w.]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    newest = {name: max((v for n, v in pins if n == name), key=Version) for name, _ in pins}
    assert {name: newest[name] for name in unexpected.TESTED_VERSIONS} == unexpected.TESTED_VERSIONS
