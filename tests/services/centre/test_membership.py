"""Arrival, consent, the period of recordings, roles, and leaving a centre for good."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from interview.ids import make_id
from interview.person import Person
from services.centre import membership
from services.centre.sign_in import Identity
from services.live.live_takes import live_takes
from services.live.take import LiveTake, Purpose
from store.accounts import Consent, Role
from store.attempt import AttemptState
from store.db.owner import LOCAL_OWNER, Owner
from store.errors import StoreError
from store.store import Store
from tests.support.centre.homes import ANN, BEN, Home
from tests.support.stored_attempts import ABOUT_YOU, add_done, add_recorded

pytest_plugins = ("tests.support.centre.homes",)

NOW = datetime(2026, 9, 1, 10, 0, tzinfo=UTC)
IDENTITY = Identity(ANN, "Ann", "ann@uni.example", is_email_verified=True)


def find_folder(home: Home, owner: Owner) -> Path:
    return home.folder / "data" / "people" / owner.id


def begin_take(folder: Path, at: datetime) -> str:
    """Leave a recording behind as it is when it is cut off."""
    takes = live_takes(folder)
    take = LiveTake(make_id(), Purpose(ABOUT_YOU, "Recording", "", None, None), 16000, "", at)
    _, spool = takes.begin(take)
    spool.append(0, b"\0" * 64000)
    takes.release(take.id)
    return take.id


@pytest.fixture
def administrator(ann: Store) -> Store:
    ann.accounts.set_role(ANN.id, Role.ADMINISTRATOR)
    return ann


def test_an_account_begins_as_a_member_who_has_agreed_to_nothing(ann: Store) -> None:
    account = membership.welcome(ann, IDENTITY, NOW)
    assert (account.owner, account.name, account.email) == (ANN, "Ann", "ann@uni.example")
    assert (account.role, account.consent, account.joined_at) == (Role.MEMBER, None, NOW)
    assert membership.needs_consent(account)


def test_a_later_sign_in_brings_the_new_name_and_keeps_the_first_day(ann: Store) -> None:
    membership.welcome(ann, IDENTITY, NOW)
    account = membership.welcome(ann, replace(IDENTITY, name="Ann Lee"), NOW + timedelta(days=1))
    assert (account.name, account.joined_at) == ("Ann Lee", NOW)


def test_consent_is_kept_with_its_time_and_the_version_of_the_text(ann: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    membership.give_consent(ann, NOW)
    account = ann.accounts.load()
    assert account.consent == Consent(membership.CONSENT_VERSION, NOW)
    assert not membership.needs_consent(account)
    monkeypatch.setattr(membership, "CONSENT_VERSION", membership.CONSENT_VERSION + 1)
    assert membership.needs_consent(account)


def test_the_text_names_the_period_of_the_centre(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(membership.KEEP_VARIABLE, "42")
    assert "deleted after 42 days" in membership.describe_consent()


@pytest.mark.parametrize("value", ["0", "-1", "ten", "1.5", "99999"])
def test_a_period_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(membership.KEEP_VARIABLE, value)
    with pytest.raises(StoreError, match="number of days from 1 to 3650"):
        membership.get_centre_keep_days()


@pytest.mark.parametrize(("own", "days"), [(None, 100), (30, 30), (365, 100)])
def test_a_person_may_choose_a_shorter_period_and_no_longer_one(
    ann: Store, monkeypatch: pytest.MonkeyPatch, own: int | None, days: int
) -> None:
    monkeypatch.setenv(membership.KEEP_VARIABLE, "100")
    ann.accounts.set_keep_days(own)
    assert membership.get_keep_days(ann.accounts.load()) == days


def test_recordings_older_than_the_period_go_and_their_reports_stay(ann: Store, home: Home) -> None:
    ann.accounts.set_keep_days(30)
    old, new = add_done(ann, at=NOW - timedelta(days=31)), add_done(ann, at=NOW - timedelta(days=29))
    waiting = add_recorded(ann, at=NOW - timedelta(days=40))
    report = ann.load_report(old)
    assert membership.remove_old_recordings(ann, find_folder(home, ann.owner), NOW) == 2
    assert ann.load_report(old) == report
    assert [ann.load_attempt(each).has_recording for each in (old, new, waiting)] == [False, True, False]
    with pytest.raises(StoreError, match="no longer in"):
        ann.read_flac(old)
    assert ann.read_flac(new)
    lost = ann.load_attempt(waiting)
    assert lost.state is AttemptState.FAILED
    assert "older than recordings are kept" in (lost.failure or "")
    assert membership.remove_old_recordings(ann, find_folder(home, ann.owner), NOW) == 0
    assert not ann.check().troubles


def test_recordings_that_were_cut_off_go_as_well(ann: Store, home: Home) -> None:
    folder = find_folder(home, ANN)
    old, new = (begin_take(folder, NOW - timedelta(days=days)) for days in (400, 300))
    assert membership.remove_old_recordings(ann, folder, NOW) == 1
    assert [live_takes(folder).is_there(each) for each in (old, new)] == [False, True]


def test_the_recordings_of_everybody_are_looked_through_each_with_their_own_period(
    ann: Store, ben: Store, home: Home
) -> None:
    for store, identity in ((ann, IDENTITY), (ben, Identity(BEN))):
        membership.welcome(store, identity, NOW)
        add_done(store, at=NOW - timedelta(days=50))
    ann.accounts.set_keep_days(30)
    assert membership.remove_all_old_recordings(ben, partial(find_folder, home), NOW) == 1
    assert [store.load_history()[0].has_recording for store in (ann, ben)] == [False, True]


def test_an_administrator_lists_people_and_says_who_is_a_coach(administrator: Store, ben: Store) -> None:
    membership.welcome(administrator, IDENTITY, NOW)
    membership.welcome(ben, Identity(BEN, "Ben"), NOW)
    assert [each.name for each in membership.list_everybody(administrator)] == ["Ann", "Ben"]
    membership.set_role(administrator, BEN.id, Role.COACH)
    assert ben.accounts.load().role is Role.COACH
    assert [each.name for each in administrator.accounts.list_coaches()] == ["Ben"]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.COACH])
def test_nobody_else_can(ann: Store, ben: Store, role: Role) -> None:
    ann.accounts.set_role(ANN.id, role)
    for forbidden in (
        lambda: membership.list_everybody(ann),
        lambda: membership.set_role(ann, BEN.id, Role.COACH),
        lambda: membership.set_role(ann, ANN.id, Role.ADMINISTRATOR),
    ):
        with pytest.raises(StoreError, match="Only an administrator"):
            forbidden()
    assert (ann.accounts.load().role, ben.accounts.load().role) == (role, Role.MEMBER)


def test_an_administrator_cannot_change_their_own_role(administrator: Store) -> None:
    with pytest.raises(StoreError, match="your own role"):
        membership.set_role(administrator, ANN.id, Role.MEMBER)


def test_an_administrator_sees_no_content(administrator: Store, ben: Store) -> None:
    done = add_done(ben)
    ben.add_note(done, "Ben's own words")
    membership.welcome(ben, Identity(BEN, "Ben"), NOW)
    seen = repr(membership.list_everybody(administrator))
    assert done not in seen
    assert "words" not in seen
    with pytest.raises(StoreError, match="can't find that answer"):
        administrator.load_attempt(done)


@pytest.mark.parametrize(
    ("named", "identity", "role"),
    [
        ("ann@uni.example", IDENTITY, Role.ADMINISTRATOR),
        ("x, ANN@uni.example", IDENTITY, Role.ADMINISTRATOR),
        ("ann", IDENTITY, Role.ADMINISTRATOR),
        ("ann@uni.example", replace(IDENTITY, is_email_verified=False), Role.MEMBER),
        ("", replace(IDENTITY, email=""), Role.MEMBER),
        ("ben", IDENTITY, Role.MEMBER),
    ],
)
def test_who_is_named_by_verified_email_or_subject_is_an_administrator(
    ann: Store, monkeypatch: pytest.MonkeyPatch, named: str, identity: Identity, role: Role
) -> None:
    monkeypatch.setenv(membership.ADMINISTRATORS_VARIABLE, named)
    assert membership.welcome(ann, identity, NOW).role is role


def test_closing_an_account_leaves_nothing_of_it_and_everything_of_others(home: Home, ben: Store) -> None:
    ann = home.open(ANN)
    kept = add_done(ben)
    membership.welcome(ann, IDENTITY, NOW)
    ann.add_note(add_done(ann), "Slower.")
    ann.save(Person(make_id(), "Zoë"))
    ann.delete_attempt(add_recorded(ann))
    ann.accounts.save_settings({"stutters": True})
    begin_take(find_folder(home, ANN), NOW)
    membership.close_account(ann, find_folder(home, ann.owner))
    assert home.count_rows(ANN.id) == 0
    assert home.count_rows(BEN.id) > 3
    assert [path for path in find_folder(home, ANN).rglob("*") if path.is_file()] == []
    assert ben.load_report(kept)
    assert ben.read_flac(kept)
    ann.close()


def test_who_comes_again_after_closing_their_account_begins_anew(home: Home) -> None:
    for _ in range(2):
        with closing(home.open(ANN)) as ann:
            assert membership.welcome(ann, IDENTITY, NOW).consent is None
            membership.give_consent(ann, NOW)
            add_done(ann)
            membership.close_account(ann, find_folder(home, ann.owner))


def test_settings_are_each_persons_own(ann: Store, ben: Store) -> None:
    assert ann.accounts.load_settings() is None
    ann.accounts.save_settings({"filler_words": ["you see"]})
    assert ann.accounts.load_settings() == {"filler_words": ["you see"]}
    assert ben.accounts.load_settings() is None


def test_the_queue_is_told_what_waits_and_whose_it_is_and_nothing_else(ann: Store, ben: Store) -> None:
    first, done, second = add_recorded(ann, at=NOW), add_done(ann), add_recorded(ben, at=NOW + timedelta(hours=1))
    waiting = ben.accounts.list_waiting()
    assert [(each.owner, each.attempt_id) for each in waiting] == [(ANN.id, first), (BEN.id, second)]
    assert done not in repr(waiting)
    assert waiting[0].recorded_at == NOW
    assert waiting[0].duration == pytest.approx(ann.load_attempt(first).duration)


def test_the_single_user_is_not_among_the_people(ann: Store, home: Home) -> None:
    membership.welcome(ann, IDENTITY, NOW)
    with closing(home.open(LOCAL_OWNER)) as local:
        assert local.accounts.load().joined_at is None
        assert [each.owner for each in local.accounts.list_everybody()] == [ANN]
