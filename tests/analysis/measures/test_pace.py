import pytest

from analysis.finding import Side
from analysis.measures import pace, pace_curve
from analysis.report import PacePoint
from speech.segment import Segment
from speech.transcript import Word
from tests.support.synthetic_words import make_even_words, make_transcript, make_words


def shift_words(words: tuple[Word, ...], seconds: float) -> tuple[Word, ...]:
    return tuple(Word(word.text, word.start + seconds, word.end + seconds, 1) for word in words)


def join_parts(*parts: tuple[float, float]) -> tuple[Word, ...]:
    """Make words from parts of (words per minute, seconds), one after the other without gaps."""
    words: tuple[Word, ...] = ()
    for rate, seconds in parts:
        words += shift_words(make_even_words(rate, seconds), words[-1].end if words else 0.0)
    return words


def test_an_answer_of_150_words_in_a_minute_is_150_words_a_minute():
    answer = make_transcript(make_even_words(150, 60), (0.0, 60.0))
    assert pace.compute_speaking_rate(answer) == pytest.approx(150)
    assert pace.compute_articulation_rate_words(answer) == pytest.approx(150)
    assert pace.compute_articulation_rate(answer) == pytest.approx(2.5)


def test_pauses_lower_the_speaking_rate_but_not_the_articulation_rate():
    words = make_even_words(150, 10) + shift_words(make_even_words(150, 10), 20.0)
    answer = make_transcript(words, (0.0, 10.0), (20.0, 30.0))
    assert pace.compute_speaking_rate(answer) == pytest.approx(100)
    assert pace.compute_articulation_rate_words(answer) == pytest.approx(150)
    assert pace.compute_articulation_rate(answer) == pytest.approx(2.5)


@pytest.mark.parametrize(("seconds", "told"), [(0.13, False), (0.9, False), (1.2, True)])
def test_rates_need_one_second_of_speech(seconds, told):
    answer = make_transcript(make_words("you know.", each=seconds / 2))
    for measure in (pace.compute_speaking_rate, pace.compute_articulation_rate, pace.compute_articulation_rate_words):
        assert (measure(answer) is not None) is told


def test_silence_before_and_after_the_answer_does_not_count():
    answer = make_transcript(shift_words(make_even_words(150, 20), 5.0), (5.0, 25.0), duration=40.0)
    assert pace.compute_speaking_rate(answer) == pytest.approx(150)


def test_numbers_count_as_they_are_said_and_filler_sounds_do_not_count():
    answer = make_transcript(make_words("um we saved 25% uh"), (0.0, 6.0))
    assert pace.compute_speaking_rate(answer) == pytest.approx(40)


def test_the_curve_has_a_point_every_five_seconds_from_windows_of_fifteen():
    answer = make_transcript(make_even_words(150, 30), (0.0, 30.0))
    curve = pace_curve.compute_pace_curve(answer)
    assert [point.at for point in curve] == [7.5, 12.5, 17.5, 22.5]
    assert [point.words_per_minute for point in curve] == pytest.approx([150] * 4, rel=0.03)


def test_the_curve_excludes_pauses():
    words = make_even_words(150, 10) + shift_words(make_even_words(150, 10), 12.0)
    curve = pace_curve.compute_pace_curve(make_transcript(words, (0.0, 10.0), (12.0, 22.0)))
    assert curve[0].words_per_minute == pytest.approx(60 * 32 / 13, rel=0.03)


def test_a_window_with_little_speech_has_no_pace():
    words = make_even_words(150, 2) + shift_words(make_even_words(150, 10), 15.0)
    curve = pace_curve.compute_pace_curve(make_transcript(words, (0.0, 2.0), (15.0, 25.0)))
    assert curve[0] == PacePoint(7.5, None)


def test_an_answer_shorter_than_a_window_has_no_curve_and_no_steady_pace():
    answer = make_transcript(make_even_words(150, 14), (0.0, 14.0))
    assert pace_curve.compute_pace_curve(answer) == ()
    assert pace.compute_steady_pace(answer, pace.SPEAKING_RATE.band) is None


def test_a_steady_answer_has_no_stretch_outside_the_band():
    answer = make_transcript(make_even_words(150, 60), (0.0, 60.0))
    assert pace_curve.find_stretches_outside(answer, pace.SPEAKING_RATE.band) == ()
    assert pace.compute_steady_pace(answer, pace.SPEAKING_RATE.band) == 0


def test_a_steady_answer_with_usual_pauses_has_no_stretch_outside_the_band():
    words: tuple[Word, ...] = ()
    voice = []
    for start in range(0, 60, 5):  # 4 s of speech at 185 words a minute, 1 s still: 148 a minute in all
        words += shift_words(make_even_words(185, 4), start)
        voice.append((float(start), start + 4.0))
    answer = make_transcript(words, *voice)
    assert 140 < (pace.compute_speaking_rate(answer) or 0) < 155
    assert pace.compute_steady_pace(answer, pace.SPEAKING_RATE.band) == 0


def test_a_fast_ending_is_a_stretch_above_the_band():
    answer = make_transcript(join_parts((140, 40), (240, 30)), (0.0, 70.0))
    (stretch,) = pace_curve.find_stretches_outside(answer, pace.SPEAKING_RATE.band)
    assert stretch.side is Side.ABOVE
    assert stretch.span.start == pytest.approx(40, abs=pace_curve.STEP_SECONDS)
    assert stretch.span.end == 70
    assert pace.compute_steady_pace(answer, pace.SPEAKING_RATE.band) == pytest.approx(stretch.span.duration)


def test_a_slow_middle_is_a_stretch_below_the_band():
    answer = make_transcript(join_parts((140, 30), (80, 30), (140, 30)), (0.0, 90.0))
    (stretch,) = pace_curve.find_stretches_outside(answer, pace.SPEAKING_RATE.band)
    assert stretch.side is Side.BELOW
    assert stretch.span.start == pytest.approx(30, abs=pace_curve.STEP_SECONDS)
    assert stretch.span.end == pytest.approx(60, abs=pace_curve.STEP_SECONDS)


def test_a_fast_answer_of_sixteen_seconds_is_one_stretch_from_start_to_end():
    answer = make_transcript(make_even_words(240, 16), (0.0, 16.0))
    (stretch,) = pace_curve.find_stretches_outside(answer, pace.SPEAKING_RATE.band)
    assert stretch.span == Segment(0.0, 16.0)
