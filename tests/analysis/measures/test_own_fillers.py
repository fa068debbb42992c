from hypothesis import given
from hypothesis import strategies as st

from analysis.analyze import analyze
from analysis.measures.fillers.fillers import find_clusters
from analysis.measures.fillers.labelling import find_filler_uses, label_filler_words
from analysis.measures.fillers.own_fillers import named_in, phrases, settings_with
from analysis.measures.registry import MEASURES
from analysis.progress.attempt import attempt_from_report
from speech.segment import Span
from speech.transcript import WordKind
from tests.support.answers import sound_of, spoken
from tests.support.histories import START
from tests.support.synthetic_words import said

NAMES = st.lists(st.text(max_size=20) | st.sampled_from(["basically", "at the end of the day", "You know,", "x; y"]))


def fillers(text, *named):
    words = label_filler_words(said(text), phrases(named))
    return [word.text for word in words if word.kind is WordKind.FILLER_WORD]


def test_a_word_of_the_users_own_counts_also_where_it_means_something():
    assert fillers("I like it.") == []
    assert fillers("I like it.", "like") == ["like"]
    assert fillers("A typical day, typically.", "Typically") == ["typically."]


def test_a_phrase_of_the_users_own_is_one_filler_however_it_is_written():
    text = "At the, um, end of the day it works."
    assert fillers(text, "At the end of  the day,") == ["At", "the,", "end", "of", "the", "day"]
    words = label_filler_words(said(text), phrases(["at the end of the day"]))
    assert find_filler_uses(words, phrases(["at the end of the day"])) == (Span(words[0].start, words[6].end),)


def test_the_longest_phrase_counts_whether_it_is_the_users_own_or_known():
    own = phrases(["you know what"])
    words = label_filler_words(said("You know what, we won, you know, at last."), own)
    assert [use.start for use in find_filler_uses(words, own)] == [words[0].start, words[5].start]


def test_fillers_of_the_users_own_crowd_like_any_other():
    own = phrases(["stuff"])
    words = label_filler_words(said("stuff and stuff and stuff"), own)
    assert len(find_clusters(words, own)) == 1


def test_a_word_that_is_meant_is_no_filler_whoever_named_it():
    words = said("Basically, we like it.")
    meant = {words[0].span, words[2].span}
    assert label_filler_words(words, phrases(["like"]), meant) == words


def test_a_filler_sound_stays_one_when_the_user_names_it():
    assert fillers("Um, I like it.", "um") == []


def test_the_report_counts_them_and_its_settings_say_so():
    transcript = spoken("I led a small team and it was a small team.")
    found = analyze(sound_of(transcript), transcript, own_filler_words=("Small", "team"))
    assert len(found.finding("filler_words").moments) == 4
    assert found.finding("filler_words").value == 60 * 4 / found.response.duration
    assert named_in(found.settings) == ("small", "team")
    assert found.settings.startswith(transcript.settings)


def test_answers_with_other_own_filler_words_are_never_of_one_cohort():
    transcript = spoken("I led a small team.")

    def cohort(*named):
        report = analyze(sound_of(transcript), transcript, own_filler_words=named)
        return attempt_from_report(report, "a", START, 1).cohort

    assert cohort() != cohort("small") != cohort("small", "led")
    assert cohort("led", "small") == cohort("Small,", "led", "LED")
    assert cohort() == cohort("  ", "...")


@given(NAMES, st.text(alphabet="abc, .", max_size=20))
def test_what_was_named_can_be_read_back_from_the_settings(named, settings):
    assert phrases(named_in(settings_with(settings, named))) == phrases(named)
    assert settings_with(settings, named_in(settings_with(settings, named))) == settings_with(settings, named)


def test_the_definition_says_that_own_filler_words_count_wherever_they_are_said():
    assert "named in the settings are counted wherever" in MEASURES["filler_words"].definition
