"""Telling the user when an answer is not in English, instead of measuring invented words.

Whisper writes English for any language when told to. A multilingual model gives the probability of each language for
each window; an English-only model cannot, so its doubt (a low log probability) is all there is.
"""

from __future__ import annotations

from collections import defaultdict

from speech.errors import LanguageError
from speech.recogniser import Recogniser, Window
from speech.span import Span

SURE = 0.7  # mean probability of another language before the answer is refused
LONG_ENOUGH = 2.0  # s; shorter pieces say little about their language

NAMES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def check_language(recogniser: Recogniser, windows: tuple[tuple[Span, Window], ...]) -> None:
    """Raise LanguageError when the speech is clearly in another language than English."""
    if not recogniser.is_multilingual:
        return
    weights: defaultdict[str, float] = defaultdict(float)
    for piece, window in windows:
        if piece.duration >= LONG_ENOUGH:
            for language, probability in recogniser.languages(window).items():
                weights[language] += probability * piece.duration
    if not weights:
        return
    language = max(weights, key=lambda code: weights[code])
    share = weights[language] / sum(weights.values())
    if language != "en" and share >= SURE:
        raise LanguageError(
            f"This sounds like {NAMES.get(language, f'another language ({language})')} ({share:.0%} sure). "
            "Only answers in English can be measured: record the answer in English."
        )
