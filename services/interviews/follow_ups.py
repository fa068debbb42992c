"""Keep the follow-up plan of each interview up to date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from interview.calendar_file import Agenda
from interview.follow_up.follow_up import FollowUp
from interview.follow_up.plan import find_plan_changes, plan_follow_ups
from interview.interview import Interview, InterviewState
from interview.person import Person
from interview.thank_you.note import ThankYou
from interview.working_days import WorkingDays
from services.interviews.belongings import find_people
from services.interviews.debriefs import find_debrief
from store.store import Store

_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class FollowUpPlan:
    """An interview with its people and its stored steps."""

    interview: Interview
    people: tuple[Person, ...]
    steps: tuple[FollowUp, ...]
    by_note: frozenset[str]  # ids of steps that a sent note, or the saved debrief, has done

    @property
    def agenda(self) -> Agenda:
        """The plan in the form for a calendar."""
        return Agenda(self.interview, self.people, self.steps)


def update_plans(store: Store, holidays: Iterable[date], only: Interview | None = None) -> tuple[FollowUpPlan, ...]:
    """Update the plans of all interviews that were held or decided; returns them, the latest first.

    Args:
        store: where they are stored.
        holidays: days that are not working days.
        only: the one interview to update; None for all.

    Raises:
        StoreError: they cannot be read or stored.
    """
    after = [each for each in _find_interviews(store, only) if each.state is not InterviewState.UPCOMING]
    working = WorkingDays(frozenset(holidays))
    latest_first = sorted(after, key=lambda each: each.at or _EARLIEST, reverse=True)
    return tuple(_update_plan(store, each, working) for each in latest_first)


def find_past_interviews(store: Store, now: datetime, only: Interview | None = None) -> list[Interview]:
    """Return the interviews whose time has passed but that are not marked as held; raises StoreError.

    Args:
        store: where they are stored.
        now: with a zone.
        only: the one interview to look at; None for all.
    """
    to_come = [each for each in _find_interviews(store, only) if each.state is InterviewState.UPCOMING]
    return [each for each in to_come if _is_over(each, now)]


def _is_over(interview: Interview, now: datetime) -> bool:
    if interview.ends is not None:
        return interview.ends.timestamp() <= now.timestamp()
    return interview.day is not None and interview.day < now.date()


def load_agendas(store: Store, plans: Sequence[FollowUpPlan]) -> list[Agenda]:
    """Return all agendas for one calendar: the plans, then interviews to come; raises StoreError."""
    held = {each.interview.id for each in plans}
    to_come = [each for each in store.load_documents(Interview) if each.id not in held]
    return [*(each.agenda for each in plans), *(Agenda(each, tuple(find_people(store, each))) for each in to_come)]


def mark_step(store: Store, step: FollowUp, done_at: datetime | None) -> None:
    """Mark a step as done, or with None as not done; raises StoreError, also if another window changed it."""
    store.save(replace(step, done_at=done_at), expected=step)


def _find_interviews(store: Store, only: Interview | None) -> tuple[Interview, ...]:
    return tuple(each for each in store.load_documents(Interview) if only is None or each.id == only.id)


def _update_plan(store: Store, interview: Interview, working: WorkingDays) -> FollowUpPlan:
    people = tuple(find_people(store, interview))
    notes, debrief = store.load_documents(ThankYou, interview=interview.id), find_debrief(store, interview)
    planned = plan_follow_ups(interview, people, notes, working, debrief)
    changes = find_plan_changes(planned, store.load_documents(FollowUp, interview=interview.id))
    for step, old in changes.to_save:
        store.save(step, expected=old)
    for gone in changes.to_delete:
        store.delete_document(gone)
    by_note = frozenset(step.id for step in planned if step.done_at is not None)
    return FollowUpPlan(interview, people, store.load_documents(FollowUp, interview=interview.id), by_note)
