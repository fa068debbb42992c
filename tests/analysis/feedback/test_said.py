"""What a report says first is what a coach would say, and what it praises was said."""

import json

import pytest

import samples
from analysis.feedback.said import find_gap, list_praises, quote
from analysis.question import AskedQuestion, QuestionKind
from samples.demo import TRANSCRIPTS_PATH
from services.asked_questions import make_sample_question
from speech import transcript_json
from speech.audio.recording import from_file
from tests.benchmark import advice
from tests.benchmark.clips import REAL_SPEECH
from tests.support.answers import make_answer
from tests.support.models import load_default_model

STORY = AskedQuestion("q", "Tell me about a time when you helped a customer.", QuestionKind.BEHAVIOURAL)
CLOSING = AskedQuestion("q", "Do you have any questions for us?", QuestionKind.CLOSING)
MOTIVATION = AskedQuestion("q", "Why do you want this job?", QuestionKind.MOTIVATION)


@pytest.fixture(scope="module")
def judged() -> tuple[advice.Verdict, ...]:
    """The samples by what the recogniser heard in them once; a test of the samples says when that is out of date."""
    heard = json.loads(TRANSCRIPTS_PATH.read_text(encoding="utf-8"))
    return tuple(
        advice.judge_clip(
            sample.name,
            from_file(sample.path),
            transcript_json.from_json(heard[sample.name]),
            make_sample_question(sample),
        )
        for sample in samples.load()
        if sample.name in advice.CLIPS
    )


def test_next_of_every_sample_is_what_a_coach_says_first(judged):
    assert {found.name: found.next_step.measure for found in judged if not found.is_right} == {}


def test_keep_of_every_sample_names_and_plays_something_said(judged):
    assert [found.name for found in judged if not found.names_something_said] == []


def test_no_praise_is_repeated_in_more_than_three_samples(judged):
    assert max(advice.count_praises(judged).values()) <= 3


@pytest.mark.model
@pytest.mark.parametrize("name", advice.REAL_CLIPS)
def test_next_of_a_real_clip_is_what_a_coach_says_first(name):
    path = REAL_SPEECH / f"{name}.flac"
    if not path.is_file():
        pytest.skip(f"the real recordings are not part of the project; they would lie in {REAL_SPEECH}")
    recording = from_file(path)
    found = advice.judge_clip(name, recording, load_default_model()(recording), None)
    assert found.is_right, found.next_step


@pytest.mark.parametrize("coached", advice.TEXTS, ids=lambda coached: coached.name)
def test_next_of_a_scripted_answer_is_what_a_coach_says_first(coached):
    found = advice.judge_text(coached)
    assert found.is_right, found.next_step


def test_nothing_is_missing_where_the_question_calls_for_nothing():
    assert find_gap(make_answer("Because I like the sea .").words, MOTIVATION) is None
    assert find_gap(make_answer("Because I like the sea .").words, None) is None


def test_what_is_missing_at_the_end_plays_the_end():
    words = make_answer("Yes . (0.5) How many people work in the team ? (0.5) Thank you .").words
    found = find_gap(words, CLOSING)
    assert found is not None
    assert found.key == "next_steps_and_timing"
    assert found.moments[0].start > words[0].start


def test_announcing_questions_is_not_asking_one():
    praised = list_praises(make_answer("I do have a few questions . (0.5) How big is the team ?").words, CLOSING, "")
    assert [each.line for each in praised if each.key == "questions"] == [
        "You asked one good question: “How big is the team ?”"
    ]


def test_praise_for_a_whole_story_is_not_given_beside_a_missing_part():
    words = make_answer("Last year a customer was angry . (0.5) I called her and I listened .").words
    assert "story" not in {praise.key for praise in list_praises(words, STORY, "outcome")}


def test_quote_is_cut_after_twelve_words():
    assert quote("one two three four five six seven eight nine ten eleven twelve thirteen.") == (
        "“one two three four five six seven eight nine ten eleven twelve …”"
    )
    assert quote("I stopped the printing,") == "“I stopped the printing”"


@pytest.mark.parametrize(
    ("said", "praised"),
    [
        ("I like the work because it saved half of their money in spring.", "half of their money"),
        ("I like the work because we only did half.", None),
        ("I like the work because it saved 40 percent of the cost.", "40 percent"),
        ("I like the work because there were 300 customers, and I knew them.", "300 customers"),
        ("I like the work because we trained 250 people in the spring.", "250 people"),
    ],
)
def test_a_number_is_praised_with_what_was_counted_or_not_at_all(said, praised):
    praises = list_praises(make_answer(said).words, MOTIVATION, "")
    assert [each.line for each in praises if each.key == "number"] == (
        [f"You gave the number: “{praised}”"] if praised else []
    )
