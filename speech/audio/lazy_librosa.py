"""Load librosa late: its first use costs a second of CPU, so it is loaded in parallel with recognition.

A third of its time goes into parts of scipy that F0 does not need; they stay out until something is taken from them.

`python -m speech.audio.lazy_librosa` loads it once, so that numba compiles and caches it.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import numpy as np
import scipy
from platformdirs import user_cache_path

CACHE_VARIABLE = "NUMBA_CACHE_DIR"
POSTPONED = ("signal", "ndimage", "interpolate")  # parts of scipy, which loads a part by itself when it is named
_LOADING = threading.Lock()  # numba fails when two threads make the same compiled function ready at once


def load_librosa() -> ModuleType:
    """Return librosa with everything that F0 needs imported and compiled; waits if another thread is loading it.

    This takes about 1 s of CPU once a process, three times that where Python's own bytecode is not
    cached, or 20 s if numba has not compiled it on this machine yet.
    """
    with _LOADING:
        return _load_once()


@cache
def _load_once() -> ModuleType:
    if CACHE_VARIABLE not in os.environ and not _can_write_beside_librosa():
        os.environ[CACHE_VARIABLE] = str(_find_cache_folder())
    with _postpone_parts_of_scipy():
        import librosa

        # librosa imports and compiles its parts when they are first used.
        librosa.yin(np.zeros(1024, np.float32), fmin=65, fmax=500, sr=16_000, frame_length=1024, center=False)
        import_module(librosa.feature.mfcc.__module__)
    return librosa


class _PostponedModule(ModuleType):
    """Stands in for a module, and imports that when something is taken from it."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # asked by the import system
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def _postpone_parts_of_scipy() -> Iterator[None]:
    """Let `import` statements inside import nothing of POSTPONED."""
    stand_ins = {part: _PostponedModule(f"scipy.{part}") for part in POSTPONED if f"scipy.{part}" not in sys.modules}
    for part, stand_in in stand_ins.items():
        sys.modules[stand_in.__name__] = stand_in
        setattr(scipy, part, stand_in)
    try:
        yield
    finally:
        for part, stand_in in stand_ins.items():
            if sys.modules.get(stand_in.__name__) is stand_in:
                del sys.modules[stand_in.__name__]
                delattr(scipy, part)


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
