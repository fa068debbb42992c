"""The pause measures of one answer, each with its sentence and moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.measures import pauses
from analysis.measures.answer import Answer, Measured, Measurement
from analysis.measures.poisson_interval import rate_interval
from analysis.report import Pause, PauseLength
from analysis.wording import count
from speech.segment import Span
from speech.transcript import WordKind

NO_PAUSES = f"No pause of {pauses.SHORTEST:g} s or more was heard."
_NAMES = {
    PauseLength.NATURAL: "natural (up to 1 s)",
    PauseLength.THINKING: "thinking (1 to 2 s)",
    PauseLength.LONG: "long (2 to 4 s)",
    PauseLength.LOST_THREAD: "over 4 s",
}


def _pause_count(answer: Answer) -> Measured:
    found = pauses.pauses(answer.transcript)
    lengths = [pause.length for pause in found]
    kinds = ", ".join(f"{lengths.count(length)} {name}" for length, name in _NAMES.items() if length in lengths)
    detail = f"{count(len(found), 'pause')}: {kinds}." if found else NO_PAUSES
    return Measured(pauses.pause_count(answer.transcript), detail, moments=_spans(found))


def _pause_rate(answer: Answer) -> Measured:
    many = len(pauses.silences(answer.transcript))
    value = pauses.pause_rate(answer.transcript)
    detail = f"{count(many, 'pause').capitalize()} in {answer.seconds:.1f} s of answer."
    return Measured(value, detail, rate_interval(many, answer.seconds, 60))


def _mean_pause(answer: Answer) -> Measured:
    value = pauses.mean_pause(answer.transcript)
    return Measured(value, NO_PAUSES if value is None else f"Pauses lasted {value:.2f} s on average.")


def _longest_pause(answer: Answer) -> Measured:
    longest = max(pauses.silences(answer.transcript), key=lambda gap: gap.duration, default=None)
    if longest is None:
        return Measured(None, NO_PAUSES)
    detail = f"The longest pause lasted {longest.duration:.1f} s, at {longest.start:.1f} s of the recording."
    return Measured(longest.duration, detail, moments=(longest,))


def _pause_placement(answer: Answer) -> Measured:
    value = pauses.pause_placement(answer.transcript)
    placed = [
        pause
        for pause in pauses.pauses(answer.transcript)
        if pause.span.duration >= pauses.PLACED - pauses.ROUNDING and pause.within_clause is not None
    ]
    if value is None:
        return Measured(None, f"No pause of {pauses.PLACED:g} s or more lay between words.")
    inside = [pause for pause in placed if pause.within_clause]
    detail = f"{len(inside)} of {count(len(placed), 'pause')} of {pauses.PLACED:g} s or more fell inside a clause."
    return Measured(value, detail, moments=_spans(inside))


def _pause_instead_of_filler(answer: Answer) -> Measured:
    value = pauses.pause_instead_of_filler(answer.transcript)
    if value is None:
        return Measured(None, "Neither a pause of up to 2 s nor a filler sound was heard.")
    quiet = [gap for gap in pauses.silences(answer.transcript) if gap.duration <= pauses.LONG + pauses.ROUNDING]
    sounds = sum(word.kind is WordKind.FILLER_SOUND for word in answer.transcript.words)
    detail = f"{count(len(quiet), 'quiet pause')} of up to 2 s beside {count(sounds, 'filler sound')}."
    return Measured(value, detail.capitalize(), moments=tuple(quiet))


def _phonation_ratio(answer: Answer) -> Measured:
    value, speech = pauses.phonation_ratio(answer.transcript), pauses.speech_time(answer.transcript)
    return Measured(value, f"{speech:.1f} s of speech in {answer.seconds:.1f} s of answer.")


def _mean_length_of_run(answer: Answer) -> Measured:
    value = pauses.mean_length_of_run(answer.transcript)
    if value is None:
        return Measured(None, "No words were heard, only sounds.")
    return Measured(value, f"{value:.1f} words from one pause to the next on average.")


def _time_to_first_word(answer: Answer) -> Measured:
    value = answer.response.start
    return Measured(value, f"The voice begins {value:.1f} s into the recording.", moments=(Span(0, value),))


def _spans(found: Iterable[Pause]) -> tuple[Span, ...]:
    return tuple(pause.span for pause in found)


PAUSES: Mapping[str, Measurement] = {
    "pause_count": _pause_count,
    "pause_rate": _pause_rate,
    "mean_pause": _mean_pause,
    "longest_pause": _longest_pause,
    "pause_placement": _pause_placement,
    "pause_instead_of_filler": _pause_instead_of_filler,
    "phonation_ratio": _phonation_ratio,
    "mean_length_of_run": _mean_length_of_run,
    "time_to_first_word": _time_to_first_word,
}
