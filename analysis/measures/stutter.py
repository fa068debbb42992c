"""What a report leaves out for people who stutter, by their own setting.

Repeated and held sounds and blocks are neither ums nor carelessness, and no recogniser tells them apart for certain:
they sound like fillers, restarts and pauses. So none of these is counted or marked, and what they make slower or
later is told without being judged. What the answer says is measured as everybody's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from analysis.finding import Band, Finding, Verdict
from speech.transcript import Word, WordKind

STUTTER_NOTE = "; stutters"  # in the settings of a report
NOT_COUNTED_DETAIL = "Not counted, as you chose."
NOT_COUNTED = frozenset(
    {
        *("filler_sounds", "filler_density", "filler_cluster", "pause_instead_of_filler"),
        *("longest_pause", "mean_pause", "pause_placement", "pause_rate", "pause_count"),
        *("repetitions", "restarts", "steady_pace", "time_to_first_word"),
    }
)
NOT_JUDGED = frozenset({"speaking_rate", "filler_words"})  # unless by a range of the user's own


def is_stutter_noted(settings: str) -> bool:
    """Return whether a report was made for somebody who stutters, by its settings."""
    return STUTTER_NOTE in settings


def drop_uncounted_sounds(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return words without ums and uhs."""
    return tuple(word for word in words if word.kind is not WordKind.FILLED_PAUSE)


def choose_fair_bands(bands: Mapping[str, Band], own: Mapping[str, Band] | None) -> dict[str, Band]:
    """Return the bands by which somebody who stutters is judged: those that a stutter can't break."""
    return {
        key: band
        for key, band in bands.items()
        if key not in NOT_COUNTED and (key not in NOT_JUDGED or key in (own or {}))
    }


def leave_uncounted(findings: Collection[Finding]) -> tuple[Finding, ...]:
    """Return findings in which what a stutter sounds like has no value."""
    return tuple(
        Finding(each.measure, None, Verdict.UNDEFINED, None, NOT_COUNTED_DETAIL)
        if each.measure in NOT_COUNTED
        else each
        for each in findings
    )
