"""Show the groups of a person: what a coach gave them to answer and until when, and for a coach how many did."""

from __future__ import annotations

import streamlit as st

from analysis.wording import format_count, format_sentence
from app_pages.centre.groups_notice import say_due
from app_pages.ui.current_time import now
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_question
from app_pages.ui.store_access import get_user_store
from app_pages.ui.wording import escape_markdown
from services.centre import groups
from services.centre.groups import GivenQuestion, JoinedGroup, OwnGroup
from store.accounts import Role
from store.store import Store

INTRODUCTION = (
    "A coach gives a group questions to practise, each with a day. Your answers stay yours: once at least five people "
    "are in the group, the coach sees how many have answered, never who."
)
NO_GROUPS = "You're in no group. If a coach gave you a code, join here."
NO_OWN_GROUPS = "You have no group yet. Make one, then give its code to the people who should join."
NO_QUESTIONS = "No questions yet."
_NAME, _CODE = "group_name", "group_code"


def _show_joined(joined: JoinedGroup) -> None:
    group = joined.group
    with st.container(border=True, key=f"joined_{group.id}"):
        st.subheader(escape_markdown(group.name), anchor=False)
        st.caption(escape_markdown(f"From {joined.coach_name}"))
        if not joined.questions:
            st.markdown(NO_QUESTIONS)
        for each in joined.questions:
            mark = "✓ " if each.is_answered else ""
            link_to_question(each.question.id, escape_markdown(f"{mark}{each.question.fill_slots()}"))
            st.caption("Answered" if each.is_answered else format_sentence(say_due(each)))
        st.button("Leave this group", key=f"leave_{group.id}", type="tertiary", on_click=_leave, args=(group.id,))


def _show_joining() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Code of a group", key=_CODE, max_chars=100)
        st.button("Join", key="join_group", on_click=_join)


def _join() -> None:
    with show_errors():
        groups.join(get_user_store(), st.session_state[_CODE], now())
        st.session_state[_CODE] = ""


def _leave(group_id: str) -> None:
    with show_errors():
        groups.leave(get_user_store(), group_id)


def _show_own(own: OwnGroup) -> None:
    group = own.group
    with st.container(border=True, key=f"group_{group.id}"):
        st.subheader(escape_markdown(group.name), anchor=False)
        st.markdown(f"{format_count(own.members, 'person', 'people').capitalize()}. People join with this code:")
        st.code(own.code, language=None)
        if own.questions and (reason := groups.describe_counts(own)):
            st.caption(reason)
        if not own.questions:
            st.markdown(NO_QUESTIONS)
        for each in own.questions:
            _show_given(own, each)
        _offer_question(own)
        with st.popover("Delete this group"):
            st.markdown("Its questions go, and nobody is in it any more. Everybody keeps their answers.")
            st.button("Delete the group", key=f"remove_{group.id}", on_click=_remove, args=(group.id,))


def _show_given(own: OwnGroup, each: GivenQuestion) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"given_{each.given.id}"):
        counted = "" if each.answered is None else f", answered by {each.answered} of {own.members}"
        about = escape_markdown(format_sentence(f"{say_due(each)}{counted}"))
        st.markdown(f"{escape_markdown(each.question.fill_slots())}  \n:small[{about}]", width=520)
        st.button(
            "Remove", key=f"take_away_{each.given.id}", type="tertiary", on_click=_take_away, args=(each.given.id,)
        )


def _offer_question(own: OwnGroup) -> None:
    given = {each.question.id for each in own.questions}
    choices = {each.id: each.fill_slots() for each in groups.list_choices() if each.id not in given}
    group_id = own.group.id
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("Question", list(choices), format_func=choices.__getitem__, key=f"ask_{group_id}")
        st.date_input("Until", now().date(), min_value=now().date(), format="YYYY-MM-DD", key=f"until_{group_id}")
        st.button("Add question", key=f"give_{group_id}", on_click=_give, args=(group_id,))


def _give(group_id: str) -> None:
    with show_errors():
        due = st.session_state[f"until_{group_id}"]
        groups.give_question(get_user_store(), group_id, st.session_state[f"ask_{group_id}"], due, now())


def _take_away(given_id: str) -> None:
    with show_errors():
        groups.take_question_away(get_user_store(), given_id)


def _remove(group_id: str) -> None:
    with show_errors():
        groups.remove_group(get_user_store(), group_id)


def _show_making() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Name of a new group", key=_NAME, max_chars=groups.MAX_NAME_CHARACTERS)
        st.button("Make a group", key="make_group", on_click=_make)


def _make() -> None:
    with show_errors():
        groups.make_group(get_user_store(), st.session_state[_NAME], now())
        st.session_state[_NAME] = ""


def _show_coaching(kept: Store) -> None:
    st.header("Groups you coach", anchor=False)
    own = groups.list_own(kept)
    if not own:
        st.markdown(NO_OWN_GROUPS)
    for each in own:
        _show_own(each)
    _show_making()
    st.header("Groups you're in", anchor=False)


st.title("Groups", anchor=False)
st.caption(INTRODUCTION)
with show_errors():
    mine = get_user_store()
    if mine.accounts.load().role is Role.COACH:
        _show_coaching(mine)
    there = groups.list_joined(mine)
    if not there:
        st.markdown(NO_GROUPS)
    for one in there:
        _show_joined(one)
    _show_joining()
