"""Show the page of a person's account: how long recordings stay, what they share and who heard it, and the way out."""

from __future__ import annotations

import streamlit as st

from analysis.wording import format_count
from app_pages.centre.gate import CLOSED_KEY
from app_pages.centre.share_form import show_given
from app_pages.ui.current_time import now
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import forget_person, get_person_folder, get_user_store, prepare_deletion
from app_pages.ui.wording import escape_markdown, format_date_time
from interview.mock.run import MockRun
from services.centre.coaching import GivenShare, list_given
from services.centre.membership import (
    KEEP_CHOICES,
    close_account,
    get_centre_keep_days,
    remove_old_recordings,
)
from services.centre.sign_in import SignIn, get_sign_in
from store.accounts import Account
from store.errors import StoreError
from store.sharing import SharedKind
from store.store import Store

CLOSE_PHRASE = "close my account"
CLOSE_TEXT = (
    "This deletes everything of yours on the centre's server: answers, recordings, reports, notes and plans, and the "
    "account itself. Coaches keep nothing. You can't undo this. Download an export on the page Your data first, if "
    "you'd like to keep something."
)
NOTHING_SHARED = "You share nothing. To let a coach hear an answer, open its report and choose “Share with a coach”."
_PHRASE = "close_phrase"


def _show_account(account: Account) -> None:
    consent = account.consent
    lines = [f"Signed in as **{escape_markdown(account.shown_name)}**"]
    if account.email and account.email != account.shown_name:
        lines.append(escape_markdown(account.email))
    lines.append(f"Role: {account.role}")
    if consent is not None:
        lines.append(f"You agreed on {format_date_time(consent.at.astimezone())}.")
    st.markdown("  \n".join(lines))
    if get_sign_in() is SignIn.OIDC:
        st.button("Sign out", key="sign_out", on_click=st.logout)


def _show_period(kept: Store, account: Account) -> None:
    st.header("How long recordings stay", anchor=False)
    most = get_centre_keep_days()
    choices = [days for days in KEEP_CHOICES if days < most]
    options = [None, *choices]
    chosen = account.keep_days if account.keep_days in choices else None
    st.selectbox(
        "Delete my recordings after",
        options,
        options.index(chosen),
        format_func=lambda days: (
            f"{format_count(most, 'day')}, as everybody's" if days is None else format_count(days, "day")
        ),
        key="keep_days",
        on_change=_save_period,
        args=(kept,),
    )
    st.caption("Reports and notes stay until you delete them. Recordings that are older go within a few hours.")


def _save_period(kept: Store) -> None:
    with show_errors():
        kept.accounts.set_keep_days(st.session_state["keep_days"])
        remove_old_recordings(kept, get_person_folder(), now())


def _show_shares(kept: Store) -> None:
    st.header("What you share", anchor=False)
    given = list_given(kept)
    if not given:
        st.markdown(NOTHING_SHARED)
    for each in reversed(given):
        show_given(each, _name_thing(kept, each))


def _name_thing(kept: Store, given: GivenShare) -> str:
    try:
        if given.share.kind is SharedKind.ANSWER:
            attempt = kept.load_attempt(given.share.thing_id)
            return f"“{attempt.question.text}”, take {attempt.take}"
        run = kept.load_document(MockRun, given.share.thing_id)
    except StoreError:  # deleted just now
        return "Something you deleted"
    return f"Mock interview of {format_date_time(run.started_at)}"


def _show_closing(kept: Store) -> None:
    with st.expander("Close your account"):
        st.markdown(CLOSE_TEXT)
        st.text_input(f"To confirm, type: {CLOSE_PHRASE}", key=_PHRASE)
        is_sure = str(st.session_state[_PHRASE]).strip().casefold() == CLOSE_PHRASE
        st.button("Close my account for good", key="close_account", disabled=not is_sure, on_click=_close, args=(kept,))


def _close(kept: Store) -> None:
    with show_errors():
        prepare_deletion(kept)
        close_account(kept, get_person_folder())
        forget_person()
        st.session_state.clear()
        st.session_state[CLOSED_KEY] = True
        if get_sign_in() is SignIn.OIDC:
            st.logout()


st.title("Account", anchor=False)
with show_errors():
    own = get_user_store()
    mine = own.accounts.load()
    _show_account(mine)
    _show_shares(own)
    _show_period(own, mine)
    _show_closing(own)
