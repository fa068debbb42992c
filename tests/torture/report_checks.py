"""What has to hold of a report that came of a bad file."""

from __future__ import annotations

from collections.abc import Callable

Json = dict[str, object]


def has_words(report: Json) -> bool:
    """Whether most of what the sample says came through."""
    return isinstance(report["words"], list) and len(report["words"]) >= 8


def says_nothing(report: Json) -> bool:
    """Whether the report says that nobody spoke, and invents no word."""
    return report["response"] is None and report["words"] == []


def is_sound(report: Json) -> bool:
    """Whether all words lie inside the recording, however many there are."""
    words, duration = report["words"], report["duration"]
    assert isinstance(words, list)
    assert isinstance(duration, float)
    return all(0 <= word["start"] <= word["end"] <= duration + 0.01 for word in words)


def has_note(key: str) -> Callable[[Json], bool]:
    """Whether the report warns of the recording."""
    return lambda report: any(note["key"] == key for note in report["quality"])  # type: ignore[attr-defined]


def has_no_noise(report: Json) -> bool:
    """Whether the report has the words and warns of no noise."""
    return has_words(report) and not has_note("noisy")(report)


def both(first: Callable[[Json], bool], second: Callable[[Json], bool]) -> Callable[[Json], bool]:
    """Whether two things hold of the report."""
    return lambda report: first(report) and second(report)
