"""Bring what was written to the disk itself, so that it outlasts a power cut."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def flush_file(handle: int, *, data_only: bool = False) -> None:
    """Have the system write a file to the disk itself.

    On macOS fsync leaves it in the cache of the disk; F_FULLFSYNC does not, where the disk knows it.

    Args:
        handle: The open file.
        data_only: Whether its times may wait, which saves a second write where the system tells the two apart.
    """
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):  # a disk that doesn't know it, such as one on the network
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    if data_only and hasattr(os, "fdatasync"):
        os.fdatasync(handle)
    else:
        os.fsync(handle)
