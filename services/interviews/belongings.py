"""The people, research notes and checklist ticks of an interview, and a count of what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime

from interview.checklist_tick import ListTick, make_tick_id
from interview.document_kinds import DOCUMENT_KINDS
from interview.interview import Interview, InterviewState
from interview.person import MET_ROLES, Person, PersonRole
from interview.research import ResearchNotes
from store.store import Store

ROLES_IN_ORDER = tuple(PersonRole)  # the order in which people are listed


def find_people(store: Store, interview: Interview) -> list[Person]:
    """Return the people of an interview, then those of no interview; raises StoreError."""
    found = [each for each in store.load_documents(Person) if each.interview in (interview.id, None)]
    return sorted(found, key=lambda each: (each.interview is None, ROLES_IN_ORDER.index(each.part)))


def find_people_met(store: Store, interview: Interview) -> list[Person]:
    """Return the people the user met at an interview, in list order; raises StoreError."""
    return [each for each in find_people(store, interview) if each.part in MET_ROLES and each.interview]


def find_research(store: Store, interview: Interview) -> ResearchNotes | None:
    """Return the research notes on an interview, None if there are none; raises StoreError."""
    return next(iter(store.load_documents(ResearchNotes, interview=interview.id)), None)


def find_ticks(store: Store, interview: Interview) -> Mapping[str, ListTick]:
    """Return the checklist ticks of an interview by the id of the entry; raises StoreError."""
    return {tick.entry: tick for tick in store.load_documents(ListTick, interview=interview.id)}


def find_general_ticks(store: Store) -> Mapping[str, ListTick]:
    """Return the checklist ticks that belong to no interview by the id of the entry; raises StoreError."""
    return {tick.entry: tick for tick in store.load_documents(ListTick) if tick.interview is None}


def toggle_tick(store: Store, interview_id: str | None, entry: str, seen: ListTick | None, now: datetime) -> None:
    """Tick or untick an entry, unless another window did so meanwhile; raises StoreError.

    Args:
        store: where ticks are stored.
        interview_id: the interview; None for a list that belongs to none.
        entry: id of the checklist entry.
        seen: the tick that was on screen; None if there was none.
        now: with a zone.
    """
    if seen is not None:
        store.delete_document(seen.id)
        return
    wanted = ListTick(make_tick_id(entry, interview_id), entry, now, interview_id)
    if wanted.id not in {each.id for each in store.load_documents(ListTick, interview=interview_id)}:
        store.save(wanted)


def mark_held(store: Store, interview: Interview) -> None:
    """Mark an interview as held; raises StoreError."""
    store.save(replace(interview, state=InterviewState.HELD), expected=interview)


def count_belongings(store: Store, interview: Interview) -> dict[str, int]:
    """Count what is deleted with an interview, by the name of the kind; raises StoreError."""
    belonging = {
        name: kind for name, kind in DOCUMENT_KINDS.items() if any(each.name == "interview" for each in fields(kind))
    }
    counts = {name: len(store.load_documents(kind, interview=interview.id)) for name, kind in belonging.items()}
    return {name: count for name, count in counts.items() if count}
