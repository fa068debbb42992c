"""An environment beside the one of the tests, with other packages in it, and what the app does there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = re.findall(r'st\.Page\("([^"]+)"', (ROOT / "streamlit_app.py").read_text(encoding="utf-8"))  # beside it
UV = (sys.executable, "-m", "uv")
DRAW_PAGES = """
import sys
from streamlit.testing.v1 import AppTest
for path in sys.argv[2:]:
    page = AppTest.from_file(sys.argv[1], default_timeout=60).run()
    page.switch_page(path).run()
    print(path, len(page.exception), len(page.error))
"""


def make_environment(folder: Path, *packages: str) -> Path:
    """Install packages, given as arguments of `uv pip install`, into a new environment; returns its Python."""
    python = find_program(folder, "python")
    subprocess.run([*UV, "venv", "--quiet", "--python", sys.executable, str(folder)], cwd=ROOT, check=True)
    install = [*UV, "pip", "install", "--quiet", "--python", str(python), "--only-binary", ":all:"]
    subprocess.run([*install, "--excludes", "excludes.txt", *packages], cwd=ROOT, check=True)
    return python


def find_program(environment: Path, name: str) -> Path:
    """Return where a program of an environment is."""
    return environment / (f"Scripts/{name}.exe" if os.name == "nt" else f"bin/{name}")


def draw_pages(python: Path, app: Path, folder: Path, *pages: str) -> dict[str, tuple[int, int]]:
    """Draw pages of the app in an environment; returns how many exceptions and errors each shows.

    Args:
        python: The environment's Python.
        app: The script that names the pages, in the project or in the environment.
        folder: Where it is run from; answers are kept in it.
        pages: Paths of pages beside the script.
    """
    done = subprocess.run(
        [str(python), "-c", DRAW_PAGES, str(app), *pages],
        cwd=folder,
        env=os.environ | {"ANSWER_ALOUD_DATA": str(folder / "answers")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    return {path: (int(exceptions), int(errors)) for path, exceptions, errors in lines}
