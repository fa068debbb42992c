"""Keeping the memory of decoding small.

glibc gives every thread a heap of its own, and a heap keeps what it once needed: threads that have encoded and decoded
a window would each hold memory that none of them uses. So all threads share two heaps.
"""

from __future__ import annotations

import ctypes
import sys

ARENA_MAX = -8  # mallopt's number for how many heaps there may be
HEAPS = 2


def limit_heaps() -> bool:
    """Let all threads share two heaps, where the C library can do so; whether it did."""
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(ARENA_MAX, HEAPS))
