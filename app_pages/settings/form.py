"""The form of the settings: its widgets as plain values, which a button checks and writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from analysis.finding import Band
from analysis.measures.measure import Measure
from analysis.measures.registry import MEASURES
from app_pages.settings import location
from app_pages.ui.errors import show_errors
from app_pages.ui.wording import escape_markdown
from speech import whisper
from speech.asr import models
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
    "bands": "Own ranges",
    "filler_words": "Own filler words",
    "keep_recordings": "Recordings",
    "holidays": "Holidays",
    "data_folder": "Data folder",
    "database": "Database",
    "work_field": "Field of work",
    "question_kind": "Kind of question",
}
LANGUAGES = {
    "": "Find out, and refuse what is clearly not English",
    "en": "English, without finding out",
}
DEFAULT_LABEL = f"default ({whisper.DEFAULT_MODEL})"
END_LABELS = {
    "fine_from": "Fine from",
    "fine_to": "Fine to",
    "watch_from": "Watch from",
    "watch_to": "Watch to",
}
BANDS_HELP = (
    "Inside the fine range nothing is said. Outside the watch range a value is to act on; between the two, to watch."
)


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
    with st.container():
        if st.session_state.pop(_SAVED, False):
            st.success(escape_markdown(f"Saved in {get_settings_path()}."))
    plain_values = _show_fields(seen)
    if st.button("Save", type="primary", key="save_settings"):
        with show_errors():
            _save(seen, plain_values)
            st.rerun()


def _read_shown_settings() -> Settings:
    """Return the settings the widgets were filled with; read again whenever the page is opened."""
    if _SEEN not in st.session_state or "set_keep_recordings" not in st.session_state:
        st.session_state[_SEEN] = read_file_settings()
    seen: Settings = st.session_state[_SEEN]
    return seen


def _offer_defaults(error: AnswerAloudError) -> None:
    st.error(escape_markdown(str(error)))
    st.markdown("Correct the file and load this page again. Or start with the defaults; the file is kept beside.")
    if st.button("Start with the defaults", key="set_aside"):
        with show_errors():
            set_aside()
            st.rerun()


def _show_fields(seen: Settings) -> dict[str, Any]:
    """Show the widgets; return their values, without those left at their default."""
    values: dict[str, Any] = {}
    st.subheader("Listening", anchor=False)
    values["model"] = _choose_model(seen.model)
    _show_override("model")
    values["language"] = st.radio(
        LABELS["language"],
        LANGUAGES,
        list(LANGUAGES).index(seen.language or ""),
        LANGUAGES.__getitem__,
        key="set_language",
    )
    st.subheader("Measuring", anchor=False)
    values["filler_words"] = _ask_filler_words(seen)
    values["bands"] = _choose_bands(seen.bands)
    st.caption("Reports that are there stay as they are; new answers are measured by the new settings.")
    st.subheader("After an interview", anchor=False)
    values["holidays"] = _split_lines(
        st.text_area(
            f"{LABELS['holidays']}, one day a line, such as 2026-12-25",
            "\n".join(day.isoformat() for day in seen.holidays),
            key="set_holidays",
            help="What would fall on one of them waits for the next working day, as it does at weekends.",
        )
    )
    st.subheader("Keeping", anchor=False)
    values["keep_recordings"] = st.checkbox(
        "Keep the sound of an answer after its report is made", seen.keep_recordings, key="set_keep_recordings"
    )
    st.caption("Without the sound, an answer can still be read, but not heard or measured again.")
    values |= location.choose(seen)
    values |= {"work_field": seen.work_field, "question_kind": seen.question_kind}  # chosen where questions are
    for name in ("data_folder", "database"):
        _show_override(name)
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _ask_filler_words(seen: Settings) -> list[str]:
    written = st.text_area(
        f"{LABELS['filler_words']}, one word or phrase a line",
        "\n".join(seen.filler_words),
        key="set_filler_words",
        help="They count wherever you say them, besides those that are known already.",
    )
    return _split_lines(written)


def _split_lines(written: str) -> list[str]:
    return [line.strip() for line in written.splitlines() if line.strip()]


def _show_override(name: str) -> None:
    if name in find_overrides():
        st.info(
            f"{LABELS[name]}: {VARIABLES[name].replace('_', chr(92) + '_')} is set in the environment and has the last "
            "word as long as it is."
        )


def _save(seen: Settings, plain_values: dict[str, Any]) -> None:
    try:
        chosen = from_plain(plain_values)
    except SettingsError as error:
        raise StoreError(_describe_error(error)) from error
    if chosen.model is not None:
        models.check_model(chosen.model)
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


def _choose_model(model: str | None) -> str | None:
    """Ask for the recogniser; return its name or folder.

    Args:
        model: the current choice; None for the default.

    Returns:
        The new choice; None for the default.
    """
    known = [DEFAULT_LABEL, *models.list_model_names()]
    if model is not None and model not in known:
        known.append(model)
    chosen = st.selectbox(
        "Recogniser, by name or as a folder",
        known,
        known.index(model) if model else 0,
        format_func=_describe_model,
        accept_new_options=True,
        key="set_model",
    )
    st.caption("Answers heard by different recognisers are never compared with each other.")
    return None if chosen in (None, DEFAULT_LABEL) else str(chosen).strip()


def _describe_model(name: str) -> str:
    if name == DEFAULT_LABEL or name not in models.list_model_names():
        return name
    return f"{name}, comes with the app" if name in models.PACKAGED_MODELS else f"{name}, is downloaded when first used"


def _choose_bands(own: Mapping[str, Band]) -> dict[str, dict[str, float]]:
    """Ask for the user's own ranges; return them as plain values.

    Args:
        own: the current ranges, by measure key.

    Returns:
        The ends that are set, by measure key and name of the end.
    """
    chosen = st.multiselect(
        "Measures with a range of your own",
        list(MEASURES),
        list(own),
        format_func=_get_label,
        placeholder="None: the ranges of the app hold",
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
        st.markdown(f"**{escape_markdown(measure.label)}** :small[{escape_markdown(unit)}, an empty end is open]")
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
        placeholder="open",
        key=key,
    )
    return None if value is None else value / scale
