"""Groups of a centre: a coach gives members questions with dates, and sees counts, which tell nothing of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from content.questions import Question, get_question, load_questions
from store.accounts import Role
from store.errors import StoreError
from store.groups import MIN_COUNTED, NO_GROUP, CoachedGroup, GroupQuestion
from store.store import Store

MAX_NAME_CHARACTERS = 80
MAX_QUESTIONS = 50  # of a group
ID_CHARACTERS = 32
NO_NAME = "Give the group a name of at most {most} characters."
NOT_A_COACH = "Only a coach can do this."
OWN_GROUP = "This is a group of your own. Give its code to the people who should join."
PAST = "That day is over. Choose today or a later day."
TOO_MANY = "A group can have {most} questions at once. Remove one first."
TOO_FEW = "Counts show once at least {least} people are in the group: among fewer, a number would say who it was."


@dataclass(frozen=True)
class GivenQuestion:
    """A question that a group was given, as a member or its coach sees it."""

    given: GroupQuestion
    question: Question
    is_answered: bool = False  # by the member, since it was given
    answered: int | None = None  # people of the group; None where there are too few to say


@dataclass(frozen=True)
class OwnGroup:
    """A group as its coach sees it."""

    group: CoachedGroup
    members: int
    questions: tuple[GivenQuestion, ...]

    @property
    def code(self) -> str:
        """What people type to join."""
        return f"{self.group.id}{self.group.coach}"


@dataclass(frozen=True)
class JoinedGroup:
    """A group as a member sees it."""

    group: CoachedGroup
    coach_name: str
    questions: tuple[GivenQuestion, ...]


def list_choices() -> tuple[Question, ...]:
    """Return the questions that a coach can give."""
    return load_questions()


def make_group(store: Store, name: str, now: datetime) -> CoachedGroup:
    """Make a group; raises StoreError unless the person is a coach and the name is one."""
    _require_coach(store)
    said = " ".join(name.split())
    if not 0 < len(said) <= MAX_NAME_CHARACTERS:
        raise StoreError(NO_NAME.format(most=MAX_NAME_CHARACTERS))
    return store.groups.make(said, now)


def remove_group(store: Store, group_id: str) -> None:
    """Remove a group of a coach; raises StoreError."""
    _require_coach(store)
    store.groups.remove(group_id)


def give_question(store: Store, group_id: str, question_id: str, due: date, now: datetime) -> None:
    """Give a group a question of the bank.

    Args:
        store: The store of the coach.
        group_id: A group of theirs.
        question_id: Id of the question.
        due: The last day.
        now: The current time, with its zone.

    Raises:
        StoreError: They are no coach, the day is over, or the group isn't theirs or has too many questions.
    """
    _require_coach(store)
    if due < now.date():
        raise StoreError(PAST)
    if len(store.groups.list_questions(group_id)) >= MAX_QUESTIONS:
        raise StoreError(TOO_MANY.format(most=MAX_QUESTIONS))
    store.groups.give(group_id, get_question(question_id).id, due, now)


def take_question_away(store: Store, given_id: str) -> None:
    """Take a question away from a group of a coach; raises StoreError."""
    _require_coach(store)
    store.groups.take_away(given_id)


def list_own(store: Store) -> tuple[OwnGroup, ...]:
    """Return the groups of a coach with their counts; raises StoreError."""
    _require_coach(store)
    return tuple(_open_own(store, each) for each in store.groups.list_all() if each.coach == store.owner.id)


def join(store: Store, code: str, now: datetime) -> None:
    """Join the group of a code that its coach gave out; raises StoreError."""
    said = "".join(code.split()).lower()
    if len(said) != 2 * ID_CHARACTERS:
        raise StoreError(NO_GROUP)
    if said[ID_CHARACTERS:] == store.owner.id:
        raise StoreError(OWN_GROUP)
    store.groups.join(said[:ID_CHARACTERS], said[ID_CHARACTERS:], now)


def leave(store: Store, group_id: str) -> None:
    """Leave a group; raises StoreError."""
    store.groups.leave(group_id)


def list_joined(store: Store) -> tuple[JoinedGroup, ...]:
    """Return the groups that a person joined, with what they answered; raises StoreError."""
    joined = [each for each in store.groups.list_all() if each.coach != store.owner.id]
    last: dict[str, datetime] = {}
    for attempt in store.load_history() if joined else ():  # oldest first
        last[attempt.question.id] = attempt.recorded_at
    return tuple(
        JoinedGroup(each, _name_coach(store, each.coach), _list_given(store, each, last=last)) for each in joined
    )


def find_next(store: Store) -> tuple[JoinedGroup, GivenQuestion] | None:
    """Return what is due next of all that a person's groups were given and they haven't answered; raises StoreError."""
    open_ones = [(group, each) for group in list_joined(store) for each in group.questions if not each.is_answered]
    return min(open_ones, key=lambda pair: pair[1].given.due, default=None)


def _open_own(store: Store, group: CoachedGroup) -> OwnGroup:
    counts = store.groups.count_answered(group.id)
    return OwnGroup(group, store.groups.count_members(group.id), _list_given(store, group, counts=counts))


def _list_given(
    store: Store,
    group: CoachedGroup,
    *,
    last: Mapping[str, datetime] | None = None,
    counts: Mapping[str, int] | None = None,
) -> tuple[GivenQuestion, ...]:
    bank, found = {each.id: each for each in load_questions()}, []
    for given in store.groups.list_questions(group.id):
        answered_at = (last or {}).get(given.question_id)
        if given.question_id in bank:  # a later version of the app may lack one
            is_answered = answered_at is not None and answered_at >= given.given_at
            count = None if counts is None else counts.get(given.id, 0)
            found.append(GivenQuestion(given, bank[given.question_id], is_answered, count))
    return tuple(found)


def _name_coach(store: Store, coach_id: str) -> str:
    try:
        return store.accounts.find(coach_id).shown_name
    except StoreError:  # no coach any more
        return "your coach"


def _require_coach(store: Store) -> None:
    if store.accounts.load().role is not Role.COACH:
        raise StoreError(NOT_A_COACH)


def describe_counts(group: OwnGroup) -> str | None:
    """Return why no counts are shown; None where they are."""
    return TOO_FEW.format(least=MIN_COUNTED) if group.members < MIN_COUNTED else None
