"""Load a Transcriber by model name."""

from __future__ import annotations

import numpy as np

from speech.asr import models
from speech.asr.language import ENGLISH
from speech.asr.machine import choose_cpu
from speech.asr.whisper_model import WhisperRecogniser
from speech.audio.recording import SAMPLE_RATE
from speech.fillers.scorer import FillerScorer
from speech.vad.detector import load_detector
from speech.verbatim import Options, VerbatimTranscriber

DEFAULT_MODEL = "base"
LISTENER_MODEL = "base"  # the packaged model that knows languages


def load(
    model: str | None = None,
    options: Options | None = None,
    *,
    language: str | None = None,
    cores: int | None = None,
) -> VerbatimTranscriber:
    """Return a Transcriber.

    Args:
        model: A model's name or the path of a folder; None for the default.
        options: How verbatim recovery works; None for the defaults.
        language: "en" to skip language detection, which also saves the memory of a second model; None
            to detect it.
        cores: of the processor, that it may use; None for all, or a GPU where there is one.

    Raises:
        WeightsError: The weights are missing or damaged; the message is for the user.
    """
    model = model or DEFAULT_MODEL
    devices = None if cores is None else (choose_cpu(cores),)
    recogniser = WhisperRecogniser(models.find_weights(model), model, devices)
    wants_listener = language != ENGLISH and not recogniser.is_multilingual
    weights = models.find_weights(LISTENER_MODEL) if wants_listener else None
    listener = None if weights is None else WhisperRecogniser(weights, LISTENER_MODEL, devices)
    return VerbatimTranscriber(recogniser, options or Options(), listener, FillerScorer.load(model), language)


def warm_up(transcriber: VerbatimTranscriber) -> None:
    """Use all that is loaded when it is first used, so that the first answer is as quick as the next."""
    load_detector()
    window = transcriber.recogniser.encode(np.zeros(SAMPLE_RATE, np.float32))
    transcriber.recogniser.decode(window, transcriber.options.prompt)
    transcriber.recogniser.search(window, transcriber.options.prompt, transcriber.options.beam)
