"""Telling the user when an answer is not in English, instead of measuring invented words.

Whisper writes English for any language when told to. A multilingual model gives the probability of each language for
each window; for an English-only model, whose doubt says too little, a multilingual one listens along.
Who knows that an answer is English, whatever it sounds like, can say so; then nothing is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from speech.errors import LanguageError

SURE = 0.7  # mean probability of another language before the answer is refused
LONG_ENOUGH = 2.0  # s; shorter pieces say little about their language
ENOUGH = 25.0  # s of speech after which the language is decided

ENGLISH = "en"  # the one language that is measured
NAMES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


class LanguageGuard:
    """Sums up the language of the pieces of one recording and refuses it when it is clearly not English.

    Where the language is known to be English, it asks for nothing and refuses nothing.
    """

    def __init__(self, known: str | None = None) -> None:
        self._is_known = known == ENGLISH
        self._weights: defaultdict[str, float] = defaultdict(float)
        self._heard = 0.0

    @property
    def wants_more(self) -> bool:
        """Whether another piece would still change the decision."""
        return not self._is_known and self._heard < ENOUGH

    def hear(self, seconds: float, languages: Mapping[str, float]) -> None:
        """Count one more piece with its probability of each language; raises LanguageError once sure."""
        if seconds < LONG_ENOUGH or not languages or not self.wants_more:
            return
        for language, probability in languages.items():
            self._weights[language] += probability * seconds
        self._heard += seconds
        if not self.wants_more:
            self.decide()

    def decide(self) -> None:
        """Raise LanguageError when what was heard so far is clearly in another language than English."""
        if not self._heard:
            return
        language = max(self._weights, key=lambda code: self._weights[code])
        share = self._weights[language] / self._heard
        if language != ENGLISH and share >= SURE:
            raise LanguageError(
                f"This sounds like {NAMES.get(language, f'another language ({language})')} ({share:.0%} sure). "
                "Only answers in English can be measured: record the answer in English. If it is English after all, "
                "set the language to English: in the app under Settings, on the command line with --language en."
            )
