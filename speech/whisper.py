"""One call from a model's name to a Transcriber."""

from __future__ import annotations

import numpy as np

from speech.asr import models
from speech.asr.language import ENGLISH
from speech.asr.whisper_model import Recogniser
from speech.audio.recording import SAMPLE_RATE
from speech.fillers.scorer import FillerScorer
from speech.vad.detector import load_detector
from speech.verbatim import Options, VerbatimTranscriber

DEFAULT_MODEL = "base"
LISTENER = "base"  # the packaged model that knows languages


def load(
    model: str | None = None, options: Options | None = None, *, language: str | None = None
) -> VerbatimTranscriber:
    """A Transcriber with the named model (or a folder); raises WeightsError with a sentence for the user.

    With `language` "en", answers are taken for English without asking, which also spares a second model its memory.
    """
    model = model or DEFAULT_MODEL
    recogniser = Recogniser(models.find(model), model)
    wants_listener = language != ENGLISH and not recogniser.is_multilingual
    listener = Recogniser(models.find(LISTENER), LISTENER) if wants_listener else None
    return VerbatimTranscriber(recogniser, options or Options(), listener, FillerScorer.load(model), language)


def warm_up(transcriber: VerbatimTranscriber) -> None:
    """Use all that is loaded when it is first used, so that the first answer is as quick as the next."""
    load_detector()
    window = transcriber.recogniser.encode(np.zeros(SAMPLE_RATE, np.float32))
    transcriber.recogniser.search(window, transcriber.options.prompt, transcriber.options.beam)
