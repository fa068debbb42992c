"""Which room may import which, and where the heavy libraries may be named."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# A room or file, and the rooms it may import besides itself; the longest matching name counts.
MAY_IMPORT = {
    "speech": set(),
    "content": set(),
    "analysis": {"speech"},
    "analysis/command_line.py": {"speech", "content"},  # the command line puts the rooms together
    "interview": {"speech", "analysis", "content"},
    "store": {"speech", "analysis", "interview"},
    "app_pages": {"speech", "analysis", "content", "interview", "store", "samples"},
    "streamlit_app.py": {"app_pages"},
}
ROOMS = {"speech", "content", "analysis", "interview", "store", "app_pages", "samples", "tests"}

# A library, and the files or folders that may name it.
NAMED_ONLY_IN = {
    "streamlit": ("app_pages", "streamlit_app.py"),
    "sounddevice": ("speech/microphone.py",),
    "faster_whisper": ("speech/recogniser.py", "speech/activity.py", "speech/weights.py"),
    "ctranslate2": ("speech",),
    "safetensors": ("speech/embedding.py",),
    "tokenizers": ("speech/embedding.py",),
    "sqlalchemy": ("store",),
    "alembic": ("store",),
}


def imported(source: str) -> set[str]:
    """First parts of the names of everything a source imports, at any depth."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


def lies_in(path: str, place: str) -> bool:
    return path == place or path.startswith(place + "/")


def broken_rules(path: str, source: str) -> list[str]:
    names = imported(source)
    place = max((place for place in MAY_IMPORT if lies_in(path, place)), key=len)
    foreign = (names & ROOMS) - MAY_IMPORT[place] - {path.split("/")[0]}
    misplaced = {
        name for name in names & NAMED_ONLY_IN.keys() if not any(lies_in(path, home) for home in NAMED_ONLY_IN[name])
    }
    return [f"{path} imports {name}" for name in sorted(foreign | misplaced)]


def sources() -> list[str]:
    files = [
        path
        for place in MAY_IMPORT
        for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
    ]
    return sorted({path.relative_to(ROOT).as_posix() for path in files if path.exists()})


@pytest.mark.parametrize("path", sources())
def test_every_file_imports_only_what_lies_below_it(path):
    assert broken_rules(path, (ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("speech/whisper.py", "from analysis.report import Report"),
        ("content/advice.py", "import speech.span"),
        ("analysis/pace.py", "def late():\n    from content.advice import advice_for"),
        ("analysis/pace.py", "import streamlit as st"),
        ("store/sessions.py", "from app_pages import report_view"),
        ("analysis/voice.py", "from faster_whisper.vad import get_vad_model"),
        ("speech/recording.py", "import sounddevice"),
        ("analysis/fillers.py", "import ctranslate2"),
        ("app_pages/measuring.py", "import ctranslate2"),
        ("streamlit_app.py", "from analysis.analyze import analyze"),
    ],
)
def test_a_wrong_import_is_found_at_any_depth(path, source):
    assert len(broken_rules(path, source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("analysis/command_line.py", "from content.advice import advice_for\nfrom speech.whisper import load"),
        ("analysis/pace.py", "from speech.span import Span\nfrom analysis.finding import Finding\nimport numpy"),
        ("app_pages/measuring.py", "import streamlit\nfrom analysis.analyze import analyze"),
    ],
)
def test_a_right_import_is_let_through(path, source):
    assert broken_rules(path, source) == []
