"""Keeping the memory of decoding small.

glibc gives every thread a heap of its own, and a heap keeps what it once needed: threads that have encoded and decoded
a window would each hold memory that none of them uses. So all threads share two heaps, and what is free in these goes
back to the system after each answer: between the few things that stay it is not given back by itself.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

ARENA_MAX = -8  # mallopt's number for how many heaps there may be
HEAPS = 2


def limit_heaps() -> bool:
    """Let all threads share two heaps, where the C library can do so; whether it did."""
    mallopt = _of_glibc("mallopt")
    return mallopt is not None and bool(mallopt(ARENA_MAX, HEAPS))


def give_back() -> bool:
    """Give the free pages of all heaps back to the system, where the C library can do so; whether there were any."""
    malloc_trim = _of_glibc("malloc_trim")
    return malloc_trim is not None and bool(malloc_trim(0))


def _of_glibc(name: str) -> Callable[..., int] | None:
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
