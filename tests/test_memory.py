"""Many threads share few heaps once they are told to."""

import subprocess
import sys

import pytest

COUNT = """
import ctypes, io, sys, threading
from speech.memory import limit_heaps
if sys.argv[1] == "limited":
    assert limit_heaps()
here = threading.Barrier(8)
def take():
    memory = [bytearray(1000) for _ in range(200)]
    here.wait()
threads = [threading.Thread(target=take) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
ctypes.CDLL(None).malloc_stats()
"""


def heaps(how):
    """How many heaps glibc tells of after eight threads have asked for memory."""
    told = subprocess.run([sys.executable, "-c", COUNT, how], capture_output=True, text=True, check=True)
    return told.stderr.count("Arena ")


@pytest.mark.skipif(sys.platform != "linux", reason="glibc is Linux's C library")
def test_eight_threads_share_two_heaps_when_limited_and_more_when_not():
    assert heaps("limited") <= 2
    assert heaps("free") > 2
