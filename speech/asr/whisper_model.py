"""The recogniser: faster-whisper's tokenizer and features, and CTranslate2's encoder, decoder and aligner.

A window is encoded once; decoding, scoring and aligning then reuse that encoding. A window is a piece of speech cut at
silences, padded only as far as needed: the encoder's cost grows faster than its length.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_ctranslate2_storage
from numpy.typing import NDArray

from speech.audio.recording import SAMPLE_RATE, Samples
from speech.errors import WeightsError
from speech.fillers.filled_pauses import is_filler_sound

FRAME = 160  # samples, 10 ms: Whisper's feature step
TOKEN_STEP = 0.02  # s, one encoder output frame
LONGEST_WINDOW = 30.0  # s, what Whisper was trained on
PADDING = 1.0  # s of silence after the speech, so that the last word is not cut short
SHORTEST_WINDOW = 5.0  # s; shorter windows make the decoder invent
MAX_TOKENS_PER_SECOND = 9.0  # 400 words a minute are about 9 tokens a second; more is a loop
OPENING_MARKS = "\"'“¿([{-"


@dataclass(frozen=True)
class HeardWord:
    """A word as the decoder wrote it, in seconds from the start of its window."""

    text: str
    start: float
    end: float
    probability: float
    first_token: int  # index of its first token in the decoded sequence
    tokens: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Window:
    """One encoded stretch of sound, ready to be decoded, scored and aligned any number of times."""

    encoded: Any  # ctranslate2.StorageView of shape (1, frames / 2, width)
    frames: int  # feature frames of 10 ms that hold sound; the rest is padding


@dataclass(frozen=True)
class Decoded:
    """What the decoder wrote for a window, and how much it believed it.

    `filler_beliefs` is, for each token, the probability that a filler sound stands in its place; empty where it is not
    known.
    """

    tokens: tuple[int, ...]
    filler_beliefs: tuple[float, ...]
    mean_log_probability: float


class Recogniser:
    """One loaded Whisper model. Safe to use from several threads; `parallel` windows run side by side."""

    def __init__(self, folder: Path, name: str, parallel: int = 2) -> None:
        try:
            self._whisper = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=1, num_workers=parallel
            )
        except Exception as error:  # the tokenizer's library raises nothing narrower
            raise WeightsError(
                f"The model in {folder} cannot be loaded ({error}). Name a folder with a faster-whisper model."
            ) from error
        self.name = name
        self.parallel = parallel
        self.model = self._whisper.model
        self.is_multilingual: bool = self.model.is_multilingual
        self.tokenizer = Tokenizer(self._whisper.hf_tokenizer, self.is_multilingual, task="transcribe", language="en")
        self._filler_ids = np.flatnonzero([self._is_filler(token) for token in range(self.tokenizer.eot)])
        self.filler_tokens = frozenset(self._filler_ids.tolist())
        (self.filler_token,) = self.tokenizer.encode(" uh")

    def _is_filler(self, token: int) -> bool:
        text = self.tokenizer.decode([token])
        return text.startswith(" ") and text.isascii() and is_filler_sound(text)

    def encode(self, samples: Samples) -> Window:
        """Encode up to 30 s of sound; samples of shape (n,), 16 kHz."""
        if len(samples) > LONGEST_WINDOW * SAMPLE_RATE:
            raise ValueError(f"a window holds at most {LONGEST_WINDOW} s: {len(samples) / SAMPLE_RATE:.1f} s")
        length = min(max(len(samples) / SAMPLE_RATE + PADDING, SHORTEST_WINDOW), LONGEST_WINDOW)
        padded = np.zeros(round(length * SAMPLE_RATE), np.float32)
        padded[: len(samples)] = samples[: len(padded)]
        features = self._whisper.feature_extractor(padded, padding=0)
        features = features[:, : features.shape[1] // 2 * 2]
        encoded = self.model.encode(get_ctranslate2_storage(features[None].astype(np.float32)), to_cpu=True)
        return Window(encoded, min(-(-len(samples) // FRAME), features.shape[1]))

    def start_tokens(self, prompt: str | None) -> list[int]:
        """The start sequence, with a prompt before it as if it had just been said."""
        before = []
        if prompt:
            before = [self.tokenizer.sot_prev, *self.tokenizer.encode(" " + prompt.strip())]
        return [*before, *self.tokenizer.sot_sequence, self.tokenizer.no_timestamps]

    def decode(self, window: Window, prompt: str | None = None) -> Decoded:
        """Write down what is said in a window, greedily, with an optional prompt that shows the style of writing.

        The decoder's distribution at every step comes with it at no cost: it tells how near a filler sound was.
        """
        result = self._generate(window, prompt, beam_size=1, return_logits_vocab=True)
        tokens = tuple(result.sequences_ids[0])
        beliefs = tuple(self._filler_belief(np.asarray(logits)) for logits in result.logits[0])
        return Decoded(tokens, beliefs[: len(tokens)], result.scores[0])

    def search(self, window: Window, prompt: str | None, beam: int) -> Decoded:
        """Write down what is said in a window with so many beginnings kept at once; without beliefs."""
        result = self._generate(window, prompt, beam_size=beam)
        return Decoded(tuple(result.sequences_ids[0]), (), result.scores[0])

    def _generate(self, window: Window, prompt: str | None, **how: Any) -> Any:
        start = self.start_tokens(prompt)
        seconds = window.frames * FRAME / SAMPLE_RATE
        longest = len(start) + 8 + int(seconds * MAX_TOKENS_PER_SECOND)
        (result,) = self.model.generate(window.encoded, [start], max_length=longest, return_scores=True, **how)
        return result

    def _filler_belief(self, logits: NDArray[np.float32]) -> float:
        likelihood = np.exp(logits - logits.max())
        return float(likelihood[self._filler_ids].sum() / likelihood.sum())

    def languages(self, window: Window) -> dict[str, float]:
        """Probability of each language in a window, by code ("en"); for multilingual models only."""
        (found,) = self.model.detect_language(window.encoded)
        return {token.strip("<|>"): probability for token, probability in found}

    def align(self, window: Window, tokens: tuple[int, ...]) -> tuple[HeardWord, ...]:
        """When each word of a token sequence was said, by the decoder's attention."""
        text = [token for token in tokens if token < self.tokenizer.eot]
        if not text:
            return ()
        (aligned,) = self.model.align(
            window.encoded, list(self.tokenizer.sot_sequence), [text], [window.frames], median_filter_width=7
        )
        return self._words(text, np.asarray(aligned.alignments), np.asarray(aligned.text_token_probs))

    def _words(self, text: list[int], path: Any, probabilities: Any) -> tuple[HeardWord, ...]:
        written, word_tokens = self.tokenizer.split_to_word_tokens([*text, self.tokenizer.eot])
        written, word_tokens = written[:-1], word_tokens[:-1]
        first_frames = path[np.flatnonzero(np.diff(path[:, 0], prepend=-1)), 1].tolist()
        edges = np.concatenate(([0], np.cumsum([len(tokens) for tokens in word_tokens]))).tolist()
        words = [
            HeardWord(
                text=word,
                start=first_frames[begin] * TOKEN_STEP,
                end=first_frames[end] * TOKEN_STEP,
                probability=float(np.mean(probabilities[begin:end])),
                first_token=begin,
                tokens=tuple(tokens),
            )
            for word, tokens, begin, end in zip(written, word_tokens, edges[:-1], edges[1:], strict=True)
        ]
        return tuple(_joined_punctuation(words))


def _joined_punctuation(words: list[HeardWord]) -> list[HeardWord]:
    """Put punctuation and word parts that do not begin with a space onto the word before them."""
    joined: list[HeardWord] = []
    for word in words:
        if joined and (not word.text.startswith(" ") or _opens(joined[-1])):
            joined[-1] = _glued(joined[-1], word)
        else:
            joined.append(word)
    # What the decoder wrote on noise may be spaces or a lone full stop; that is no word.
    return [word for word in joined if any(letter.isalnum() for letter in word.text)]


def _opens(word: HeardWord) -> bool:
    """Whether a word is only an opening mark, which belongs to the word after it."""
    return all(mark in OPENING_MARKS for mark in word.text.strip())


def _glued(left: HeardWord, right: HeardWord) -> HeardWord:
    is_mark = all(not c.isalnum() for c in right.text)
    return HeardWord(
        text=left.text + right.text,
        start=left.start,
        end=left.end if is_mark else right.end,
        probability=left.probability if is_mark else min(left.probability, right.probability),
        first_token=left.first_token,
        tokens=left.tokens + right.tokens,
    )
