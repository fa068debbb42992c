"""Fits the filler scorer's weights and measures them on speakers left out.

`python -m tools.scorer_training.train --realspeech FOLDER --spoken FOLDER` writes speech/fillers/weights/MODEL.npz.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import reduce
from operator import add
from pathlib import Path

from platformdirs import user_cache_path

from speech.asr import models
from speech.asr.whisper_model import Recogniser
from speech.fillers.scorer import WEIGHTS_FOLDER
from tools.scorer_training.augmentation import PLAIN, VARIANTS
from tools.scorer_training.clips import Clip, real_clips, spoken_clips
from tools.scorer_training.encodings import Encoding, encoding
from tools.scorer_training.evaluation import Outcome, outcome, table, worst
from tools.scorer_training.fitting import fitted

MODELS = ("base", "tiny.en")


def encoded(recogniser: Recogniser, clips: Sequence[Clip], cache: Path) -> dict[str, list[Encoding]]:
    """All clips in all variants, by the variant's name."""
    return {variant.name: [encoding(recogniser, clip, variant, cache) for clip in clips] for variant in VARIANTS}


def left_out(
    real: dict[str, list[Encoding]], spoken: dict[str, list[Encoding]], folder: Path | None, model: str
) -> Outcome:
    """What scorers say of each real speaker's unchanged clips when fitted to all others; kept in a folder if named."""
    everything = [one for found in (*real.values(), *spoken.values()) for one in found]
    found = []
    for speaker in sorted({one.clip.speaker for one in real[PLAIN.name]}):
        scorer = fitted([one for one in everything if one.clip.speaker != speaker])
        if folder is not None:
            scorer.save(folder / speaker / f"{model}.npz")
        found.append(outcome(scorer, [one for one in real[PLAIN.name] if one.clip.speaker == speaker]))
    return reduce(add, found)


def train(model: str, arguments: argparse.Namespace) -> None:
    """Fit, measure and write the weights for one Whisper model."""
    recogniser = Recogniser(models.find(model), model, parallel=1)
    real = encoded(recogniser, real_clips(arguments.realspeech), arguments.cache)
    spoken = encoded(recogniser, spoken_clips(arguments.spoken), arguments.cache) if arguments.spoken else {}
    synthetic = [one for found in spoken.values() for one in found]
    print(f"## {model}: real speakers, each left out\n")
    found = left_out(real, spoken, arguments.left_out, model)
    print(table(found), worst(found), sep="\n", end="\n\n")
    if synthetic:
        print(f"## {model}: real speech, fitted to synthetic speech alone\n")
        found = outcome(fitted(synthetic), real[PLAIN.name])
        print(table(found), worst(found), sep="\n", end="\n\n", flush=True)
    everything = [one for found in (*real.values(), *spoken.values()) for one in found]
    fitted(everything).save(WEIGHTS_FOLDER / f"{model}.npz")


def main() -> None:
    """Fit and measure."""
    parser = argparse.ArgumentParser(prog="python -m tools.scorer_training.train", description=__doc__)
    parser.add_argument("--realspeech", type=Path, required=True, help="clips with word times")
    parser.add_argument("--spoken", type=Path, help="synthetic speech, made by `python -m samples.hesitations FOLDER`")
    parser.add_argument("--cache", type=Path, default=user_cache_path("answer-aloud") / "training")
    parser.add_argument("--left-out", type=Path, help="keep the scorers that do not know a speaker, for a benchmark")
    parser.add_argument("models", nargs="*", default=MODELS, metavar="MODEL")
    arguments = parser.parse_args()
    for model in arguments.models:
        train(model, arguments)


if __name__ == "__main__":
    main()
