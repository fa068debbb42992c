"""The form of an interview: where, when, for what, and its result."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import Any

import streamlit as st

from app_pages.interviews.wording import STATES, format_start, get_stage_label
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.form_state import OpenForm
from app_pages.ui.query_params import current_interview
from app_pages.ui.wording import escape_markdown
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
        said = st.container()  # what is wrong stands between the fields and the button that was pressed
        if form_state.show_save_and_cancel(FORM):
            with said, show_errors():
                new = _build_interview(opened, typed)
                form_state.save_form(FORM, new)
                current_interview.set_subject(new.id)
                st.rerun()


def _show_fields(opened: OpenForm) -> dict[str, Any]:
    """Show the few fields that matter first and the rest folded; return their values."""
    old: Interview | None = opened.original
    typed: dict[str, Any] = {}
    first, second = st.columns(2)
    with first:
        typed["company"] = _ask_line("Company", old.company if old else "", "company")
    with second:
        typed["role"] = _ask_line("Role", old.role if old else "", "role")
    if old and old.on_day:
        st.caption(escape_markdown(f"Now: {format_start(old)}"))
    typed |= _ask_time(old)
    typed["stage"] = _ask_stage(old)
    if old:
        typed["state"] = st.selectbox(
            "Status",
            STATES,
            list(STATES).index(old.state),
            STATES.__getitem__,
            key=_make_key("state"),
        )
        typed["decided_on"] = _ask_day("Date of their answer", old.decided_on, "decided_on")
    with st.expander("Length, time zone, place, notes"):
        typed |= _show_details(old)
    return typed


def _show_details(old: Interview | None) -> dict[str, Any]:
    first, second = st.columns(2)
    zones, zone = list_zone_names(), old.zone if old else (st.context.timezone or DEFAULT_ZONE)
    at = zones.index(zone if zone in zones else DEFAULT_ZONE)
    with first:
        minutes = st.number_input(
            "Minutes", 5, 24 * 60, old.minutes if old else DEFAULT_MINUTES, 5, key=_make_key("minutes")
        )
    with second:
        chosen = st.selectbox("Time zone", zones, at, key=_make_key("zone"))
    notes = old.notes if old else ""
    return {
        "minutes": minutes,
        "zone": chosen,
        "place": _ask_line("Place or link", old.place if old else "", "place"),
        "decision_by": _ask_day("They'll get back to you by", old.decision_by if old else None, "decision_by"),
        "notes": st.text_area("Notes", notes, max_chars=MAX_TEXT_CHARACTERS, key=_make_key("notes")),
    }


def _ask_line(label: str, old: str, field: str) -> str:
    return st.text_input(label, old, MAX_LINE_CHARACTERS, key=_make_key(field))


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
    first, second = st.columns(2)
    day = first.date_input("Date", old.on_day if old else None, format="YYYY-MM-DD", key=_make_key("date"))
    clock = second.time_input(
        "Time, if you know it", begins.time() if begins else None, key=_make_key("time"), step=300
    )
    return {"day": day, "clock": clock}


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
    begun: date | None = opened.original.practise_from if opened.original else None
    return Interview(opened.id, **values, at=at, day=day if at is None else None, practise_from=begun)


def _compute_start(old: Interview | None, day: object, clock: object, zone: str) -> datetime | None:
    if clock is None:
        return None
    if not isinstance(day, date) or not isinstance(clock, time):
        raise EntryError("Add the date too, or leave the time empty until you know it.")
    if old and old.begins and old.zone == zone and (old.begins.date(), old.begins.time()) == (day, clock):
        return old.at  # the second of two hours that clocks show twice stays the second
    return make_moment(day, clock, zone)
