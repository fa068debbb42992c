"""When nothing was said, every measure is undefined: None, and never 0."""

import pytest

from analysis.measures import (
    fluency,
    hedges,
    length,
    lexical_diversity,
    outcome,
    pace,
    pace_curve,
    pauses,
    repetition,
    response,
)
from analysis.measures.fillers import fillers, labelling
from analysis.question import AskedQuestion, QuestionKind
from analysis.text.clauses import find_clause_ends, split_clauses, split_sentences
from speech.transcript import Transcript
from tests.support.synthetic_words import make_transcript, make_words

QUESTION = AskedQuestion("q", "Tell me about yourself.", QuestionKind.ABOUT_YOU)
SILENCE = make_transcript((), duration=5.0)
NOISE = make_transcript((), (1.0, 2.0), (3.0, 4.0), duration=5.0)  # a voice was heard, and no word in it
INVENTED = Transcript(make_words("Thank you."), (), (), 5.0, "en", "test", "none")  # words where there is no voice
MURMUR = make_transcript(make_words("um /1 uh", start=1.0), (1.0, 1.3), (2.3, 2.6), duration=5.0)  # filler sounds alone

VALUES = {
    "speaking_rate": pace.compute_speaking_rate,
    "articulation_rate": pace.compute_articulation_rate,
    "articulation_rate_words": pace.compute_articulation_rate_words,
    "steady_pace": lambda transcript: pace.compute_steady_pace(transcript, pace.SPEAKING_RATE.band),
    "filler_sounds": fillers.compute_filler_sounds,
    "filler_words": fillers.compute_filler_words,
    "filler_density": fillers.compute_filler_density,
    "pause_count": pauses.compute_pause_count,
    "pause_rate": pauses.compute_pause_rate,
    "mean_pause": pauses.compute_mean_pause,
    "longest_pause": pauses.compute_longest_pause,
    "pause_placement": pauses.compute_pause_placement,
    "pause_instead_of_filler": pauses.compute_pause_instead_of_filler,
    "phonation_ratio": fluency.compute_phonation_ratio,
    "mean_length_of_run": fluency.compute_mean_length_of_run,
    "time_to_first_word": fluency.compute_time_to_first_word,
    "answer_length": length.compute_answer_length,
    "time_to_the_point": lambda transcript: length.compute_time_to_the_point(transcript, QUESTION),
}
VALUES_OF_WORDS = {
    "hedges": hedges.compute_hedges,
    "outcome": outcome.compute_outcome,
    "lexical_variety": lambda transcript: lexical_diversity.compute_lexical_variety(transcript.words),
}
LISTS = {
    "silences": lambda transcript: response.find_silences(transcript),
    "pauses": lambda transcript: response.find_pauses(transcript),
    "pace_curve": lambda transcript: pace_curve.compute_pace_curve(transcript),
    "stretches": lambda transcript: pace_curve.find_stretches_outside(transcript, pace.SPEAKING_RATE.band),
    "fillers": lambda transcript: labelling.label_filler_words(transcript.words),
    "uses": lambda transcript: labelling.find_filler_uses(transcript.words),
    "clusters": lambda transcript: fillers.find_clusters(transcript.words),
    "repetitions": lambda transcript: repetition.find_repetitions(repetition.label_repetitions(transcript.words)),
    "phrases": lambda transcript: repetition.find_repeated_phrases(transcript.words),
    "hedges": lambda transcript: hedges.find_hedges(transcript.words),
    "clauses": lambda transcript: split_clauses(transcript.words),
    "sentences": lambda transcript: split_sentences(transcript.words),
    "clause_ends": lambda transcript: find_clause_ends(transcript.words),
}


@pytest.mark.parametrize("transcript", [SILENCE, NOISE], ids=["silence", "noise"])
@pytest.mark.parametrize("measure", VALUES | VALUES_OF_WORDS)
def test_without_a_word_no_measure_has_a_value(measure, transcript):
    assert (VALUES | VALUES_OF_WORDS)[measure](transcript) is None


@pytest.mark.parametrize("measure", VALUES)
def test_words_without_voice_activity_count_as_not_said(measure):
    assert VALUES[measure](INVENTED) is None


@pytest.mark.parametrize("transcript", [SILENCE, NOISE], ids=["silence", "noise"])
@pytest.mark.parametrize("name", LISTS)
def test_without_a_word_every_list_is_empty(name, transcript):
    assert LISTS[name](transcript) == ()


def test_an_answer_of_filler_sounds_alone_has_no_pace():
    assert response.find_response(MURMUR) is not None
    assert pace.compute_speaking_rate(MURMUR) is None
    assert fluency.compute_mean_length_of_run(MURMUR) is None
    assert fillers.compute_filler_sounds(MURMUR) == pytest.approx(60 * 2 / 1.6)
    assert pauses.compute_pause_count(MURMUR) == 1
    assert outcome.compute_outcome(MURMUR) is None


def test_a_voice_of_zero_length_has_no_rate():
    transcript = make_transcript(make_words("Yes.", start=1.0), (1.0, 1.0))
    assert pace.compute_speaking_rate(transcript) is None
    assert fluency.compute_phonation_ratio(transcript) is None
    assert fillers.compute_filler_density(transcript) is None
