"""Share an answer or a mock interview with a coach, who hears it, marks moments and comments; and take it back.

A coach reaches what is shared through `SharedWork` alone. Each time they are given the sound, a row is written before,
which the member sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from interview.listener_comments import (
    MAX_NAME_CHARACTERS,
    ListenerComments,
    MarkedMoment,
    make_listener_comments_id,
)
from interview.mock.run import MockRun
from store.accounts import Account, Role
from store.attempt import Result, StoredAttempt
from store.errors import StoreError
from store.sharing import Hearing, Share, SharedKind
from store.store import Store

NO_COACH = "They aren't a coach here any more. Choose somebody else."
NO_COACH_YOURSELF = "You aren't a coach here any more, so you can't hear what others share."
NOT_YOURSELF = "You can't share something with yourself."
NOT_SHARED = "This answer isn't shared with you."


@dataclass(frozen=True)
class GivenShare:
    """Something a member shares or shared: with whom, and when it was heard."""

    share: Share
    coach_name: str
    hearings: tuple[Hearing, ...]


def list_coaches(store: Store) -> tuple[Account, ...]:
    """Return the coaches a person may choose; raises StoreError."""
    return tuple(each for each in store.accounts.list_coaches() if each.id != store.owner.id)


def share(store: Store, coach_id: str, kind: SharedKind, thing_id: str, now: datetime) -> Share:
    """Share an answer or a mock interview with a coach.

    Args:
        store: The store of whose it is.
        coach_id: The coach.
        kind: What it is.
        thing_id: Id of the attempt or mock interview.
        now: The current time, with its zone.

    Raises:
        StoreError: It isn't there or isn't theirs, they are no coach, or it is shared with them already.
    """
    if coach_id == store.owner.id:
        raise StoreError(NOT_YOURSELF)
    if store.accounts.find(coach_id).role is not Role.COACH:
        raise StoreError(NO_COACH)
    if kind is SharedKind.ANSWER:
        store.load_attempt(thing_id)
    else:
        store.load_document(MockRun, thing_id)
    return store.sharing.share(coach_id, kind, thing_id, now)


def take_back(store: Store, share_id: str, now: datetime) -> None:
    """Take back what a person shares; raises StoreError."""
    store.sharing.take_back(share_id, now)


def list_given(store: Store, thing_id: str | None = None) -> tuple[GivenShare, ...]:
    """Return what a person shares or shared, or that of one thing, with every hearing; raises StoreError."""
    heard = store.sharing.list_hearings()
    return tuple(
        GivenShare(each, _name(store, each.coach), tuple(one for one in heard if one.share_id == each.id))
        for each in store.sharing.list_given(thing_id)
    )


def list_shared_answers(store: Store, what: Share) -> tuple[str, ...]:
    """Return the ids of the answers that a share is about, in order, deleted ones too; raises StoreError.

    Args:
        store: The store of whose they are.
        what: The share.
    """
    if what.kind is SharedKind.ANSWER:
        return (what.thing_id,)
    return tuple(store.load_document(MockRun, what.thing_id).answers)


def list_received(store: Store) -> tuple[SharedWork, ...]:
    """Return what is shared with a coach now, the newest first; raises StoreError."""
    return tuple(SharedWork(store, each) for each in store.sharing.list_received())


def open_shared(store: Store, share_id: str) -> SharedWork:
    """Return something that is shared with a coach now; raises StoreError."""
    return SharedWork(store, store.sharing.load_received(share_id))


class SharedWork:
    """What a member shares with a coach, as far as the coach may see it. Methods raise StoreError.

    Each of them asks anew whether it is still shared.

    Args:
        store: The store of the coach.
        share: What is shared.
    """

    def __init__(self, store: Store, share: Share) -> None:
        self._store = store
        self.share = share

    @property
    def member_name(self) -> str:
        """Who shares it."""
        return _name(self._store, self.share.owner)

    def list_answers(self) -> tuple[StoredAttempt, ...]:
        """Return the answers that are shared, in order, without those that were deleted."""
        theirs = self._open()
        there = {each.id: each for each in theirs.load_history()}
        return tuple(there[each] for each in list_shared_answers(theirs, self.share) if each in there)

    def load_result(self, attempt_id: str) -> Result:
        """Return the transcript and report of an answer that is shared."""
        return self._open_answer(attempt_id).load_result(attempt_id)

    def hear(self, attempt_id: str, now: datetime) -> bytes:
        """Return the sound of an answer that is shared, as a FLAC file; that it was given is noted before."""
        theirs = self._open_answer(attempt_id)
        self._store.sharing.note_hearing(self.share, attempt_id, now)
        return theirs.read_flac(attempt_id)

    def load_comments(self, attempt_id: str) -> ListenerComments | None:
        """Return what the coach says of an answer; None if nothing yet."""
        own_id = make_listener_comments_id(attempt_id, self._store.owner.id)
        found = self._open_answer(attempt_id).load_documents(ListenerComments)
        return next((each for each in found if each.id == own_id), None)

    def comment(
        self, attempt_id: str, overall: str, moments: Sequence[MarkedMoment], now: datetime
    ) -> ListenerComments:
        """Save what the coach says of an answer, in the place of what they said before.

        Args:
            attempt_id: The answer.
            overall: What they say of it as a whole.
            moments: The moments they marked.
            now: The current time, with its zone.

        Raises:
            EntryError: Something in it is not allowed.
            StoreError: It isn't shared any more, or can't be saved.
        """
        theirs, before = self._open_answer(attempt_id), self.load_comments(attempt_id)
        said = ListenerComments(
            make_listener_comments_id(attempt_id, self._store.owner.id),
            attempt_id,
            self._store.owner.id,
            now,
            self._store.accounts.load().shown_name[:MAX_NAME_CHARACTERS],
            overall,
            tuple(sorted(moments, key=lambda each: each.at)),
        )
        theirs.save(said, expected=before)
        return said

    def _open(self) -> Store:
        if self._store.accounts.load().role is not Role.COACH:
            raise StoreError(NO_COACH_YOURSELF)
        return self._store.for_person(self._store.sharing.load_received(self.share.id).owner)

    def _open_answer(self, attempt_id: str) -> Store:
        if attempt_id not in {each.id for each in self.list_answers()}:
            raise StoreError(NOT_SHARED)
        return self._open()


def _name(store: Store, person_id: str) -> str:
    try:
        return store.accounts.find(person_id).shown_name
    except StoreError:  # no coach any more
        return "Somebody"
