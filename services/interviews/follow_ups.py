"""The plan of each interview that was held, brought up to date with what is known, and kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from interview.calendar_file import Agenda
from interview.follow_up.follow_up import FollowUp
from interview.follow_up.plan import plan, replan
from interview.interview import Interview, InterviewState
from interview.person import Person
from interview.thank_you.note import ThankYou
from interview.working_days import WorkingDays
from services.interviews.belongings import people_of
from store.store import Store

_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Plan:
    """An interview, its people and its steps as they are kept."""

    interview: Interview
    people: tuple[Person, ...]
    steps: tuple[FollowUp, ...]
    by_note: frozenset[str]  # ids of steps that a sent note has done

    @property
    def agenda(self) -> Agenda:
        """The plan for a calendar."""
        return Agenda(self.interview, self.people, self.steps)


def update_plans(store: Store, holidays: Iterable[date], only: Interview | None = None) -> tuple[Plan, ...]:
    """Bring the plans of all interviews that were held or decided up to date and return them, the latest first.

    Args:
        store: where they are kept.
        holidays: days that are no working days.
        only: the one interview that is meant; None for all.

    Raises:
        StoreError: they cannot be read or kept.
    """
    after = [each for each in _interviews(store, only) if each.state is not InterviewState.UPCOMING]
    working = WorkingDays(frozenset(holidays))
    latest_first = sorted(after, key=lambda each: each.at or _EVER, reverse=True)
    return tuple(_updated(store, each, working) for each in latest_first)


def interviews_past(store: Store, now: datetime, only: Interview | None = None) -> list[Interview]:
    """Return interviews, or the only one, that are over by the clock and still said to come; raises StoreError."""
    to_come = [each for each in _interviews(store, only) if each.state is InterviewState.UPCOMING]
    return [each for each in to_come if each.ends is not None and each.ends.timestamp() <= now.timestamp()]


def all_agendas(store: Store, plans: Sequence[Plan]) -> list[Agenda]:
    """Return everything for one calendar: what was held with its steps, and what is to come; raises StoreError."""
    held = {each.interview.id for each in plans}
    to_come = [each for each in store.things(Interview) if each.id not in held]
    return [*(each.agenda for each in plans), *(Agenda(each, tuple(people_of(store, each))) for each in to_come)]


def mark_step(store: Store, step: FollowUp, done_at: datetime | None) -> None:
    """Tick a step off, or back with None, unless another window changed it meanwhile; raises StoreError."""
    store.keep(replace(step, done_at=done_at), instead_of=step)


def _interviews(store: Store, only: Interview | None) -> tuple[Interview, ...]:
    return tuple(each for each in store.things(Interview) if only is None or each.id == only.id)


def _updated(store: Store, interview: Interview, working: WorkingDays) -> Plan:
    people = tuple(people_of(store, interview))
    planned = plan(interview, people, store.things(ThankYou, interview=interview.id), working)
    changes = replan(planned, store.things(FollowUp, interview=interview.id))
    for step, old in changes.keep:
        store.keep(step, instead_of=old)
    for gone in changes.forget:
        store.forget(gone)
    by_note = frozenset(step.id for step in planned if step.done_at is not None)
    return Plan(interview, people, store.things(FollowUp, interview=interview.id), by_note)
