import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import analysis
from analysis.analyze import analyze
from analysis.finding import Band, Side, Source, Verdict
from analysis.measures.registry import MEASURES
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import PauseLength, Report
from analysis.serialization import from_json, to_json
from speech.segment import Segment
from speech.transcript import Transcript, WordKind
from tests.support.answers import make_answer, make_silent_answer, synthesise

SCHEMA = json.loads((Path(analysis.__file__).parent / "report.schema.json").read_text(encoding="utf-8"))
QUESTION = AskedQuestion("success", "Tell me about a project you are proud of.", QuestionKind.BEHAVIOURAL)

# 27 words of 0.3 s and one sound; "20%" is two words: W = 28; T_resp = 28 * 0.3 + 0.8 + 1.5 + 4.5 = 15.2 s.
TEXT = (
    "I led the team for three years. (0.8) {um} We built a new system, you know, (1.5) which cut costs by 20% in two "
    "years. (4.5) I I learned to listen."
)
SECONDS = 15.2


def analyze_text(text: str, question: AskedQuestion | None = None) -> Report:
    transcript = make_answer(text)
    return analyze(synthesise(transcript), transcript, question)


@pytest.fixture(scope="module")
def report() -> Report:
    return analyze_text(TEXT, QUESTION)


def test_a_report_has_one_finding_for_every_measure_in_their_order(report):
    assert [finding.measure for finding in report.findings] == list(MEASURES)


@pytest.mark.parametrize(
    ("key", "value", "verdict", "moments"),
    [
        ("speaking_rate", 60 * 28 / SECONDS, Verdict.WATCH, 1),
        ("articulation_rate", 32 / 8.4, Verdict.INFO, 0),
        ("articulation_rate_words", 60 * 28 / 8.4, Verdict.INFO, 0),
        ("filler_sounds", 60 / SECONDS, Verdict.FINE, 1),
        ("filler_words", 60 / SECONDS, Verdict.FINE, 1),
        ("filler_density", 100 * 2 / 28, Verdict.WATCH, 2),
        ("filler_cluster", 0, Verdict.FINE, 0),
        ("pause_count", 3, Verdict.INFO, 3),
        ("pause_rate", 60 * 3 / SECONDS, Verdict.INFO, 0),
        ("mean_pause", 6.8 / 3, Verdict.INFO, 0),
        ("longest_pause", 4.5, Verdict.ACT, 1),
        ("pause_placement", 0, Verdict.FINE, 0),
        ("pause_instead_of_filler", 2 / 3, Verdict.INFO, 2),
        ("phonation_ratio", 8.4 / SECONDS, Verdict.INFO, 0),
        ("mean_length_of_run", 28 / 4, Verdict.INFO, 0),
        ("time_to_first_word", 0.5, Verdict.FINE, 1),
        ("answer_length", SECONDS, Verdict.FINE, 1),
        ("time_to_the_point", 0, Verdict.FINE, 1),
        ("repetitions", 1, Verdict.INFO, 1),
        ("restarts", 100 / 28, Verdict.WATCH, 1),
        ("hedges", 0, Verdict.INFO, 0),
        ("outcome", 3, Verdict.FINE, None),
        ("lexical_variety", None, Verdict.UNDEFINED, 0),
    ],
)
def test_a_finding_has_value_verdict_and_moments(report, key, value, verdict, moments):
    finding = report.get_finding(key)
    assert finding.value == (None if value is None else pytest.approx(value))
    assert finding.verdict is verdict
    assert moments is None or len(finding.moments) == moments


def test_pitch_variation_of_a_three_semitone_vibrato_is_three_over_root_two(report):
    assert report.get_finding("pitch_variation").value == pytest.approx(3 / 2**0.5, abs=0.25)


def test_every_finding_describes_its_value_in_a_sentence(report):
    for finding in report.findings:
        assert finding.detail.endswith("."), finding
        assert finding.detail[0].isupper() or finding.detail[0].isdigit(), finding


def test_speech_within_half_a_second_started_at_once(report):
    assert report.get_finding("time_to_first_word").detail == "You started speaking at once."


def test_rates_of_counts_have_a_confidence_interval(report):
    low, high = report.get_finding("filler_sounds").interval
    assert (low, high) == pytest.approx((0.0253 * 60 / SECONDS, 5.572 * 60 / SECONDS), abs=0.01)
    with_interval = {finding.measure for finding in report.findings if finding.interval}
    assert with_interval == {"filler_sounds", "filler_words", "pause_rate", "restarts", "hedges"}


def test_moments_lie_inside_the_recording(report):
    for finding in report.findings:
        assert all(span.end <= report.duration for span in finding.moments)


def test_words_are_labelled_by_kind(report):
    kinds = {kind: [word.text for word in report.words if word.kind is kind] for kind in WordKind}
    assert kinds[WordKind.FILLED_PAUSE] == ["um"]
    assert kinds[WordKind.DISCOURSE_MARKER] == ["you", "know,"]
    assert kinds[WordKind.REPETITION] == ["I"]


def test_pauses_are_classified_by_length(report):
    assert [pause.length for pause in report.pauses] == [
        PauseLength.NATURAL,
        PauseLength.THINKING,
        PauseLength.LOST_THREAD,
    ]


def test_a_very_long_silence_is_the_next_step_and_what_was_said_is_kept():
    report = analyze_text(TEXT, AskedQuestion("q", "Why?", QuestionKind.MOTIVATION))
    assert report.next_step.measure == "longest_pause"
    assert report.next_step.target == "no pause over 4 seconds"
    assert report.next_step.side is Side.ABOVE
    assert report.strength.measure == "early_answer"
    assert report.strength.moments


def test_groups_come_from_the_same_findings(report):
    concise, calm = report.groups
    assert concise.work_on is None  # one restart is chance
    assert calm.work_on == "longest_pause"


def test_the_length_band_depends_on_the_kind_of_question():
    bands = {
        kind: analyze_text(TEXT, AskedQuestion("q", "Why?", kind)).get_finding("answer_length").band
        for kind in QuestionKind
    }
    assert bands[QuestionKind.SCREENING].fine == (None, 90)
    assert bands[QuestionKind.TECHNICAL].fine == (None, 120)


def test_questions_to_the_interviewer_need_no_outcome():
    report = analyze_text("What does a good first year look like?", AskedQuestion("q", "Why?", QuestionKind.CLOSING))
    finding = report.get_finding("outcome")
    assert (finding.value, finding.verdict) == (None, Verdict.UNDEFINED)
    assert finding.detail == "This question doesn't ask for a result."


def test_time_to_the_point_is_undefined_without_a_question_and_says_why():
    finding = analyze_text(TEXT).get_finding("time_to_the_point")
    assert (finding.value, finding.verdict) == (None, Verdict.UNDEFINED)
    assert "Choose a question" in finding.detail


def test_a_user_band_replaces_the_default_band():
    own = Band((100, 115), (90, 120), Source("My own", "Set by the user.", is_evidence=False))
    transcript = make_answer(TEXT)
    found = analyze(synthesise(transcript), transcript, bands={"speaking_rate": own}).get_finding("speaking_rate")
    assert (found.band, found.verdict) == (own, Verdict.FINE)


def test_an_informational_measure_is_judged_once_the_user_sets_a_band():
    own = Band((3, 6), (2, 8), Source("My own", "Set by the user.", is_evidence=False))
    transcript = make_answer(TEXT)
    assert analyze(synthesise(transcript), transcript, bands={"articulation_rate": own}).get_finding(
        "articulation_rate"
    ).verdict in (Verdict.FINE, Verdict.WATCH)


def test_a_band_for_a_measure_that_does_not_exist_is_refused():
    transcript = make_answer(TEXT)
    band = MEASURES["speaking_rate"].band
    with pytest.raises(ValueError, match="charisma"):
        analyze(synthesise(transcript), transcript, bands={"charisma": band})


VOICE_WITHOUT_WORDS = Transcript((), (), (Segment(1, 3),), 5.0, "en", "scripted", "none")


@pytest.mark.parametrize(
    "transcript", [make_silent_answer(), VOICE_WITHOUT_WORDS], ids=["silence", "voice without words"]
)
def test_when_nothing_was_said_every_finding_is_present_and_undefined(transcript):
    report = analyze(synthesise(transcript), transcript, QUESTION)
    assert report.response is None
    assert [finding.measure for finding in report.findings] == list(MEASURES)
    assert {(finding.value, finding.verdict, finding.side) for finding in report.findings} == {
        (None, Verdict.UNDEFINED, None)
    }
    assert {finding.detail for finding in report.findings} == {"We couldn't hear any speech."}
    assert (report.pauses, report.pace, report.strength) == ((), (), None)
    assert report.next_step.measure == "nothing_said"
    assert report.next_step.text.startswith("We couldn't hear any speech")
    assert all(group.holds == () and group.work_on is None for group in report.groups)


def test_an_answer_of_filler_sounds_alone_has_fillers_but_no_pace():
    report = analyze_text("{um} (0.5) {uh}")
    assert report.get_finding("filler_sounds").value == pytest.approx(60 * 2 / 1.1)
    assert report.get_finding("speaking_rate").value is None
    assert report.get_finding("mean_length_of_run").value is None
    assert [note.key for note in report.quality] == ["little_speech"]
    assert report.next_step.measure == "little_speech"
    assert report.strength is not None


def test_a_follow_up_of_one_sentence_is_not_too_short():
    short = "We saved about two hours a week."
    asked = AskedQuestion("follow_up:1:number", "How much was that?", QuestionKind.BEHAVIOURAL)
    heard = make_answer(short)
    report = analyze(synthesise(heard), heard, asked)
    assert [note.key for note in report.quality] == []
    assert report.next_step.measure not in ("little_speech", "answer_length")
    other = analyze(synthesise(heard), heard, replace(asked, id="proud_result"))
    assert [note.key for note in other.quality] == ["little_speech"]


ANSWERS = {
    "whole": TEXT,
    "one word": "Yes.",
    "sounds": "{um} (0.5) {uh}",
    "long": " ".join([TEXT, "(0.6)"] * 6) + " Done.",
    "fillers": " ".join(["{um} so, you know, I, like, did it. (0.3)"] * 12) + " Done.",
}


@pytest.mark.parametrize("question", [None, QUESTION], ids=["no question", "question"])
@pytest.mark.parametrize("text", ANSWERS.values(), ids=ANSWERS)
def test_reports_of_all_sorts_round_trip_through_json_and_match_the_schema(text, question):
    report = analyze_text(text, question)
    data = json.loads(json.dumps(to_json(report), allow_nan=False))
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    assert from_json(data) == report


def test_the_same_recording_gives_the_same_report():
    assert analyze_text(TEXT, QUESTION) == analyze_text(TEXT, QUESTION)
