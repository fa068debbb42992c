"""Share an answer or a mock interview with a coach of the centre, see each time it was heard, and take it back."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from analysis.wording import format_count
from app_pages.ui import demo_mode
from app_pages.ui.current_time import now
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_user_store, withdraw_answer
from app_pages.ui.wording import escape_markdown, format_date_time
from services.centre.coaching import GivenShare, list_coaches, list_given, list_shared_answers, share, take_back
from services.centre.sign_in import is_centre
from store.sharing import Share, SharedKind
from store.store import Store

WHAT_THEY_SEE = {
    SharedKind.ANSWER: "They hear this answer and see its report. They see nothing else of yours, no notes either.",
    SharedKind.MOCK_INTERVIEW: "They hear the answers of this mock interview and see their reports, and nothing else.",
}
NO_COACHES = "Your centre has no coaches yet."


def show_share_form(kind: SharedKind, thing_id: str) -> None:
    """Offer to share something with a coach; nothing for a single user. Raises StoreError."""
    if demo_mode.is_on() or not is_centre():
        return
    kept = get_user_store()
    given = list_given(kept, thing_id)
    held = [each for each in given if each.share.is_held]
    label = f"Shared with {format_count(len(held), 'coach', 'coaches')}" if held else "Share with a coach"
    with st.expander(label, key=f"share_{thing_id}"):
        for each in given:
            show_given(each, f"Shared with {each.coach_name}")
        _offer(kept, kind, thing_id, {each.share.coach for each in held})


def show_given(given: GivenShare, title: str) -> None:
    """Show something that is or was shared: with whom, each hearing, and a button that takes it back.

    Args:
        given: what is shared.
        title: what it is called here.
    """
    with st.container(border=True, key=f"given_{given.share.id}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{escape_markdown(title)}**", width="content")
            if given.share.is_held:
                st.button("Take back", key=f"take_back_{given.share.id}", on_click=_take_back, args=(given.share,))
        st.caption(_describe(given))


def _describe(given: GivenShare) -> str:
    lines = [f"With {escape_markdown(given.coach_name)} since {_format(given.share.shared_at)}."]
    if given.share.taken_back_at is not None:
        lines.append(f"You took it back on {_format(given.share.taken_back_at)}.")
    heard = ", ".join(_format(each.heard_at) for each in given.hearings)
    lines.append(f"Heard on {heard}." if heard else "Not heard yet.")
    return "  \n".join(lines)


def _offer(kept: Store, kind: SharedKind, thing_id: str, those: set[str]) -> None:
    coaches = {each.id: each for each in list_coaches(kept) if each.id not in those}
    if not coaches:
        if not those:
            st.markdown(NO_COACHES)
        return
    st.markdown(WHAT_THEY_SEE[kind])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Coach", list(coaches), format_func=lambda one: coaches[one].shown_name, key=f"share_coach_{thing_id}"
        )
        st.button("Share", key=f"share_now_{thing_id}", on_click=_share, args=(kind, thing_id))


def _share(kind: SharedKind, thing_id: str) -> None:
    with show_errors():
        share(get_user_store(), st.session_state[f"share_coach_{thing_id}"], kind, thing_id, now())


def _take_back(what: Share) -> None:
    with show_errors():
        kept = get_user_store()
        take_back(kept, what.id, now())
        for attempt_id in list_shared_answers(kept, what):  # the coach's browser may have them open
            withdraw_answer(kept, attempt_id)


def _format(at: datetime) -> str:
    return format_date_time(at.astimezone(now().tzinfo))
