"""Groups: a coach makes one and gives it questions with dates; members join and leave; their answers are counted.

A coach learns how many members there are and, where they are enough, how many answered. Who did is never asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from interview.ids import make_id
from store.db.database import Database
from store.db.owner import Task
from store.db.tables import attempts, group_questions, groups, memberships
from store.errors import StoreError

MIN_COUNTED = 5  # people in a group whose answers are counted; among fewer a number would tell who
NO_GROUP = "There's no such group, or its coach deleted it. Ask your coach for the code again."
ALREADY_IN = "You're in this group already."


@dataclass(frozen=True)
class CoachedGroup:
    """People who practise what a coach gives them."""

    id: str
    coach: str  # id of whose group it is
    name: str
    made_at: datetime


@dataclass(frozen=True)
class GroupQuestion:
    """A question that a coach gives a group."""

    id: str
    group_id: str
    question_id: str  # of `content.questions`
    due: date
    given_at: datetime


class Groups:
    """The groups of one person. Methods raise StoreError.

    Args:
        database: The database, for that person.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def _me(self) -> str:
        return self._database.owner.id

    def make(self, name: str, at: datetime) -> CoachedGroup:
        """Make a group of one's own."""
        made = CoachedGroup(make_id(), self._me, name, at)
        with self._database.begin_write() as connection:
            connection.execute(insert(groups).values(id=made.id, name=name, made_at=at))
        return made

    def remove(self, group_id: str) -> None:
        """Remove a group of one's own with its questions; nobody is in it any more."""
        with self._database.begin_write() as connection:
            connection.execute(delete(groups).where(groups.c.id == group_id))

    def list_all(self) -> tuple[CoachedGroup, ...]:
        """Return the groups that the person made or joined, the oldest first."""
        with self._database.begin_read() as connection:
            found = connection.execute(select(groups).order_by(groups.c.made_at, groups.c.id))
            return tuple(CoachedGroup(row.id, row.owner, row.name, row.made_at) for row in found)

    def join(self, group_id: str, coach: str, at: datetime) -> None:
        """Join a group.

        Args:
            group_id: The group.
            coach: Id of whose it is; a group is found by both.
            at: The current time.
        """
        with self._database.begin_write() as connection:
            mine = (memberships.c.group_id == group_id, memberships.c.owner == self._me)
            if connection.scalar(select(memberships.c.group_id).where(*mine)) is not None:
                raise StoreError(ALREADY_IN)
            try:
                connection.execute(insert(memberships).values(group_id=group_id, coach=coach, joined_at=at))
            except IntegrityError as error:
                raise StoreError(NO_GROUP) from error

    def leave(self, group_id: str) -> None:
        """Leave a group."""
        with self._database.begin_write() as connection:
            connection.execute(delete(memberships).where(memberships.c.group_id == group_id))

    def give(self, group_id: str, question_id: str, due: date, at: datetime) -> GroupQuestion:
        """Give a group of one's own a question, to be answered until a day."""
        made = GroupQuestion(make_id(), group_id, question_id, due, at)
        row = {"id": made.id, "group_id": group_id, "question_id": question_id, "due": due, "given_at": at}
        with self._database.begin_write() as connection:
            try:
                connection.execute(insert(group_questions).values(row))
            except IntegrityError as error:
                raise StoreError(NO_GROUP) from error
        return made

    def take_away(self, given_id: str) -> None:
        """Take a question away from a group of one's own."""
        with self._database.begin_write() as connection:
            connection.execute(delete(group_questions).where(group_questions.c.id == given_id))

    def list_questions(self, group_id: str) -> tuple[GroupQuestion, ...]:
        """Return what a group that the person made or joined was given, by date."""
        chosen = select(group_questions).where(group_questions.c.group_id == group_id)
        with self._database.begin_read() as connection:
            found = connection.execute(chosen.order_by(group_questions.c.due, group_questions.c.given_at))
            return tuple(map(_to_question, found))

    def count_members(self, group_id: str) -> int:
        """Return how many people are in a group of one's own."""
        mine = (memberships.c.group_id == group_id, memberships.c.coach == self._me)
        with self._database.begin_read() as connection:
            return connection.scalar(select(func.count()).select_from(memberships).where(*mine)) or 0

    def count_answered(self, group_id: str) -> Mapping[str, int] | None:
        """Return how many people of a group of one's own answered each question since it was given, by its id.

        None where there are too few people for a count.
        """
        if self.count_members(group_id) < MIN_COUNTED:
            return None
        answered = (
            select(group_questions.c.id, func.count(attempts.c.owner.distinct()))
            .join_from(group_questions, memberships, memberships.c.group_id == group_questions.c.group_id)
            .join(
                attempts,
                and_(
                    attempts.c.owner == memberships.c.owner,
                    attempts.c.question_id == group_questions.c.question_id,
                    attempts.c.recorded_at >= group_questions.c.given_at,
                ),
            )
            .where(group_questions.c.group_id == group_id)
            .group_by(group_questions.c.id)
        )
        with self._database.begin_task(Task.COUNTS) as connection:
            return {row[0]: row[1] for row in connection.execute(answered)}


def _to_question(row: Any) -> GroupQuestion:
    return GroupQuestion(row.id, row.group_id, row.question_id, row.due, row.given_at)
