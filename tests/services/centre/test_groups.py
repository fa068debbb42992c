"""A coach gives a group questions with dates; members join and leave; counts are shown over five people and more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text

from analysis.question import AskedQuestion, QuestionKind
from content.questions import get_question
from services.centre import groups, membership
from services.centre.groups import JoinedGroup
from services.centre.sign_in import Identity
from store.accounts import Role
from store.db.owner import Owner, Task
from store.db.tables import attempts, group_questions, memberships
from store.errors import StoreError
from store.groups import MIN_COUNTED
from store.store import Store, open_store
from tests.support.centre.homes import BEN, CAM, Home
from tests.support.stored_attempts import add_done

pytest_plugins = ("tests.support.centre.homes",)

NOW = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)
LATER, DUE = NOW + timedelta(days=1), NOW.date() + timedelta(days=7)
QUESTION, OTHER = "tell_me_about_yourself", "why_this_company"


@pytest.fixture
def coach(home: Home) -> Iterator[Store]:
    with closing(home.open(BEN)) as store:
        membership.welcome(store, Identity(BEN, "Ben"), NOW)
        store.accounts.set_role(BEN.id, Role.COACH)
        yield store


@pytest.fixture
def come(coach: Store) -> Callable[[int], Store]:
    """Provide a function that opens the store of the member with a number."""

    def open_member(number: int) -> Store:
        owner = Owner("https://id.example", f"member {number}")
        store = coach.for_owner(owner)
        membership.welcome(store, Identity(owner, f"Member {number}"), NOW)
        return store

    return open_member


def make_group(coach: Store, *questions: str) -> str:
    """Make a group with questions; return its code."""
    group = groups.make_group(coach, "Nurses", NOW)
    for each in questions:
        groups.give_question(coach, group.id, each, DUE, NOW)
    (own,) = (each for each in groups.list_own(coach) if each.group.id == group.id)
    return own.code


def answer(store: Store, question_id: str, at: datetime = LATER) -> None:
    question = get_question(question_id)
    add_done(store, AskedQuestion(question_id, question.fill_slots(), QuestionKind.ABOUT_YOU), at)


def open_joined(store: Store) -> JoinedGroup:
    (joined,) = groups.list_joined(store)
    return joined


def test_a_member_joins_and_sees_what_to_answer_until_when(coach: Store, come: Callable[[int], Store]) -> None:
    code, member = make_group(coach, QUESTION, OTHER), come(1)
    assert groups.list_joined(member) == ()
    groups.join(member, f" {code[:32].upper()} {code[32:]}\n", NOW)
    joined = open_joined(member)
    assert (joined.group.name, joined.coach_name) == ("Nurses", "Ben")
    assert [(each.question.id, each.given.due, each.is_answered) for each in joined.questions] == [
        (QUESTION, DUE, False),
        (OTHER, DUE, False),
    ]
    answer(member, OTHER)
    answer(member, QUESTION, NOW - timedelta(days=1))  # before it was given
    assert [each.is_answered for each in open_joined(member).questions] == [False, True]


def test_answers_are_counted_over_five_people_and_not_over_four(coach: Store, come: Callable[[int], Store]) -> None:
    code = make_group(coach, QUESTION, OTHER)
    members = [come(number) for number in range(MIN_COUNTED)]
    for member in members[:-1]:
        groups.join(member, code, NOW)
        answer(member, QUESTION)
    (own,) = groups.list_own(coach)
    assert (own.members, [each.answered for each in own.questions]) == (4, [None, None])
    assert "at least 5 people" in str(groups.describe_counts(own))
    groups.join(members[-1], code, NOW)
    answer(members[0], QUESTION, LATER + timedelta(hours=1))  # again: it is people who are counted
    answer(come(99), QUESTION)  # of nobody in the group
    (own,) = groups.list_own(coach)
    assert (own.members, [each.answered for each in own.questions]) == (5, [4, 0])
    assert groups.describe_counts(own) is None
    groups.leave(members[-1], own.group.id)
    assert groups.list_own(coach)[0].questions[0].answered is None


def test_a_group_is_its_coachs_and_no_code_that_is_made_up_leads_in(coach: Store, come: Callable[[int], Store]) -> None:
    code, member = make_group(coach, QUESTION), come(1)
    group_id = code[:32]
    for wrong in ("", "short", "0" * 64, f"{group_id}{CAM.id}", f"{'0' * 32}{BEN.id}"):
        with pytest.raises(StoreError, match="no such group"):
            groups.join(member, wrong, NOW)
    with pytest.raises(StoreError, match="your own"):
        groups.join(coach, code, NOW)
    groups.join(member, code, NOW)
    with pytest.raises(StoreError, match="already"):
        groups.join(member, code, NOW)
    other = coach.for_owner(CAM)
    membership.welcome(other, Identity(CAM, "Cam"), NOW)
    coach.accounts.set_role(CAM.id, Role.COACH)
    assert groups.list_own(other) == ()
    with pytest.raises(StoreError, match="no such group"):
        groups.give_question(other, group_id, OTHER, DUE, NOW)
    groups.remove_group(other, group_id)
    groups.take_question_away(other, open_joined(member).questions[0].given.id)
    assert other.groups.count_members(group_id) == 0
    assert len(open_joined(member).questions) == 1


def test_only_a_coach_makes_a_group(come: Callable[[int], Store]) -> None:
    member = come(1)
    for do in (
        lambda: groups.make_group(member, "Mine", NOW),
        lambda: groups.give_question(member, "1" * 32, QUESTION, DUE, NOW),
        lambda: groups.take_question_away(member, "1" * 32),
        lambda: groups.remove_group(member, "1" * 32),
        lambda: groups.list_own(member),
    ):
        with pytest.raises(StoreError, match="Only a coach"):
            do()


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_group_needs_a_name(coach: Store, name: str) -> None:
    with pytest.raises(StoreError, match="name of at most 80"):
        groups.make_group(coach, name, NOW)


def test_a_day_that_is_over_is_refused(coach: Store) -> None:
    group = groups.make_group(coach, "Nurses", NOW)
    with pytest.raises(StoreError, match="That day is over"):
        groups.give_question(coach, group.id, QUESTION, NOW.date() - timedelta(days=1), NOW)


def test_there_is_an_end_to_the_questions(coach: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "MAX_QUESTIONS", 1)
    group_id = make_group(coach, QUESTION)[:32]
    with pytest.raises(StoreError, match="Remove one first"):
        groups.give_question(coach, group_id, OTHER, DUE, NOW)


def test_a_group_that_is_removed_is_gone_for_everybody(coach: Store, come: Callable[[int], Store]) -> None:
    code, member = make_group(coach, QUESTION), come(1)
    groups.join(member, code, NOW)
    answer(member, QUESTION)
    groups.remove_group(coach, code[:32])
    assert groups.list_joined(member) == groups.list_own(coach) == ()
    assert len(member.load_history()) == 1


def test_who_closes_their_account_leaves_no_row(coach: Store, come: Callable[[int], Store], home: Home) -> None:
    code, member = make_group(coach, QUESTION), come(1)
    groups.join(member, code, NOW)
    member.accounts.remove()
    assert home.count_rows(member.owner.id) == 0
    assert groups.list_own(coach)[0].members == 0
    coach.accounts.remove()
    assert home.count_rows(coach.owner.id) == 0


@pytest.mark.postgres
def test_what_counts_sees_only_answers_to_what_was_given_and_no_owner_sees_more(
    empty_centre: tuple[str, str], tmp_path: Path
) -> None:
    """Asked with queries of our own, as the app's role, past the first wall."""
    with closing(open_store(empty_centre[1], tmp_path, BEN)) as coach:
        membership.welcome(coach, Identity(BEN, "Ben"), NOW)
        coach.accounts.set_role(BEN.id, Role.COACH)
        code, member = make_group(coach, QUESTION), coach.for_owner(CAM)
        groups.join(member, code, NOW)
        answer(member, QUESTION)
        answer(member, OTHER)
        engine = create_engine(empty_centre[1])
        with engine.begin() as connection:
            connection.execute(text("SELECT set_config('answer_aloud.task', :task, true)"), {"task": Task.COUNTS})
            assert connection.scalars(select(attempts.c.question_id)).all() == [QUESTION]
            assert len(connection.execute(select(memberships)).all()) == 1
        with engine.begin() as connection:
            connection.execute(text("SELECT set_config('answer_aloud.owner', :me, true)"), {"me": BEN.id})
            assert connection.scalars(select(attempts.c.question_id)).all() == []
            assert connection.scalars(select(memberships.c.owner)).all() == [CAM.id]
        with engine.begin() as connection:
            connection.execute(text("SELECT set_config('answer_aloud.owner', :me, true)"), {"me": "f" * 32})
            for table in (memberships, group_questions):
                assert connection.execute(select(table)).all() == []
        engine.dispose()
