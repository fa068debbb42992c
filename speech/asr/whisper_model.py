"""The recogniser: faster-whisper's tokenizer and features, with CTranslate2's encoder, decoder and aligner.

A chunk is encoded once; decoding, scoring and aligning reuse that encoding. It is padded only as
far as needed, because the encoder's cost grows faster than its length.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_ctranslate2_storage
from numpy.typing import NDArray

from speech.asr.machine import ComputeDevice, list_devices
from speech.audio.recording import SAMPLE_RATE, Samples
from speech.errors import WeightsError
from speech.fillers.filled_pauses import is_filled_pause

LOG = logging.getLogger(__name__)
FRAME_SAMPLES = 160  # samples, 10 ms: Whisper's feature step
TOKEN_STEP_SECONDS = 0.02  # s, one encoder output frame
MAX_WINDOW_SECONDS = 30.0  # s, what Whisper was trained on
PADDING_SECONDS = 1.0  # s of silence after the speech, so that the last word is not cut short
MIN_WINDOW_SECONDS = 5.0  # s; shorter windows make the decoder invent
MAX_TOKENS_PER_SECOND = 9.0  # 400 words a minute are about 9 tokens a second; more is a loop
OPENING_MARKS = "\"'“¿([{-"


@dataclass(frozen=True)
class AlignedWord:
    """A word as the decoder wrote it, in seconds from the start of its chunk."""

    text: str
    start: float
    end: float
    probability: float
    first_token: int  # index of its first token in the decoded sequence
    tokens: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class EncodedChunk:
    """An encoded chunk, which can be decoded, scored and aligned any number of times."""

    encoded: Any  # ctranslate2.StorageView of shape (1, frames / 2, width)
    frames: int  # feature frames of 10 ms that hold sound; the rest is padding


@dataclass(frozen=True)
class Hypothesis:
    """What the decoder wrote for a chunk, with its confidence.

    Attributes:
        tokens: The text.
        filler_probabilities: For each token, the probability of a filled pause in its place; empty if
            unknown.
        mean_log_probability: Mean over the tokens, natural logarithm.
    """

    tokens: tuple[int, ...]
    filler_probabilities: tuple[float, ...]
    mean_log_probability: float


class WhisperRecogniser:
    """A loaded Whisper model. Thread-safe; `parallel` chunks are processed at once.

    Args:
        folder: Its weights.
        name: What it is called.
        devices: Where it may run; the first that works is taken. None: what this machine has.

    Raises:
        WeightsError: It works nowhere.
    """

    def __init__(self, folder: Path, name: str, devices: Sequence[ComputeDevice] | None = None) -> None:
        self._whisper, self.device = _load(folder, list_devices() if devices is None else devices)
        self.name = name
        self.parallel = self.device.workers
        self.model = self._whisper.model
        self.is_multilingual: bool = self.model.is_multilingual
        self.tokenizer = Tokenizer(self._whisper.hf_tokenizer, self.is_multilingual, task="transcribe", language="en")
        self._filler_ids = np.flatnonzero([self._is_filler(token) for token in range(self.tokenizer.eot)])
        self.filler_tokens = frozenset(self._filler_ids.tolist())
        (self.filler_token,) = self.tokenizer.encode(" uh")

    def _is_filler(self, token: int) -> bool:
        text = self.tokenizer.decode([token])
        return text.startswith(" ") and text.isascii() and is_filled_pause(text)

    def encode(self, samples: Samples) -> EncodedChunk:
        """Encode a chunk.

        Args:
            samples: Shape (n,), 16 kHz, up to 30 s.

        Raises:
            ValueError: There are more than 30 s.
        """
        if len(samples) > MAX_WINDOW_SECONDS * SAMPLE_RATE:
            raise ValueError(f"a window holds at most {MAX_WINDOW_SECONDS} s: {len(samples) / SAMPLE_RATE:.1f} s")
        length = min(max(len(samples) / SAMPLE_RATE + PADDING_SECONDS, MIN_WINDOW_SECONDS), MAX_WINDOW_SECONDS)
        padded = np.zeros(round(length * SAMPLE_RATE), np.float32)
        padded[: len(samples)] = samples[: len(padded)]
        encoded, frames = _encode(self._whisper, padded)
        return EncodedChunk(encoded, min(-(-len(samples) // FRAME_SAMPLES), frames))

    def make_start_tokens(self, prompt: str | None) -> list[int]:
        """Return the start sequence.

        Args:
            prompt: Text that precedes it as if it had just been said; None for none.
        """
        before = []
        if prompt:
            before = [self.tokenizer.sot_prev, *self.tokenizer.encode(" " + prompt.strip())]
        return [*before, *self.tokenizer.sot_sequence, self.tokenizer.no_timestamps]

    def decode(self, window: EncodedChunk, prompt: str | None = None) -> Hypothesis:
        """Decode a chunk greedily.

        The distribution at every step comes at no extra cost and gives the filler probabilities.

        Args:
            window: The encoded chunk.
            prompt: Text that shows the style of transcription; None for none.
        """
        result = self._generate(window, prompt, beam_size=1, return_logits_vocab=True)
        tokens = tuple(result.sequences_ids[0])
        beliefs = tuple(self._sum_filler_probability(np.asarray(logits)) for logits in result.logits[0])
        return Hypothesis(tokens, beliefs[: len(tokens)], result.scores[0])

    def search(self, window: EncodedChunk, prompt: str | None, beam: int) -> Hypothesis:
        """Decode a chunk by beam search with `beam` hypotheses; the result has no filler probabilities."""
        result = self._generate(window, prompt, beam_size=beam)
        return Hypothesis(tuple(result.sequences_ids[0]), (), result.scores[0])

    def _generate(self, window: EncodedChunk, prompt: str | None, **how: Any) -> Any:
        start = self.make_start_tokens(prompt)
        seconds = window.frames * FRAME_SAMPLES / SAMPLE_RATE
        longest = len(start) + 8 + int(seconds * MAX_TOKENS_PER_SECOND)
        (result,) = self.model.generate(window.encoded, [start], max_length=longest, return_scores=True, **how)
        return result

    def _sum_filler_probability(self, logits: NDArray[np.float32]) -> float:
        likelihood = np.exp(logits - logits.max())
        return float(likelihood[self._filler_ids].sum() / likelihood.sum())

    def detect_languages(self, window: EncodedChunk) -> dict[str, float]:
        """Return the probability of each language by its code ("en"); for multilingual models only."""
        (found,) = self.model.detect_language(window.encoded)
        return {token.strip("<|>"): probability for token, probability in found}

    def align(self, window: EncodedChunk, tokens: tuple[int, ...]) -> tuple[AlignedWord, ...]:
        """Return the words of a token sequence with their times, from the decoder's attention."""
        text = [token for token in tokens if token < self.tokenizer.eot]
        if not text:
            return ()
        (aligned,) = self.model.align(
            window.encoded, list(self.tokenizer.sot_sequence), [text], [window.frames], median_filter_width=7
        )
        return self._build_words(text, np.asarray(aligned.alignments), np.asarray(aligned.text_token_probs))

    def _build_words(self, text: list[int], path: Any, probabilities: Any) -> tuple[AlignedWord, ...]:
        written, word_tokens = self.tokenizer.split_to_word_tokens([*text, self.tokenizer.eot])
        written, word_tokens = written[:-1], word_tokens[:-1]
        first_frames = path[np.flatnonzero(np.diff(path[:, 0], prepend=-1)), 1].tolist()
        edges = np.concatenate(([0], np.cumsum([len(tokens) for tokens in word_tokens]))).tolist()
        words = [
            AlignedWord(
                text=word,
                start=first_frames[begin] * TOKEN_STEP_SECONDS,
                end=first_frames[end] * TOKEN_STEP_SECONDS,
                probability=float(np.mean(probabilities[begin:end])),
                first_token=begin,
                tokens=tuple(tokens),
            )
            for word, tokens, begin, end in zip(written, word_tokens, edges[:-1], edges[1:], strict=True)
        ]
        return tuple(_attach_punctuation(words))


def _load(folder: Path, devices: Sequence[ComputeDevice]) -> tuple[WhisperModel, ComputeDevice]:
    """Load a model on the first device on which it works; raises WeightsError."""
    *others, last = devices
    for device in others:
        try:
            whisper = _load_on(device, folder)
            _encode(whisper, np.zeros(SAMPLE_RATE, np.float32))  # libraries that are missing are missed only here
        except Exception:  # a driver or a library that does not fit: whatever it is, the processor can do it
            LOG.info("%s cannot be used for recognition", device.name, exc_info=True)
        else:
            return whisper, device
    try:
        return _load_on(last, folder), last
    except Exception as error:  # the tokenizer's library raises nothing narrower
        raise WeightsError(
            f"We can't load the model in {folder} ({error}). Name a folder with a faster-whisper model."
        ) from error


def _load_on(device: ComputeDevice, folder: Path) -> WhisperModel:
    return WhisperModel(
        str(folder),
        device=device.name,
        compute_type=device.compute_type,
        cpu_threads=device.threads,
        num_workers=device.workers,
    )


def _encode(whisper: WhisperModel, padded: Samples) -> tuple[Any, int]:
    """Return the encoding of some sound, and the number of its feature frames, which is even."""
    features = whisper.feature_extractor(padded, padding=0)
    features = features[:, : features.shape[1] // 2 * 2]
    encoded = whisper.model.encode(get_ctranslate2_storage(features[None].astype(np.float32)), to_cpu=True)
    return encoded, features.shape[1]


def _attach_punctuation(words: list[AlignedWord]) -> list[AlignedWord]:
    """Attach punctuation and word parts that do not begin with a space to the word before them."""
    joined: list[AlignedWord] = []
    for word in words:
        if joined and (not word.text.startswith(" ") or _is_opening_mark(joined[-1])):
            joined[-1] = _join_words(joined[-1], word)
        else:
            joined.append(word)
    # What the decoder wrote on noise may be spaces or a lone full stop; that is no word.
    return [word for word in joined if any(letter.isalnum() for letter in word.text)]


def _is_opening_mark(word: AlignedWord) -> bool:
    """Return whether a word is only an opening mark, which belongs to the word after it."""
    return all(mark in OPENING_MARKS for mark in word.text.strip())


def _join_words(left: AlignedWord, right: AlignedWord) -> AlignedWord:
    is_mark = all(not c.isalnum() for c in right.text)
    return AlignedWord(
        text=left.text + right.text,
        start=left.start,
        end=left.end if is_mark else right.end,
        probability=left.probability if is_mark else min(left.probability, right.probability),
        first_token=left.first_token,
        tokens=left.tokens + right.tokens,
    )
