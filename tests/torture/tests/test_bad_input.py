"""Bad input through the command line; the whole table: `python -m tests.torture badinput`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.bad_files import Case, cases
from tests.torture.badinput import run

CASES = cases()
# Kinds that reach the recogniser, of every sort; all of them take a minute.
USABLE_KINDS = (
    "cut off half way",
    "one side dead",
    "opposed",
    "8000 Hz",
    "offset",
    "-60 dB",
    "digital silence",
    "a tone",
)


def select_refused() -> list[Case]:
    return [case for case in CASES if case.sentence is not None and not case.is_heard and "half way" not in case.kind]


def test_at_least_sixty_kinds_of_input_are_tried() -> None:
    assert len({case.kind for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", select_refused(), ids=lambda case: case.kind)
def test_unusable_sound_is_refused_in_a_sentence_and_leaves_no_files(case: Case) -> None:
    (outcome,) = run([case], "a model that is never loaded")
    assert outcome.faults() == []
    assert outcome.code == 2


@pytest.mark.model
def test_unusual_but_usable_sound_gets_a_correct_report() -> None:
    command = [sys.executable, "-m", "tests.torture", "badinput", "--model", "tiny.en", "--only", *USABLE_KINDS]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing lost, nothing broken." in done.stdout
