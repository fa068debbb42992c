"""Fit the weights of the filler scorer and evaluate them on held-out speakers.

`python -m tools.scorer_training.train --realspeech FOLDER --spoken FOLDER` writes
speech/fillers/weights/MODEL.npz.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import reduce
from operator import add
from pathlib import Path

from platformdirs import user_cache_path

from speech.asr import models
from speech.asr.machine import choose_cpu
from speech.asr.whisper_model import WhisperRecogniser
from speech.fillers.scorer import WEIGHTS_FOLDER
from tools.scorer_training.augmentation import PLAIN, VARIANTS
from tools.scorer_training.clips import Clip, load_real_clips, load_synthetic_clips
from tools.scorer_training.encodings import ClipEncoding, encode_clip
from tools.scorer_training.evaluation import ScorerOutcome, describe_worst, evaluate_scorer, format_table
from tools.scorer_training.fitting import fit_scorer

MODELS = ("base", "tiny.en")


def encode_clips(recogniser: WhisperRecogniser, clips: Sequence[Clip], cache: Path) -> dict[str, list[ClipEncoding]]:
    """Encode all clips in all variants, by the variant's name."""
    return {variant.name: [encode_clip(recogniser, clip, variant, cache) for clip in clips] for variant in VARIANTS}


def evaluate_left_out(
    real: dict[str, list[ClipEncoding]], spoken: dict[str, list[ClipEncoding]], folder: Path | None, model: str
) -> ScorerOutcome:
    """Evaluate scorers on each real speaker's unchanged clips, fitted to all other speakers.

    Args:
        real: Encodings of real clips, by the variant's name.
        spoken: Encodings of synthetic clips, by the variant's name.
        folder: Where the scorers are saved; None to save none.
        model: Name of the Whisper model.
    """
    everything = [one for found in (*real.values(), *spoken.values()) for one in found]
    found = []
    for speaker in sorted({one.clip.speaker for one in real[PLAIN.name]}):
        scorer = fit_scorer([one for one in everything if one.clip.speaker != speaker])
        if folder is not None:
            scorer.save(folder / speaker / f"{model}.npz")
        found.append(evaluate_scorer(scorer, [one for one in real[PLAIN.name] if one.clip.speaker == speaker]))
    return reduce(add, found)


def train(model: str, arguments: argparse.Namespace) -> None:
    """Fit, evaluate and save the weights for one Whisper model."""
    recogniser = WhisperRecogniser(models.find_weights(model), model, [choose_cpu(1)])
    real = encode_clips(recogniser, load_real_clips(arguments.realspeech), arguments.cache)
    spoken = (
        encode_clips(recogniser, load_synthetic_clips(arguments.spoken), arguments.cache) if arguments.spoken else {}
    )
    synthetic = [one for found in spoken.values() for one in found]
    print(f"## {model}: real speakers, each left out\n")
    found = evaluate_left_out(real, spoken, arguments.evaluate_left_out, model)
    print(format_table(found), describe_worst(found), sep="\n", end="\n\n")
    if synthetic:
        print(f"## {model}: real speech, fitted to synthetic speech alone\n")
        found = evaluate_scorer(fit_scorer(synthetic), real[PLAIN.name])
        print(format_table(found), describe_worst(found), sep="\n", end="\n\n", flush=True)
    everything = [one for found in (*real.values(), *spoken.values()) for one in found]
    fit_scorer(everything).save(WEIGHTS_FOLDER / f"{model}.npz")


def main() -> None:
    """Fit and evaluate the scorer for each model."""
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
