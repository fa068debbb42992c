import pytest

from analysis.finding import Band
from analysis.measures.registry import MEASURES
from analysis.wording import format_amount, format_band, format_count, format_seconds, format_sentence, format_usual


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("speaking_rate", 142.4, "142 words/min"),
        ("filler_sounds", 3.333, "3.3 per min"),
        ("pause_placement", 0.256, "26 %"),
        ("mean_pause", 0.5, "0.50 s"),
        ("filler_cluster", 0, "none"),
        ("filler_cluster", 1, "1 run"),
        ("filler_cluster", 2, "2 runs"),
        ("pause_count", 1, "1 pause"),
        ("repetitions", 12, "12 times"),
        ("outcome", 0, "0 of 3"),
    ],
)
def test_an_amount_has_the_decimals_of_its_measure_and_its_unit(key, value, words):
    assert format_amount(value, MEASURES[key]) == words


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("outcome", 0.5, "0 or 1 of 3"),
        ("filler_cluster", 0, "none"),
        ("filler_cluster", 1.5, "1 or 2 runs"),
        ("pause_count", 12.5, "about 12 pauses"),
        ("speaking_rate", 154.5, "about 154 words/min"),
    ],
)
def test_a_usual_level_half_way_between_two_small_counts_names_both(key, value, words):
    assert format_usual(value, MEASURES[key]) == words


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("filler_cluster", "no runs"),
        ("speaking_rate", "120 to 170 words/min"),
        ("filler_sounds", "up to 5 per min"),
        ("filler_density", "below 4 per 100 words"),
        ("pause_placement", "up to 50 %"),
        ("outcome", "at least 1 of 3"),
    ],
)
def test_default_ranges_are_formatted_as_specified(key, words):
    assert format_band(MEASURES[key].band, MEASURES[key]) == words


def test_a_range_open_at_both_ends_is_any():
    band = Band((None, None), (None, None), MEASURES["speaking_rate"].band.source)
    assert format_band(band, MEASURES["speaking_rate"]) == "any"


@pytest.mark.parametrize(("many", "words"), [(0, "no stretches"), (1, "1 stretch"), (2, "2 stretches")])
def test_a_count_is_formatted_as_no_one_or_many(many, words):
    assert format_count(many, "stretch", "stretches") == words


def test_a_sentence_has_a_capital_letter_and_a_full_stop():
    assert format_sentence("inside the range: CI") == "Inside the range: CI."
    assert format_sentence("Done.") == "Done."


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "no seconds"),
        (0.3, "a moment"),
        (0.6, "1 second"),
        (8.4, "8 seconds"),
        (120, "2 minutes"),
        (125, "2 min 5 s"),
    ],
)
def test_a_length_of_time_is_said_as_people_say_it(seconds, words):
    assert format_seconds(seconds) == words
