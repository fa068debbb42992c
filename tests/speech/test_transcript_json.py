import json
from dataclasses import replace

import pytest

from speech.segment import Segment
from speech.transcript import LanguageChange, Transcript, Word, WordKind
from speech.transcript_json import TranscriptFormatError, from_json, to_json
from tests.support.answers import make_silent_answer

THIRD = 1 / 3  # has no short decimal form
FULL = Transcript(
    words=tuple(Word("“é”", at, at + THIRD, THIRD, kind) for at, kind in enumerate(WordKind)),
    possible_fillers=(Word("um", 7, 7.2, 0.4, WordKind.FILLED_PAUSE),),
    voice=(Segment(THIRD, 2.0), Segment(2.5, 9.0)),
    duration=10 + THIRD,
    language=None,
    model="base",
    settings="beam 5",
)


@pytest.mark.parametrize("transcript", [FULL, make_silent_answer()], ids=["full", "silent"])
def test_a_transcript_survives_a_round_trip_through_json(transcript):
    assert from_json(json.loads(json.dumps(to_json(transcript), allow_nan=False))) == transcript


@pytest.mark.parametrize(
    "damage",
    [{"words": [{"text": "x"}]}, {"words": None}, {"voice": [{"start": 3, "end": 1}]}, {"possible_fillers": [7]}],
)
def test_a_damaged_transcript_is_refused_with_a_sentence(damage):
    with pytest.raises(TranscriptFormatError, match="damaged"):
        from_json(to_json(FULL) | damage)


def test_a_transcript_without_one_of_its_fields_is_refused():
    for field in to_json(FULL).keys() - {"language_change"}:
        with pytest.raises(TranscriptFormatError, match=field):
            from_json({name: value for name, value in to_json(FULL).items() if name != field})


def test_a_transcript_of_an_earlier_version_knows_of_no_change_of_language():
    earlier = {name: value for name, value in to_json(FULL).items() if name != "language_change"}
    assert from_json(earlier).language_change is None


def test_a_change_of_language_is_read_back_as_it_was_written():
    changed = replace(FULL, language_change=LanguageChange(25.2, "es"))
    assert from_json(to_json(changed)) == changed
