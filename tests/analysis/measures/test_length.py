import pytest

from analysis.measures.length import compute_answer_length, compute_time_to_the_point, find_point
from analysis.question import AskedQuestion, QuestionKind
from tests.support.synthetic_words import make_transcript, make_words

ABOUT_YOU = AskedQuestion("about", "Tell me about yourself.", QuestionKind.ABOUT_YOU)
STRENGTH = AskedQuestion("strength", "What is your greatest strength?", QuestionKind.SCREENING)
CONFLICT = AskedQuestion("conflict", "Tell me about a time you disagreed with a colleague.", QuestionKind.BEHAVIOURAL)
INDEX = AskedQuestion("index", "What does an index do in a database?", QuestionKind.TECHNICAL)
WHY = AskedQuestion("why", "Why do you want to work here?", QuestionKind.MOTIVATION)
CLOSING = AskedQuestion("closing", "Do you have any questions for us?", QuestionKind.CLOSING)

# The answer begins at the bar; without a bar there is none.
ANSWERS = [
    (ABOUT_YOU, "| I am a nurse from Leeds."),
    (ABOUT_YOU, "Hi, thanks for having me. | I'm a nurse."),
    (ABOUT_YOU, "Sure, so, let me think. Where do I start? | I grew up in Leeds."),
    (ABOUT_YOU, "Hello, my name is Anna. | I have worked in sales for five years."),
    (STRENGTH, "That's a great question. | I would say patience."),
    (STRENGTH, "So my greatest strength. Well, | my greatest strength is patience."),
    (STRENGTH, "What is my greatest strength? | It's probably patience."),
    (STRENGTH, "Um, let me see. Okay. Give me a second. | I listen closely."),
    (CONFLICT, "Good question. | When I was at the bank, a colleague wanted another tool."),
    (CONFLICT, "Yeah, so, I think that's, um, a tough one. | Two years ago our server crashed."),
    (CONFLICT, "Thank you for asking that question."),
    (INDEX, "Right. | An index keeps keys sorted in a tree."),
    (WHY, "I'm glad you asked. | I admire what you build."),
    (CLOSING, "Yes, I do. Thank you. | What does a typical week look like?"),
    (CLOSING, "Yes. | I was wondering how the team plans its releases."),
    (CLOSING, "No, I think you covered it all."),
    (ABOUT_YOU, "Well, okay, so, yeah."),
]


@pytest.mark.parametrize(("question", "marked"), ANSWERS)
def test_the_point_is_the_first_clause_that_answers(question, marked):
    preamble, bar, _ = marked.partition("|")
    words = make_words(marked.replace("|", ""), start=1.0, each=1.0)
    expected = float(len(preamble.split())) if bar else None
    assert compute_time_to_the_point(make_transcript(words), question) == expected


def test_without_a_question_no_point_is_found():
    assert compute_time_to_the_point(make_transcript(make_words("I am a nurse.")), None) is None
    assert find_point(make_transcript(make_words("I am a nurse.")), None) is None


def test_time_to_the_point_starts_at_the_first_voice_and_is_never_negative():
    words = make_words("I am a nurse.", start=2.0)
    assert compute_time_to_the_point(make_transcript(words, (1.5, 4.0)), ABOUT_YOU) == pytest.approx(0.5)
    assert compute_time_to_the_point(make_transcript(words, (2.2, 4.0)), ABOUT_YOU) == 0.0


def test_the_length_of_an_answer_excludes_the_silence_around_it():
    assert (
        compute_answer_length(make_transcript(make_words("I am a nurse.", start=5.0), (5.0, 65.0), duration=90.0))
        == 60.0
    )
