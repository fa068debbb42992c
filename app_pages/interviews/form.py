"""The form of an interview: where, when, for what, and its result."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import Any

import streamlit as st

from app_pages.interviews.wording import STATES, get_stage_label
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.form_state import OpenForm
from app_pages.ui.query_params import current_interview
from content.taxonomy import load_taxonomy
from interview.interview import DEFAULT_MINUTES, Interview
from interview.time_zones import list_zone_names, make_moment
from interview.validation import MAX_LINE_CHARACTERS, MAX_TEXT_CHARACTERS, EntryError, to_one_line

FORM = "interview"
_make_key = partial(form_state.make_widget_key, FORM)
DEFAULT_ZONE = "UTC"  # where the browser does not tell its own


def show_form() -> None:
    """Show the form if it is open; a saved interview becomes the one the page is about."""
    opened = form_state.get_open_form(FORM)
    if opened is None:
        return
    with st.form(FORM, enter_to_submit=False):
        st.header("Change this interview" if opened.original else "A new interview", anchor=False)
        typed = _show_fields(opened)
        if form_state.show_save_and_cancel(FORM):
            with show_errors():
                new = _build_interview(opened, typed)
                form_state.save_form(FORM, new)
                current_interview.set_subject(new.id)
                st.rerun()


def _show_fields(opened: OpenForm) -> dict[str, Any]:
    old: Interview | None = opened.original
    typed: dict[str, Any] = {}
    typed["company"] = st.text_input(
        "Company", old.company if old else "", MAX_LINE_CHARACTERS, key=_make_key("company")
    )
    typed["role"] = st.text_input("Role", old.role if old else "", MAX_LINE_CHARACTERS, key=_make_key("role"))
    typed["stage"] = _ask_stage(old)
    typed |= _ask_time(old)
    typed["place"] = st.text_input(
        "Place or link", old.place if old else "", MAX_LINE_CHARACTERS, key=_make_key("place")
    )
    if old:
        typed["state"] = st.selectbox(
            "Status",
            STATES,
            list(STATES).index(old.state),
            STATES.__getitem__,
            key=_make_key("state"),
        )
        typed["decided_on"] = _ask_day("Date of their answer", old.decided_on, "decided_on")
    typed["decision_by"] = _ask_day("They'll get back to you by", old.decision_by if old else None, "decision_by")
    typed["notes"] = st.text_area(
        "Notes", old.notes if old else "", max_chars=MAX_TEXT_CHARACTERS, key=_make_key("notes")
    )
    return typed


def _ask_stage(old: Interview | None) -> str:
    keys = ["", *load_taxonomy().stages]
    if old and old.stage not in keys:
        keys.append(old.stage)
    at = keys.index(old.stage) if old else 0
    return st.selectbox(
        "Stage", keys, at, lambda key: get_stage_label(key) if key else "Not set", key=_make_key("stage")
    )


def _ask_time(old: Interview | None) -> dict[str, Any]:
    begins = old.begins if old else None
    zones = list_zone_names()
    zone = old.zone if old else (st.context.timezone or DEFAULT_ZONE)
    first, second = st.columns(2)
    day = first.date_input("Date", old.on_day if old else None, format="YYYY-MM-DD", key=_make_key("date"))
    clock = second.time_input(
        "Time, if you know it", begins.time() if begins else None, key=_make_key("time"), step=300
    )
    return {
        "day": day,
        "clock": clock,
        "zone": first.selectbox(
            "Time zone", zones, zones.index(zone if zone in zones else DEFAULT_ZONE), key=_make_key("zone")
        ),
        "minutes": second.number_input(
            "Minutes", 5, 24 * 60, old.minutes if old else DEFAULT_MINUTES, 5, key=_make_key("minutes")
        ),
    }


def _ask_day(label: str, old: date | None, field: str) -> date | None:
    found: date | None = st.date_input(label, old, format="YYYY-MM-DD", key=_make_key(field))
    return found


def _build_interview(opened: OpenForm, typed: dict[str, Any]) -> Interview:
    """Return the typed interview.

    Raises:
        EntryError: something is missing or not allowed.
    """
    values = dict(typed)
    day, clock = values.pop("day"), values.pop("clock")
    for line in ("company", "role", "place"):
        values[line] = to_one_line(str(values[line]))
    if not values["company"]:
        raise EntryError("Enter the company, then save.")
    at = _compute_start(opened.original, day, clock, str(values["zone"]))
    return Interview(opened.id, **values, at=at, day=day if at is None else None)


def _compute_start(old: Interview | None, day: object, clock: object, zone: str) -> datetime | None:
    if clock is None:
        return None
    if not isinstance(day, date) or not isinstance(clock, time):
        raise EntryError("Add the date too, or leave the time empty until you know it.")
    if old and old.begins and old.zone == zone and (old.begins.date(), old.begins.time()) == (day, clock):
        return old.at  # the second of two hours that clocks show twice stays the second
    return make_moment(day, clock, zone)
