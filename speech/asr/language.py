"""Refuse an answer that is not in English, instead of measuring invented words.

Whisper writes English for any language when told to. A multilingual model gives the probability of
each language for each chunk; an English-only model gives none, so a multilingual one runs beside
it. Pass `language="en"` to skip language detection.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from speech.errors import LanguageError
from speech.transcript import LanguageChange

MIN_REFUSAL_PROBABILITY = 0.7  # mean probability of another language before the answer is refused
MIN_CHUNK_SECONDS = 2.0  # s; shorter pieces say little about their language
MIN_CHANGE_SECONDS = 6.0  # s in one other language before it is told; a name or a quotation is shorter
DECISION_SECONDS = 25.0  # s of speech after which the language is decided

ENGLISH = "en"  # the one language that is measured
LANGUAGE_NAMES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def find_language_change(chunks: Iterable[tuple[float, float, Mapping[str, float]]]) -> LanguageChange | None:
    """Return where another language than English follows or comes in between; None where there is none.

    Args:
        chunks: In time order the start and the length of each in seconds, and each language's probability.
    """
    seconds: defaultdict[str, float] = defaultdict(float)
    first: dict[str, float] = {}
    for start, length, languages in chunks:
        language = max(languages, key=lambda code: languages[code], default=ENGLISH)
        if language != ENGLISH and languages[language] >= MIN_REFUSAL_PROBABILITY and length >= MIN_CHUNK_SECONDS:
            first.setdefault(language, start)
            seconds[language] += length
    if not seconds:
        return None
    language = max(seconds, key=lambda code: seconds[code])
    return LanguageChange(first[language], language) if seconds[language] >= MIN_CHANGE_SECONDS else None


class LanguageGuard:
    """Accumulates language probabilities over the chunks of a recording and refuses other languages.

    If the language is known to be English, it neither asks for chunks nor refuses any.
    """

    def __init__(self, known: str | None = None) -> None:
        self._is_known = known == ENGLISH
        self._weights: defaultdict[str, float] = defaultdict(float)
        self._heard = 0.0

    @property
    def wants_more(self) -> bool:
        """Whether another chunk could still change the decision."""
        return not self._is_known and self._heard < DECISION_SECONDS

    def add_chunk(self, seconds: float, languages: Mapping[str, float]) -> None:
        """Add a chunk, and decide once enough speech was added.

        Args:
            seconds: Length of the chunk; short ones are ignored.
            languages: Probability of each language by its code; empty if unknown.

        Raises:
            LanguageError: The answer is clearly not in English.
        """
        if seconds < MIN_CHUNK_SECONDS or not languages or not self.wants_more:
            return
        for language, probability in languages.items():
            self._weights[language] += probability * seconds
        self._heard += seconds
        if not self.wants_more:
            self.decide()

    def decide(self) -> None:
        """Raise LanguageError if the chunks so far are clearly in another language than English."""
        if not self._heard:
            return
        language = max(self._weights, key=lambda code: self._weights[code])
        share = self._weights[language] / self._heard
        if language != ENGLISH and share >= MIN_REFUSAL_PROBABILITY:
            raise LanguageError(
                f"This sounds like {LANGUAGE_NAMES.get(language, f'another language ({language})')} ({share:.0%} "
                "sure). "
                "We can only analyse answers in English, so please record it in English. If it is English, choose "
                "“Assume English” in Settings, or add --language en on the command line."
            )
