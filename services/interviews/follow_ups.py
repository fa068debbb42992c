"""Keep the follow-up plan of each interview up to date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from interview.calendar_file import Agenda
from interview.follow_up.follow_up import FollowUp
from interview.follow_up.plan import PlanChanges, find_plan_changes, plan_follow_ups
from interview.interview import Interview, InterviewState
from interview.person import Person
from interview.thank_you.note import ThankYou
from interview.working_days import WorkingDays
from services.interviews.belongings import find_people
from services.interviews.debriefs import find_debrief
from services.interviews.practice_plans import load_plan, make_day_entries
from services.question_bank import load_question_bank
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
    updated = []
    for plan, changes in _make_plans(store, holidays, only):
        for step, old in changes.to_save:
            store.save(step, expected=old)
        for gone in changes.to_delete:
            store.delete_document(gone)
        kept = store.load_documents(FollowUp, interview=plan.interview.id)
        updated.append(replace(plan, steps=kept))
    return tuple(updated)


def load_plans(store: Store, holidays: Iterable[date]) -> tuple[FollowUpPlan, ...]:
    """Return the plans as `update_plans` would, and store nothing; raises StoreError."""
    return tuple(plan for plan, _ in _make_plans(store, holidays, None))


def find_past_interviews(store: Store, now: datetime, only: Interview | None = None) -> list[Interview]:
    """Return the interviews whose time has passed but that are not marked as held; raises StoreError.

    Args:
        store: where they are stored.
        now: with a zone.
        only: the one interview to look at; None for all.
    """
    to_come = [each for each in _find_interviews(store, only) if each.state is InterviewState.UPCOMING]
    return [each for each in to_come if is_over(each, now)]


def is_over(interview: Interview, now: datetime) -> bool:
    """Return whether the time of an interview has passed; without a time, its day.

    Args:
        interview: the interview.
        now: with the user's time zone.
    """
    if interview.ends is not None:
        return interview.ends.timestamp() <= now.timestamp()
    return interview.day is not None and interview.day < now.date()


def load_agendas(store: Store, plans: Sequence[FollowUpPlan], field: str, today: date) -> list[Agenda]:
    """Return all agendas for one calendar: the plans, then interviews to come with the practice for them.

    Args:
        store: where they are stored.
        plans: the steps after interviews.
        field: of work, for the questions to practise; empty for none.
        today: the current day.

    Raises:
        StoreError: the data cannot be read.
    """
    held, bank, history = {each.interview.id for each in plans}, load_question_bank(store), store.load_history()
    to_come = [each for each in store.load_documents(Interview) if each.id not in held]
    return [
        *(each.agenda for each in plans),
        *(
            Agenda(
                each,
                tuple(find_people(store, each)),
                practice=make_day_entries(each, load_plan(each, bank, history, field, today), bank),
            )
            for each in to_come
        ),
    ]


def mark_step(store: Store, step: FollowUp, done_at: datetime | None) -> None:
    """Mark a step as done, or with None as not done; raises StoreError, also if another window changed it."""
    store.save(replace(step, done_at=done_at), expected=step)


def _find_interviews(store: Store, only: Interview | None) -> tuple[Interview, ...]:
    return tuple(each for each in store.load_documents(Interview) if only is None or each.id == only.id)


def _make_plans(
    store: Store, holidays: Iterable[date], only: Interview | None
) -> Iterator[tuple[FollowUpPlan, PlanChanges]]:
    """Yield the plan of each interview that was held or decided, the latest first, and what it changes."""
    after = [each for each in _find_interviews(store, only) if each.state is not InterviewState.UPCOMING]
    working = WorkingDays(frozenset(holidays))
    for interview in sorted(after, key=lambda each: each.over_at or _EARLIEST, reverse=True):
        people = tuple(find_people(store, interview))
        notes, debrief = store.load_documents(ThankYou, interview=interview.id), find_debrief(store, interview)
        planned = plan_follow_ups(interview, people, notes, working, debrief)
        kept = store.load_documents(FollowUp, interview=interview.id)
        changes = find_plan_changes(planned, kept)
        by_id = {step.id: step for step in (*kept, *(new for new, _ in changes.to_save))}
        steps = tuple(step for step in by_id.values() if step.id not in changes.to_delete)
        by_note = frozenset(step.id for step in planned if step.done_at is not None)
        yield FollowUpPlan(interview, people, steps, by_note), changes
