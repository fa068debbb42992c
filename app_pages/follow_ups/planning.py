"""The plan of each interview that was held, brought up to date with what is known, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from app_pages.interviews import people_list
from app_pages.ui.store_access import get_store
from interview.calendar_file import Agenda
from interview.follow_up.follow_up import FollowUp
from interview.follow_up.plan import plan, replan
from interview.interview import Interview, InterviewState
from interview.person import Person
from interview.thank_you.note import ThankYou
from interview.working_days import WorkingDays
from store.settings import read_settings

_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Plan:
    """An interview, its people and its steps as they are kept."""

    interview: Interview
    people: tuple[Person, ...]
    steps: tuple[FollowUp, ...]
    by_note: frozenset[str]  # ids of steps that a sent note has done


def all_plans(only: Interview | None = None) -> tuple[Plan, ...]:
    """The plans of all interviews that were held or decided, or of one only, the latest first; raises StoreError."""
    after = [each for each in _interviews(only) if each.state is not InterviewState.UPCOMING]
    working = WorkingDays(frozenset(read_settings().holidays))
    return tuple(_up_to_date(each, working) for each in sorted(after, key=lambda each: each.at or _EVER, reverse=True))


def past_their_time(now: datetime, only: Interview | None = None) -> list[Interview]:
    """Interviews, or one, that are over by the clock and still said to come; raises StoreError."""
    to_come = [each for each in _interviews(only) if each.state is InterviewState.UPCOMING]
    return [each for each in to_come if each.ends is not None and each.ends.timestamp() <= now.timestamp()]


def agendas(plans: tuple[Plan, ...]) -> list[Agenda]:
    """Everything for one calendar: what was held with its steps, and what is to come; raises StoreError."""
    held = {each.interview.id for each in plans}
    to_come = [each for each in get_store().things(Interview) if each.id not in held]
    return [
        *map(agenda, plans),
        *(Agenda(each, tuple(people_list.of_interview(each))) for each in to_come),
    ]


def agenda(one: Plan) -> Agenda:
    """One plan for a calendar."""
    return Agenda(one.interview, one.people, one.steps)


def _interviews(only: Interview | None) -> tuple[Interview, ...]:
    return tuple(each for each in get_store().things(Interview) if only is None or each.id == only.id)


def _up_to_date(interview: Interview, working: WorkingDays) -> Plan:
    people = tuple(people_list.of_interview(interview))
    planned = plan(interview, people, get_store().things(ThankYou, interview=interview.id), working)
    changes = replan(planned, get_store().things(FollowUp, interview=interview.id))
    for step, old in changes.keep:
        get_store().keep(step, instead_of=old)
    for gone in changes.forget:
        get_store().forget(gone)
    by_note = frozenset(step.id for step in planned if step.done_at is not None)
    return Plan(interview, people, get_store().things(FollowUp, interview=interview.id), by_note)
