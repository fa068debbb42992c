"""What is due: steps by how they stand to the present moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from interview.follow_up.follow_up import FollowUp


class Standing(StrEnum):
    """How a step stands to a moment."""

    OVERDUE = "overdue"
    TODAY = "today"
    COMING = "coming"
    WAITING = "waiting"  # has no date yet
    DONE = "done"


@dataclass(frozen=True)
class Due:
    """Steps by their standing, each group in the order they are or were due."""

    overdue: tuple[FollowUp, ...]
    today: tuple[FollowUp, ...]
    coming: tuple[FollowUp, ...]
    waiting: tuple[FollowUp, ...]
    done: tuple[FollowUp, ...]


def due(plan: Iterable[FollowUp], now: datetime) -> Due:
    """The steps of one or more plans; days begin and end on the clocks of `now`."""
    ordered = sorted(plan, key=lambda step: step.due or now)
    groups = {each: tuple(step for step in ordered if standing(step, now) is each) for each in Standing}
    return Due(**{each.value: steps for each, steps in groups.items()})


def standing(step: FollowUp, now: datetime) -> Standing:
    """How one step stands to a moment, which has a zone."""
    if step.done_at is not None:
        return Standing.DONE
    if step.due is None:
        return Standing.WAITING
    day, today = step.due.astimezone(now.tzinfo).date(), now.date()
    # By timestamps: two times of one zone compare by their clocks, which show an hour twice in autumn.
    too_late = today > day if step.latest is None else now.timestamp() > step.latest.timestamp()
    if too_late:
        return Standing.OVERDUE
    return Standing.TODAY if day <= today else Standing.COMING
