"""Describe unforeseen errors in sentences, such as those of a library that changed.

Imports the standard library only: it has to work where another import has just failed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata

# The newest version of each library that the code calls which the tests were run with: those of requirements.txt.
TESTED_VERSIONS = {
    "av": "18.1.0",
    "ctranslate2": "4.8.5",
    "faster-whisper": "1.2.1",
    "librosa": "1.0.0",
    "numba": "0.68.1",
    "numpy": "2.5.5",
    "onnxruntime": "1.31.1",
    "pydantic": "2.14.4",
    "scipy": "1.18.1",
    "soxr": "1.1.0",
    "sqlalchemy": "2.1.9",
    "streamlit": "1.67.0",
}
WENT_WRONG = "Something went wrong in the app. It's not your answer"


def explain(error: BaseException | None = None) -> str:
    """Return sentences that say that something failed, and which untested libraries may be the cause.

    Args:
        error: What was raised, to be quoted if the sentences are all that the user sees; None to quote
            nothing.
    """
    quoted = "" if error is None else " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": .")
    return " ".join([f"{WENT_WRONG} ({quoted})." if quoted else f"{WENT_WRONG}.", *_describe_newer_libraries()])


@contextmanager
def exit_on_failed_import() -> Iterator[None]:
    """Exit with an explanation if an import in the block fails because a library lost a name."""
    try:
        yield
    except (ImportError, AttributeError) as error:
        sys.exit(explain(error))


def find_newer_libraries() -> list[str]:
    """Return the libraries that are newer than the tested ones, as "name version (tested: version)"."""
    found = []
    for name, tested in TESTED_VERSIONS.items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            found.append(f"{name} (not installed; tested: {tested})")
            continue
        if _parse_release(installed) > _parse_release(tested):
            found.append(f"{name} {installed} (tested: {tested})")
    return found


def _describe_newer_libraries() -> list[str]:
    newer = find_newer_libraries()
    if not newer:
        return []
    return [
        f"The app wasn't tested with these versions: {', '.join(newer)}.",
        "Start it with `python3 tasks.py run`, which installs the tested ones.",
    ]


def _parse_release(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])
