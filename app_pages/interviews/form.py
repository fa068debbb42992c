"""The form of an interview: where, when, for what, and what came of it."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import Any

import streamlit as st

from app_pages.interviews.wording import STATES, stage
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.form_state import Editing
from app_pages.ui.query_params import current_interview
from content.taxonomy import sorting
from interview.interview import USUAL, Interview
from interview.time_zones import moment, zone_names
from interview.validation import LINE, TEXT, EntryError, one_line

FORM = "interview"
_key = partial(form_state.key, FORM)
ZONE = "UTC"  # where the browser does not tell its own


def show() -> None:
    """The open form; what is saved is chosen at once."""
    opened = form_state.now(FORM)
    if opened is None:
        return
    with st.form(FORM, enter_to_submit=False):
        st.subheader("Change this interview" if opened.thing else "A new interview", anchor=False)
        typed = _fields(opened)
        if form_state.buttons(FORM):
            with show_errors():
                new = _interview(opened, typed)
                form_state.keep(FORM, new)
                current_interview.choose(new.id)
                st.rerun()


def _fields(opened: Editing) -> dict[str, Any]:
    old: Interview | None = opened.thing
    typed: dict[str, Any] = {}
    typed["company"] = st.text_input("Company", old.company if old else "", LINE, key=_key("company"))
    typed["role"] = st.text_input("Role", old.role if old else "", LINE, key=_key("role"))
    typed["stage"] = _stage(old)
    typed |= _when(old)
    typed["place"] = st.text_input("Place or link", old.place if old else "", LINE, key=_key("place"))
    if old:
        typed["state"] = st.selectbox(
            "How far it has come",
            STATES,
            list(STATES).index(old.state),
            STATES.__getitem__,
            key=_key("state"),
        )
        typed["decided_on"] = _day("Day of their answer, if it came", old.decided_on, "decided_on")
    typed["decision_by"] = _day("Date they named to be heard from", old.decision_by if old else None, "decision_by")
    typed["notes"] = st.text_area("Notes", old.notes if old else "", max_chars=TEXT, key=_key("notes"))
    return typed


def _stage(old: Interview | None) -> str:
    keys = ["", *sorting().stages]
    if old and old.stage not in keys:
        keys.append(old.stage)
    at = keys.index(old.stage) if old else 0
    return st.selectbox("Stage", keys, at, lambda key: stage(key) if key else "Not said", key=_key("stage"))


def _when(old: Interview | None) -> dict[str, Any]:
    begins = old.begins if old else None
    zones = zone_names()
    zone = old.zone if old else (st.context.timezone or ZONE)
    first, second = st.columns(2)
    day = first.date_input("Date", begins.date() if begins else None, format="YYYY-MM-DD", key=_key("date"))
    clock = second.time_input("Time", begins.time() if begins else None, key=_key("time"), step=300)
    return {
        "day": day,
        "clock": clock,
        "zone": first.selectbox("Time zone", zones, zones.index(zone if zone in zones else ZONE), key=_key("zone")),
        "minutes": second.number_input("Minutes", 5, 24 * 60, old.minutes if old else USUAL, 5, key=_key("minutes")),
    }


def _day(label: str, old: date | None, field: str) -> date | None:
    found: date | None = st.date_input(label, old, format="YYYY-MM-DD", key=_key(field))
    return found


def _interview(opened: Editing, typed: dict[str, Any]) -> Interview:
    """What was typed as an interview; raises EntryError."""
    values = dict(typed)
    day, clock = values.pop("day"), values.pop("clock")
    for line in ("company", "role", "place"):
        values[line] = one_line(str(values[line]))
    if not values["company"]:
        raise EntryError("An interview needs the name of the company. Write it, then save.")
    return Interview(opened.id, **values, at=_moment(opened.thing, day, clock, str(values["zone"])))


def _moment(old: Interview | None, day: object, clock: object, zone: str) -> datetime | None:
    if day is None and clock is None:
        return None
    if not isinstance(day, date) or not isinstance(clock, time):
        raise EntryError("A date needs a time, and a time a date. Give both, or leave both empty until they are known.")
    if old and old.begins and old.zone == zone and (old.begins.date(), old.begins.time()) == (day, clock):
        return old.at  # the second of two hours that clocks show twice stays the second
    return moment(day, clock, zone)
