"""Load librosa late: its first use costs seconds of CPU, so it is loaded in parallel with recognition.

`python -m speech.audio.lazy_librosa` loads it once, so that numba compiles and caches it.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import numpy as np
from platformdirs import user_cache_path

CACHE_VARIABLE = "NUMBA_CACHE_DIR"
_LOADING = threading.Lock()  # numba fails when two threads make the same compiled function ready at once


def load_librosa() -> ModuleType:
    """Return librosa with everything that F0 needs imported and compiled; waits if another thread is loading it.

    This takes about 2 s of CPU once a process, or 20 s if numba has not compiled it on this machine
    yet.
    """
    with _LOADING:
        return _load_once()


@cache
def _load_once() -> ModuleType:
    if CACHE_VARIABLE not in os.environ and not _can_write_beside_librosa():
        os.environ[CACHE_VARIABLE] = str(_find_cache_folder())
    import librosa

    # librosa imports and compiles its parts when they are first used.
    librosa.yin(np.zeros(1024, np.float32), fmin=65, fmax=500, sr=16_000, frame_length=1024, center=False)
    return librosa


@cache
def preload_librosa() -> threading.Thread:
    """Start loading librosa in a thread of its own, once a process; `load_librosa` waits for it."""
    thread = threading.Thread(target=_load_silently, name="librosa")
    thread.start()
    return thread


def _load_silently() -> None:
    with suppress(Exception):  # whoever needs librosa meets the same error and can say so
        load_librosa()


def _can_write_beside_librosa() -> bool:
    """Return whether numba can write its cache beside librosa, which is its default."""
    spec = find_spec("librosa")
    return spec is None or spec.origin is None or os.access(Path(spec.origin).parent, os.W_OK)


def _find_cache_folder() -> Path:
    """Return a folder of the app for compiled code; if it cannot be made, a temporary one."""
    folder = user_cache_path("answer-aloud", appauthor=False) / "numba"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder if os.access(folder, os.W_OK) else Path(_make_temporary_folder().name)


@cache
def _make_temporary_folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="answer-aloud-")


if __name__ == "__main__":
    load_librosa()
