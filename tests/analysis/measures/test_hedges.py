import pytest

from analysis.measures.hedges import compute_hedges, find_hedges
from tests.support.synthetic_words import make_transcript, make_words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Maybe we should wait.", 1),
        ("I think it was, um, probably fine.", 2),
        ("I, um, guess so.", 1),
        ("It was kind of hard.", 1),
        ("What kind of work?", 0),
        ("It took ten days or so.", 1),
        ("two or so many", 0),
        ("I hope to stay.", 0),
        ("I led the team.", 0),
        ("A little bit of luck.", 0),
        ("It was a bit of a mess.", 1),
        ("a bit of code", 0),
        ("I think about customers first.", 0),
        ("Tell me what I think about.", 0),
        ("I believe in public service.", 0),
        ("I believe it was June.", 1),
        ("It could be deployed in minutes.", 0),
        ("I would say yes.", 0),
        ("I'd say it was ten.", 1),
        ("That's very kind of you.", 0),
        ("She was kind, of course.", 0),
        ("I wrote it in a way that everyone understood.", 0),
        ("I reckon it was fine.", 1),
        ("It seems to have worked.", 1),
        ("I'm not sure, but I believe it was May.", 2),
        ("In May we moved.", 0),
        ("I'm pretty sure it was May.", 1),
        ("I'm sure it was May.", 0),
        ("I could be wrong there.", 1),
        ("It's possible that he left.", 1),
        ("It's possible to leave.", 0),
        ("We had tea or whatever.", 1),
        ("or whatever they wanted", 0),
        ("", 0),
    ],
)
def test_hedges_are_counted_only_where_they_soften_a_statement(text, count):
    assert len(find_hedges(make_words(text))) == count


def test_the_hedge_rate_is_per_100_words_with_numbers_as_they_are_said():
    assert compute_hedges(make_transcript(make_words("um maybe we saved 25%"))) == pytest.approx(20)


def test_a_hedge_spans_its_first_to_its_last_word():
    (span,) = find_hedges(make_words("so I um guess", each=1.0))
    assert (span.start, span.end) == (1.0, 4.0)
