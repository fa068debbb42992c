import itertools

import pytest

from analysis.analyze import analyze
from analysis.measures import fluency, pauses, response
from analysis.report import PauseLength
from speech.segment import Segment
from tests.support.answers import make_answer, synthesise
from tests.support.synthetic_words import make_transcript, make_words

# Two seconds of words, 0.5 s still, two of words, 3 s still, one of words.
WORDS = make_words("I led the team, /0.5 and we shipped it /3.0 on time. ", start=1.0, each=0.5)
ANSWER = make_transcript(WORDS, (1.0, 3.0), (3.5, 5.5), (8.5, 9.5), duration=11.0)


def test_the_response_runs_from_the_first_to_the_last_voiced_moment():
    assert response.find_response(ANSWER) == Segment(1.0, 9.5)


def test_every_measure_of_a_known_answer_matches_its_formula():
    assert pauses.compute_pause_count(ANSWER) == 2
    assert pauses.compute_pause_rate(ANSWER) == pytest.approx(2 / 8.5 * 60)
    assert pauses.compute_mean_pause(ANSWER) == pytest.approx(1.75)
    assert pauses.compute_longest_pause(ANSWER) == pytest.approx(3.0)
    assert pauses.compute_pause_placement(ANSWER) == 0.5
    assert response.compute_speech_time(ANSWER) == pytest.approx(5.0)
    assert fluency.compute_phonation_ratio(ANSWER) == pytest.approx(5 / 8.5)
    assert fluency.compute_mean_length_of_run(ANSWER) == pytest.approx(10 / 3)
    assert fluency.compute_time_to_first_word(ANSWER) == 1.0


def test_pauses_come_from_voice_and_never_from_gaps_between_words():
    gappy = make_words("one /2.0 two", each=0.5)
    assert pauses.compute_pause_count(make_transcript(gappy, (0.0, 3.0))) == 0


@pytest.mark.parametrize(
    ("seconds", "length"),
    [
        (0.25, PauseLength.NATURAL),
        (1.0, PauseLength.NATURAL),
        (1.5, PauseLength.THINKING),
        (2.0, PauseLength.THINKING),
        (2.5, PauseLength.LONG),
        (4.0, PauseLength.LONG),
        (4.1, PauseLength.LOST_THREAD),
    ],
)
def test_a_pause_is_classified_by_its_length(seconds, length):
    transcript = make_transcript(make_words("one two"), (0.0, 1.1), (1.1 + seconds, 9.0))
    assert [pause.length for pause in response.find_pauses(transcript)] == [length]


def test_a_silence_under_a_quarter_of_a_second_is_not_a_pause():
    assert pauses.compute_pause_count(make_transcript(make_words("one two"), (0.0, 1.0), (1.24, 2.0))) == 0


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("I built the /1 project", True),
        ("I built the project, /1 then sold it", False),
        ("I built the project /1 because we needed it", False),
        ("I built the, um, /1 project", True),
        ("I built the /1 um, project", True),
        ("It went well. Um, /1 We sold it", False),
        ("I built the project. /1 We sold it", False),
    ],
)
def test_the_placement_of_a_pause_ignores_fillers(text, within):
    words = make_words(text)
    gap = next(Segment(a.end, b.start) for a, b in itertools.pairwise(words) if b.start - a.end > 0.5)
    transcript = make_transcript(words, (0.0, gap.start), (gap.end, words[-1].end))
    assert [pause.within_clause for pause in response.find_pauses(transcript)] == [within]


def test_the_placement_of_a_pause_is_unknown_without_words_on_both_sides():
    transcript = make_transcript(make_words("one two"), (0.0, 1.0), (3.0, 4.0))
    assert [pause.within_clause for pause in response.find_pauses(transcript)] == [None]
    assert pauses.compute_pause_placement(transcript) is None


def test_short_pauses_do_not_count_for_placement():
    transcript = make_transcript(make_words("I built the /0.4 project"), (0.0, 0.9), (1.3, 1.6))
    assert pauses.compute_pause_count(transcript) == 1
    assert pauses.compute_pause_placement(transcript) is None


def test_pauses_up_to_two_seconds_are_compared_with_filler_sounds():
    words = make_words("um I /1.0 led uh the /1.0 team um", each=0.5)
    transcript = make_transcript(words, (0.0, 1.0), (2.0, 3.5), (4.5, 5.5), (9.5, 10.0))
    assert pauses.compute_pause_instead_of_filler(transcript) == pytest.approx(2 / (2 + 3))


def test_pause_instead_of_filler_is_undefined_without_pauses_and_fillers():
    smooth = make_transcript(make_words("all in one breath"), (0.0, 1.2))
    assert pauses.compute_pause_count(smooth) == 0
    assert pauses.compute_pause_instead_of_filler(smooth) is None
    assert pauses.compute_mean_pause(smooth) is None
    assert pauses.compute_longest_pause(smooth) is None
    assert fluency.compute_phonation_ratio(smooth) == 1.0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I led (0.6) the team.", "Your one longer pause came in the middle of a sentence."),
        ("I led the team. (0.6) It worked.", "Your one longer pause came between sentences."),
        ("I led (0.6) the team. It (0.6) worked.", "Both of your longer pauses came in the middle of a sentence."),
        ("I led (0.6) the team. (0.6) It worked.", "1 of your 2 longer pauses came in the middle of a sentence."),
        ("I led it. (0.6) It worked. (0.6) Good.", "None of your 2 longer pauses came in the middle of a sentence."),
    ],
)
def test_how_many_longer_pauses_came_in_a_sentence_is_said_as_people_say_it(text, said):
    transcript = make_answer(text)
    detail = analyze(synthesise(transcript), transcript).get_finding("pause_placement").detail
    assert detail == said
