"""Group tests for running in parallel, as `python3 tasks.py test` does (pytest-xdist).

The tests of one file stay together, because they share fixtures. Those that wait for a browser, a
sound device or the whole app all run on one worker: two of them at a time would time out.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

BY_TURNS = ("mark.browser", "mark.device", "mark.network")


class GroupScheduling(LoadFileScheduling):
    """Sends the tests of a file to one worker, and all tests that must not overlap to the same one."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "by turns" if _is_by_turns(self.config.rootpath / file) else file


@cache
def _is_by_turns(file: Path) -> bool:
    text = file.read_text(encoding="utf-8")
    return any(mark in text for mark in BY_TURNS)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> GroupScheduling:
    """Return the scheduler that pytest-xdist distributes the tests with."""
    return GroupScheduling(config, log)
