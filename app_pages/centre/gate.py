"""Sign-in and consent, which come before every page of a centre; a single user meets neither."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from app_pages.ui import identity
from app_pages.ui.current_time import now
from app_pages.ui.served_files import note_people
from app_pages.ui.store_access import get_user_store, welcome_person
from app_pages.ui.wording import escape_markdown
from services.centre.membership import describe_consent, give_consent, needs_consent
from services.centre.sign_in import SignIn, get_sign_in, identify
from store.accounts import Account, Role

SIGN_IN_TEXT = "Practise interview answers aloud and read how you came across. Sign in with your centre's account."
NOT_NAMED = (
    "Your centre's sign-in didn't say who you are, so we can't open anything. Reload the page. If it says this again, "
    "tell your centre."
)
CONSENT_TITLE = "Before you start"
CLOSED_KEY = "account_closed"  # in the session of somebody who closed their account just now
CLOSED_TEXT = "Your account is closed and everything in it is deleted. You can close this page."
AGREE_LABEL = "I've read this and agree"


def pass_gate() -> Account | None:
    """Show the sign-in, then the consent, and end the page there until both are done.

    Returns:
        The account of who is signed in; None where nobody signs in.

    Raises:
        StoreError: Nobody could be told from others here.
    """
    way = get_sign_in()
    if way is SignIn.OFF:
        return None
    if st.session_state.get(CLOSED_KEY, False):
        st.success(CLOSED_TEXT)
        st.stop()
    if identity.find_identity() is None:
        _show_sign_in(way)
        st.stop()
    note_people(partial(_find_person_id, way))
    account = welcome_person()
    if account is not None and needs_consent(account):
        _ask_for_consent(account)
        st.stop()
    return account


def list_pages(account: Account | None) -> list[StreamlitPage]:
    """Return the pages that somebody has besides those of everybody; a single user has none."""
    if account is None:
        return []
    pages = [
        st.Page("app_pages/centre/account.py", title="Account", url_path="account"),
        st.Page("app_pages/centre/groups.py", title="Groups", url_path="groups"),
    ]
    if account.role is Role.COACH:
        pages.append(st.Page("app_pages/centre/shared.py", title="Shared with you", url_path="shared"))
    if account.role is Role.ADMINISTRATOR:
        pages.append(st.Page("app_pages/centre/people.py", title="People", url_path="people"))
    return pages


def _find_person_id(way: SignIn, claims: Mapping[str, Any]) -> str | None:
    found = identify(way, claims)
    return None if found is None else found.owner.id


def _show_sign_in(way: SignIn) -> None:
    st.title("Answer Aloud", anchor=False)
    if way is SignIn.PROXY:
        st.error(NOT_NAMED)
        return
    st.markdown(SIGN_IN_TEXT)
    st.button("Sign in", type="primary", key="sign_in", on_click=st.login)


def _ask_for_consent(account: Account) -> None:
    st.title(CONSENT_TITLE, anchor=False)
    st.markdown(f"Hello {escape_markdown(account.shown_name)}. This is what happens to what you record and write here:")
    st.markdown(describe_consent())
    with st.container(horizontal=True):
        st.button(AGREE_LABEL, type="primary", key="give_consent", on_click=_agree)
        if get_sign_in() is SignIn.OIDC:
            st.button("Sign out", key="sign_out", on_click=st.logout)


def _agree() -> None:
    give_consent(get_user_store(), now())
