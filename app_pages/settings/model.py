"""Choosing the recogniser: one that comes with the app, one that is downloaded, or a folder."""

from __future__ import annotations

import streamlit as st

from speech import whisper
from speech.asr import models

DEFAULT = f"default ({whisper.DEFAULT_MODEL})"


def choose(model: str | None) -> str | None:
    """The chosen name or folder; None for the default."""
    known = [DEFAULT, *models.names()]
    if model is not None and model not in known:
        known.append(model)
    chosen = st.selectbox(
        "Recogniser, by name or as a folder",
        known,
        known.index(model) if model else 0,
        format_func=_told,
        accept_new_options=True,
        key="set_model",
    )
    st.caption("Answers heard by different recognisers are never compared with each other.")
    return None if chosen in (None, DEFAULT) else str(chosen).strip()


def check(model: str | None) -> None:
    """Raise WeightsError for a model that cannot be; one that would be downloaded is not downloaded yet."""
    if model is not None:
        models.check(model)


def _told(name: str) -> str:
    if name == DEFAULT or name not in models.names():
        return name
    return f"{name}, comes with the app" if name in models.PACKAGED else f"{name}, is downloaded when first used"
