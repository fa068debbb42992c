"""A report after corrections: the numbers follow the words, and nothing else changes."""

from dataclasses import replace

import pytest

from analysis.analyze import analyze
from analysis.corrections.corrected_transcript import corrected, make_corrected_report
from analysis.corrections.correction import Correction, CorrectionAction
from analysis.finding import Band, Source
from analysis.measures import sound
from analysis.measures.fillers.own_fillers import named_in
from analysis.measures.registry import MEASURES
from analysis.question import AskedQuestion, QuestionKind
from speech.segment import Span
from speech.transcript import Transcript, WordKind
from tests.support.answers import sound_of, spoken

Action = CorrectionAction
QUESTION = AskedQuestion("time_you_led", "Tell me about a time you led.", QuestionKind.BEHAVIOURAL)
OWN = Band((100, 200), (90, 210), Source("My own", "Set by the user.", is_evidence=False))
HEARD = spoken("I led {um} it. (1.2) Basically, the team, you know, it shipped {uh} the product. (0.6) I like it.")
RECORDING = sound_of(HEARD)
ORIGINAL = analyze(RECORDING, HEARD, QUESTION, {"speaking_rate": OWN}, ["team"])
SECONDS = ORIGINAL.response.duration


def report(*corrections):
    return make_corrected_report(ORIGINAL, corrected(HEARD, corrections))


def word(text):
    return next(word for word in HEARD.words if word.text == text)


def of(action, text, after=None):
    return Correction(action, word(text).span, text, after)


def test_without_a_correction_the_report_is_the_original():
    assert report() == ORIGINAL


@pytest.mark.parametrize(
    ("correction", "measure", "events"),
    [
        (of(Action.REMOVE_FILLER, "um"), "filler_sounds", 1),
        (of(Action.CONFIRM_FILLER, "um", "um"), "filler_sounds", 2),
        (of(Action.CHANGE_WORD, "um", "all"), "filler_sounds", 1),
        (of(Action.CHANGE_WORD, "it.", "um"), "filler_sounds", 3),
        (Correction(Action.ADD_FILLER, Span(2.0, 2.3), None, "uh"), "filler_sounds", 3),
        (of(Action.UNMARK_FILLER, "Basically,", "Basically,"), "filler_words", 2),
        (of(Action.UNMARK_FILLER, "team,", "team,"), "filler_words", 2),
        (of(Action.MARK_FILLER, "like", "like"), "filler_words", 4),
        (of(Action.CHANGE_WORD, "Basically,", "Weekly,"), "filler_words", 2),
    ],
    ids=lambda value: value.action.value if isinstance(value, Correction) else None,
)
def test_every_correction_counts_in_the_numbers(correction, measure, events):
    assert len(ORIGINAL.finding(measure).moments) == {"filler_sounds": 2, "filler_words": 3}[measure]
    found = report(correction).finding(measure)
    assert found.value == pytest.approx(60 * events / SECONDS)
    assert len(found.moments) == events


def test_a_fixed_word_counts_in_the_pace():
    before, after = ORIGINAL.finding("speaking_rate").value, report(of(Action.CHANGE_WORD, "led", "did not lead"))
    assert after.finding("speaking_rate").value - before == pytest.approx(60 * 2 / SECONDS)


def test_pauses_and_what_comes_from_the_sound_stay():
    after = report(of(Action.CHANGE_WORD, "led", "did not lead"), of(Action.REMOVE_FILLER, "uh"))
    for measure in ("pause_count", "longest_pause", "phonation_ratio", "answer_length", "pitch_variation"):
        assert after.finding(measure) == ORIGINAL.finding(measure)
    assert (after.quality, after.response, after.digest) == (ORIGINAL.quality, ORIGINAL.response, ORIGINAL.digest)


def test_it_is_what_measuring_the_recording_with_those_words_gives():
    now = corrected(HEARD, [of(Action.CHANGE_WORD, "led", "did um lead"), of(Action.MARK_FILLER, "like", "like")])
    again = analyze(RECORDING, now.transcript, QUESTION, {"speaking_rate": OWN}, ["team"])
    assert make_corrected_report(ORIGINAL, now) == again


def test_the_question_the_bands_and_the_own_filler_words_are_those_of_the_original():
    after = report(of(Action.REMOVE_FILLER, "um"))
    assert after.question == QUESTION
    assert after.finding("speaking_rate").band == OWN
    assert named_in(after.settings) == ("team",)
    assert (after.model, after.settings) == (ORIGINAL.model, ORIGINAL.settings)


def test_an_unmarked_phrase_is_no_filler_and_the_rules_go_on_for_the_rest():
    phrase = Span(word("you").start, word("know,").end)
    after = report(Correction(Action.UNMARK_FILLER, phrase, "you know,", "you know,"))
    assert [each.kind for each in after.words if each.text in ("you", "know,")] == [WordKind.WORD] * 2
    assert len(after.finding("filler_words").moments) == 2


def test_a_so_that_ran_into_an_um_stays_a_filler_once_the_um_is_gone():
    heard, plainly = spoken("So, {um} I led it."), spoken("So, (0.4) I led it.")
    um = heard.words[1]
    gone = corrected(heard, [Correction(Action.REMOVE_FILLER, um.span, um.text, None)])
    before = analyze(sound_of(heard), heard)
    after, same = make_corrected_report(before, gone), analyze(sound_of(plainly), plainly)
    assert [len(before.finding(key).moments) for key in ("filler_sounds", "filler_words")] == [1, 1]
    assert [len(after.finding(key).moments) for key in ("filler_sounds", "filler_words")] == [0, 1]
    assert [word.kind for word in after.words] == [word.kind for word in same.words]


MURMUR = Transcript((), (), (Span(1, 3),), 5.0, "en", "scripted", "none")


def test_a_filler_added_where_no_word_was_heard_makes_it_an_answer():
    original = analyze(sound_of(MURMUR), MURMUR)
    added = corrected(MURMUR, [Correction(Action.ADD_FILLER, Span(1.0, 1.4), None, "um")])
    unkept = make_corrected_report(original, added)
    assert unkept.finding("filler_sounds").value == pytest.approx(30)
    assert unkept.finding("pitch_variation").value is None
    assert "not kept" in unkept.finding("pitch_variation").detail
    kept = make_corrected_report(original, added, sound.from_recording(sound_of(MURMUR), MURMUR))
    assert kept == analyze(sound_of(MURMUR), added.transcript)
    assert not sound.tells_all(original)


def test_an_answer_without_its_words_is_silence():
    only = spoken("{um}")
    gone = corrected(only, [Correction(Action.REMOVE_FILLER, only.words[0].span, "um", None)])
    assert make_corrected_report(analyze(sound_of(only), only), gone).response is None


def test_the_sound_of_a_report_with_other_formulas_is_measured_again_where_it_can_be():
    assert sound.tells_all(ORIGINAL)
    assert not sound.tells_all(replace(ORIGINAL, formula_version=0))


def test_the_unknown_measure_of_another_version_sets_no_band():
    other = replace(ORIGINAL.finding("speaking_rate"), measure="charisma")
    older = replace(ORIGINAL, findings=(*ORIGINAL.findings, other))
    assert [found.measure for found in make_corrected_report(older, corrected(HEARD)).findings] == list(MEASURES)
