"""Write a report for other programs: a TextGrid for Praat, subtitles (WebVTT, SRT), labels for Audacity.

What was said, when, and what counted as what can so be seen and corrected beside the sound, and compared with others.
Times are kept as whole milliseconds, so that intervals that touch still touch in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis.finding import Finding
from analysis.marked_transcript import PAUSE_NAMES, STYLES, Token, TokenKind, mark_transcript
from analysis.report import Report
from speech.segment import Segment, find_gaps
from speech.transcript import Word, WordKind

MIN_INTERVAL_MS = 1  # Praat knows no empty intervals
MAX_CUE_SECONDS = 6.0  # s; a subtitle that stays longer is read twice
MAX_CUE_CHARACTERS = 80  # two lines
SENTENCE_ENDS = (".", "?", "!")
FILLER_WORD_FORM = "*{}*"  # elsewhere colour tells filler words
SPEAKER = "answer"


@dataclass(frozen=True)
class Interval:
    """A stretch of a tier with its text; times in ms."""

    start: int  # ms
    end: int  # ms
    text: str


@dataclass(frozen=True)
class Tier:
    """One kind of thing in time order, without overlaps."""

    name: str
    intervals: tuple[Interval, ...]


@dataclass(frozen=True)
class AnnotationFormat:
    """A format to write a report in."""

    key: str  # the option of the command line
    name: str  # what people call it
    suffix: str
    mime_type: str
    write: Callable[[Report], str]


def make_tiers(report: Report) -> tuple[Tier, ...]:
    """Return what was heard, a tier for each kind: words, fillers, repetitions, pauses, possible fillers, speakers."""
    words = report.words
    return (
        Tier("words", _fit(_to_interval(word.span, word.text) for word in words)),
        Tier("filled pauses", _fit(_list_words(words, WordKind.FILLED_PAUSE))),
        Tier("filler words", _fit(_list_phrases(words, report.get_finding("filler_words"), WordKind.DISCOURSE_MARKER))),
        Tier("repetitions", _fit(_list_phrases(words, report.get_finding("repetitions"), WordKind.REPETITION))),
        Tier("pauses", _fit(_to_interval(each.span, PAUSE_NAMES[each.length].lower()) for each in report.pauses)),
        Tier("possible", _fit(_to_interval(word.span, word.text) for word in report.possible_fillers)),
        Tier("speakers", _fit(_to_interval(span, SPEAKER) for span in _find_speech(report))),
    )


def write_textgrid(report: Report) -> str:
    """Return a report as a Praat TextGrid in its long text format, with the tiers of `make_tiers`."""
    tiers = make_tiers(report)
    end = max([_to_ms(report.duration), 1, *(each.end for tier in tiers for each in tier.intervals)])
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0", f"xmax = {_seconds(end)}"]
    lines += ["tiers? <exists>", f"size = {len(tiers)}", "item []:"]
    for number, tier in enumerate(tiers, start=1):
        intervals = _fill(tier.intervals, end)
        lines += [f"    item [{number}]:", '        class = "IntervalTier"', f"        name = {_quote(tier.name)}"]
        lines += ["        xmin = 0", f"        xmax = {_seconds(end)}", f"        intervals: size = {len(intervals)}"]
        for place, each in enumerate(intervals, start=1):
            lines += [f"        intervals [{place}]:", f"            xmin = {_seconds(each.start)}"]
            lines += [f"            xmax = {_seconds(each.end)}", f"            text = {_quote(each.text)}"]
    return "\n".join(lines) + "\n"


def write_vtt(report: Report) -> str:
    """Return a report as WebVTT subtitles; fillers and repetitions stand in their signs and in classes to style."""
    legend = ", ".join(
        f"{_mark(kind, STYLES[kind].example)} {STYLES[kind].meaning}" for kind in STYLES if kind != TokenKind.REMOVED
    )
    parts = ["WEBVTT", f"NOTE\n{legend}"]
    parts += [f"{_clock(each, '.')}\n{each.text}" for each in _time_cues(report, _class)]
    return "\n\n".join(parts) + "\n"


def write_srt(report: Report) -> str:
    """Return a report as SubRip subtitles, with fillers and repetitions in their signs."""
    cues = _time_cues(report, _write_token)
    parts = [f"{number}\n{_clock(each, ',')}\n{each.text}\n" for number, each in enumerate(cues, start=1)]
    return "\n".join(parts)


def write_labels(report: Report) -> str:
    """Return a report as a label track for Audacity: begin, end and text of each word, filler and long pause."""
    tokens = mark_transcript(report, joins_phrases=True)
    return "".join(
        f"{_seconds(_to_ms(token.start))}\t{_seconds(_to_ms(token.end))}\t{_write_token(token)}\n" for token in tokens
    )


ANNOTATION_FORMATS = (
    AnnotationFormat("textgrid", "Praat TextGrid", ".TextGrid", "text/plain", write_textgrid),
    AnnotationFormat("vtt", "Subtitles (WebVTT)", ".vtt", "text/vtt", write_vtt),
    AnnotationFormat("srt", "Subtitles (SRT)", ".srt", "application/x-subrip", write_srt),
    AnnotationFormat("labels", "Audacity labels", ".txt", "text/plain", write_labels),
)


def _to_ms(seconds: float) -> int:
    return round(1000 * seconds)


def _to_interval(span: Segment, text: str) -> Interval:
    return Interval(_to_ms(span.start), _to_ms(span.end), text)


def _fit(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Shorten or move intervals that overlap the one before, and lengthen empty ones."""
    fitted: list[Interval] = []
    reach = 0
    for each in sorted(intervals, key=lambda one: (one.start, one.end)):
        start = max(each.start, reach)
        reach = max(each.end, start + MIN_INTERVAL_MS)
        fitted.append(Interval(start, reach, each.text))
    return tuple(fitted)


def _fill(intervals: Sequence[Interval], end: int) -> list[Interval]:
    """Put empty intervals into the gaps, so that a tier covers all of the time as Praat wants it."""
    filled: list[Interval] = []
    for each in (*intervals, Interval(end, end, "")):
        reach = filled[-1].end if filled else 0
        if each.start > reach:
            filled.append(Interval(reach, each.start, ""))
        if each.end > each.start:
            filled.append(each)
    return filled


def _list_words(words: Iterable[Word], kind: WordKind) -> list[Interval]:
    return [_to_interval(word.span, word.text) for word in words if word.kind is kind]


def _list_phrases(words: Iterable[Word], finding: Finding, kind: WordKind) -> list[Interval]:
    """Join the words of a kind that were counted as one: "you know" is one interval."""

    def counted_as(word: Word) -> object:
        return next((span for span in finding.moments if span.overlap(word.span)), word)

    phrases = [list(group) for _, group in groupby((word for word in words if word.kind is kind), counted_as)]
    return [
        _to_interval(Segment(said[0].start, max(word.end for word in said)), " ".join(word.text for word in said))
        for said in phrases
    ]


def _find_speech(report: Report) -> list[Segment]:
    """Return the answer without its pauses."""
    said = report.response
    if said is None:
        return []
    edges = (Segment(said.start, said.start), *(pause.span for pause in report.pauses), Segment(said.end, said.end))
    return list(find_gaps(edges))


def _time_cues(report: Report, write: Callable[[Token], str]) -> tuple[Interval, ...]:
    """Return the subtitles one after the other; `write` makes the text of a token."""
    return _fit(
        Interval(_to_ms(cue[0].start), _to_ms(max(token.end for token in cue)), " ".join(map(write, cue)))
        for cue in _make_cues(report)
    )


def _make_cues(report: Report) -> list[list[Token]]:
    """Split a transcript into subtitles: at the ends of sentences, at long pauses, and where one gets too long."""
    cues: list[list[Token]] = []
    for token in mark_transcript(report, joins_phrases=True):
        if not cues or _is_full(cues[-1], token):
            cues.append([])
        cues[-1].append(token)
    return cues


def _is_full(cue: Sequence[Token], token: Token) -> bool:
    last = cue[-1]
    return (
        TokenKind.PAUSE in (last.kind, token.kind)
        or last.text.endswith(SENTENCE_ENDS)
        or token.end - cue[0].start > MAX_CUE_SECONDS
        or len(" ".join(map(_write_token, (*cue, token)))) > MAX_CUE_CHARACTERS
    )


def _mark(kind: TokenKind, text: str) -> str:
    if kind is TokenKind.FILLER_WORD:
        return FILLER_WORD_FORM.format(text)
    return STYLES[kind].form.format(text) if kind in STYLES else text


def _write_token(token: Token) -> str:
    return " ".join(_mark(token.kind, token.text).split())


VTT_ESCAPES: Mapping[int, str] = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def _class(token: Token) -> str:
    text = _write_token(token).translate(VTT_ESCAPES)
    return text if token.kind is TokenKind.WORD else f"<c.{token.kind.value}>{text}</c>"


def _clock(cue: Interval, mark: str) -> str:
    """Return when a subtitle is shown; `mark` stands before its milliseconds."""
    times = []
    for ms in (cue.start, cue.end):
        seconds, rest = divmod(ms, 1000)
        times.append(f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}{rest:03d}")
    return " --> ".join(times)


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.3f}"


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
