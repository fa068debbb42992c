import pytest

from analysis.measures.outcome import compute_outcome, find_outcome
from analysis.text.amounts import find_amounts
from tests.support.synthetic_words import make_transcript, make_words


@pytest.mark.parametrize(
    "text",
    [
        "As a result, everyone stayed.",
        "The result was a calmer team.",
        "We reduced the waiting time.",
        "Sales increased within a month.",
        "In the end, we kept the client.",
        "It led to a new contract, and it was a success.",
        "We finally delivered it.",
        "We finished on time and under budget.",
        "I was promoted.",
        "We cut the build time.",
        "We met every deadline.",
    ],
)
def test_a_result_is_heard(text):
    assert find_outcome(make_words(text)).result


@pytest.mark.parametrize(
    "text",
    [
        "I would have reduced the cost.",
        "We want to increase sales.",
        "I work in a team.",
        "We never improved it.",
        "I use an improved version.",
        "If we increased it, we might win.",
        "The result of the test is due.",
        "We met every week.",
        "It didn't reduce costs.",
    ],
)
def test_a_wish_or_a_plain_fact_is_not_a_result(text):
    assert not find_outcome(make_words(text)).result


@pytest.mark.parametrize(
    "text",
    ["by 25%.", "two hundred users", "$150,000", "150 ,000 calls", "10-15 people", "5x", "twelve offices"],
)
def test_a_number_that_measures_something_is_heard(text):
    assert find_amounts(make_words(text))


@pytest.mark.parametrize(
    "text",
    [
        "in 2019, I began",
        "one of us",
        "the first day",
        "about COVID-19",
        "in Q3",
        "B2B sales",
        "at 9:30",
        "24/7",
        "my number 5",
        "no figures here",
    ],
)
def test_years_ordinals_codes_and_times_do_not_count_as_numbers(text):
    assert not find_amounts(make_words(text))


@pytest.mark.parametrize(
    "text",
    [
        "I learned that listening comes first.",
        "What I learned is patience.",
        "It taught me to ask early.",
        "Looking back, I was too slow.",
        "Next time I would ask sooner.",
        "The biggest lesson was trust.",
        "I realised how important tests are.",
        "I learned to listen.",
    ],
)
def test_a_lesson_is_heard(text):
    assert find_outcome(make_words(text)).lesson


@pytest.mark.parametrize(
    "text",
    ["I learned Python in school.", "I want to learn more.", "I teach a class.", "We met the next day."],
)
def test_learning_a_skill_is_not_a_lesson(text):
    assert not find_outcome(make_words(text)).lesson


def test_the_moments_are_the_words_that_state_the_outcome():
    words = make_words("I called them all. So, um, we saved twenty percent.", start=0.0, each=1.0)
    found = find_outcome(words)
    assert [(span.start, span.end) for span in found.result] == [(6.0, 10.0)]
    assert [(span.start, span.end) for span in found.number] == [(8.0, 10.0)]


def test_the_measure_counts_the_kinds_heard():
    assert compute_outcome(make_transcript(make_words("We saved 20%. We saved 30%. I learned to ask."))) == 3
    assert compute_outcome(make_transcript(make_words("We saved time."))) == 1
    assert compute_outcome(make_transcript(make_words("I am a nurse."))) == 0
    assert compute_outcome(make_transcript(make_words("um uh"))) is None


def test_a_number_without_a_result_or_a_lesson_is_not_an_outcome():
    assert compute_outcome(make_transcript(make_words("I live 10 minutes away."))) == 0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("I rang them all. In the end nine came.", 1),
        ("I rang them all. It took three weeks less than before.", 1),
        ("I rang two of them. They were happy with that.", 0),
        ("In 2019 I rang two of them.", 0),
    ],
)
def test_a_number_counts_beside_a_result(text, count):
    assert len(find_outcome(make_words(text)).number) == count
