from datetime import UTC, datetime

import pytest

from analysis.analyze import analyze
from analysis.progress.attempt import attempt_from_report
from store.db.measure_blob import pack, unpack
from tests.support.answers import silence, sound_of, spoken

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("transcript", [spoken("I led {um} it. (1.5) It worked."), silence()], ids=["full", "silent"])
def test_the_numbers_of_a_report_come_back_exactly(transcript):
    attempt = attempt_from_report(analyze(sound_of(transcript), transcript, None), "", NOW, 1)
    values, events = unpack(*pack(attempt))
    assert values == attempt.values
    assert events == attempt.events
    assert all(isinstance(found.count, int) for found in events.values())
    assert None in values.values()


def test_a_rate_that_was_not_counted_has_no_events():
    transcript = spoken("I led it.")
    attempt = attempt_from_report(analyze(sound_of(transcript), transcript, None), "", NOW, 1)
    events = unpack(*pack(attempt))[1]
    assert "speaking_rate" not in events
    with pytest.raises(KeyError):
        events["speaking_rate"]
