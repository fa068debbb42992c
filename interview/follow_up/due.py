"""Group follow-up steps by due date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from interview.follow_up.follow_up import FollowUp


class DueStatus(StrEnum):
    """Whether a step is overdue, due today, coming up, waiting for a date, or done."""

    OVERDUE = "overdue"
    TODAY = "today"
    COMING = "coming"
    WAITING = "waiting"  # has no date yet
    DONE = "done"


@dataclass(frozen=True)
class StepsByStatus:
    """Steps grouped by status, each group ordered by due date."""

    overdue: tuple[FollowUp, ...]
    today: tuple[FollowUp, ...]
    coming: tuple[FollowUp, ...]
    waiting: tuple[FollowUp, ...]
    done: tuple[FollowUp, ...]


def group_by_status(plan: Iterable[FollowUp], now: datetime) -> StepsByStatus:
    """Group the steps of one or more plans by status.

    Args:
        plan: the steps, in any order.
        now: the current time, with a zone; days begin and end on the clocks of that zone.
    """
    ordered = sorted(plan, key=lambda step: step.due or now)
    groups = {each: tuple(step for step in ordered if get_due_status(step, now) is each) for each in DueStatus}
    return StepsByStatus(**{each.value: steps for each, steps in groups.items()})


def get_due_status(step: FollowUp, now: datetime) -> DueStatus:
    """Return the status of one step.

    Args:
        step: the step.
        now: the current time, with a zone; days begin and end on the clocks of that zone.
    """
    if step.done_at is not None:
        return DueStatus.DONE
    if step.due is None:
        return DueStatus.WAITING
    day, today = step.due.astimezone(now.tzinfo).date(), now.date()
    # By timestamps: two times of one zone compare by their clocks, which show an hour twice in autumn.
    too_late = today > day if step.latest is None else now.timestamp() > step.latest.timestamp()
    if too_late:
        return DueStatus.OVERDUE
    return DueStatus.TODAY if day <= today else DueStatus.COMING
