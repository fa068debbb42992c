"""Which written words are filled pauses, and which are not."""

import pytest

from speech.fillers.filled_pauses import is_filled_pause

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
def test_filled_pauses_of_any_length_are_recognised(text):
    assert is_filled_pause(text)


@pytest.mark.parametrize("text", WRITTEN)
def test_filled_pauses_with_any_punctuation_are_recognised(text):
    assert is_filled_pause(text)


@pytest.mark.parametrize("text", WORDS)
def test_words_and_back_channels_are_not_filled_pauses(text):
    assert not is_filled_pause(text)


@pytest.mark.parametrize("text", ACRONYMS)
def test_an_acronym_is_not_a_filled_pause(text):
    assert not is_filled_pause(text)
