"""A member shares with a coach, who hears that and nothing else; each hearing is seen, and all can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from interview.ids import make_id
from interview.listener_comments import ListenerComments, MarkedMoment
from interview.mock.run import MockRun, MockStep
from interview.validation import EntryError
from services.centre import coaching, membership
from services.centre.sign_in import Identity
from services.listener_comments import load_listener_comments
from store.accounts import Role
from store.db.tables import hearings, shares
from store.errors import StoreError
from store.sharing import SharedKind
from store.store import Store
from tests.support.centre.homes import ANN, BEN, CAM, Home
from tests.support.stored_attempts import CONFLICT, add_done

pytest_plugins = ("tests.support.centre.homes",)

NOW = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def member(home: Home) -> Iterator[Store]:
    with closing(home.open(ANN)) as store:
        membership.welcome(store, Identity(ANN, "Ann"), NOW)
        yield store


@pytest.fixture
def coach(home: Home) -> Iterator[Store]:
    with closing(home.open(BEN)) as store:
        membership.welcome(store, Identity(BEN, "Ben"), NOW)
        store.accounts.set_role(BEN.id, Role.COACH)
        yield store


@pytest.fixture
def other_coach(home: Home) -> Iterator[Store]:
    with closing(home.open(CAM)) as store:
        membership.welcome(store, Identity(CAM, "Cam"), NOW)
        store.accounts.set_role(CAM.id, Role.COACH)
        yield store


def add_run(store: Store, *attempt_ids: str) -> MockRun:
    steps = tuple(MockStep("about_you", "Tell me about yourself.", "about_you", each) for each in attempt_ids)
    run = MockRun(make_id(), make_id(), steps, NOW, NOW)
    store.save(run)
    return run


def share_answer(member: Store, coach: Store) -> tuple[str, coaching.SharedWork]:
    answer = add_done(member)
    made = coaching.share(member, coach.owner.id, SharedKind.ANSWER, answer, NOW)
    return answer, coaching.open_shared(coach, made.id)


def test_a_member_chooses_among_the_coaches_by_name(member: Store, coach: Store, other_coach: Store) -> None:
    assert [each.shown_name for each in coaching.list_coaches(member)] == ["Ben", "Cam"]
    assert [each.shown_name for each in coaching.list_coaches(coach)] == ["Cam"]


def test_a_coach_hears_reads_and_comments_what_is_shared(member: Store, coach: Store) -> None:
    answer, shared = share_answer(member, coach)
    assert shared.member_name == "Ann"
    assert [each.id for each in shared.list_answers()] == [answer]
    assert shared.load_result(answer) == member.load_result(answer)
    assert shared.hear(answer, LATER) == member.read_flac(answer)
    assert shared.load_comments(answer) is None
    said = shared.comment(answer, "Well told.", [MarkedMoment(1.5, "Slower here."), MarkedMoment(0.5)], LATER)
    assert [each.at for each in said.moments] == [0.5, 1.5]
    assert load_listener_comments(member, answer) == (said,)
    assert said.name == "Ben"


def test_later_comments_take_the_place_of_the_first(member: Store, coach: Store) -> None:
    answer, shared = share_answer(member, coach)
    shared.comment(answer, "Well told.", [], NOW)
    said = shared.comment(answer, "Better still.", [], LATER)
    assert shared.load_comments(answer) == said
    assert load_listener_comments(member, answer) == (said,)


def test_comments_are_checked_as_those_of_any_listener(member: Store, coach: Store) -> None:
    answer, shared = share_answer(member, coach)
    with pytest.raises(EntryError):
        shared.comment(answer, "x" * 4001, [], NOW)


def test_every_hearing_leaves_a_row_that_the_member_sees(member: Store, coach: Store) -> None:
    answer, shared = share_answer(member, coach)
    shared.hear(answer, NOW)
    shared.hear(answer, LATER)
    (given,) = coaching.list_given(member, answer)
    assert given.coach_name == "Ben"
    assert [(each.attempt_id, each.coach, each.heard_at) for each in given.hearings] == [
        (answer, BEN.id, NOW),
        (answer, BEN.id, LATER),
    ]


def test_sound_is_not_given_where_the_hearing_cannot_be_noted(
    member: Store, coach: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, shared = share_answer(member, coach)

    def fail(*_: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr("store.sharing.Sharing.note_hearing", fail)
    with pytest.raises(StoreError, match="disk is full"):
        shared.hear(answer, NOW)


def test_what_is_taken_back_is_closed_at_once_and_the_hearings_stay(member: Store, coach: Store) -> None:
    answer, shared = share_answer(member, coach)
    shared.hear(answer, NOW)
    coaching.take_back(member, shared.share.id, LATER)
    for closed in (
        shared.list_answers,
        lambda: shared.load_result(answer),
        lambda: shared.hear(answer, LATER),
        lambda: shared.load_comments(answer),
        lambda: shared.comment(answer, "Late.", [], LATER),
        lambda: coaching.open_shared(coach, shared.share.id),
    ):
        with pytest.raises(StoreError, match="isn't shared with you any more"):
            closed()
    assert coaching.list_received(coach) == ()
    (given,) = coaching.list_given(member)
    assert given.share.taken_back_at == LATER
    assert len(given.hearings) == 1
    assert load_listener_comments(member, answer) == ()


def test_it_can_be_shared_again(member: Store, coach: Store) -> None:
    answer, shared = share_answer(member, coach)
    with pytest.raises(StoreError, match="share this with them already"):
        coaching.share(member, coach.owner.id, SharedKind.ANSWER, answer, NOW)
    coaching.take_back(member, shared.share.id, NOW)
    again = coaching.share(member, coach.owner.id, SharedKind.ANSWER, answer, LATER)
    assert [each.share for each in coaching.list_received(coach)] == [again]


def test_a_coach_reaches_no_other_answer_of_the_member(member: Store, coach: Store) -> None:
    _, shared = share_answer(member, coach)
    private = add_done(member, CONFLICT)
    for closed in (
        lambda: shared.load_result(private),
        lambda: shared.hear(private, NOW),
        lambda: shared.load_comments(private),
        lambda: shared.comment(private, "Heard.", [], NOW),
    ):
        with pytest.raises(StoreError, match="isn't shared with you"):
            closed()
    with pytest.raises(StoreError, match="can't find that answer"):
        coach.load_attempt(private)
    assert member.sharing.list_hearings() == ()


def test_a_mock_interview_is_shared_with_its_answers_alone(member: Store, coach: Store) -> None:
    first, second, apart = (add_done(member) for _ in range(3))
    run = add_run(member, first, second)
    made = coaching.share(member, coach.owner.id, SharedKind.MOCK_INTERVIEW, run.id, NOW)
    shared = coaching.open_shared(coach, made.id)
    assert [each.id for each in shared.list_answers()] == [first, second]
    member.delete_attempt(first)
    assert [each.id for each in shared.list_answers()] == [second]
    with pytest.raises(StoreError, match="isn't shared with you"):
        shared.hear(apart, NOW)


def test_nothing_can_be_shared_but_ones_own_and_with_nobody_but_a_coach(
    member: Store, coach: Store, other_coach: Store
) -> None:
    answer, theirs = add_done(member), add_done(coach)
    with pytest.raises(StoreError, match="can't find that answer"):
        coaching.share(member, coach.owner.id, SharedKind.ANSWER, theirs, NOW)
    with pytest.raises(StoreError, match="has been deleted"):
        coaching.share(member, coach.owner.id, SharedKind.MOCK_INTERVIEW, answer, NOW)
    with pytest.raises(StoreError, match="with yourself"):
        coaching.share(member, member.owner.id, SharedKind.ANSWER, answer, NOW)
    other_coach.accounts.set_role(CAM.id, Role.MEMBER)
    with pytest.raises(StoreError, match=r"aren't a coach|isn't here any more"):
        coaching.share(member, other_coach.owner.id, SharedKind.ANSWER, answer, NOW)
    assert member.sharing.list_given() == ()


def test_a_share_is_nobodys_but_its_two_peoples(member: Store, coach: Store, other_coach: Store, home: Home) -> None:
    answer, shared = share_answer(member, coach)
    shared.hear(answer, NOW)
    assert other_coach.sharing.list_received() == ()
    assert other_coach.sharing.list_hearings() == ()
    with pytest.raises(StoreError, match="isn't shared with you"):
        coaching.open_shared(other_coach, shared.share.id)
    coaching.take_back(other_coach, shared.share.id, NOW)
    membership.close_account(other_coach, home.folder / "data" / "people" / other_coach.owner.id)
    assert len(coaching.list_received(coach)) == len(member.sharing.list_hearings()) == 1


def test_a_coach_cannot_keep_change_or_make_a_share(member: Store, coach: Store) -> None:
    answer, shared = share_answer(member, coach)
    coaching.take_back(member, shared.share.id, NOW)
    with coach._database.begin_write() as connection:
        connection.execute(update(shares).values(taken_back_at=None))
        connection.execute(delete(shares))
        row = {"coach": BEN.id, "kind": "attempt", "thing_id": answer, "shared_at": NOW}
        connection.execute(insert(shares).values({"id": "1" * 32, "owner": ANN.id, **row}))
        made = connection.execute(select(shares.c.owner).where(shares.c.id == "1" * 32)).one()
    assert made.owner == BEN.id  # which is a share of the coach's own with themselves, of nothing
    (given,) = member.sharing.list_given()
    assert given.taken_back_at == NOW


def test_a_hearing_names_the_coach_who_was_given_the_sound_whatever_is_claimed(
    member: Store, coach: Store, other_coach: Store
) -> None:
    answer, shared = share_answer(member, coach)
    claimed = {"id": "1" * 32, "share_id": shared.share.id, "owner": ANN.id, "coach": CAM.id, "attempt_id": answer}
    with coach._database.begin_write() as connection:
        connection.execute(insert(hearings).values(claimed | {"heard_at": NOW}))
    assert [each.coach for each in member.sharing.list_hearings()] == [BEN.id]


def test_deleting_an_answer_ends_its_sharing(member: Store, coach: Store) -> None:
    answer, shared = share_answer(member, coach)
    shared.hear(answer, NOW)
    member.delete_attempt(answer)
    assert member.sharing.list_given() == member.sharing.list_hearings() == ()
    assert coaching.list_received(coach) == ()


def test_a_member_can_remove_what_a_coach_said(member: Store, coach: Store) -> None:
    answer, shared = share_answer(member, coach)
    said = shared.comment(answer, "Hm.", [], NOW)
    member.delete_document(said.id)
    assert shared.load_comments(answer) is None
    assert member.load_documents(ListenerComments) == ()


def test_what_a_coach_heard_stays_known_when_they_are_gone(member: Store, coach: Store, home: Home) -> None:
    answer, shared = share_answer(member, coach)
    shared.hear(answer, NOW)
    membership.close_account(coach, home.folder / "data" / "people" / coach.owner.id)
    (given,) = coaching.list_given(member)
    assert (given.coach_name, [each.heard_at for each in given.hearings]) == ("Somebody", [NOW])


def test_a_member_who_leaves_takes_their_shares_along(member: Store, coach: Store, home: Home) -> None:
    answer, shared = share_answer(member, coach)
    shared.hear(answer, NOW)
    shared.comment(answer, "Well told.", [], NOW)
    membership.close_account(member, home.folder / "data" / "people" / member.owner.id)
    assert home.count_rows(ANN.id) == 0
    assert coaching.list_received(coach) == ()


def test_who_is_no_coach_any_more_hears_nothing(member: Store, coach: Store) -> None:
    answer, shared = share_answer(member, coach)
    coach.accounts.set_role(BEN.id, Role.MEMBER)
    with pytest.raises(StoreError, match="aren't a coach here any more"):
        shared.hear(answer, NOW)
    assert member.sharing.list_hearings() == ()


def test_a_coach_who_is_none_any_more_is_not_named(member: Store, coach: Store) -> None:
    share_answer(member, coach)
    coach.accounts.set_role(BEN.id, Role.MEMBER)
    (given,) = coaching.list_given(member)
    assert given.coach_name in ("Ben", "Somebody")
