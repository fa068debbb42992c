"""Other programs import `speech` and `analysis` by the names in their `__init__`."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import analysis
import speech
from tests.support.answers import make_answer, make_silent_answer

ROOT = Path(__file__).parents[1]
HEAVY = {"numpy", "av", "ctranslate2", "faster_whisper", "librosa", "onnxruntime", "scipy", "streamlit"}


def run_code(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def read_names_for_type_checkers(package: ModuleType) -> set[str]:
    """Return the names that a package imports only for type checkers."""
    tree = ast.parse(Path(package.__file__).read_text(encoding="utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    return {alias.asname or alias.name for node in block.body for alias in node.names}


@pytest.mark.parametrize("name", ["speech", "analysis", "analysis.__main__"])
def test_importing_a_package_alone_loads_no_heavy_library(name):
    assert run_code(f"import sys, {name}; print(sys.modules.keys() & {HEAVY!r})") == "set()\n"


def test_importing_the_speech_errors_loads_no_heavy_library():
    assert run_code(f"import sys, speech; speech.RecordingError; print(sys.modules.keys() & {HEAVY!r})") == "set()\n"


@pytest.mark.parametrize("package", [speech, analysis])
def test_every_public_name_can_be_imported_and_is_visible_to_type_checkers(package):
    name = package.__name__
    assert run_code(f"import {name}; print([each for each in {name}.__all__ if not getattr({name}, each)])") == "[]\n"
    assert set(package.__all__) == read_names_for_type_checkers(package)


def test_an_unknown_name_of_speech_is_an_attribute_error_and_its_modules_import():
    assert not hasattr(speech, "load_transcribr")
    assert run_code("from speech import whisper, errors; print(whisper.__name__)") == "speech.whisper\n"


@pytest.mark.parametrize(
    "first", ["speech", "analysis.analyze", "analysis.analyze, analysis.report", "services.analyze"]
)
def test_analyze_is_the_function_whatever_was_imported_first(first):
    assert run_code(f"import {first}; from analysis import analyze; print(type(analyze).__name__)") == "function\n"


@pytest.mark.model
def test_the_example_in_the_docs_prints_the_measures_of_a_recording():
    (example,) = re.findall(r"```python\n(.+?)```", (ROOT / "docs" / "command-line.md").read_text("utf-8"), re.DOTALL)
    assert len(example.strip().splitlines()) <= 8
    printed = run_code(example.replace("answer.m4a", "samples/too_fast.flac")).splitlines()
    assert len(printed) == len(analysis.MEASURES)
    assert any(re.fullmatch(r"Speaking rate: \d+\.\d+ words/min", line) for line in printed)


def test_the_measure_in_contributing_counts_long_words():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.+?)```", text, re.DOTALL)
    module = ModuleType("long_words")
    exec(compile(example, "CONTRIBUTING.md", "exec"), module.__dict__)
    (measure,) = module.LONG_WORDS
    said = make_answer("{um} an extraordinary organisation is rather ordinary")  # 3 of 6 words
    assert module.compute_long_words(said) == pytest.approx(50)
    assert module.compute_long_words(make_silent_answer()) is None
    assert (measure.key, measure.band) == ("long_words", None)
