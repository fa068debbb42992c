"""Checks of a report made from a bad file."""

from __future__ import annotations

from collections.abc import Callable

Json = dict[str, object]


def has_words(report: Json) -> bool:
    """Return whether the report has most words of the sample."""
    return isinstance(report["words"], list) and len(report["words"]) >= 8


def has_no_speech(report: Json) -> bool:
    """Return whether the report finds no speech and no words."""
    return report["response"] is None and report["words"] == []


def has_words_inside(report: Json) -> bool:
    """Return whether all words lie inside the recording."""
    words, duration = report["words"], report["duration"]
    assert isinstance(words, list)
    assert isinstance(duration, float)
    return all(0 <= word["start"] <= word["end"] <= duration + 0.01 for word in words)


def has_note(key: str) -> Callable[[Json], bool]:
    """Return a check for a note on the recording's quality.

    Args:
        key: Key of the note.
    """
    return lambda report: any(note["key"] == key for note in report["quality"])  # type: ignore[attr-defined]


def has_no_noise(report: Json) -> bool:
    """Return whether the report has the words and no warning of noise."""
    return has_words(report) and not has_note("noisy")(report)


def both(first: Callable[[Json], bool], second: Callable[[Json], bool]) -> Callable[[Json], bool]:
    """Return a check that passes if both checks pass."""
    return lambda report: first(report) and second(report)
