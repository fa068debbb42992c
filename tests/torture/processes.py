"""Processes forked from a server that has imported the app and runs no other threads.

A plain fork copies a process whose other threads may hold a lock at that moment; the child would
then wait for it forever.
"""

from __future__ import annotations

import multiprocessing

HAS_SERVER = "forkserver" in multiprocessing.get_all_start_methods()  # Windows has none
CONTEXT = multiprocessing.get_context("forkserver" if HAS_SERVER else "spawn")
if HAS_SERVER:  # a new interpreter takes a second
    CONTEXT.set_forkserver_preload(["analysis.cli.command_line", "tests.torture.answers"])


def do_nothing() -> None:
    """Do nothing, so that a process works as the app does."""
