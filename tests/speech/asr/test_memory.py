"""Threads share few heaps once limited, and free pages of these are returned; what is loaded costs no collection."""

import subprocess
import sys

import pytest

COUNT = """
import ctypes, io, sys, threading
if sys.argv[1] == "limited":
    import speech
here = threading.Barrier(8)
def take():
    memory = [bytearray(1000) for _ in range(200)]
    here.wait()
threads = [threading.Thread(target=take) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
ctypes.CDLL(None).malloc_stats()
"""

SCATTERED = r"""
import re, pathlib
from speech.asr.memory import release_free_memory
def held():
    return int(re.findall(r"VmRSS:\s+(\d+) kB", pathlib.Path("/proc/self/status").read_text())[0]) // 1024
before = held()
pieces = [bytearray(60_000) for _ in range(2000)]
full = held() - before
pieces = pieces[::100]
scattered = held() - before
gave = release_free_memory()
print(full, scattered, held() - before, gave)
"""


FROZEN = """
import gc, weakref
from speech import whisper
from speech.asr.memory import freeze_loaded
transcriber = whisper.load("tiny.en")
whisper.warm_up(transcriber)
loaded = weakref.ref(transcriber.recogniser)
tracked = len(gc.get_objects())
freeze_loaded()
print(len(gc.get_objects()) / tracked)
del transcriber
print(loaded() is None)
"""


def count_heaps(how):
    """Return the number of heaps that glibc reports after eight threads have allocated memory."""
    told = subprocess.run([sys.executable, "-c", COUNT, how], capture_output=True, text=True, check=True)
    return told.stderr.count("Arena ")


@pytest.mark.skipif(sys.platform != "linux", reason="glibc is Linux's C library")
def test_importing_speech_limits_eight_threads_to_two_heaps():
    assert count_heaps("limited") <= 2
    assert count_heaps("free") > 2


@pytest.mark.skipif(sys.platform != "linux", reason="glibc is Linux's C library")
def test_malloc_trim_releases_free_pages():
    told = subprocess.run([sys.executable, "-c", SCATTERED], capture_output=True, text=True, check=True)
    full, scattered, after, gave = told.stdout.split()
    assert int(scattered) > 0.7 * int(full)
    assert int(after) < 0.3 * int(full)
    assert gave == "True"


@pytest.mark.model
def test_what_is_loaded_is_not_collected_again_and_a_recogniser_is_still_freed_with_its_last_use():
    told = subprocess.run([sys.executable, "-c", FROZEN], capture_output=True, text=True, check=True)
    share, is_freed = told.stdout.split()
    assert float(share) < 0.01
    assert is_freed == "True"
