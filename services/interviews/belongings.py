"""Interviews with what belongs to them: people, research notes, ticks of the preparation lists, and their deletion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime

from interview.checklist_tick import ListTick, tick_id
from interview.document_kinds import KINDS
from interview.interview import Interview, InterviewState
from interview.person import MET, Part, Person
from interview.research import Research
from store.store import Store

PARTS = tuple(Part)  # the order in which people are listed


def people_of(store: Store, interview: Interview) -> list[Person]:
    """Return the people of an interview, then those who belong to none; raises StoreError."""
    found = [each for each in store.things(Person) if each.interview in (interview.id, None)]
    return sorted(found, key=lambda each: (each.interview is None, PARTS.index(each.part)))


def people_met(store: Store, interview: Interview) -> list[Person]:
    """Return those whom the user met there, in the order of the interview's list; raises StoreError."""
    return [each for each in people_of(store, interview) if each.part in MET and each.interview]


def find_research(store: Store, interview: Interview) -> Research | None:
    """Return the notes on an interview, None where there are none; raises StoreError."""
    return next(iter(store.things(Research, interview=interview.id)), None)


def find_ticks(store: Store, interview: Interview) -> Mapping[str, ListTick]:
    """Return the ticks in the preparation lists of an interview, by the entry's id; raises StoreError."""
    return {tick.entry: tick for tick in store.things(ListTick, interview=interview.id)}


def toggle_tick(store: Store, interview_id: str, entry: str, seen: ListTick | None, now: datetime) -> None:
    """Set a tick as it was not on screen, unless another window did so meanwhile; raises StoreError.

    Args:
        store: where it is kept.
        interview_id: the interview whose lists it is in.
        entry: id of the entry in the lists.
        seen: the tick on screen; None where there was none.
        now: with its zone.
    """
    if seen is not None:
        store.forget(seen.id)
        return
    wanted = ListTick(tick_id(entry, interview_id), entry, now, interview_id)
    if wanted.id not in {each.id for each in store.things(ListTick, interview=interview_id)}:
        store.keep(wanted)


def mark_held(store: Store, interview: Interview) -> None:
    """Note that an interview was held; raises StoreError."""
    store.keep(replace(interview, state=InterviewState.HELD), instead_of=interview)


def count_belongings(store: Store, interview: Interview) -> dict[str, int]:
    """Return how much of each kind is deleted with an interview, by the kind's name; raises StoreError."""
    belonging = {name: kind for name, kind in KINDS.items() if any(each.name == "interview" for each in fields(kind))}
    counts = {name: len(store.things(kind, interview=interview.id)) for name, kind in belonging.items()}
    return {name: count for name, count in counts.items() if count}
