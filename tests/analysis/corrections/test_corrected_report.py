"""A corrected report: the measures follow the corrected words, and nothing else changes."""

from dataclasses import replace

import pytest

from analysis.analyze import analyze
from analysis.corrections.corrected_transcript import apply_corrections, make_corrected_report
from analysis.corrections.correction import Correction, CorrectionAction
from analysis.finding import Band, Source
from analysis.measures import sound
from analysis.measures.fillers.own_fillers import read_own_fillers
from analysis.measures.registry import MEASURES
from analysis.question import AskedQuestion, QuestionKind
from speech.segment import Segment
from speech.transcript import Transcript, WordKind
from tests.support.answers import make_answer, synthesise

Action = CorrectionAction
QUESTION = AskedQuestion("time_you_led", "Tell me about a time you led.", QuestionKind.BEHAVIOURAL)
OWN = Band((100, 200), (90, 210), Source("My own", "Set by the user.", is_evidence=False))
HEARD = make_answer("I led {um} it. (1.2) Basically, the team, you know, it shipped {uh} the product. (0.6) I like it.")
RECORDING = synthesise(HEARD)
ORIGINAL = analyze(RECORDING, HEARD, QUESTION, {"speaking_rate": OWN}, ["team"])
SECONDS = ORIGINAL.response.duration


def make_corrected(*corrections):
    return make_corrected_report(ORIGINAL, apply_corrections(HEARD, corrections))


def find_word(text):
    return next(word for word in HEARD.words if word.text == text)


def make_correction(action, text, after=None):
    return Correction(action, find_word(text).span, text, after)


def test_without_a_correction_the_report_is_the_original():
    assert make_corrected() == ORIGINAL


@pytest.mark.parametrize(
    ("correction", "measure", "events"),
    [
        (make_correction(Action.REMOVE_FILLER, "um"), "filler_sounds", 1),
        (make_correction(Action.CONFIRM_FILLER, "um", "um"), "filler_sounds", 2),
        (make_correction(Action.CHANGE_WORD, "um", "all"), "filler_sounds", 1),
        (make_correction(Action.CHANGE_WORD, "it.", "um"), "filler_sounds", 3),
        (Correction(Action.ADD_FILLER, Segment(2.0, 2.3), None, "uh"), "filler_sounds", 3),
        (make_correction(Action.UNMARK_FILLER, "Basically,", "Basically,"), "filler_words", 2),
        (make_correction(Action.UNMARK_FILLER, "team,", "team,"), "filler_words", 2),
        (make_correction(Action.MARK_FILLER, "like", "like"), "filler_words", 4),
        (make_correction(Action.CHANGE_WORD, "Basically,", "Weekly,"), "filler_words", 2),
    ],
    ids=lambda value: value.action.value if isinstance(value, Correction) else None,
)
def test_every_kind_of_correction_changes_the_measures(correction, measure, events):
    assert len(ORIGINAL.get_finding(measure).moments) == {"filler_sounds": 2, "filler_words": 3}[measure]
    found = make_corrected(correction).get_finding(measure)
    assert found.value == pytest.approx(60 * events / SECONDS)
    assert len(found.moments) == events


def test_a_changed_word_changes_the_pace():
    before, after = (
        ORIGINAL.get_finding("speaking_rate").value,
        make_corrected(make_correction(Action.CHANGE_WORD, "led", "did not lead")),
    )
    assert after.get_finding("speaking_rate").value - before == pytest.approx(60 * 2 / SECONDS)


def test_corrections_change_neither_pauses_nor_what_was_measured_from_the_sound():
    after = make_corrected(
        make_correction(Action.CHANGE_WORD, "led", "did not lead"), make_correction(Action.REMOVE_FILLER, "uh")
    )
    for measure in ("pause_count", "longest_pause", "phonation_ratio", "answer_length", "pitch_variation"):
        assert after.get_finding(measure) == ORIGINAL.get_finding(measure)
    assert (after.quality, after.response, after.digest) == (ORIGINAL.quality, ORIGINAL.response, ORIGINAL.digest)


def test_a_corrected_report_equals_measuring_the_recording_with_those_words():
    now = apply_corrections(
        HEARD,
        [
            make_correction(Action.CHANGE_WORD, "led", "did um lead"),
            make_correction(Action.MARK_FILLER, "like", "like"),
        ],
    )
    again = analyze(RECORDING, now.transcript, QUESTION, {"speaking_rate": OWN}, ["team"])
    assert make_corrected_report(ORIGINAL, now) == again


def test_question_bands_and_own_fillers_are_those_of_the_original_report():
    after = make_corrected(make_correction(Action.REMOVE_FILLER, "um"))
    assert after.question == QUESTION
    assert after.get_finding("speaking_rate").band == OWN
    assert read_own_fillers(after.settings) == ("team",)
    assert (after.model, after.settings) == (ORIGINAL.model, ORIGINAL.settings)


def test_an_unmarked_phrase_is_not_a_filler_and_other_uses_still_are():
    phrase = Segment(find_word("you").start, find_word("know,").end)
    after = make_corrected(Correction(Action.UNMARK_FILLER, phrase, "you know,", "you know,"))
    assert [each.kind for each in after.words if each.text in ("you", "know,")] == [WordKind.WORD] * 2
    assert len(after.get_finding("filler_words").moments) == 2


def test_a_so_that_ran_into_an_um_stays_a_filler_once_the_um_is_gone():
    heard, plainly = make_answer("So, {um} I led it."), make_answer("So, (0.4) I led it.")
    um = heard.words[1]
    gone = apply_corrections(heard, [Correction(Action.REMOVE_FILLER, um.span, um.text, None)])
    before = analyze(synthesise(heard), heard)
    after, same = make_corrected_report(before, gone), analyze(synthesise(plainly), plainly)
    assert [len(before.get_finding(key).moments) for key in ("filler_sounds", "filler_words")] == [1, 1]
    assert [len(after.get_finding(key).moments) for key in ("filler_sounds", "filler_words")] == [0, 1]
    assert [word.kind for word in after.words] == [word.kind for word in same.words]


MURMUR = Transcript((), (), (Segment(1, 3),), 5.0, "en", "scripted", "none")


def test_adding_a_filler_to_a_recording_without_words_makes_it_an_answer():
    original = analyze(synthesise(MURMUR), MURMUR)
    added = apply_corrections(MURMUR, [Correction(Action.ADD_FILLER, Segment(1.0, 1.4), None, "um")])
    unkept = make_corrected_report(original, added)
    assert unkept.get_finding("filler_sounds").value == pytest.approx(30)
    assert unkept.get_finding("pitch_variation").value is None
    assert "wasn't kept" in unkept.get_finding("pitch_variation").detail
    kept = make_corrected_report(original, added, sound.from_recording(synthesise(MURMUR), MURMUR))
    assert kept == analyze(synthesise(MURMUR), added.transcript)
    assert not sound.has_current_sound(original)


def test_an_answer_whose_words_were_all_removed_counts_as_silence():
    only = make_answer("{um}")
    gone = apply_corrections(only, [Correction(Action.REMOVE_FILLER, only.words[0].span, "um", None)])
    assert make_corrected_report(analyze(synthesise(only), only), gone).response is None


def test_the_sound_of_a_report_with_other_formulas_is_measured_again_if_possible():
    assert sound.has_current_sound(ORIGINAL)
    assert not sound.has_current_sound(replace(ORIGINAL, formula_version=0))


def test_a_measure_unknown_to_this_version_sets_no_band():
    other = replace(ORIGINAL.get_finding("speaking_rate"), measure="charisma")
    older = replace(ORIGINAL, findings=(*ORIGINAL.findings, other))
    assert [found.measure for found in make_corrected_report(older, apply_corrections(HEARD)).findings] == list(
        MEASURES
    )
