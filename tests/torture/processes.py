"""Processes of their own, forked from a server that has imported the app and holds no threads but its own.

A plain fork copies a process whose other threads may hold a lock at that moment; the child then waits for it for ever.
"""

from __future__ import annotations

import multiprocessing

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    ["analysis.cli.command_line", "tests.torture.answers"]
)  # a new interpreter takes a second


def do_nothing() -> None:
    """Prepare nothing: a process works as the app does."""
