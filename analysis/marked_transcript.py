"""The transcript of a report as tokens to read: one model for the page, the terminal and the exported HTML.

What a token is, what it is called and the sign that marks it without colour stand here; how it is drawn is up to who
shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from analysis.corrections.corrected_transcript import CorrectedTranscript
from analysis.corrections.edited_spans import EditedSpan
from analysis.corrections.typed_words import CERTAIN
from analysis.measures.stutter import is_stutter_noted
from analysis.report import Pause, PauseLength, Report
from speech.segment import Segment
from speech.transcript import Word, WordKind

ADDED_NOTE = "added by you"
CONFIRMED_NOTE = "confirmed by you"
FILLER_NOTE = "counted as a filler by you"
NOT_FILLER_NOTE = "not counted as a filler, as you said"
REMOVED_NOTE = "removed by you"


_PUNCTUATION = " ,.;:!?…–—-"  # what the recogniser writes around words


class TokenKind(StrEnum):
    """What a token is; the first four are those of words."""

    WORD = "word"
    FILLER_SOUND = "filler_sound"
    FILLER_WORD = "filler_word"
    REPETITION = "repetition"
    POSSIBLE = "possible"  # a possible filler, which is not counted
    PAUSE = "pause"  # 1 s or longer
    REMOVED = "taken"  # heard where nothing stands any more


@dataclass(frozen=True)
class TokenStyle:
    """How tokens of a kind are marked without colour, and what a legend says of them."""

    name: str  # empty where the words alone say enough
    sign: str  # on a line of time; empty for what has no mark there
    form: str  # the text in its signs, to be formatted
    example: str
    meaning: str

    @property
    def written_example(self) -> str:
        """The example as such a token stands in a transcript."""
        return self.form.format(self.example)


STYLES: Mapping[TokenKind, TokenStyle] = {
    TokenKind.FILLER_SOUND: TokenStyle("Um or uh", "▼", "[{}]", "um", "um or uh"),
    TokenKind.FILLER_WORD: TokenStyle("Filler word", "◆", "{}", "like", "filler word"),
    TokenKind.REPETITION: TokenStyle("Repetition", "↻", "↻ {}", "I", "repeated or restarted"),
    TokenKind.POSSIBLE: TokenStyle("Possible um, not counted", "?", "{}?", "um", "possibly an um, not counted"),
    TokenKind.PAUSE: TokenStyle("", "", "(pause {})", "1.2 s", "pause of 1 second or more"),
    TokenKind.REMOVED: TokenStyle("", "", "{}", "um", REMOVED_NOTE),
}
PAUSE_NAMES: Mapping[PauseLength, str] = {
    PauseLength.NATURAL: "Natural pause",
    PauseLength.THINKING: "Thinking pause",
    PauseLength.LONG: "Long pause",
    PauseLength.LOST_THREAD: "Very long pause",
}


@dataclass(frozen=True)
class Token:
    """A word, a phrase that was counted as one, a possible filler, a long pause, or words that the user took away."""

    kind: TokenKind
    text: str  # the words; of a pause its length
    start: float  # s
    end: float  # s
    label: str  # what it is, in words: "Filler sound “um”, confirmed by you"
    note: str | None = None  # what the user did to it; None for what nobody has touched
    heard: str | None = None  # the text to go back to
    is_sure: bool = False  # the user has said of this filler sound that it was one
    was_sound: bool = False  # removed, it was a single filler sound, which can be put back

    @property
    def written(self) -> str:
        """The text with the signs of its kind."""
        style = STYLES.get(self.kind)
        return style.form.format(self.text) if style else self.text


def mark_transcript(
    report: Report, now: CorrectedTranscript | None = None, *, joins_phrases: bool = False
) -> tuple[Token, ...]:
    """Return words, possible fillers, pauses of 1 s or more and what the user removed, in time order.

    Args:
        report: The report whose words they are.
        now: The same words beside what was heard, to note on each what the user corrected; None notes nothing.
        joins_phrases: Whether words that were counted as one filler or repetition ("you know") become one token.
    """
    words = _mark_corrected(report, now) if now else mark_words(report.words)
    tokens = [
        *(_join_phrases(report, words) if joins_phrases else words),
        *(_make_token(TokenKind.POSSIBLE, [word]) for word in report.possible_fillers),
        *(_mark_removed(span.heard) for span in (now.spans if now else ()) if not span.now),
        *(_mark_pause(pause) for pause in report.pauses if pause.length is not PauseLength.NATURAL),
    ]
    return tuple(sorted(tokens, key=lambda token: (token.start, token.end)))


def mark_words(words: Iterable[Word]) -> tuple[Token, ...]:
    """Return words as tokens, without the pauses between them; those of a written answer have none."""
    return tuple(_make_token(word.kind, [word]) for word in words)


def label_pause(pause: Pause) -> str:
    """Return what a pause is called: "Thinking pause of 1.2 s"."""
    return f"{PAUSE_NAMES[pause.length]} of {pause.span.duration:.1f} s"


def kinds_in(tokens: Iterable[Token]) -> list[TokenKind]:
    """Return the kinds with a style of their own that tokens are of, in the order of a legend."""
    found = {token.kind for token in tokens}
    return [kind for kind in STYLES if kind in found]


def _make_token(kind: TokenKind | WordKind, words: Sequence[Word], note: str | None = None) -> Token:
    text = " ".join(word.text for word in words)
    return Token(TokenKind(kind), text, words[0].start, max(word.end for word in words), _label(kind, text, note), note)


def _label(kind: TokenKind | WordKind, text: str, note: str | None) -> str:
    style = STYLES.get(TokenKind(kind))
    name = f"{style.name} " if style and style.name else ""
    return f"{name}“{text.strip(_PUNCTUATION) or text}”{', ' + note if note else ''}"


def _mark_pause(pause: Pause) -> Token:
    seconds = f"{pause.span.duration:.1f} s"
    return Token(TokenKind.PAUSE, seconds, pause.span.start, pause.span.end, label_pause(pause))


def _mark_removed(heard: Sequence[Word]) -> Token:
    was_sound = len(heard) == 1 and heard[0].kind is WordKind.FILLED_PAUSE
    return replace(_make_token(TokenKind.REMOVED, heard, REMOVED_NOTE), was_sound=was_sound)


def _mark_corrected(report: Report, now: CorrectedTranscript) -> list[Token]:
    """Mark the words of a report that is of corrected words."""
    typed = [(word, span) for span in now.spans for word in span.now]
    if is_stutter_noted(report.settings):
        typed = [(word, span) for word, span in typed if word.kind is not WordKind.FILLED_PAUSE]
    return [_mark_word(word, *pair, now.meant) for word, pair in zip(report.words, typed, strict=True)]


def _mark_word(word: Word, typed: Word, span: EditedSpan, meant: frozenset[Segment]) -> Token:
    """Mark a word as analysed; `typed` is the same word before, in its place among the corrections."""
    note, heard = _describe_correction(typed, span, meant)
    is_sure = typed.kind is WordKind.FILLED_PAUSE and typed.probability == CERTAIN
    return replace(_make_token(word.kind, [word], note), heard=heard, is_sure=is_sure)


def _describe_correction(word: Word, span: EditedSpan, meant: frozenset[Segment]) -> tuple[str | None, str | None]:
    """Return what the user did to a word, and the text to go back to where there is one."""
    heard = " ".join(each.text for each in span.heard)
    if not span.heard:
        return ADDED_NOTE, None
    if " ".join(each.text for each in span.now) != heard:
        return f"transcribed as “{heard}”", heard if len(span.now) == 1 else None
    if word.kind is WordKind.DISCOURSE_MARKER:
        return FILLER_NOTE, None
    if word.span in meant:
        return NOT_FILLER_NOTE, None
    is_confirmed = word.kind is WordKind.FILLED_PAUSE and word not in span.heard and word.probability == CERTAIN
    return (CONFIRMED_NOTE if is_confirmed else None), None


def _join_phrases(report: Report, words: Sequence[Token]) -> list[Token]:
    moments = [*report.get_finding("filler_words").moments, *report.get_finding("repetitions").moments]

    def counted_as(token: Token) -> object:
        if token.kind in (TokenKind.FILLER_WORD, TokenKind.REPETITION):
            span = Segment(token.start, token.end)
            return token.kind, next((moment for moment in moments if moment.overlap(span)), token)
        return token

    return [_join(list(phrase)) for _, phrase in groupby(words, counted_as)]


def _join(phrase: Sequence[Token]) -> Token:
    """Join the words of a phrase; part of it is no text to go back to, so only a word alone has one."""
    first = phrase[0]
    if len(phrase) == 1:
        return first
    noted = next((token for token in phrase if token.note), first)
    text = " ".join(token.text for token in phrase)
    label = _label(first.kind, text, noted.note)
    return Token(first.kind, text, first.start, phrase[-1].end, label, noted.note, is_sure=noted.is_sure)
