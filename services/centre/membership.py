"""Membership of a centre: arrival, consent in plain words, how long recordings stay, roles, and leaving for good."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from services.centre.sign_in import Identity
from services.live.live_takes import RunningError, live_takes
from store.accounts import Account, Consent, Role
from store.db.owner import Owner
from store.errors import StoreError
from store.store import Store

KEEP_VARIABLE = "ANSWER_ALOUD_KEEP_DAYS"
ADMINISTRATORS_VARIABLE = "ANSWER_ALOUD_ADMINISTRATORS"
DEFAULT_KEEP_DAYS = 365  # d, where the centre says nothing else
KEEP_CHOICES = (7, 30, 90, 180, 365)  # d
MAX_KEEP_DAYS = 3650  # d
CONSENT_VERSION = 1  # of the text below; a new one is asked for again
CONSENT_TEXT = """
- **What's kept:** your recordings, what you said as text, and your reports, notes and plans. They're on this centre's
  server. Your name and email come from your sign-in.
- **Who can hear you:** only you. A coach hears what you share with them, and you see each time they did. You can take
  it back. If you join a group, its coach sees how many people in it answered a question, never who.
- **Who runs it:** the centre's administrators see who has an account. The app shows them nothing you record or write.
  The people who look after the server could reach its disks, as with any server.
- **How long:** recordings are deleted after {days} days, or sooner if you choose. Reports and notes stay until you
  delete them.
- **Your rights:** you can download everything, delete single answers, or close your account. Then everything of yours
  is deleted at once.
"""
WRONG_PERIOD = "{variable} is {value!r}. Set it to a number of days from 1 to {most}, or leave it out."
NOT_ALLOWED = "Only an administrator of the centre can do this."
OWN_ROLE = "You can't change your own role. Ask another administrator."


def welcome(store: Store, identity: Identity, now: datetime) -> Account:
    """Return the account of a person who has just signed in, with the name they have now; raises StoreError.

    Who is named in ANSWER_ALOUD_ADMINISTRATORS, by verified email or subject, is an administrator.
    """
    account = store.accounts.load()
    if account.joined_at is None or (account.name, account.email) != (identity.name, identity.email):
        store.accounts.note_sign_in(identity.name, identity.email, now)
    if account.role is not Role.ADMINISTRATOR and _is_named_administrator(identity):
        store.accounts.set_role(account.id, Role.ADMINISTRATOR)
    return store.accounts.load()


def needs_consent(account: Account) -> bool:
    """Return whether a person has yet to agree to the text of today."""
    return account.consent is None or account.consent.version < CONSENT_VERSION


def give_consent(store: Store, now: datetime) -> None:
    """Save that a person agrees to the text of today; raises StoreError."""
    store.accounts.give_consent(Consent(CONSENT_VERSION, now))


def describe_consent() -> str:
    """Return the text to agree to, with the centre's own period; raises StoreError."""
    return CONSENT_TEXT.format(days=get_centre_keep_days())


def get_centre_keep_days() -> int:
    """Return after how many days recordings go at the latest; raises StoreError if the environment names no number."""
    value = os.environ.get(KEEP_VARIABLE) or str(DEFAULT_KEEP_DAYS)
    if not value.isdecimal() or not 1 <= int(value) <= MAX_KEEP_DAYS:
        raise StoreError(WRONG_PERIOD.format(variable=KEEP_VARIABLE, value=value, most=MAX_KEEP_DAYS))
    return int(value)


def get_keep_days(account: Account) -> int:
    """Return after how many days the recordings of a person go; raises StoreError."""
    return min(account.keep_days or MAX_KEEP_DAYS, get_centre_keep_days())


def remove_old_recordings(store: Store, folder: Path, now: datetime) -> int:
    """Delete the recordings of one person that are older than they are kept, those that were cut off too.

    Args:
        store: Their store.
        folder: The folder of their own files.
        now: The current time, with its zone.

    Returns:
        How many there were.

    Raises:
        StoreError: They can't be deleted.
    """
    before = now - timedelta(days=get_keep_days(store.accounts.load()))
    takes = live_takes(folder) if folder.is_dir() else None
    old = [take.id for take in takes.files.all() if take.started_at < before] if takes is not None else []
    for take_id in old:
        with suppress(RunningError):  # it goes on, for whatever reason; the next look finds it again
            live_takes(folder).delete(take_id)
    return store.remove_recordings_before(before) + len(old)


def remove_all_old_recordings(store: Store, find_folder: Callable[[Owner], Path], now: datetime) -> int:
    """Delete the recordings of everybody that are older than they are kept; return how many. Raises StoreError."""
    everybody = [account.owner for account in store.accounts.list_everybody()]
    return sum(remove_old_recordings(store.for_owner(each), find_folder(each), now) for each in everybody)


def set_role(store: Store, person_id: str, role: Role) -> None:
    """Say what somebody may do; raises StoreError unless the person whose store this is may say so."""
    require_administrator(store)
    if person_id == store.owner.id:
        raise StoreError(OWN_ROLE)
    store.accounts.set_role(person_id, role)


def list_everybody(store: Store) -> tuple[Account, ...]:
    """Return all accounts; raises StoreError unless the person whose store this is may see them."""
    require_administrator(store)
    return store.accounts.list_everybody()


def require_administrator(store: Store) -> None:
    """Raise StoreError unless the person whose store this is is an administrator."""
    if store.accounts.load().role is not Role.ADMINISTRATOR:
        raise StoreError(NOT_ALLOWED)


def close_account(store: Store, folder: Path) -> None:
    """Delete everything of a person and then their account; raises StoreError.

    What they heard as a coach stays known to whose it was.

    Args:
        store: Their store.
        folder: The folder of their own files.
    """
    live_takes(folder).delete_all()
    store.delete_all()
    store.accounts.remove()


def _is_named_administrator(identity: Identity) -> bool:
    named = {each.strip().casefold() for each in os.environ.get(ADMINISTRATORS_VARIABLE, "").split(",")} - {""}
    email = identity.email if identity.is_email_verified else ""
    return bool({email.casefold(), identity.owner.subject.casefold()} & named)
