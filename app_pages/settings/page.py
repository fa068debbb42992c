"""The page of the settings, which are checked before they are written to one file."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

import streamlit as st

from analysis.finding import Band
from analysis.measures.measure import Measure
from analysis.measures.registry import MEASURES
from app_pages.settings import encryption, location, model
from app_pages.ui.errors import show_errors
from app_pages.ui.wording import escape_markdown, format_date
from services.centre.sign_in import is_centre
from speech.errors import AnswerAloudError
from store.errors import StoreError
from store.own_bands import ENDS, dump_band, get_max_end
from store.setting_values import from_plain
from store.settings import (
    VARIABLES,
    Settings,
    SettingsError,
    find_overrides,
    get_settings_path,
    read_file_settings,
    set_aside,
    write_settings,
)

_SEEN, _SAVED = "settings_seen", "settings_saved"
LABELS = {
    "model": "Recogniser",
    "language": "Language of your answers",
    "bands": "My ranges",
    "filler_words": "My filler words",
    "stutters": "I stutter",
    "keep_recordings": "Recordings",
    "holidays": "Holidays",
    "data_folder": "Data folder",
    "database": "Database",
    "work_field": "Field of work",
    "question_kind": "Kind of question",
}
LANGUAGES = {
    "": "Check that I'm speaking English",
    "en": "Assume English",
}
END_LABELS = {
    "fine_from": "Green from",
    "fine_to": "Green to",
    "watch_from": "Amber from",
    "watch_to": "Amber to",
}
STUTTER_HELP = (
    "We then don't count ums, restarts or pauses, and don't comment on them or on your pace. Your report is about what "
    "you say."
)
BANDS_HELP = "Green inside the first range, red outside the second, amber between."


def show_form() -> None:
    """Show every setting with its value.

    Raises:
        StoreError: the data cannot be read.
    """
    try:
        seen = _read_shown_settings()
    except StoreError as error:
        _offer_defaults(error)
        return
    plain_values = _show_fields(seen)
    if st.button("Save", type="primary", key="save_settings"):
        with show_errors():
            _save(seen, plain_values)
            st.rerun()
    if st.session_state.pop(_SAVED, False):  # below the button, where the eye is
        st.success("Settings saved.")
        st.toast("Settings saved.")


def _read_shown_settings() -> Settings:
    """Return the settings the widgets were filled with; read again whenever the page is opened."""
    if _SEEN not in st.session_state or "set_keep_recordings" not in st.session_state:
        st.session_state[_SEEN] = read_file_settings()
    seen: Settings = st.session_state[_SEEN]
    return seen


def _offer_defaults(error: AnswerAloudError) -> None:
    st.error(escape_markdown(str(error)))
    st.markdown("Fix the file and reload this page. Or start with the defaults – your file is kept as a copy.")
    if st.button("Use the defaults", key="set_aside"):
        with show_errors():
            set_aside()
            st.rerun()


def _show_fields(seen: Settings) -> dict[str, Any]:
    """Show the widgets; return their values, without those left at their default."""
    values: dict[str, Any] = {}
    st.header("Transcription", anchor=False)
    if not is_centre():
        values["model"] = model.choose(seen.model)
        _show_override("model")
    values["language"] = st.radio(
        LABELS["language"],
        LANGUAGES,
        list(LANGUAGES).index(seen.language or ""),
        LANGUAGES.__getitem__,
        key="set_language",
    )
    st.header("Analysis", anchor=False)
    values["filler_words"] = _ask_filler_words(seen)
    values["stutters"] = st.checkbox(LABELS["stutters"], seen.stutters, key="set_stutters", help=STUTTER_HELP)
    values["bands"] = _choose_bands(seen.bands)
    st.caption("Existing reports don't change. New answers use the new settings.")
    st.header("After an interview", anchor=False)
    written = st.text_area(
        f"{LABELS['holidays']} (one date per line, such as 25 December 2026)",
        "\n".join(map(format_date, seen.holidays)),
        key="set_holidays",
        help="To-dos due on a holiday move to the next working day, as they do at weekends.",
    )
    values["holidays"] = list(map(_read_day, _split_lines(written)))
    st.header("Storage", anchor=False)
    values["keep_recordings"] = st.checkbox(
        "Keep recordings after the report is ready", seen.keep_recordings, key="set_keep_recordings"
    )
    st.caption("Without the recording you can still read a report, but not listen to it or have it analysed again.")
    if not is_centre():
        values |= _choose_location(seen)
    values |= {"work_field": seen.work_field, "question_kind": seen.question_kind}  # chosen where questions are
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _choose_location(seen: Settings) -> dict[str, str]:
    with st.expander("Advanced: where everything is stored", key="settings_advanced"):
        values = location.choose(seen)
        for name in ("data_folder", "database"):
            _show_override(name)
        st.caption(escape_markdown(f"These settings are stored in {get_settings_path()}."))
    return values


def _ask_filler_words(seen: Settings) -> list[str]:
    written = st.text_area(
        f"{LABELS['filler_words']} (one per line)",
        "\n".join(seen.filler_words),
        key="set_filler_words",
        help="These always count as fillers, on top of the usual ones.",
    )
    return _split_lines(written)


def _split_lines(written: str) -> list[str]:
    return [line.strip() for line in written.splitlines() if line.strip()]


def _read_day(line: str) -> str:
    """Return a day in words as the settings have it: "2026-12-25" for "25 Dec 2026"; any other line as it is."""
    for words in ("%d %B %Y", "%d %b %Y"):
        with suppress(ValueError):
            return datetime.strptime(line, words).astimezone().date().isoformat()
    return line


def _show_override(name: str) -> None:
    if name in find_overrides():
        st.info(
            f"{LABELS[name]}: this is set by {VARIABLES[name].replace('_', chr(92) + '_')} and can't be changed here."
        )


def _save(seen: Settings, plain_values: dict[str, Any]) -> None:
    try:
        chosen = from_plain(plain_values)
    except SettingsError as error:
        raise StoreError(_describe_error(error)) from error
    if is_centre():
        write_settings(chosen, expected=seen)
    else:
        model.check(chosen.model)
        location.check(seen, chosen)
        write_settings(chosen, expected=seen)
        location.remember(seen, chosen)
    st.session_state[_SEEN] = chosen
    st.session_state[_SAVED] = True


def _describe_error(error: SettingsError) -> str:
    name, _, measure = error.field.partition(".")
    what = f"{LABELS[name]}, {_get_label(measure)}" if measure else LABELS[name]
    complaint = error.complaint
    for end, written in END_LABELS.items():
        complaint = complaint.replace(end, f"“{written}”")
    return f"{what}: this {complaint}"


def _choose_bands(own: Mapping[str, Band]) -> dict[str, dict[str, float]]:
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
        format_func=_get_label,
        placeholder="Using default ranges",
        key="set_bands",
        help=BANDS_HELP,
    )
    return {key: _ask_band(MEASURES[key], own.get(key)) for key in chosen}


def _get_label(measure: str) -> str:
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


st.title("Settings", anchor=False)
st.caption("What you choose here applies to new answers.")
with show_errors():
    with st.container():  # always there: what stands below would be built anew when it came or went
        location.offer_to_copy_answers()
    show_form()
    if not is_centre():
        with st.expander("Encryption"):
            encryption.show_section()
