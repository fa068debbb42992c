"""Choose the recogniser: one included in the app, one that is downloaded, or a folder."""

from __future__ import annotations

import streamlit as st

from speech import whisper
from speech.asr import models

DEFAULT_LABEL = f"default ({whisper.DEFAULT_MODEL})"


def choose(model: str | None) -> str | None:
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


def check(model: str | None) -> None:
    """Check that a model exists; one that would be downloaded is not downloaded yet.

    Args:
        model: a name or a folder; None for the default.

    Raises:
        WeightsError: there is no such model.
    """
    if model is not None:
        models.check_model(model)


def _describe_model(name: str) -> str:
    if name == DEFAULT_LABEL or name not in models.list_model_names():
        return name
    return f"{name}, comes with the app" if name in models.PACKAGED_MODELS else f"{name}, is downloaded when first used"
