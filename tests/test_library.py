"""Other programs use `speech` and `analysis` by the names that stand in their `__init__`."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import analysis
import speech

ROOT = Path(__file__).parents[1]
HEAVY = {"numpy", "av", "ctranslate2", "faster_whisper", "librosa", "onnxruntime", "scipy", "streamlit"}


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def names_for_type_checkers() -> set[str]:
    """The names that `speech` imports where only a type checker reads."""
    tree = ast.parse(Path(speech.__file__).read_text(encoding="utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    return {alias.asname or alias.name for node in block.body for alias in node.names}


def test_speech_alone_imports_nothing_heavy_and_neither_do_its_errors():
    code = f"import sys, speech; speech.RecordingError; print(sys.modules.keys() & {HEAVY!r})"
    assert run(code) == "set()\n"


def test_every_public_name_of_speech_can_be_imported():
    code = "import speech; print([name for name in speech.__all__ if not getattr(speech, name)])"
    assert run(code) == "[]\n"


def test_type_checkers_see_the_public_names_of_speech():
    assert set(speech.__all__) == names_for_type_checkers()


def test_a_name_that_speech_lacks_is_an_attribute_error_and_its_modules_can_be_imported():
    assert not hasattr(speech, "load_transcribr")
    assert run("from speech import whisper, errors; print(whisper.__name__)") == "speech.whisper\n"


def test_analyze_is_the_function_also_after_its_module_was_imported():
    code = "from analysis.analyze import measured; from analysis import analyze; print(callable(analyze))"
    assert run(code) == "True\n"
    assert all(hasattr(analysis, name) for name in analysis.__all__)


@pytest.mark.model
def test_the_example_in_the_docs_prints_the_measures_of_a_recording():
    (example,) = re.findall(r"```python\n(.+?)```", (ROOT / "docs" / "command-line.md").read_text("utf-8"), re.DOTALL)
    assert len(example.strip().splitlines()) <= 8
    printed = run(example.replace("answer.m4a", "samples/too_fast.flac")).splitlines()
    assert len(printed) == len(analysis.MEASURES)
    assert any(re.fullmatch(r"Speaking rate: \d+\.\d+ words/min", line) for line in printed)
