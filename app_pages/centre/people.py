"""Show an administrator who has an account, and let them say who is a coach; nothing of what anybody recorded."""

from __future__ import annotations

import streamlit as st

from analysis.wording import format_count
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_user_store
from app_pages.ui.wording import escape_markdown, format_date_time
from services.centre.membership import list_everybody, set_role
from store.accounts import Account, Role
from store.store import Store

ROLE_NAMES = {Role.MEMBER: "Member", Role.COACH: "Coach", Role.ADMINISTRATOR: "Administrator"}
INTRODUCTION = (
    "Everybody who has signed in. Coaches hear what members share with them. Administrators see this page. Nobody sees "
    "here what others record or write."
)


def _show_person(kept: Store, account: Account) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"person_{account.id}"):
        joined = "" if account.joined_at is None else f", since {format_date_time(account.joined_at.astimezone())}"
        about = f"{account.email}{joined}".removeprefix(", ")
        st.markdown(f"**{escape_markdown(account.shown_name)}**  \n:small[{escape_markdown(about)}]", width=420)
        st.selectbox(
            f"Role of {account.shown_name}",
            list(Role),
            list(Role).index(account.role),
            format_func=ROLE_NAMES.__getitem__,
            key=f"role_{account.id}",
            label_visibility="collapsed",
            disabled=account.id == kept.owner.id,
            on_change=_set_role,
            args=(kept, account.id),
        )


def _set_role(kept: Store, person_id: str) -> None:
    with show_errors():
        set_role(kept, person_id, st.session_state[f"role_{person_id}"])


st.title("People", anchor=False)
st.caption(INTRODUCTION)
with show_errors():
    own = get_user_store()
    everybody = list_everybody(own)
    st.markdown(f"**{format_count(len(everybody), 'person', 'people').capitalize()}**")
    for person in everybody:
        _show_person(own, person)
