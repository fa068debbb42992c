from collections.abc import Callable

import numpy as np
import pytest

from analysis.analyze import analyze
from analysis.measures.fillers.labelling import label_filler_words
from analysis.measures.poisson_interval import compute_poisson_interval
from analysis.measures.repetition import label_repetitions
from analysis.progress.recurring_phrases import (
    MIN_TIMES_EVEN_SHARE,
    RecurringPhraseKind,
    compute_min_count,
    find_recurring_phrases,
    find_sound_family,
    is_worth_noticing,
)
from analysis.progress.spoken_sentences import SpokenAnswer, extract_spoken_answer
from analysis.question import AskedQuestion, QuestionKind
from speech.segment import Segment
from tests.support.answers import make_answer, synthesise
from tests.support.synthetic_words import make_words

LETTERS = "bdfglmnprst"
CONTENT = [f"{one}o{two}i{three}a" for one in LETTERS for two in LETTERS for three in "kvz"]  # 363 words nobody knows
GLUE = ("the", "to", "and", "of", "a", "in", "we", "was")


def sentence_of(random: np.random.Generator) -> list[str]:
    """Return ten words: five content words, each drawn from 363, each followed by a common word."""
    return [word for _ in range(5) for word in (str(random.choice(CONTENT)), str(random.choice(GLUE)))]


def answers(
    plant: Callable[[int, list[str]], list[str]] = lambda _, words: words,
    many: int = 10,
    seed: int = 1,
    questions: int = 5,
    question_text: str = "",
) -> list[SpokenAnswer]:
    """Build answers of 8 sentences; `plant` changes the words of each, given the sentence's number."""
    random = np.random.default_rng(seed)
    made = []
    for answer in range(many):
        sentences = [" ".join(plant(number, sentence_of(random))) + "." for number in range(8)]
        text = " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences)
        words = label_repetitions(label_filler_words(make_words(text)))
        made.append(SpokenAnswer(f"a{answer}", f"q{answer % questions}", question_text, words))
    return made


def within(phrase: str, every: int) -> Callable[[int, list[str]], list[str]]:
    """Plant a phrase in the middle of every `every`-th sentence."""
    return lambda number, words: words[:5] + (phrase.split() if number % every == 0 else []) + words[5:]


def opening(phrase: str, every: int) -> Callable[[int, list[str]], list[str]]:
    return lambda number, words: (phrase.split() if number % every == 0 else []) + words


def found(own: list[SpokenAnswer]) -> list[tuple[str, str, int, int]]:
    return [(tic.kind.value, tic.text, len(tic.uses), tic.answers) for tic in find_recurring_phrases(own)]


@pytest.mark.parametrize(
    "own",
    [[], [SpokenAnswer("a", "q", "", ())], [SpokenAnswer(f"a{n}", f"q{n}", "", ()) for n in range(5)], answers(many=1)],
    ids=["no answers", "one empty answer", "empty answers", "one answer"],
)
def test_nothing_recurs_in_too_little_speech(own):
    assert find_recurring_phrases(own) == ()


@pytest.mark.parametrize("seed", range(20))
def test_nothing_recurs_in_random_words(seed):
    assert found(answers(seed=seed)) == []


@pytest.mark.parametrize("phrase", ["basically", "to be honest", "at the end of the day", "kind of a thing"])
def test_planted_phrase_is_found_whole_with_every_use(phrase):
    assert found(answers(within(phrase, every=4))) == [("phrase", phrase, 20, 10)]


def test_phrase_longer_than_the_maximum_is_found_once():
    own = answers(within("we all know how big blue whales are too", every=4))
    assert found(own) == [("phrase", "we all know how big blue whales are", 20, 10)]


def test_phrase_in_two_answers_does_not_recur():
    assert found(answers(within("basically", every=1), many=2)) == []


def test_phrase_said_to_one_question_only_does_not_recur():
    assert found(answers(within("blue whales", every=1), questions=1)) == []


def test_words_of_the_question_are_not_recurring_phrases():
    plant = within("difficult customers", every=2)
    assert found(answers(plant, question_text="Tell me of difficult customers.")) == []
    assert found(answers(plant)) == [("phrase", "difficult customers", 40, 10)]


def test_common_words_are_no_recurring_phrases_unless_used_as_fillers():
    assert found(answers(within("like", every=2))) == []
    assert found(answers(lambda number, words: [*words[:5], *([",", "like,"] if not number % 2 else []), *words[5:]]))


@pytest.mark.parametrize("opener", ["so", "and so", "but then"])
def test_planted_opener_is_found_and_counted(opener):
    assert found(answers(opening(opener, every=2))) == [("opener", opener, 40, 10)]


def test_opener_ends_before_a_subject():
    def plant(number: int, words: list[str]) -> list[str]:
        return ["so", "i", *words] if number % 2 else ["we", *words]

    assert found(answers(plant)) == [("opener", "so", 40, 10)]


def test_sounds_are_counted_by_family_under_their_most_frequent_spelling():
    own = [SpokenAnswer(f"a{n}", "q", "", make_words("um yes umm no um and uh maybe")) for n in range(3)]
    (um, uh) = (tic for tic in find_recurring_phrases(own) if tic.kind is RecurringPhraseKind.SOUND)
    assert (um.text, len(um.uses), um.answers) == ("um", 3 * 2, 3)
    assert (uh.text, len(uh.uses)) == ("uh", 3)
    assert um.per_100_words == pytest.approx(100 * 6 / 15)


@pytest.mark.parametrize(
    "spellings", [("um", "Umm,", "uhm", "uhmm"), ("uh", "Uhh..."), ("er", "err"), ("hm", "hmm"), ("mm", "mmm")]
)
def test_spellings_of_a_sound_are_one_family(spellings):
    assert len({find_sound_family(spelling) for spelling in spellings}) == 1


def test_different_sounds_are_different_families():
    assert len({find_sound_family(sound) for sound in ("um", "uh", "er", "erm", "hmm", "ah")}) == 6


def test_each_use_has_its_answer_and_time():
    own = [SpokenAnswer(f"a{n}", None, "", make_words("well um yes", each=1.0)) for n in range(3)]
    (um,) = (tic for tic in find_recurring_phrases(own) if tic.kind is RecurringPhraseKind.SOUND)
    assert [(use.attempt, use.span) for use in um.uses] == [(f"a{n}", Segment(1, 2)) for n in range(3)]


def test_words_and_question_are_taken_from_the_report():
    transcript = make_answer("I led the team.")
    question = AskedQuestion("led", "When did you lead?", QuestionKind.BEHAVIOURAL)
    report = analyze(synthesise(transcript), transcript, question)
    assert extract_spoken_answer(report, "a1") == SpokenAnswer("a1", "led", "When did you lead?", report.words)
    assert extract_spoken_answer(analyze(synthesise(transcript), transcript), "a2").question is None


@pytest.mark.parametrize("phrase", ["people", "two", "software team"])
def test_words_of_the_subject_are_not_worth_noticing(phrase):
    (recurring,) = find_recurring_phrases(answers(within(phrase, every=4)))
    assert (recurring.text, is_worth_noticing(recurring)) == (phrase, False)


@pytest.mark.parametrize("phrase", ["basically", "to be honest", "stuff"])
def test_words_of_manner_are_worth_noticing(phrase):
    (recurring,) = find_recurring_phrases(answers(within(phrase, every=4)))
    assert (recurring.text, is_worth_noticing(recurring)) == (phrase, True)


def test_sounds_and_openings_are_worth_noticing():
    assert all(map(is_worth_noticing, find_recurring_phrases(answers(opening("so", every=2)))))
    said = [make_words(f"{first} um yes umm no um and uh maybe") for first in ("Ferries", "Harbours", "Barges")]
    own = [SpokenAnswer(f"a{n}", "q", "", words) for n, words in enumerate(said)]
    assert [tic.text for tic in filter(is_worth_noticing, find_recurring_phrases(own))] == ["um", "uh"]


@pytest.mark.parametrize("even_share", [0, 0.01, 0.3, 1, 1.07, 2.5, 8, 31.4, 150])
def test_minimum_count_is_the_smallest_with_an_interval_above_twice_an_even_share(even_share):
    uses = compute_min_count(even_share)
    assert uses >= 1
    assert compute_poisson_interval(uses)[0] >= MIN_TIMES_EVEN_SHARE * even_share
    assert uses == 1 or compute_poisson_interval(uses - 1)[0] < MIN_TIMES_EVEN_SHARE * even_share
