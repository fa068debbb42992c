"""What silence means is decided once: nothing said, nothing measured; None, and never 0."""

import pytest

from analysis.measures import hedges, length, lexical_diversity, outcome, pace, pauses, repetition
from analysis.measures.bands import SPEAKING_RATE
from analysis.measures.fillers import fillers
from analysis.question import AskedQuestion, QuestionKind
from analysis.text.clauses import clause_ends, clauses, sentences
from speech.transcript import Transcript
from tests.support.synthetic_words import heard, said

QUESTION = AskedQuestion("q", "Tell me about yourself.", QuestionKind.ABOUT_YOU)
SILENCE = heard((), duration=5.0)
NOISE = heard((), (1.0, 2.0), (3.0, 4.0), duration=5.0)  # a voice was heard, and no word in it
INVENTED = Transcript(said("Thank you."), (), (), 5.0, "en", "test", "none")  # words where there is no voice
MURMUR = heard(said("um /1 uh", start=1.0), (1.0, 1.3), (2.3, 2.6), duration=5.0)  # filler sounds alone

VALUES = {
    "speaking_rate": pace.speaking_rate,
    "articulation_rate": pace.articulation_rate,
    "articulation_rate_words": pace.articulation_rate_words,
    "steady_pace": lambda transcript: pace.steady_pace(transcript, SPEAKING_RATE),
    "filler_sounds": fillers.sounds_per_minute,
    "filler_words": fillers.words_per_minute,
    "filler_density": fillers.density,
    "pause_count": pauses.pause_count,
    "pause_rate": pauses.pause_rate,
    "mean_pause": pauses.mean_pause,
    "longest_pause": pauses.longest_pause,
    "pause_placement": pauses.pause_placement,
    "pause_instead_of_filler": pauses.pause_instead_of_filler,
    "phonation_ratio": pauses.phonation_ratio,
    "mean_length_of_run": pauses.mean_length_of_run,
    "time_to_first_word": pauses.time_to_first_word,
    "answer_length": length.answer_length,
    "time_to_the_point": lambda transcript: length.time_to_the_point(transcript, QUESTION),
}
VALUES_OF_WORDS = {
    "hedges": hedges.hedges_per_100_words,
    "outcome": outcome.outcome_count,
    "lexical_variety": lambda transcript: lexical_diversity.lexical_variety(transcript.words),
}
LISTS = {
    "silences": lambda transcript: pauses.silences(transcript),
    "pauses": lambda transcript: pauses.pauses(transcript),
    "pace_curve": lambda transcript: pace.pace_curve(transcript),
    "stretches": lambda transcript: pace.stretches_outside(transcript, SPEAKING_RATE),
    "fillers": lambda transcript: fillers.label_filler_words(transcript.words),
    "uses": lambda transcript: fillers.filler_uses(transcript.words),
    "clusters": lambda transcript: fillers.clusters(transcript.words),
    "repetitions": lambda transcript: repetition.repetitions(repetition.label_repetitions(transcript.words)),
    "phrases": lambda transcript: repetition.repeated_phrases(transcript.words),
    "hedges": lambda transcript: hedges.hedges(transcript.words),
    "clauses": lambda transcript: clauses(transcript.words),
    "sentences": lambda transcript: sentences(transcript.words),
    "clause_ends": lambda transcript: clause_ends(transcript.words),
}


@pytest.mark.parametrize("transcript", [SILENCE, NOISE], ids=["silence", "noise"])
@pytest.mark.parametrize("measure", VALUES | VALUES_OF_WORDS)
def test_without_a_word_no_measure_has_a_value(measure, transcript):
    assert (VALUES | VALUES_OF_WORDS)[measure](transcript) is None


@pytest.mark.parametrize("measure", VALUES)
def test_words_without_a_voice_were_not_said(measure):
    assert VALUES[measure](INVENTED) is None


@pytest.mark.parametrize("transcript", [SILENCE, NOISE], ids=["silence", "noise"])
@pytest.mark.parametrize("name", LISTS)
def test_without_a_word_every_list_is_empty(name, transcript):
    assert LISTS[name](transcript) == ()


def test_filler_sounds_alone_are_an_answer_without_a_pace():
    assert pauses.response(MURMUR) is not None
    assert pace.speaking_rate(MURMUR) is None
    assert pauses.mean_length_of_run(MURMUR) is None
    assert fillers.sounds_per_minute(MURMUR) == pytest.approx(60 * 2 / 1.6)
    assert pauses.pause_count(MURMUR) == 1
    assert outcome.outcome_count(MURMUR) is None


def test_a_voice_of_no_length_has_no_rate():
    transcript = heard(said("Yes.", start=1.0), (1.0, 1.0))
    assert pace.speaking_rate(transcript) is None
    assert pauses.phonation_ratio(transcript) is None
    assert fillers.density(transcript) is None
