"""Which folders may import which, where heavy libraries may be imported, and how large a folder may grow."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# A folder or file, and the folders it may import besides itself; the longest matching name counts.
MAY_IMPORT = {
    "codec": set(),
    "speech": {"codec"},
    "content": {"codec"},
    "analysis": {"codec", "speech"},
    # the command line puts the folders together, and takes the same steps from a recording to its report as the pages
    "analysis/cli/batch.py": {"codec", "speech", "content", "services"},
    "analysis/cli/command_line.py": {"codec", "speech", "content", "services"},
    "interview": {"codec", "speech", "analysis", "content"},
    "store": {"codec", "speech", "analysis", "interview"},
    "services": {"codec", "speech", "analysis", "content", "interview", "store", "samples"},
    "app_pages": {"codec", "speech", "analysis", "content", "interview", "store", "services", "samples"},
    "streamlit_app.py": {"app_pages"},
    "samples": {"speech"},
    "tools": {"speech", "analysis"},
}
FOLDERS = {
    "codec",
    "speech",
    "content",
    "analysis",
    "interview",
    "store",
    "services",
    "tools",
    "app_pages",
    "samples",
    "tests",
}

# A library, and the files or folders that may name it.
NAMED_ONLY_IN = {
    "streamlit": ("app_pages", "streamlit_app.py"),
    "sounddevice": ("speech/audio/microphone.py",),
    "faster_whisper": ("speech/asr/whisper_model.py", "speech/vad/detector.py", "speech/asr/models.py"),
    "ctranslate2": ("speech",),
    "librosa": ("speech/audio/lazy_librosa.py",),
    "numba": (),
    "sklearn": ("tools",),
    "safetensors": ("analysis/text/sentence_embedding.py",),
    "tokenizers": ("analysis/text/sentence_embedding.py",),
    "jinja2": ("app_pages/ui/templates.py",),
    "markupsafe": ("app_pages/ui/templates.py",),
    "pydantic": ("codec",),
    "pydantic_core": ("codec",),
    "sqlalchemy": ("store",),
    "alembic": ("store",),
    "cryptography": ("store/encryption/sealing.py",),
    "sqlcipher3": ("store/db/database_files.py",),
    "huggingface_hub": ("speech/weights.py",),
    "procrastinate": ("services/workers",),
    "psycopg": ("services/workers",),
    "fsspec": ("store/object_storage.py",),
    "s3fs": (),
}


def find_imports(source: str) -> set[str]:
    """Return the top-level names of all modules that a source imports, at any depth."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


def is_in_place(path: str, place: str) -> bool:
    return path == place or path.startswith(place + "/")


def find_broken_rules(path: str, source: str) -> list[str]:
    names = find_imports(source)
    place = max((place for place in MAY_IMPORT if is_in_place(path, place)), key=len)
    foreign = (names & FOLDERS) - MAY_IMPORT[place] - {path.split("/")[0]}
    misplaced = {
        name
        for name in names & NAMED_ONLY_IN.keys()
        if not any(is_in_place(path, home) for home in NAMED_ONLY_IN[name])
    }
    return [f"{path} imports {name}" for name in sorted(foreign | misplaced)]


def list_sources() -> list[str]:
    files = [
        path
        for place in MAY_IMPORT
        for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
    ]
    return sorted({path.relative_to(ROOT).as_posix() for path in files if path.exists()})


@pytest.mark.parametrize("path", list_sources())
def test_every_file_imports_only_from_the_layers_below_it(path):
    assert find_broken_rules(path, (ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("speech/whisper.py", "from analysis.report import Report"),
        ("content/advice.py", "import speech.segment"),
        ("analysis/measures/pace.py", "def late():\n    from content.advice import find_advice"),
        ("analysis/measures/pace.py", "import streamlit as st"),
        ("store/sessions.py", "from app_pages import report_view"),
        ("analysis/measures/pitch.py", "from faster_whisper.vad import get_vad_model"),
        ("speech/audio/recording.py", "import sounddevice"),
        ("analysis/measures/fillers/fillers.py", "import ctranslate2"),
        ("app_pages/ui/store_access.py", "import ctranslate2"),
        ("streamlit_app.py", "from analysis.analyze import analyze"),
    ],
)
def test_a_forbidden_import_is_found_at_any_depth(path, source):
    assert len(find_broken_rules(path, source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (
            "analysis/cli/command_line.py",
            "from content.advice import find_advice\nfrom services.analyze import transcribe",
        ),
        (
            "analysis/measures/pace.py",
            "from speech.segment import Segment\nfrom analysis.finding import Finding\nimport numpy",
        ),
        ("app_pages/ui/store_access.py", "import streamlit\nfrom analysis.analyze import analyze"),
    ],
)
def test_an_allowed_import_is_accepted(path, source):
    assert find_broken_rules(path, source) == []


MAX_FILES = 20  # Python files in one folder


def test_no_folder_has_more_than_twenty_python_files():
    folders = (ROOT / name for name in FOLDERS)
    sizes = Counter(path.parent.relative_to(ROOT).as_posix() for top in folders for path in top.rglob("*.py"))
    assert {folder: size for folder, size in sizes.items() if size > MAX_FILES} == {}


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("services/job_queue.py", "import streamlit as st"),
        ("services/job_queue.py", "from app_pages.ui import store_access"),
        ("services/interviews/mock_runs.py", "def late():\n    import streamlit"),
        ("store/store.py", "from services import job_queue"),
        ("analysis/cli/terminal.py", "from services.analyze import analyze_recording"),
        ("speech/fillers/scorer.py", "from tools.scorer_training import fitting"),
    ],
)
def test_services_import_no_pages_and_lower_layers_import_neither_services_nor_tools(path, source):
    assert len(find_broken_rules(path, source)) == 1


MARKUP = re.compile(r"</?(a|b|body|div|h\d|html|i|li|meta|p|script|small|span|style|table|td|th|tr|ul)(\s|/?>)")


def markup_in(source: str) -> list[str]:
    """Tags in the strings of a source, f-strings too, apart from docstrings."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [node.value for node in texts if id(node) not in docstrings and MARKUP.search(node.value)]


@pytest.mark.parametrize("path", [path for path in list_sources() if not path.startswith("tools/")])
def test_html_and_css_stand_in_templates(path):
    assert markup_in((ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source", ["x = '<p>so</p>'", "def f(x):\n    return f'<b class=\"{x}\">'", "S = '<style>\\n'"]
)
def test_html_in_a_string_is_found(source):
    assert len(markup_in(source)) == 1
