import pytest

from analysis.measures.fillers.labelling import label_filler_words
from analysis.measures.repetition import find_repeated_phrases, find_repetitions, label_repetitions
from speech.transcript import WordKind
from tests.support.synthetic_words import make_words

# The words given up stand in (round brackets), each bracket is one repetition.
SENTENCES = [
    "(I) I went home.",
    "(I,) I went home.",
    "(I) um I went home.",
    "(I,) you know, I went home.",
    "(we were) we were late",
    "(the) (the) the team",
    "(I was going) I was going to say",
    "(I was going to) I was going to say",
    "(pro-) project",
    "the (pro-) project",
    "(the pro-) the project",
    "(the pro) the project",
    "(I wor) I worked there",
    "(m) um myself",
    "we (sta-) began anew",
    "(as) as much as it takes, (the) the same",
    "I had (to) to go",
    "(and I) and I went",
    "I said that that works",
    "He had had enough.",
    "It was very very good.",
    "No, no, I did not.",
    "five five two one",
    "10 10 20",
    "I like it. It works.",
    "We won. We won again.",
    "more and more and more people",
    "over and over and over",
    "step by step by step",
    "pre- and post-launch work",
    "plan B B for short",
    "I can see what you see",
    "they then went",
    "a man, a manager",
    "one by one",
    "one by one by one",
    "We tried and tried and tried.",
    "I gave her her badge.",
    "with (her) her manager",
    "We worked with different different teams.",
    "a big big problem",
    "That is what it is is a mess.",
    "The problem (is) is that it broke.",
    "the state I was in in March",
    "I worked (in) in Berlin.",
    "I told you you were right.",
    "New York, New York is where I live.",
    "Thank you, thank you.",
    "Location, location, location.",
    "A A A battery",
    "(we had) we'd had enough",
    "(it's) it was late",
    "(It's,) it was late.",
    "(he) she told me",
    "and (I) we went home",
    "(I went to the) I went into the office",
    "(I was going to) I went home early",
    "(I wanted to) I needed to leave",
    "(I went to the) we took the bus",
    "the engine (st-) started",
    "we (sta) started at nine",
    "a (proj) project in Leeds",
    "we met (in the) on the bridge",
    "I had (a) the key",
    "she gave me (a) an umbrella",
    "they (was) were late",
    "we (can) could see it",
    "I (go) went to Spain",
    "we (start) started at nine",
    "(I think it's) I think it was May",
    "(I'm) I was new there",
    "(there's) there were nine of us",
    "(that's) it's what I did",
    "(they asked me) they then asked me to stay",
    "(a problem) a big problem with the pump",
    "We met (on Monday,) sorry, on Tuesday.",
    "I (wan—) wanted to go.",
    "What happens happens.",
    "Those who know know.",
    "The people we hire hire others.",
    "When I fixed it it was late.",
    "If I gave you you would keep it.",
    "when (it) it broke",
    "We tried, we tried.",
    "It was chaos, chaos.",
    "blah blah blah",
    "a win win for both",
    "I think I was right.",
    "I know I don't know everything.",
    "He said he never said that.",
    "If I can I will.",
    "Yes, I am, I was born there.",
    "That's how it is it was said.",
    "the head of the department of the school",
    "on the way to the door to the kitchen",
    "In the first year, in the second year, we grew.",
    "from the start to the end",
    "I gave the customer the truth.",
    "She gave her a lift.",
    "What it was is a mess.",
    "all I can would not help",
    "I told you I went home.",
    "because I wanted to I stayed",
    "I came, I saw, I won.",
    "the more we did the more they asked",
    "We went home, we were tired.",
    "I do, I really do.",
    "he, she, they",
    "vitamin A the doctor gave me",
    "I like cooking and I like baking.",
    "the plan planned for May",
    "two three people came",
    "We had a meeting on Monday, a call on Tuesday.",
    "One of us was in the office, one of us was at home.",
    "I worked for the council and I worked for the charity.",
    "I started in the shop in the village.",
    "It was at the top of the list of the council.",
    "I thought that that was it.",
    "the first thing I did is I rang them",
    "the thing is we were late",
    "It is what it is.",
    "as far as I can I help",
    "the team the council gave us",
    "I showed them the plan the week before.",
    "I want this one, you know. I want this badly.",
    "What do I do? I look at the source.",
    "We were as busy as we were the year before.",
    "I said (that) that we were late.",
    "We had (no) no money.",
    "We lost (two) two days.",
    "We stayed in room two two for two days.",
    "I went (from) from the shop to the bank.",
    "We moved in in June.",
    "the one I was looking for for weeks",
    "She likes her, her work and her team.",
    "It was me, me and my sister.",
    "What they did they did well.",
    "Is it, is it new or used?",
    "We called again and again and then left.",
    "(What I) what we did was simple.",
    "(because I) because we were late",
    "(one of the) one of my colleagues left",
    "the faster the better",
    "(on Monday) on Tuesday we met",
    "On Monday, on Tuesday we met.",
    "(I took) I went to the bank",
    "(I was) I got angry",
    "I came I saw I conquered",
    "I know what I was I know.",
    "I (could) couldn't sleep.",
    "You can can't you?",
    "The man I had couldn't read.",
    "(We had a,) there was a problem with the van.",
    "(I was in charge of,) I was responsible for the stock.",
    "everything I was responsible for I did",
    "it (takes) took two weeks",
    "I was working (at) for a bank.",
    "the people I worked with in the evening",
    "(how do you) how did you do it",
    "a (re) report on it",
    "i checked the oven i checked the fridge i checked the bins",
    "I planned it, I cooked it, I served it.",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_abandoned_words_are_labelled_and_the_others_are_not(marked):
    words = label_repetitions(label_filler_words(make_words(marked.replace("(", "").replace(")", ""))))
    expected, inside = [], False
    for token in marked.split():
        inside = inside or token.startswith("(")
        expected.append(inside)
        inside = inside and not token.endswith(")")
    assert [word.kind is WordKind.REPETITION for word in words] == expected
    assert len(find_repetitions(words)) == marked.count("(")


def test_the_span_of_a_repetition_is_that_of_the_abandoned_words():
    (span,) = find_repetitions(label_repetitions(make_words("Then we were we were late", each=1.0)))
    assert (span.start, span.end) == (1.0, 3.0)


def test_labelling_is_idempotent():
    once = label_repetitions(make_words("I I was I was the pro- the project"))
    assert label_repetitions(once) == once


def test_a_word_already_labelled_as_a_repetition_is_counted():
    words = list(make_words("we sold we made it"))
    words[1] = type(words[1])(words[1].text, words[1].start, words[1].end, 1.0, WordKind.REPETITION)
    assert len(find_repetitions(words)) == 1


def test_a_phrase_of_three_words_said_three_times_is_found_with_its_spans():
    words = make_words("I led the project. Then I led the project again. So I led the project.", each=1.0)
    (phrase,) = find_repeated_phrases(words)
    assert phrase.text == "i led the project"
    assert [span.start for span in phrase.spans] == [0.0, 5.0, 11.0]


@pytest.mark.parametrize(
    "text",
    [
        "one of the first. one of the last. one of the others.",
        "I led teams. I led teams.",
        "",
    ],
)
def test_common_words_and_phrases_said_twice_are_not_listed(text):
    assert find_repeated_phrases(make_words(text)) == ()
