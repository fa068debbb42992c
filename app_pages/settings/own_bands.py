"""The user's own ranges: each chosen measure gets up to four ends, and an empty end is open."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analysis.finding import Band
from analysis.measures.measure import Measure
from analysis.measures.registry import MEASURES
from app_pages.ui.wording import escape_markdown
from store.own_bands import ENDS, dump_band, get_max_end

END_LABELS = {
    "fine_from": "Green from",
    "fine_to": "Green to",
    "watch_from": "Amber from",
    "watch_to": "Amber to",
}
HELP = "Green inside the first range, red outside the second, amber between."


def choose(own: Mapping[str, Band]) -> dict[str, dict[str, float]]:
    """Ask for the user's own ranges; return them as plain values.

    Args:
        own: the current ranges, by measure key.

    Returns:
        The ends that are set, by measure key and name of the end.
    """
    chosen = st.multiselect(
        "Set my own range for",
        list(MEASURES),
        list(own),
        format_func=get_label,
        placeholder="Using default ranges",
        key="set_bands",
        help=HELP,
    )
    return {key: _ask_band(MEASURES[key], own.get(key)) for key in chosen}


def get_label(measure: str) -> str:
    """Return the label of a measure; its key if there is no such measure."""
    return MEASURES[measure].label if measure in MEASURES else measure


def _ask_band(measure: Measure, own: Band | None) -> dict[str, float]:
    band = own or measure.band
    before = dump_band(band) if band else {}
    is_share = measure.unit == "share"
    unit = "%" if is_share else measure.unit
    with st.container(border=True, key=f"range_{measure.key}"):
        st.markdown(f"**{escape_markdown(measure.label)}** :small[{escape_markdown(unit)}, leave empty for no limit]")
        columns = st.columns(len(ENDS))
        ends = [_ask_end(column, measure, end, before.get(end)) for column, end in zip(columns, ENDS, strict=True)]
    return {end: value for end, value in zip(ENDS, ends, strict=True) if value is not None}


def _ask_end(
    column: st.delta_generator.DeltaGenerator, measure: Measure, end: str, before: float | None
) -> float | None:
    scale = 100 if measure.unit == "share" else 1
    key = f"set_{measure.key}_{end}"
    # Not as the widget's own value: then it could never be emptied.
    st.session_state.setdefault(key, None if before is None else float(round(before * scale, 6)))
    value = column.number_input(
        END_LABELS[end],
        0.0,
        float(get_max_end(measure.key) * scale),
        value=None,
        format="%g",
        placeholder="no limit",
        key=key,
    )
    return None if value is None else value / scale
