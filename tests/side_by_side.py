"""Group tests for running in parallel, as `python3 tasks.py test` does (pytest-xdist).

The tests of one file stay together, because they share fixtures. Those that wait for a browser, a
sound device or the whole app all run on one worker: two of them at a time would time out. So do those
with a real model, which is loaded and given the samples once. Both come first, then the other slow
ones, so that only quick tests are left when one worker has less to do.
"""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling

BY_TURNS = ("browser", "device", "network")  # marks
WITH_A_MODEL = ("model",)
SLOW = ("slow", "postgres")
WHOLE_APP = "tests/e2e/"


class GroupScheduling(LoadGroupScheduling):
    """Sends the tests of a file to one worker, and all tests of a group to the same one."""

    def _split_scope(self, nodeid: str) -> str:
        group: str = super()._split_scope(nodeid)
        return group.partition("::")[0]


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests that must not overlap, or share a model, into a group; order all, the same way on each worker."""
    for item in items:
        if _is_by_turns(item):
            item.add_marker(pytest.mark.xdist_group("by turns"))
        elif _has_mark(item, WITH_A_MODEL):
            item.add_marker(pytest.mark.xdist_group("with a model"))
    items.sort(key=lambda item: (not _is_by_turns(item), not _has_mark(item, WITH_A_MODEL), not _has_mark(item, SLOW)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> GroupScheduling:
    """Return the scheduler that pytest-xdist distributes the tests with."""
    return GroupScheduling(config, log)


def _is_by_turns(item: pytest.Item) -> bool:
    return item.nodeid.startswith(WHOLE_APP) or _has_mark(item, BY_TURNS)


def _has_mark(item: pytest.Item, marks: tuple[str, ...]) -> bool:
    return any(item.get_closest_marker(mark) for mark in marks)
