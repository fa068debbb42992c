"""Own ranges: measures are chosen, and each gets up to four ends; an empty end is open."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analysis.finding import Band
from analysis.measures.measure import Measure
from analysis.measures.registry import MEASURES
from app_pages.ui.wording import plain
from store.own_bands import ENDS, band_to, most

WHAT = {
    "fine_from": "Fine from",
    "fine_to": "Fine to",
    "watch_from": "Watch from",
    "watch_to": "Watch to",
}
HELP = "Inside the fine range nothing is said. Outside the watch range a value is to act on; between the two, to watch."


def choose(own: Mapping[str, Band]) -> dict[str, dict[str, float]]:
    """The own ranges as plain values, by measure."""
    chosen = st.multiselect(
        "Measures with a range of your own",
        list(MEASURES),
        list(own),
        format_func=label,
        placeholder="None: the ranges of the app hold",
        key="set_bands",
        help=HELP,
    )
    return {key: _range(MEASURES[key], own.get(key)) for key in chosen}


def label(measure: str) -> str:
    """The name of a measure for people."""
    return MEASURES[measure].label if measure in MEASURES else measure


def _range(measure: Measure, own: Band | None) -> dict[str, float]:
    band = own or measure.band
    before = band_to(band) if band else {}
    is_share = measure.unit == "share"
    unit = "%" if is_share else measure.unit
    with st.container(border=True, key=f"range_{measure.key}"):
        st.markdown(f"**{plain(measure.label)}** :small[{plain(unit)}, an empty end is open]")
        columns = st.columns(len(ENDS))
        ends = [_end(column, measure, end, before.get(end)) for column, end in zip(columns, ENDS, strict=True)]
    return {end: value for end, value in zip(ENDS, ends, strict=True) if value is not None}


def _end(column: st.delta_generator.DeltaGenerator, measure: Measure, end: str, before: float | None) -> float | None:
    scale = 100 if measure.unit == "share" else 1
    key = f"set_{measure.key}_{end}"
    # Not as the widget's own value: then it could never be emptied.
    st.session_state.setdefault(key, None if before is None else float(round(before * scale, 6)))
    value = column.number_input(
        WHAT[end], 0.0, float(most(measure.key) * scale), value=None, format="%g", placeholder="open", key=key
    )
    return None if value is None else value / scale
