"""Where chunks end, from voice and silence that are known frame by frame."""

from hypothesis import given, settings
from hypothesis import strategies as st

from speech.live.cut_rule import MARGIN, RULE, OpenChunk


def cut(*stretches, power=1.0):
    """Frames after which the cut is known, and where it is; stretches are frames of voice, negative ones of silence."""
    chunk = OpenChunk(RULE)
    seen = 0
    for length in stretches:
        for _ in range(abs(length)):
            at = chunk.add(length > 0, power)
            seen += 1
            if at is not None:
                return seen, at
    return None


LONG, PAUSE = RULE.long_enough, RULE.pause


def test_a_voice_that_goes_on_is_not_cut_before_the_longest_chunk():
    assert cut(RULE.longest - 1) is None
    seen, at = cut(RULE.longest)
    assert seen == RULE.longest
    assert RULE.longest // 2 <= at <= RULE.longest


def test_after_long_enough_a_pause_cuts_in_its_middle_when_the_voice_comes_again():
    assert cut(LONG, -PAUSE, 1) == (LONG + PAUSE + 1, LONG + PAUSE // 2)


def test_a_shorter_silence_does_not_cut():
    assert cut(LONG, -(PAUSE - 1), 20) is None


def test_before_long_enough_no_pause_cuts():
    assert cut(LONG // 3, -PAUSE, LONG // 3) is None


def test_a_long_silence_cuts_before_the_voice_comes_again():
    assert cut(LONG, -RULE.silence) == (LONG + RULE.silence, LONG + MARGIN)


def split(*stretches, begin=RULE.parted_after):
    """Where a chunk that begins late enough is parted if the recording ends after these frames."""
    chunk = OpenChunk(RULE, begin)
    for length in stretches:
        for _ in range(abs(length)):
            assert chunk.add(length > 0, 1.0) is None
    return chunk.split


PART, GAP = RULE.part, RULE.gap


def test_a_chunk_is_parted_in_the_middle_of_a_short_silence_after_enough_voice_once_the_voice_came_again():
    assert split(PART, -GAP, 1) == PART + GAP // 2
    assert split(PART, -GAP) is None


def test_in_its_first_minute_a_recording_is_not_parted():
    assert split(PART, -GAP, 1, begin=RULE.parted_after - 1) is None


def test_a_shorter_silence_or_less_voice_parts_no_chunk():
    assert split(PART, -(GAP - 1), 5) is None
    assert split(PART - 1, -GAP, 5) is None


def test_a_later_silence_parts_it_when_as_much_came_after_the_earlier_one():
    assert split(PART, -GAP, PART - GAP, -GAP, 5) == PART + GAP // 2
    assert split(PART, -GAP, PART, -GAP, 5) == 2 * PART + GAP + GAP // 2


def test_a_few_words_before_a_long_silence_are_cut_off_when_long_enough_has_passed():
    seen, at = cut(30, -1000)
    assert (seen, at) == (LONG, 30 + MARGIN)


def test_nobody_pausing_the_longest_of_the_short_silences_in_the_second_half_cuts():
    half = RULE.longest // 2
    assert cut(half + 20, -4, 50, -10, 60, -6, 1000)[1] == half + 20 + 4 + 50 + 5


def test_nobody_pausing_at_all_the_quietest_moment_cuts():
    chunk = OpenChunk(RULE)
    quiet = range(500, 503)
    found = [chunk.add(True, 0.01 if frame in quiet else 1.0) for frame in range(RULE.longest)]
    assert found[-1] == 501


def test_sound_without_a_voice_is_cut_before_its_last_second():
    assert cut(-10_000) == (RULE.without_voice, RULE.without_voice - RULE.before_voice)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 200), max_size=30), st.booleans())
def test_a_cut_lies_inside_the_frames_so_far_and_no_chunk_is_longer_than_silence_and_voice_may_be(lengths, begins):
    found = cut(*(length if (at % 2 == 0) is begins else -length for at, length in enumerate(lengths)))
    if found is None:
        assert sum(lengths) < RULE.without_voice + RULE.longest
    else:
        seen, at = found
        assert 0 < at <= seen <= RULE.without_voice + RULE.longest
