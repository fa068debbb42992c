"""librosa is loaded only when it is needed, and its compiled code is cached where that is possible."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from speech.audio import lazy_librosa
from speech.audio.lazy_librosa import CACHE_VARIABLE, load_librosa, preload_librosa

ROOT = Path(__file__).parents[3]
HEAVY = ("librosa", "numba", "scipy.signal", "scipy.stats", "scipy.special", "sklearn")


def run_python(code, **environment):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("modules", ["speech, analysis", "analysis.cli.command_line", "app_pages.ui.store_access"])
def test_no_entry_point_imports_slow_libraries(modules):
    assert run_python(f"import sys, {modules}; print([name for name in {HEAVY} if name in sys.modules])") == "[]"


def test_the_command_line_starts_without_the_database():
    assert run_python("import sys, analysis.cli.command_line; print('sqlalchemy' in sys.modules)") == "False"


def test_librosa_is_loaded_once_in_a_thread_that_callers_wait_for():
    thread = preload_librosa()
    assert preload_librosa() is thread
    assert load_librosa() is sys.modules["librosa"]
    thread.join()
    assert "librosa.core.pitch" in sys.modules


def test_parts_of_scipy_that_f0_does_not_need_are_imported_when_they_are_named():
    loaded = "[part for part in POSTPONED if f'scipy.{part}' in sys.modules]"
    code = (
        "import sys, scipy\n"
        "from speech.audio.lazy_librosa import POSTPONED, load_librosa\n"
        f"load_librosa(); print({loaded})\n"
        "print(scipy.signal.get_window('hann', 4).tolist(), scipy.ndimage.maximum([1, 2]))\n"
        f"print({loaded})"
    )
    assert run_python(code).splitlines() == ["[]", "[0.0, 0.5, 1.0, 0.5] 2", "['signal', 'ndimage', 'interpolate']"]


def test_librosa_does_the_same_with_parts_of_scipy_postponed_as_without():
    code = (
        "import numpy as np\n"
        "sound = np.sin(np.cumsum(np.linspace(0.05, 0.09, 16000))).astype(np.float32)\n"
        "print(librosa.yin(sound, fmin=65, fmax=500, sr=16000).tolist(), np.abs(librosa.stft(sound)).sum())"
    )
    late = run_python(f"from speech.audio.lazy_librosa import load_librosa; librosa = load_librosa()\n{code}")
    assert late == run_python(f"import scipy.signal, scipy.ndimage, scipy.interpolate, librosa\n{code}")


def test_what_another_thread_takes_from_a_postponed_part_is_there():
    code = (
        "import sys, scipy\n"
        "from speech.audio.lazy_librosa import _postpone_parts_of_scipy\n"
        "with _postpone_parts_of_scipy():\n"
        "    from scipy.signal import get_window\n"
        "print(get_window('hann', 4).tolist(), scipy.signal is sys.modules['scipy.signal'])"
    )
    assert run_python(code) == "[0.0, 0.5, 1.0, 0.5] True"


def test_a_failure_to_load_librosa_is_raised_to_the_caller_and_not_in_the_thread():
    code = (
        "import sys; sys.modules['librosa'] = None\n"
        "from speech.audio.lazy_librosa import load_librosa, preload_librosa\n"
        "preload_librosa().join()\n"
        "try: load_librosa()\n"
        "except ImportError: print('said')\n"
    )
    assert run_python(code) == "said"


@pytest.fixture
def cache_home(tmp_path, monkeypatch):
    """Provide a cache folder, beside packages that are read-only."""
    monkeypatch.setattr(lazy_librosa, "_can_write_beside_librosa", lambda: False)
    monkeypatch.setattr(lazy_librosa, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.delenv(CACHE_VARIABLE, raising=False)
    return tmp_path


def test_compiled_code_goes_to_the_app_cache_if_packages_are_read_only(cache_home):
    lazy_librosa._load_once.__wrapped__()
    assert os.environ[CACHE_VARIABLE] == str(cache_home / "cache" / "numba")
    assert (cache_home / "cache" / "numba").is_dir()


def test_compiled_code_goes_to_a_temporary_folder_if_no_cache_can_be_made(cache_home):
    (cache_home / "cache").write_text("in the way")
    lazy_librosa._load_once.__wrapped__()
    assert Path(os.environ[CACHE_VARIABLE]) == Path(lazy_librosa._make_temporary_folder().name)
    assert Path(os.environ[CACHE_VARIABLE]).is_dir()


def test_a_cache_folder_from_the_environment_is_respected(cache_home, monkeypatch):
    monkeypatch.setenv(CACHE_VARIABLE, "elsewhere")
    lazy_librosa._load_once.__wrapped__()
    assert os.environ[CACHE_VARIABLE] == "elsewhere"


@pytest.mark.slow
def test_librosa_compiles_into_the_folder_it_is_given(tmp_path):
    run_python("from speech.audio.lazy_librosa import load_librosa; load_librosa()", NUMBA_CACHE_DIR=str(tmp_path))
    assert list(tmp_path.rglob("*.nbi"))


def test_threads_that_need_librosa_at_once_load_it_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = 0, 0
    both_are_there = threading.Barrier(2)

    def load() -> object:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        for _ in range(1000):  # gives another thread the chance to come in
            os.sched_yield() if hasattr(os, "sched_yield") else None
        inside -= 1
        return object()

    def need() -> None:
        both_are_there.wait(10)
        load_librosa()

    monkeypatch.setattr(lazy_librosa, "_load_once", load)
    threads = [threading.Thread(target=need) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
