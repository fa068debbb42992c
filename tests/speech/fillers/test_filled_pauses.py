"""Which written words are filled pauses, and which are not."""

import pytest

from speech.fillers.filled_pauses import find_filled_pauses, is_filled_pause

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


@pytest.mark.parametrize(
    "text",
    [
        "We used a 35 mm lens", "a gap of 5 mm.", "thirty-five mm wide", "a twelve mm drill", "a 4.5 Ah battery",
        "I would rather err on the side of caution", "To err is human", "We err on safety", "It may err now and then",
        "not to err", "a few mm",
    ],
)  # fmt: skip
def test_a_unit_after_a_number_and_the_verb_to_err_are_words(text):
    assert not any(find_filled_pauses(text.split()))


@pytest.mark.parametrize(
    ("text", "filler"),
    [
        ("There were 35, mm, people", 3), ("In 2019 um we grew", 2), ("I was, err, unsure", 2), ("Err, I think so", 0),
        ("It was err quite late", 2), ("mm good question", 0), ("ah I see", 0), ("We had five. Ah, yes", 3),
        ("I went to, err, London", 3),
    ],
)  # fmt: skip
def test_the_same_letters_without_a_number_or_as_a_hesitation_are_filled_pauses(text, filler):
    assert find_filled_pauses(text.split()) == tuple(place == filler for place in range(len(text.split())))
