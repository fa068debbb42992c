"""Which written words are filler sounds, both ways."""

import pytest

from speech.fillers.filled_pauses import is_filler_sound

SOUNDS = [
    "um", "umm", "ummm", "uh", "uhh", "uhhh", "uhm", "uum", "er", "erm", "ehr", "eh", "ehm", "ah", "ahh", "ahm", "hm",
    "hmm", "hmmm", "mm", "mmm",
]  # fmt: skip
WRITTEN = ["Um", "Uh,", "um...", "Um.", "(uh)", '"Um,', "“Uh,”", "um—", "um-", "-uh", " uh", "Hmm?", "er…", "um!"]
WORDS = [
    "uh-huh", "Uh-huh.", "mm-hmm", "Mm-hmm,", "mhm", "uh-oh", "uh-uh", "huh", "oh", "ha", "aha", "ugh", "yum", "hum",
    "him", "ham", "her", "hers", "hour", "era", "earn", "arm", "am", "I'm", "a", "A", "I", "m", "e", "u", "the",
    "there", "ohm", "umbrella", "terms", "Ahmed", "umpire", "error", "", "-", "...", "25", "?",
]  # fmt: skip
ACRONYMS = ["ER", "ER,", "EHR", "EHR.", "ERM", "UM"]  # emergency room, electronic health record, a university


@pytest.mark.parametrize("text", SOUNDS)
def test_filler_sounds_however_long(text):
    assert is_filler_sound(text)


@pytest.mark.parametrize("text", WRITTEN)
def test_filler_sounds_however_they_are_written(text):
    assert is_filler_sound(text)


@pytest.mark.parametrize("text", WORDS)
def test_words_and_answers_are_not_filler_sounds(text):
    assert not is_filler_sound(text)


@pytest.mark.parametrize("text", ACRONYMS)
def test_an_acronym_is_a_word(text):
    assert not is_filler_sound(text)
