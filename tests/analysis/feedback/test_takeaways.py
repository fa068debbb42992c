import pytest

from analysis.feedback.goals import set_goal
from analysis.feedback.priority import KEYS_BY_PRIORITY, find_most_urgent
from analysis.feedback.takeaways import choose_next_step, choose_strength
from analysis.feedback.themes import group_by_theme
from analysis.finding import Band, Finding, Side, Verdict
from analysis.measures.registry import MEASURES
from analysis.report import QualityNote
from speech.segment import Segment

MINUTE = 60.0


def judged(key: str, value: float | None, moments: int = 0, band: Band | None = None) -> Finding:
    band = band or MEASURES[key].band
    verdict = Verdict.INFO if band is None else Verdict.UNDEFINED if value is None else band.judge(value)
    side = None if band is None or value is None else band.find_side(value)
    return Finding(key, value, verdict, side, f"About {key}.", band, moments=(Segment(0, 1),) * moments)


GOOD = {
    "speaking_rate": 145,
    "steady_pace": 0,
    "filler_sounds": 0,
    "filler_words": 0,
    "filler_density": 0,
    "filler_cluster": 0,
    "longest_pause": 1.2,
    "pause_placement": 0.1,
    "time_to_first_word": 1,
    "answer_length": 75,
    "time_to_the_point": 4,
    "outcome": 2,
}


def answer(moments: int = 0, **values: float | None) -> list[Finding]:
    """Build the findings of a good answer with some values replaced, which get the `moments`."""
    return [
        judged(key, (GOOD | values).get(key), moments if key in values else 0)
        for key in MEASURES
        if MEASURES[key].band is not None
    ]


@pytest.mark.parametrize(
    ("key", "value", "moments", "expected"),
    [
        ("filler_sounds", 9, 9, "at most 5 filler sounds in the next take"),
        ("filler_sounds", 20, 20, "at most 10 filler sounds in the next take"),
        ("filler_sounds", 6, 6, "at most 5 filler sounds in the next take"),
        ("filler_words", 8, 8, "at most 5 filler words in the next take"),
        ("filler_density", 8, 12, "at most 6 fillers in the next take"),
        ("filler_cluster", 1, 1, "no three fillers in ten seconds"),
        ("filler_cluster", 4, 4, "at most 2 places with three fillers in ten seconds"),
        ("speaking_rate", 198, 0, "170 words a minute or less: about 10 seconds longer for the same words"),
        ("speaking_rate", 240, 0, "204 words a minute or less: about 11 seconds longer for the same words"),
        ("speaking_rate", 110, 0, "120 words a minute or more: about 5 seconds shorter for the same words"),
        ("speaking_rate", 80, 0, "92 words a minute or more: about 8 seconds shorter for the same words"),
        ("longest_pause", 5.5, 1, "no silence over 4 s"),
        ("longest_pause", 2.5, 1, "no silence over 2 s"),
        ("answer_length", 130, 0, "an answer of at most 120 s"),
        ("answer_length", 300, 0, "an answer of at most 225 s"),
        ("answer_length", 20, 0, "an answer of at least 30 s"),
        ("answer_length", 50, 0, "an answer of at least 60 s"),
        ("time_to_the_point", 25, 0, "the sentence that answers the question within the first 15 s"),
        ("pause_placement", 0.8, 0, "at most 50 % of the longer pauses inside a clause"),
        ("time_to_first_word", 5, 1, "the first word within 3 s of the start of the recording"),
    ],
)
def test_target_is_reachable_and_never_beyond_the_band(key, value, moments, expected):
    assert set_goal(judged(key, value, moments), MINUTE).text == expected


def test_target_after_one_filler_in_ten_seconds_is_none():
    assert set_goal(judged("filler_sounds", 6, 1), 10).text == "no filler sounds in the next take"


def test_target_for_the_users_own_band_is_its_range():
    band = Band((2, 4), (1, 5), MEASURES["pitch_variation"].source)
    assert set_goal(judged("pitch_variation", 1.5, band=band), MINUTE).text == "pitch variation: 2 to 4 semitones"


def test_goal_for_a_value_inside_its_band_is_refused():
    with pytest.raises(ValueError, match="outside its band"):
        set_goal(judged("speaking_rate", 140), MINUTE)


@pytest.mark.parametrize("key", [key for key in GOOD if key != "outcome"])
def test_every_judged_measure_far_above_its_band_has_a_target(key):
    assert set_goal(judged(key, 1e4, 30), MINUTE).text


def test_far_outside_comes_before_more_important_but_slightly_outside():
    found = find_most_urgent(answer(filler_sounds=6, longest_pause=5))
    assert found is not None
    assert (found.measure, found.verdict) == ("longest_pause", Verdict.ACT)


def test_fillers_come_before_pace_if_both_are_to_act_on():
    found = find_most_urgent(answer(filler_sounds=20, speaking_rate=220))
    assert found is not None
    assert found.measure == "filler_sounds"


def test_order_of_priority_has_every_measure_once():
    assert sorted(KEYS_BY_PRIORITY) == sorted(MEASURES)


def test_next_step_names_the_value_the_range_and_the_target():
    step = choose_next_step(answer(speaking_rate=198), (), MINUTE)
    assert step.measure == "speaking_rate"
    assert step.side is Side.ABOVE
    assert step.text == "About speaking_rate. The range is 120 to 170 words/min."
    assert step.target is not None
    assert step.target.startswith("170 words a minute or less")


def test_noisy_recording_is_the_next_step_before_any_measure():
    note = QualityNote("noisy", "Loud background. Move.")
    step = choose_next_step(answer(speaking_rate=250), (note,), MINUTE)
    assert (step.measure, step.text, step.side) == ("noisy", note.text, None)


def test_clipping_alone_does_not_replace_a_measure_as_next_step():
    step = choose_next_step(answer(speaking_rate=250), (QualityNote("clipped", "Clipped. Turn down."),), MINUTE)
    assert step.measure == "speaking_rate"


def test_next_step_is_one_filler_less_if_all_measures_are_inside_their_bands():
    step = choose_next_step(answer(moments=3, filler_sounds=3), (), MINUTE)
    assert (step.measure, step.target) == ("filler_sounds", "at most 2 filler sounds in the next take")


def test_next_step_is_another_question_if_all_is_inside_without_fillers():
    step = choose_next_step(answer(), (), MINUTE)
    assert (step.measure, step.target) == ("speaking_rate", "the same pace with another question")


@pytest.mark.parametrize(
    ("values", "worked_on", "praised"),
    [
        ({"speaking_rate": 220}, "speaking_rate", "filler_sounds"),
        ({"filler_sounds": 20}, "filler_sounds", "speaking_rate"),
        ({"filler_words": 20}, "filler_words", "speaking_rate"),
        ({"filler_words": 8, "speaking_rate": 180}, "speaking_rate", "filler_sounds"),
        ({"filler_words": 20, "speaking_rate": 180}, "filler_words", "longest_pause"),
    ],
)
def test_strength_is_the_most_important_measure_unrelated_to_the_next_step(values, worked_on, praised):
    findings = answer(**values)
    step = choose_next_step(findings, (), MINUTE)
    assert step.measure == worked_on
    assert choose_strength(findings, step).measure == praised


def test_answer_outside_every_band_still_has_a_strength():
    findings = answer(**dict.fromkeys(GOOD, 1e4) | {"outcome": 0})
    found = choose_strength(findings, choose_next_step(findings, (), MINUTE))
    assert found.text == "An answer is there to build on. About answer_length."


@pytest.mark.parametrize(("note", "seconds"), [("little_speech", 3), ("guessed", 60)])
def test_few_or_guessed_words_are_not_praised_for_missing_faults(note, seconds):
    findings = answer(answer_length=seconds)
    step = choose_next_step(findings, (QualityNote(note, "Little is sure. Say more."),), seconds)
    assert choose_strength(findings, step).measure == "answer_length"


def test_groups_name_measures_inside_their_bands_and_the_one_to_work_on():
    concise, calm = group_by_theme(answer(filler_density=9, answer_length=300, speaking_rate=145, longest_pause=3))
    assert (concise.key, calm.key) == ("concise", "calm")
    assert concise.work_on == "answer_length"
    assert concise.holds == ("outcome", "time_to_the_point")
    assert concise.detail == "Inside the range: outcome stated, time to the point; work on answer length first."
    assert calm.work_on == "longest_pause"
    assert set(calm.holds) == {
        "speaking_rate",
        "steady_pace",
        "filler_cluster",
        "pause_placement",
        "time_to_first_word",
    }


def test_a_group_without_judged_measures_says_so():
    (concise, _) = group_by_theme([judged("repetitions", 2)])
    assert (concise.holds, concise.work_on) == ((), None)
    assert concise.detail == "None of its measures could be judged."
