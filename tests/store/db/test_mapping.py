from datetime import UTC, datetime

import pytest

from analysis.analyze import analyze
from analysis.progress.attempt import build_attempt
from store.db.mapping import pack, unpack
from tests.support.answers import make_answer, make_silent_answer, synthesise

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "transcript", [make_answer("I led {um} it. (1.5) It worked."), make_silent_answer()], ids=["full", "silent"]
)
def test_packed_numbers_are_restored_exactly(transcript):
    attempt = build_attempt(analyze(synthesise(transcript), transcript, None), "", NOW, 1)
    values, events = unpack(*pack(attempt))
    assert values == attempt.values
    assert events == attempt.events
    assert all(isinstance(found.count, int) for found in events.values())
    assert None in values.values()


def test_a_rate_without_a_count_has_no_events():
    transcript = make_answer("I led it.")
    attempt = build_attempt(analyze(synthesise(transcript), transcript, None), "", NOW, 1)
    events = unpack(*pack(attempt))[1]
    assert "speaking_rate" not in events
    with pytest.raises(KeyError):
        events["speaking_rate"]
