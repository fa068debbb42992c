"""One call from a model's name to a Transcriber."""

from __future__ import annotations

from speech import weights
from speech.filler_scorer import FillerScorer
from speech.recogniser import Recogniser
from speech.verbatim import Options, VerbatimTranscriber

DEFAULT_MODEL = "base"
LISTENER = "base"  # the packaged model that knows languages


def load(model: str | None = None, options: Options | None = None) -> VerbatimTranscriber:
    """A Transcriber with the named model (or a folder); raises WeightsError with a sentence for the user."""
    model = model or DEFAULT_MODEL
    recogniser = Recogniser(weights.find(model), model)
    listener = None if recogniser.is_multilingual else Recogniser(weights.find(LISTENER), LISTENER)
    return VerbatimTranscriber(recogniser, options or Options(), listener, FillerScorer.load(model))
