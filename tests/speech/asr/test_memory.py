"""Many threads share few heaps once they are told to, and what is free in them goes back to the system."""

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
from speech.asr.memory import give_back
def held():
    return int(re.findall(r"VmRSS:\s+(\d+) kB", pathlib.Path("/proc/self/status").read_text())[0]) // 1024
before = held()
pieces = [bytearray(60_000) for _ in range(2000)]
full = held() - before
pieces = pieces[::100]
scattered = held() - before
gave = give_back()
print(full, scattered, held() - before, gave)
"""


def heaps(how):
    """How many heaps glibc tells of after eight threads have asked for memory."""
    told = subprocess.run([sys.executable, "-c", COUNT, how], capture_output=True, text=True, check=True)
    return told.stderr.count("Arena ")


@pytest.mark.skipif(sys.platform != "linux", reason="glibc is Linux's C library")
def test_eight_threads_share_two_heaps_once_speech_is_imported_and_have_more_without():
    assert heaps("limited") <= 2
    assert heaps("free") > 2


@pytest.mark.skipif(sys.platform != "linux", reason="glibc is Linux's C library")
def test_what_is_free_between_things_that_stay_is_given_back_when_asked_for_and_not_before():
    told = subprocess.run([sys.executable, "-c", SCATTERED], capture_output=True, text=True, check=True)
    full, scattered, after, gave = told.stdout.split()
    assert int(scattered) > 0.7 * int(full)
    assert int(after) < 0.3 * int(full)
    assert gave == "True"
