"""Every test of the store is also one of its walls: no statement may go beyond the owner of its connection."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.centre.owner_watch import watch_owners


@pytest.fixture(autouse=True)
def _statements_are_held_to_one_owner() -> Iterator[None]:
    with watch_owners() as faults:
        yield
    assert not faults, "\n".join(faults)
