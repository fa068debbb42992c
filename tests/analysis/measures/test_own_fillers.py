from hypothesis import given
from hypothesis import strategies as st

from analysis.analyze import analyze
from analysis.measures.fillers.fillers import find_clusters
from analysis.measures.fillers.labelling import find_filler_uses, label_filler_words
from analysis.measures.fillers.own_fillers import add_own_fillers, normalise_phrases, read_own_fillers
from analysis.measures.registry import MEASURES
from analysis.progress.attempt import build_attempt
from speech.segment import Segment
from speech.transcript import WordKind
from tests.support.answers import make_answer, synthesise
from tests.support.histories import START
from tests.support.synthetic_words import make_words

NAMES = st.lists(st.text(max_size=20) | st.sampled_from(["basically", "at the end of the day", "You know,", "x; y"]))


def find_fillers(text, *named):
    words = label_filler_words(make_words(text), normalise_phrases(named))
    return [word.text for word in words if word.kind is WordKind.DISCOURSE_MARKER]


def test_an_own_filler_word_counts_even_where_it_has_meaning():
    assert find_fillers("I like it.") == []
    assert find_fillers("I like it.", "like") == ["like"]
    assert find_fillers("A typical day, typically.", "Typically") == ["typically."]


def test_an_own_phrase_is_one_filler_however_it_is_written():
    text = "At the, um, end of the day it works."
    assert find_fillers(text, "At the end of  the day,") == ["At", "the,", "end", "of", "the", "day"]
    words = label_filler_words(make_words(text), normalise_phrases(["at the end of the day"]))
    assert find_filler_uses(words, normalise_phrases(["at the end of the day"])) == (
        Segment(words[0].start, words[6].end),
    )


def test_the_longest_matching_phrase_counts_whether_own_or_built_in():
    own = normalise_phrases(["you know what"])
    words = label_filler_words(make_words("You know what, we won, you know, at last."), own)
    assert [use.start for use in find_filler_uses(words, own)] == [words[0].start, words[5].start]


def test_own_fillers_form_clusters_like_any_other():
    own = normalise_phrases(["stuff"])
    words = label_filler_words(make_words("stuff and stuff and stuff"), own)
    assert len(find_clusters(words, own)) == 1


def test_a_word_marked_as_meaningful_is_not_a_filler_even_if_it_is_an_own_filler():
    words = make_words("Basically, we like it.")
    meant = {words[0].span, words[2].span}
    assert label_filler_words(words, normalise_phrases(["like"]), meant) == words


def test_a_filler_sound_named_by_the_user_stays_a_filler_sound():
    assert find_fillers("Um, I like it.", "um") == []


def test_a_report_counts_own_fillers_and_lists_them_in_its_settings():
    transcript = make_answer("I led a small team and it was a small team.")
    found = analyze(synthesise(transcript), transcript, own_filler_words=("Small", "team"))
    assert len(found.get_finding("filler_words").moments) == 4
    assert found.get_finding("filler_words").value == 60 * 4 / found.response.duration
    assert read_own_fillers(found.settings) == ("small", "team")
    assert found.settings.startswith(transcript.settings)


def test_answers_with_different_own_fillers_are_in_different_cohorts():
    transcript = make_answer("I led a small team.")

    def cohort(*named):
        report = analyze(synthesise(transcript), transcript, own_filler_words=named)
        return build_attempt(report, "a", START, 1).cohort

    assert cohort() != cohort("small") != cohort("small", "led")
    assert cohort("led", "small") == cohort("Small,", "led", "LED")
    assert cohort() == cohort("  ", "...")


@given(NAMES, st.text(alphabet="abc, .", max_size=20))
def test_own_fillers_can_be_read_back_from_the_settings(named, settings):
    assert normalise_phrases(read_own_fillers(add_own_fillers(settings, named))) == normalise_phrases(named)
    assert add_own_fillers(settings, read_own_fillers(add_own_fillers(settings, named))) == add_own_fillers(
        settings, named
    )


def test_the_definition_says_that_own_fillers_count_wherever_they_are_said():
    assert "named in the settings always count" in MEASURES["filler_words"].definition
