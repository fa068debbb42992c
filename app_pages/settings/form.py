"""The form of the settings: its widgets as plain values, which a button checks and writes."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app_pages.settings import location, model, own_bands
from app_pages.ui.errors import show_errors
from app_pages.ui.wording import escape_markdown
from speech.errors import AnswerAloudError
from store.errors import StoreError
from store.setting_values import from_plain
from store.settings import (
    VARIABLES,
    Settings,
    SettingsError,
    find_overrides,
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
    "keep_recordings": "Recordings",
    "holidays": "Holidays",
    "data_folder": "Data folder",
    "database": "Database",
}
LANGUAGES = {
    "": "Check that I'm speaking English",
    "en": "Assume English",
}


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
    st.subheader("Transcription", anchor=False)
    values["model"] = model.choose(seen.model)
    _show_override("model")
    values["language"] = st.radio(
        LABELS["language"],
        LANGUAGES,
        list(LANGUAGES).index(seen.language or ""),
        LANGUAGES.__getitem__,
        key="set_language",
    )
    st.subheader("Analysis", anchor=False)
    values["filler_words"] = _ask_filler_words(seen)
    values["bands"] = own_bands.choose(seen.bands)
    st.caption("Existing reports don't change. New answers use the new settings.")
    st.subheader("After an interview", anchor=False)
    values["holidays"] = _split_lines(
        st.text_area(
            f"{LABELS['holidays']} (one date per line, such as 2026-12-25)",
            "\n".join(day.isoformat() for day in seen.holidays),
            key="set_holidays",
            help="To-dos due on a holiday move to the next working day, as they do at weekends.",
        )
    )
    st.subheader("Storage", anchor=False)
    values["keep_recordings"] = st.checkbox(
        "Keep recordings after the report is ready", seen.keep_recordings, key="set_keep_recordings"
    )
    st.caption("Without the recording you can still read a report, but not listen to it or have it analysed again.")
    values |= location.choose(seen)
    for name in ("data_folder", "database"):
        _show_override(name)
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


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
    model.check(chosen.model)
    location.check(seen, chosen)
    write_settings(chosen, expected=seen)
    location.remember(seen, chosen)
    st.session_state[_SEEN] = chosen
    st.session_state[_SAVED] = True


def _describe_error(error: SettingsError) -> str:
    name, _, measure = error.field.partition(".")
    what = f"{LABELS[name]}, {own_bands.get_label(measure)}" if measure else LABELS[name]
    complaint = error.complaint
    for end, written in own_bands.END_LABELS.items():
        complaint = complaint.replace(end, f"“{written}”")
    return f"{what}: this {complaint}"
