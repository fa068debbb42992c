from collections.abc import Callable

import numpy as np
import pytest

from analysis.analyze import analyze
from analysis.measures.fillers.labelling import label_filler_words
from analysis.measures.poisson_interval import poisson_interval
from analysis.measures.repetition import label_repetitions
from analysis.progress.overused_phrases import TIMES_EVEN_SHARE, clearly_more
from analysis.progress.recurring_phrases import TicKind, sound_family, tics
from analysis.progress.spoken_sentences import OwnWords, own_words
from analysis.question import AskedQuestion, QuestionKind
from speech.segment import Span
from tests.support.answers import sound_of, spoken
from tests.support.synthetic_words import said

LETTERS = "bdfglmnprst"
CONTENT = [f"{one}o{two}i{three}a" for one in LETTERS for two in LETTERS for three in "kvz"]  # 363 words nobody knows
GLUE = ("the", "to", "and", "of", "a", "in", "we", "was")


def sentence_of(random: np.random.Generator) -> list[str]:
    """Ten words, half of them of content, each of 363 as likely; common words in between."""
    return [word for _ in range(5) for word in (str(random.choice(CONTENT)), str(random.choice(GLUE)))]


def answers(
    plant: Callable[[int, list[str]], list[str]] = lambda _, words: words,
    many: int = 10,
    seed: int = 1,
    questions: int = 5,
    question_text: str = "",
) -> list[OwnWords]:
    """Answers of 8 sentences; `plant` changes the words of each, told the number of the sentence."""
    random = np.random.default_rng(seed)
    made = []
    for answer in range(many):
        sentences = [" ".join(plant(number, sentence_of(random))) + "." for number in range(8)]
        text = " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences)
        words = label_repetitions(label_filler_words(said(text)))
        made.append(OwnWords(f"a{answer}", f"q{answer % questions}", question_text, words))
    return made


def within(phrase: str, every: int) -> Callable[[int, list[str]], list[str]]:
    """Plants a phrase in the middle of every so-manieth sentence."""
    return lambda number, words: words[:5] + (phrase.split() if number % every == 0 else []) + words[5:]


def opening(phrase: str, every: int) -> Callable[[int, list[str]], list[str]]:
    return lambda number, words: (phrase.split() if number % every == 0 else []) + words


def found(own: list[OwnWords]) -> list[tuple[str, str, int, int]]:
    return [(tic.kind.value, tic.text, len(tic.uses), tic.answers) for tic in tics(own)]


@pytest.mark.parametrize(
    "own",
    [[], [OwnWords("a", "q", "", ())], [OwnWords(f"a{n}", f"q{n}", "", ()) for n in range(5)], answers(many=1)],
    ids=["no answers", "one empty answer", "empty answers", "one answer"],
)
def test_too_little_was_said_to_return_to_anything(own):
    assert tics(own) == ()


@pytest.mark.parametrize("seed", range(20))
def test_in_words_drawn_by_chance_nothing_returns(seed):
    assert found(answers(seed=seed)) == []


@pytest.mark.parametrize("phrase", ["basically", "to be honest", "at the end of the day", "kind of a thing"])
def test_a_planted_phrase_is_found_whole_with_every_use(phrase):
    assert found(answers(within(phrase, every=4))) == [("phrase", phrase, 20, 10)]


def test_a_phrase_longer_than_any_looked_for_is_found_once():
    own = answers(within("we all know how big blue whales are too", every=4))
    assert found(own) == [("phrase", "we all know how big blue whales are", 20, 10)]


def test_two_answers_are_too_few_for_a_phrase_to_return():
    assert found(answers(within("basically", every=1), many=2)) == []


def test_what_is_said_to_one_question_only_belongs_to_its_subject():
    assert found(answers(within("blue whales", every=1), questions=1)) == []


def test_the_words_of_the_question_are_no_tics():
    plant = within("difficult customers", every=2)
    assert found(answers(plant, question_text="Tell me of difficult customers.")) == []
    assert found(answers(plant)) == [("phrase", "difficult customers", 40, 10)]


def test_common_words_are_no_tics_unless_they_fill():
    assert found(answers(within("like", every=2))) == []
    assert found(answers(lambda number, words: [*words[:5], *([",", "like,"] if not number % 2 else []), *words[5:]]))


@pytest.mark.parametrize("opener", ["so", "and so", "but then"])
def test_a_planted_beginning_is_found_and_counted(opener):
    assert found(answers(opening(opener, every=2))) == [("opener", opener, 40, 10)]


def test_a_subject_is_no_opener_and_ends_one():
    def plant(number: int, words: list[str]) -> list[str]:
        return ["so", "i", *words] if number % 2 else ["we", *words]

    assert found(answers(plant)) == [("opener", "so", 40, 10)]


def test_sounds_are_counted_by_family_and_named_as_mostly_written():
    own = [OwnWords(f"a{n}", "q", "", said("um yes umm no um and uh maybe")) for n in range(3)]
    (um, uh) = (tic for tic in tics(own) if tic.kind is TicKind.SOUND)
    assert (um.text, len(um.uses), um.answers) == ("um", 3 * 2, 3)
    assert (uh.text, len(uh.uses)) == ("uh", 3)
    assert um.per_100_words == pytest.approx(100 * 6 / 15)


@pytest.mark.parametrize(
    "spellings", [("um", "Umm,", "uhm", "uhmm"), ("uh", "Uhh..."), ("er", "err"), ("hm", "hmm"), ("mm", "mmm")]
)
def test_the_spellings_of_a_sound_are_one_family(spellings):
    assert len({sound_family(spelling) for spelling in spellings}) == 1


def test_the_families_of_sounds_are_apart():
    assert len({sound_family(sound) for sound in ("um", "uh", "er", "erm", "hmm", "ah")}) == 6


def test_each_use_says_where_to_hear_it():
    own = [OwnWords(f"a{n}", None, "", said("well um yes", each=1.0)) for n in range(3)]
    (um,) = (tic for tic in tics(own) if tic.kind is TicKind.SOUND)
    assert [(use.attempt, use.span) for use in um.uses] == [(f"a{n}", Span(1, 2)) for n in range(3)]


def test_a_report_gives_its_words_and_question():
    transcript = spoken("I led the team.")
    question = AskedQuestion("led", "When did you lead?", QuestionKind.BEHAVIOURAL)
    report = analyze(sound_of(transcript), transcript, question)
    assert own_words(report, "a1") == OwnWords("a1", "led", "When did you lead?", report.words)
    assert own_words(analyze(sound_of(transcript), transcript), "a2").question is None


@pytest.mark.parametrize("even_share", [0, 0.01, 0.3, 1, 1.07, 2.5, 8, 31.4, 150])
def test_clearly_more_is_the_smallest_count_whose_interval_lies_above_twice_an_even_share(even_share):
    uses = clearly_more(even_share)
    assert uses >= 1
    assert poisson_interval(uses)[0] >= TIMES_EVEN_SHARE * even_share
    assert uses == 1 or poisson_interval(uses - 1)[0] < TIMES_EVEN_SHARE * even_share
