"""One call from a model's name to a Transcriber."""

from __future__ import annotations

from speech import weights
from speech.recogniser import Recogniser
from speech.verbatim import Options, VerbatimTranscriber

DEFAULT_MODEL = "base"


def load(model: str | None = None, options: Options | None = None) -> VerbatimTranscriber:
    """A Transcriber with the named model (or a folder); raises WeightsError with a sentence for the user."""
    model = model or DEFAULT_MODEL
    recogniser = Recogniser(weights.find(model), model)
    return VerbatimTranscriber(recogniser, options or Options())
