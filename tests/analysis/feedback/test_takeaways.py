import pytest

from analysis.feedback.goals import set_goal
from analysis.feedback.priority import KEYS_BY_PRIORITY, find_most_urgent, group_by_theme
from analysis.feedback.takeaways import choose_next_step, choose_strength
from analysis.finding import Band, Finding, Side, Verdict
from analysis.measures.registry import MEASURES
from analysis.question import AskedQuestion, QuestionKind
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
    "time_before_own_part": 9,
    "situation_share": 0.2,
    "restarts": 0,
    "pitch_variation": 3,
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
        ("filler_sounds", 9, 9, "5 ums or fewer"),
        ("filler_sounds", 20, 20, "10 ums or fewer, about half as many as now"),
        ("filler_sounds", 6, 6, "5 ums or fewer"),
        ("filler_words", 8, 8, "5 filler words or fewer"),
        ("filler_density", 8, 12, "6 fillers or fewer, about half as many as now"),
        ("filler_cluster", 1, 1, "no three fillers close together"),
        ("filler_cluster", 4, 4, "three fillers close together twice at most"),
        ("speaking_rate", 198, 0, "170 words a minute or fewer, about 10 seconds longer for the same words"),
        ("speaking_rate", 240, 0, "204 words a minute or fewer, about 11 seconds longer for the same words"),
        ("speaking_rate", 110, 0, "120 words a minute or more, about 5 seconds shorter for the same words"),
        ("speaking_rate", 80, 0, "92 words a minute or more, about 8 seconds shorter for the same words"),
        ("longest_pause", 5.5, 1, "no pause over 4 seconds"),
        ("longest_pause", 2.5, 1, "no pause over 2 seconds"),
        ("answer_length", 130, 0, "an answer of 2 minutes at most"),
        ("answer_length", 300, 0, "an answer of 2 minutes at most"),
        ("restarts", 8, 8, "4 restarts or fewer"),
        ("restarts", 4, 4, "3 restarts or fewer"),
        ("pitch_variation", 1.2, 0, "a pitch that varies by 1.5 semitones or more"),
        ("time_to_the_point", 25, 0, "the answer within the first 15 seconds"),
        ("time_before_own_part", 50, 1, "what you did yourself within the first 30 seconds"),
        ("pause_placement", 0.8, 0, "most of your longer pauses between sentences"),
        ("time_to_first_word", 5, 1, "your first word within 3 seconds"),
    ],
)
def test_goal_is_reachable_and_never_beyond_the_band(key, value, moments, expected):
    assert set_goal(judged(key, value, moments), MINUTE).text == expected


def test_goal_for_the_users_own_shortest_length_is_half_as_long_again():
    own = Band((60, 120), (30, 240), MEASURES["answer_length"].source)
    assert set_goal(judged("answer_length", 20, band=own), MINUTE).text == "an answer of at least 30 seconds"
    assert set_goal(judged("answer_length", 50, band=own), MINUTE).text == "an answer of at least 60 seconds"


def test_goal_after_one_filler_in_ten_seconds_is_none():
    assert set_goal(judged("filler_sounds", 6, 1), 10).text == "no ums"


def test_goal_for_the_users_own_band_is_its_range():
    band = Band((2, 4), (1, 5), MEASURES["mean_pause"].source)
    assert set_goal(judged("mean_pause", 1.5, band=band), MINUTE).text == "average pause: 2 to 4 s"


def test_goal_for_a_value_inside_its_band_is_refused():
    with pytest.raises(ValueError, match="outside its band"):
        set_goal(judged("speaking_rate", 140), MINUTE)


@pytest.mark.parametrize("key", [key for key in GOOD if key not in ("outcome", "pitch_variation")])
def test_every_judged_measure_far_above_its_band_has_a_goal(key):
    assert set_goal(judged(key, 1e4, 30), MINUTE).text


def test_what_lies_farthest_from_its_band_comes_first():
    found = find_most_urgent(answer(filler_sounds=6, longest_pause=5))
    assert found is not None
    assert (found.measure, found.verdict) == ("longest_pause", Verdict.ACT)


def test_ums_at_three_times_the_limit_come_before_a_pace_slightly_high():
    found = find_most_urgent(answer(moments=9, filler_sounds=20, speaking_rate=180))
    assert found is not None
    assert found.measure == "filler_sounds"


@pytest.mark.parametrize(
    ("values", "moments"),
    [
        ({"speaking_rate": 174}, 0),  # 4 words a minute
        ({"answer_length": 123}, 0),  # 3 s
        ({"filler_sounds": 6}, 2),  # two ums in 20 s are chance
        ({"restarts": 5}, 2),
    ],
)
def test_what_nobody_would_notice_is_no_next_step(values, moments):
    assert find_most_urgent(answer(moments, **values)) is None


def test_order_of_priority_has_every_measure_once():
    assert sorted(KEYS_BY_PRIORITY) == sorted(MEASURES)


def test_next_step_says_first_what_to_do_then_the_number():
    step = choose_next_step(answer(speaking_rate=198), (), MINUTE)
    assert (step.measure, step.side) == ("speaking_rate", Side.ABOVE)
    assert step.text == "Slow down: take a breath between sentences."
    assert step.detail == "About speaking_rate."
    assert step.target is not None
    assert step.target.startswith("170 words a minute or fewer")


def test_next_step_plays_its_moments():
    assert choose_next_step(answer(moments=9, filler_sounds=20), (), MINUTE).moments == (Segment(0, 1),) * 9


@pytest.mark.parametrize("note", ["damaged", "two_voices", "guessed", "little_speech", "other_language"])
def test_recording_from_which_little_can_be_told_is_the_next_step_before_any_measure(note):
    step = choose_next_step(answer(speaking_rate=250), (QualityNote(note, "What is wrong."),), MINUTE)
    assert (step.measure, step.detail, step.side) == (note, "What is wrong.", None)


@pytest.mark.parametrize("note", ["clipped", "noisy", "quiet", "hum", "dropouts"])
def test_poor_recording_is_said_and_what_can_be_judged_is_judged(note):
    step = choose_next_step(answer(speaking_rate=250), (QualityNote(note, "What is wrong."),), MINUTE)
    assert step.measure == "speaking_rate"


def test_good_answer_has_nothing_to_fix_and_is_offered_less_time():
    step = choose_next_step(answer(), (), MINUTE)
    assert step.measure == "nothing_to_mend"
    assert step.text == "Nothing to fix. Try a harder question, or the same answer in 45 seconds."
    assert step.target == "the same answer in 45 seconds"


def test_good_answer_of_a_few_seconds_is_offered_a_harder_question():
    step = choose_next_step(answer(), (), 25)
    assert (step.text, step.target) == ("Nothing to fix. Try a harder question next.", None)


def test_good_story_without_a_number_is_asked_for_one():
    assert "name the number" in choose_next_step(answer(outcome=1), (), MINUTE).text


def test_few_ums_are_nothing_to_fix():
    assert choose_next_step(answer(moments=3, filler_sounds=3), (), MINUTE).measure == "nothing_to_mend"


def test_answer_over_its_ceiling_is_told_what_to_cut_with_the_moments():
    findings = answer(moments=1, answer_length=200, time_before_own_part=45)
    findings.append(Finding("longest_side_track", 20, Verdict.INFO, None, "A side-track.", moments=(Segment(60, 80),)))
    step = choose_next_step(findings, (), 200)
    assert step.text == "Make it shorter: cut the side-tracks and aim for 90 seconds."
    assert step.moments == (Segment(0, 1), Segment(60, 80))
    assert step.detail == "About time_before_own_part. A side-track. About answer_length."


def test_short_answer_is_never_asked_to_be_longer_for_a_floor():
    assert choose_next_step(answer(answer_length=25), (), 25).measure == "nothing_to_mend"


@pytest.mark.parametrize(
    ("kind", "expected"), [(QuestionKind.MOTIVATION, "answer_length"), (QuestionKind.SCREENING, "nothing_to_mend")]
)
def test_a_few_seconds_are_asked_for_an_example_only_where_a_sentence_is_no_answer(kind, expected):
    step = choose_next_step(answer(answer_length=8), (), 8, (), AskedQuestion("q", "Why us?", kind))
    assert step.measure == expected


def test_without_words_something_about_the_way_it_was_said_is_kept_but_never_fillers():
    findings = answer(speaking_rate=220)
    found = choose_strength(findings, choose_next_step(findings, (), MINUTE))
    assert (found.measure, found.text) == ("longest_pause", "No pause was long enough to lose your listener.")


def test_answer_outside_every_band_still_has_a_strength():
    findings = answer(**dict.fromkeys(GOOD, 1e4) | {"outcome": 0, "pitch_variation": 0})
    found = choose_strength(findings, choose_next_step(findings, (), MINUTE))
    assert (found.text, found.detail) == ("You have an answer to build on.", "About answer_length.")


@pytest.mark.parametrize(("note", "seconds"), [("little_speech", 3), ("guessed", 60), ("two_voices", 60)])
def test_few_guessed_or_others_words_are_not_praised(note, seconds):
    findings = answer(answer_length=seconds)
    step = choose_next_step(findings, (QualityNote(note, "Little is sure. Say more."),), seconds)
    assert choose_strength(findings, step).measure == "answer_length"


def test_groups_name_measures_inside_their_bands_and_the_one_to_work_on():
    concise, calm = group_by_theme(answer(restarts=0, answer_length=300, speaking_rate=145, longest_pause=3))
    assert (concise.key, calm.key) == ("concise", "calm")
    assert concise.work_on == "answer_length"
    assert concise.holds == ("outcome", "time_to_the_point", "time_before_own_part", "situation_share", "restarts")
    assert concise.detail.endswith("repetitions and restarts; work on answer length first.")
    assert calm.work_on == "longest_pause"
    assert set(calm.holds) == {
        "speaking_rate",
        "steady_pace",
        "filler_sounds",
        "filler_cluster",
        "pause_placement",
        "time_to_first_word",
    }


def test_many_ums_are_not_called_calm():
    _, calm = group_by_theme(answer(moments=9, filler_sounds=18))
    assert calm.work_on == "filler_sounds"


def test_a_group_without_judged_measures_says_so():
    (concise, _) = group_by_theme([judged("hedges", 2)])
    assert (concise.holds, concise.work_on) == ((), None)
    assert concise.detail == "There was nothing to judge here."
