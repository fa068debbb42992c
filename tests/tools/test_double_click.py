"""The files to double-click start the app with an available Python, or say what to do if there is none."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MACOS, WINDOWS = ROOT / "start.command", ROOT / "start.bat"
NO_PYTHON = "Answer Aloud needs Python, and there is none on this computer."
NEXT = "Install Python 3.13 from python.org, then double-click this file again."

on_posix = pytest.mark.skipif(os.name != "posix", reason="the file is for the shell of macOS")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Copy the file to a folder with a blank in its name, and leave nothing but `dirname` on PATH."""
    folder = tmp_path / "answer aloud"
    (tmp_path / "bin").mkdir()
    folder.mkdir()
    (tmp_path / "bin" / "dirname").symlink_to(shutil.which("dirname") or "dirname")
    return Path(shutil.copy(MACOS, folder))


def double_click(file: Path, pythons: dict[str, int]) -> subprocess.CompletedProcess[str]:
    """Start the file with fake Pythons, given by name with the exit code of the app."""
    for name, code in pythons.items():
        stand_in = file.parents[1] / "bin" / name
        stand_in.write_text(f'#!/bin/sh\n[ "$1" = -c ] && exit 0\necho "$PWD: {name} $*"\nexit {code}\n')
        stand_in.chmod(0o755)
    return subprocess.run(
        [str(file)], cwd="/", env={"PATH": str(file.parents[1] / "bin")}, input="\n", capture_output=True, text=True
    )


@on_posix
def test_a_double_click_runs_the_first_command_in_the_project_folder(copied: Path) -> None:
    done = double_click(copied, {"python3": 0, "python3.13": 0})
    assert (done.returncode, done.stdout) == (0, f"{copied.parent}: python3 tasks.py run\n")


@on_posix
def test_a_python_with_only_a_versioned_name_is_found(copied: Path) -> None:
    assert double_click(copied, {"python3.12": 0}).stdout == f"{copied.parent}: python3.12 tasks.py run\n"


@on_posix
def test_after_a_failed_start_the_window_stays_open_until_enter(copied: Path) -> None:
    done = double_click(copied, {"python3": 3})
    assert done.returncode == 3
    assert done.stdout.endswith("Press Enter to close this window. ")


@on_posix
def test_without_python_a_sentence_says_what_to_do_and_the_window_stays_open(copied: Path) -> None:
    done = double_click(copied, {})
    assert done.returncode == 1
    assert done.stdout == f"{NO_PYTHON}\n{NEXT}\n\nPress Enter to close this window. "


@on_posix
def test_the_file_for_macos_is_executable() -> None:
    assert os.access(MACOS, os.X_OK)


def test_the_windows_file_says_the_same_pauses_and_has_crlf_line_ends() -> None:
    text = WINDOWS.read_bytes().decode("ascii")
    assert text.count("\r\n") == text.count("\n") > 0
    assert f"echo {NO_PYTHON}\r\necho {NEXT}\r\npause\r\n" in text
    assert re.search(r"tasks\.py run \|\| pause\r\n", text)
