"""Choose the recogniser: one of the few worth having, any other by its name, or a folder."""

from __future__ import annotations

import streamlit as st

import samples
from analysis.wording import format_count
from app_pages.ui.errors import show_errors
from app_pages.ui.wording import escape_markdown
from services.analyze import measure_pace
from speech import whisper
from speech.asr import models
from speech.asr.models import SUGGESTED_MODELS, SuggestedModel
from speech.audio.recording import from_file
from speech.fillers.scorer import FillerScorer

DEFAULT_LABEL = f"default ({whisper.DEFAULT_MODEL})"
TRIED_SAMPLE = "hesitant_start"  # half a minute of speech
KEEPS_UP, JUST_KEEPS_UP = 0.5, 1.0  # s of work for each s of speech; the computer has other things to do as well
NO_SCORER = "May miss more ums: our um finder isn't trained for it."
ADVICE = {
    "tiny.en": "For slow computers. Gets more words wrong.",
    "base": "For most people.",
    "small.en": "Gets fewer words wrong, and takes longer.",
    "large-v3-turbo": "Gets the fewest words wrong. For fast computers, or ones with an NVIDIA graphics card.",
}


STARTS_ANEW = (
    "If you save this, Progress and Compare start again: answers transcribed with different recognisers are never "
    "compared with each other. Your answers so far stay, and you can switch back."
)


def choose(model: str | None) -> str | None:
    """Ask for the recogniser; return its name or folder.

    Args:
        model: the current choice; None for the default.

    Returns:
        The new choice; None for the default.
    """
    known = [DEFAULT_LABEL, *(each.name for each in SUGGESTED_MODELS)]
    if model is not None and model not in known:
        known.append(model)
    chosen = st.selectbox(
        "Recogniser, by name or as a folder",
        known,
        known.index(model) if model else 0,
        format_func=_describe_model,
        accept_new_options=True,
        key="set_model",
        help="You can also type the name of any other faster-whisper model, or the path of a folder with one.",
    )
    name = None if chosen in (None, DEFAULT_LABEL) else str(chosen).strip()
    if name != model:
        st.warning(STARTS_ANEW)
    _offer_trial(name or whisper.DEFAULT_MODEL)
    _show_suggestions()
    return name


def check(model: str | None) -> None:
    """Check that a model exists; one that would be downloaded is not downloaded yet.

    Args:
        model: a name or a folder; None for the default.

    Raises:
        WeightsError: there is no such model.
    """
    if model is not None:
        models.check_model(model)


def describe_pace(pace: float | None) -> str:
    """Return in words whether a model keeps up with a voice.

    Args:
        pace: s of work for each s of speech; None where it was not tried.
    """
    if pace is None:
        return "not tried yet"
    if pace <= KEEPS_UP:
        return "keeps up with your voice"
    if pace <= JUST_KEEPS_UP:
        return "only just keeps up with your voice"
    behind = round(60 * (pace - 1), -1) or 10
    return f"falls behind: you'd wait about {format_count(round(behind), 'second')} for each minute you speak"


def _offer_trial(name: str) -> None:
    """Offer to try a model on this computer, and say what came of it."""
    pace = models.load_paces().get(name)
    if pace is not None:
        st.markdown(escape_markdown(f"On this computer, {name} {describe_pace(pace)}."))
    label = f"Try {name} on this computer" if pace is None else f"Try {name} again"
    help_text = "Takes a few seconds. A model that isn't on this computer yet is downloaded first."
    if st.button(escape_markdown(label), key="try_model", help=help_text):
        with show_errors(), st.spinner("Listening to half a minute of speech…"):
            _try(name)
            st.rerun()


def _try(name: str) -> None:
    """Measure a model and remember its pace; raises WeightsError."""
    check(name)
    transcriber = whisper.load(name, language="en")
    whisper.warm_up(transcriber)
    (sample,) = (each for each in samples.load() if each.name == TRIED_SAMPLE)
    models.save_pace(name, measure_pace(from_file(sample.path), transcriber))


def _show_suggestions() -> None:
    paces = models.load_paces()
    rows = [_describe_suggestion(each, paces.get(each.name)) for each in SUGGESTED_MODELS]
    st.markdown("\n".join(["| Recogniser | What for | On this computer |", "|---|---|---|", *rows]))


def _describe_suggestion(model: SuggestedModel, pace: float | None) -> str:
    comes = "included" if model.name in models.PACKAGED_MODELS else "downloaded when first used"
    lacks = "" if FillerScorer.load(model.name) else f" {NO_SCORER}"
    told = describe_pace(pace)
    return (
        f"| {model.name} | {ADVICE[model.name]}{lacks} {_describe_size(model.megabytes)}, {comes}. "
        f"| {told[0].upper()}{told[1:]} |"
    )


def _describe_size(megabytes: int) -> str:
    return f"{megabytes} MB" if megabytes < 1000 else f"{megabytes / 1000:.1f} GB"


def _describe_model(name: str) -> str:
    if name == DEFAULT_LABEL or name not in models.list_model_names():
        return name
    return f"{name}, comes with the app" if name in models.PACKAGED_MODELS else f"{name}, is downloaded when first used"
