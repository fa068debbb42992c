"""Which tests go together where two of them run side by side, as `python3 tasks.py test` does (pytest-xdist).

A file's tests stay together, for what they share. Those that wait for a browser, a sound device or the whole app are
run by turns: two of them at a time are late for each other.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

BY_TURNS = ("mark.browser", "mark.device", "mark.network")


class InGroups(LoadFileScheduling):
    """Sends the tests of a file to one worker, and everything that is run by turns to the same one."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "by turns" if _is_by_turns(self.config.rootpath / file) else file


@cache
def _is_by_turns(file: Path) -> bool:
    text = file.read_text(encoding="utf-8")
    return any(mark in text for mark in BY_TURNS)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> InGroups:
    """The hook of pytest-xdist that names what deals the tests out."""
    return InGroups(config, log)
