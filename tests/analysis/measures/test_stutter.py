"""With the setting for people who stutter, what a stutter sounds like is neither counted, marked nor advised on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from analysis.analyze import analyze
from analysis.annotations import write_textgrid
from analysis.corrections.corrected_transcript import apply_corrections, make_corrected_report
from analysis.corrections.correction import Correction, CorrectionAction
from analysis.finding import Band, Source, Verdict
from analysis.marked_transcript import TokenKind, mark_transcript
from analysis.measures.registry import MEASURES
from analysis.measures.stutter import NOT_COUNTED, NOT_JUDGED
from analysis.progress.attempt import build_attempt
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report
from speech.segment import Segment
from tests.support.answers import make_answer, synthesise

BLOCKS = make_answer(
    "(2.5) I {uh} {uh} I I (3.2) led the the the (2.8) team {uh} for for (2.2) {uh} three years. (4.5) We {um} built "
    "a a new (3.1) system, you know, and (2.7) {uh} it it {uh} worked, and we saved ten percent of the cost in the end."
)
QUESTION = AskedQuestion("told", "Tell me about a time you led a team.", QuestionKind.BEHAVIOURAL)
NEVER_ADVISED = NOT_COUNTED | NOT_JUDGED


def make_report(**options) -> Report:
    return analyze(synthesise(BLOCKS), BLOCKS, QUESTION, stutters=True, **options)


def test_every_measure_that_is_left_uncounted_or_unjudged_exists():
    assert MEASURES.keys() >= NEVER_ADVISED


def test_the_same_answer_is_judged_by_ums_restarts_and_pauses_without_the_setting():
    judged = {each.measure for each in analyze(synthesise(BLOCKS), BLOCKS, QUESTION).findings if each.band}
    assert judged >= {"filler_sounds", "longest_pause", "restarts", "speaking_rate"}


def test_ums_restarts_and_pauses_have_no_value_and_nothing_is_judged_that_a_stutter_changes():
    report = make_report()
    found = {each.measure: each for each in report.findings}
    assert {found[key].verdict for key in NOT_COUNTED} == {Verdict.UNDEFINED}
    assert {found[key].verdict for key in NOT_JUDGED} == {Verdict.INFO}
    assert {found[key].detail for key in NOT_COUNTED} == {"Not counted, as you chose."}
    assert found["answer_length"].value is not None


def test_neither_next_nor_keep_nor_a_theme_is_about_what_a_stutter_changes():
    report = make_report()
    assert report.next_step is not None
    assert report.strength is not None
    named = {report.next_step.measure, report.strength.measure, *(group.work_on for group in report.groups)}
    assert not named & NEVER_ADVISED
    assert not {key for group in report.groups for key in group.holds} & NEVER_ADVISED


def test_no_um_restart_or_pause_is_marked_in_the_transcript_or_for_other_programs():
    report = make_report()
    kinds = {token.kind for token in mark_transcript(report)}
    assert kinds <= {TokenKind.WORD, TokenKind.FILLER_WORD}
    assert '"um"' not in write_textgrid(report)


def test_a_range_of_ones_own_still_judges_the_pace():
    own = Band((200, None), (None, None), Source("Mine", "Mine.", is_evidence=False))
    assert make_report(bands={"speaking_rate": own}).get_finding("speaking_rate").verdict is not Verdict.INFO


def test_progress_and_mock_interviews_get_no_numbers_of_what_is_left_uncounted():
    attempt = build_attempt(make_report(), "one", datetime(2026, 1, 1, tzinfo=UTC), 1)
    assert not {key for key in NOT_COUNTED if attempt.values.get(key) is not None}
    assert not attempt.events.keys() & NOT_COUNTED


def test_answers_with_and_without_the_setting_are_never_compared():
    plain = analyze(synthesise(BLOCKS), BLOCKS, QUESTION)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert build_attempt(make_report(), "a", now, 1).cohort != build_attempt(plain, "b", now, 1).cohort


def test_a_corrected_report_keeps_the_choice_and_its_words_can_be_marked():
    original = make_report(own_filler_words=("system",))
    word = next(word for word in BLOCKS.words if word.text == "team")
    change = Correction(CorrectionAction.CHANGE_WORD, Segment(word.start, word.end), "team", "group")
    corrected = apply_corrections(BLOCKS, [change])
    report = make_corrected_report(original, corrected)
    assert report.get_finding("filler_sounds").value is None
    assert report.settings == original.settings
    tokens = mark_transcript(report, corrected)
    assert [token.note for token in tokens if token.text == "group"] == ["transcribed as “team”"]


@pytest.mark.parametrize("stutters", [True, False])
def test_words_and_pace_in_words_are_the_same_either_way(stutters):
    report = analyze(synthesise(BLOCKS), BLOCKS, QUESTION, stutters=stutters)
    assert report.get_finding("speaking_rate").value == pytest.approx(make_report().get_finding("speaking_rate").value)
