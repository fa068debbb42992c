"""Each missed and false filler with its time and context, to study failures."""

from __future__ import annotations

from collections.abc import Iterator

from speech.segment import Segment
from speech.transcript import Transcript, WordKind
from tests.benchmark.clips import Clip
from tests.benchmark.scoring import Score
from tests.benchmark.systems.system import filler_sounds

CONTEXT_SECONDS = 1.5  # s of words shown on either side


def describe_failures(clip: Clip, transcript: Transcript, score: Score) -> str:
    """Return one line per failure of a clip; empty without any."""
    return "\n".join(_lines(clip, transcript, score))


def _lines(clip: Clip, transcript: Transcript, score: Score) -> Iterator[str]:
    if score.said:
        yield f"  {clip.name}: said: {score.said}"
    pairing = score.filler_pairing
    if pairing and clip.truth.fillers is not None:
        heard = filler_sounds(transcript)
        for place in pairing.missed:
            yield f"  {clip.name}: missed {_describe_moment(clip.truth.fillers[place], transcript)}"
        for place in pairing.false:
            yield f"  {clip.name}: false  {_describe_moment(heard[place], transcript)}"
    if score.fillers and pairing is None:
        hits = score.fillers
        yield f"  {clip.name}: fillers by count: heard {hits.found + hits.false} of {hits.found + hits.missed}"
    if score.invented:
        yield f"  {clip.name}: invented: {' '.join(word.text for word in transcript.words)}"
    if score.words and not score.is_rough and (score.words.deleted or score.words.inserted):
        yield (
            f"  {clip.name}: words {score.words.heard} of {score.words.true}, deleted {score.words.deleted}, "
            f"inserted {score.words.inserted}, replaced {score.words.replaced}"
        )
    if score.pauses and score.pauses.errors:
        errors = ", ".join(f"{1000 * error:.0f}" for error in score.pauses.errors)
        yield f"  {clip.name}: pause borders off by {errors} ms"


def _describe_moment(span: Segment, transcript: Transcript) -> str:
    near = (
        word
        for word in transcript.words
        if word.end > span.start - CONTEXT_SECONDS and word.start < span.end + CONTEXT_SECONDS
    )
    shown = (
        f"[{word.text} {word.start:.2f}]" if word.kind is WordKind.FILLED_PAUSE else f"{word.text} {word.start:.2f}"
        for word in near
    )
    return f"{span}  among: {'  '.join(shown)}"
