import pytest

from analysis.measures.fillers import fillers, labelling
from analysis.measures.fillers.fillers import find_clusters
from analysis.measures.fillers.labelling import find_filler_uses, label_filler_words
from speech.segment import Segment
from speech.transcript import WordKind
from tests.support.synthetic_words import make_transcript, make_words

# Words in filler use stand in (round brackets); "/0.2" is a silence of 0.2 s, um and uh are filler sounds.
SENTENCES = [
    "I was, (like,) really tired.",
    "She was kind, of course.",
    "Okay. Yeah. That is a great question.",
    "And it worked, (right?)",
    "(Okay,) so we started.",
    "That's very kind of you.",
    "If you know, you know.",
    "There were (like) twenty people.",
    "She would like one.",
    "I like that kind of thing.",
    "And like I said before, we did it.",
    "So we (like) changed everything.",
    "I like detailed plans.",
    "They were (like) the best team.",
    "It was like the old system.",
    "It was, (kind) um (of) hard.",
    "(Like,) I never planned it.",
    "But (like) we had no time.",
    "and then (like) you're waiting for ages",
    "We shipped it /0.2 (like) /0.2 every week.",
    "I would like to work here.",
    "It looks like, um, rain.",
    "I like, um, working with people.",
    "I felt like a beginner.",
    "Companies like Google do that.",
    "It was (like,) really hard.",
    "We ran (like,) a dozen tests.",
    "He was like a father.",
    "I know what it is like, so I asked.",
    "The people I like, they stay.",
    "I did things like, say, tests.",
    "They sound like, (well) /0.2 experts.",
    "(So,) I studied physics.",
    "(So) /0.3 I studied physics.",
    "We did that, (so,) yes we did.",
    "There were (like) fifty people.",
    "It took (like) 3 weeks.",
    "It was (like) really hard.",
    "It was more like ten.",
    "It felt like two jobs.",
    "It was so good.",
    "So far, it works.",
    "So that we could ship, I stayed late.",
    "(So) um I studied physics.",
    "We had no time, so we cut it.",
    "We had no time so /0.3 we cut it.",
    "We had no time, so, um, we cut it.",
    "I think so.",
    "(You know,) it was hard.",
    "It was, (you know,) hard.",
    "It was hard, (you know?)",
    "It was /0.2 (you know) /0.2 hard.",
    "It was (you know) a bit of a mess.",
    "Do you know Python?",
    "As you know, I studied law.",
    "You know what I did?",
    "You know the team.",
    "I asked, do you know, um, Python?",
    "It was hard, (you know what I mean?)",
    "(I mean,) we tried.",
    "We failed, (I mean) we really failed.",
    "I mean it.",
    "What I mean, in short, is this.",
    "By that I mean the result.",
    "It was (kind of) hard.",
    "I (sort of) start the day with that.",
    "It was so kind of them to wait.",
    "That's very kind of you.",
    "There's two kind of people.",
    "It is a kind of tool.",
    "What kind of work is it?",
    "This sort of problem is common.",
    "It was a new kind of problem.",
    "(Well,) I started in sales.",
    "Um, (well,) I started in sales.",
    "It went well, and we won.",
    "I know her well.",
    "They ought to, but, (well,) they only started.",
    "They, (well,) they only started.",
    "It went very /0.2 well, and we won.",
    "How, well, did it go?",
    "As well, we cut costs.",
    "It works, (right?)",
    "It was, (right,) a big team.",
    "That's right.",
    "I turned right, then left.",
    "The right answer is no.",
    "(Okay,) I will start.",
    "(Okay,) (so,) I will start.",
    "It was okay, we won.",
    "(Basically,) we built a shop.",
    "We, (basically,) built a shop.",
    "(So) (basically) we built a shop.",
    "We (basically) built a shop.",
    "The foreman (basically) told us to go home.",
    "It (basically) rained the whole week.",
    "I (basically) run the late shift.",
    "They (basically) didn't have a plan.",
    "You (basically) stand there and smile.",
    "The new form is basically the old one.",
    "It's basically a shed with a bell.",
    "The two recipes are basically alike.",
    "We had basically no money.",
    "The rules have basically not changed.",
    "I want to know what it basically is.",
    "(Actually,) I led it.",
    "I actually led it.",
    "I actually, um, led it.",
    "It was literally on fire.",
    "I (literally) jumped out of my skin.",
    "The phone (literally) melted.",
    "She took the joke literally.",
    "They live literally next door.",
    "I was waiting (actually) at the wrong gate.",
    "It was actually in the cellar.",
    "(You see,) our valley has one road.",
    "My uncle, (you see,) kept bees.",
    "Can you see the lake from there?",
    "When you see him, wave.",
    "The lift (like) stopped, and we laughed.",
    "I just (like) grabbed the rope and pulled.",
    "I'd already (like) packed the van.",
    "The soup was good, (like) properly good.",
    "We had animals, like early lambs.",
    "A man like that is never late.",
    "The boys like painted eggs.",
    "It was, (literally,) on fire.",
    "And (well,) (you know,) it worked.",
    "Yeah, I did that.",
    "We did, (yeah,) all of it.",
    "We had (like) no time at all.",
    "It took (like) forever.",
    "There was (like) nobody at the desk.",
    "I waited for (like) two hours.",
    "I waited for (like) the whole day.",
    "We spent (like) a month on it.",
    "The (like) main thing was the rota.",
    "We found all these (like) old receipts.",
    "I (like) never got an answer.",
    "They (like) totally forgot about us.",
    "He just (like) went home.",
    "It was (like) impossible to read.",
    "We were (like) running from room to room.",
    "I'm (like) freezing in there.",
    "And (like) nobody told us.",
    "It was like walking into a wall.",
    "It was like nothing I had seen before.",
    "They treated us like everyone else.",
    "I like working nights.",
    "I like hard work.",
    "Did they like never having a boss?",
    "What I like most is the quiet.",
    "The part I like was cut.",
    "For those like me it was easy.",
    "We compared like for like.",
    "It was like a second home.",
    "Pens, paper and the like were free.",
    "We had pens and the like.",
    "They all like the new rota.",
    "I'd like two of them.",
    "He was driving like an idiot.",
    "She ran it like a shop.",
    "There are people like him everywhere.",
    "And (you know) we had no choice.",
    "We had (you know) a lot of complaints.",
    "I went with (you know) the cheaper one.",
    "I wanted to (you know) prove the point.",
    "It's just (you know) how it works.",
    "(You know) it was a hard year.",
    "Some of you know the story.",
    "If you know it was me, say so.",
    "I think you know the answer.",
    "That way you know it works.",
    "Just so you know we close at nine.",
    "The people you know help you most.",
    "And do you know what happened?",
    "(I mean) it was fine in the end.",
    "But (I mean) we tried everything.",
    "It was (I mean) terrible.",
    "(I mean) the whole thing was a mess.",
    "I mean the red one.",
    "I mean what I say.",
    "Do you see what I mean?",
    "That's the one I mean, over there.",
    "(Well) I started in sales.",
    "(Well) there was one time in Leeds.",
    "But (well) we got there.",
    "Well done to all of them.",
    "Well over half of them left.",
    "Well before nine they were queuing.",
    "I did well in that job.",
    "He knows it as well as I do.",
    "(Right) so we had two weeks left.",
    "(Okay) so I started late.",
    "(Okay) I will tell you about one.",
    "(Right) let's start with the shop.",
    "Right now I lead a team.",
    "Right after lunch it broke.",
    "Right at the end they signed.",
    "Okay is not good enough.",
    "We got it right and went home.",
    "But (honestly) we had no plan.",
    "And (basically) I was alone.",
    "Because (obviously) they were upset.",
    "I answered honestly and left.",
    "She was basically the boss.",
    "And then (like) everyone left.",
    "Then like everyone I was tired.",
    "There was (like) this big meeting.",
    "There is nothing like this meeting.",
    "She had (like) this idea of a fair.",
    "I had a friend like this.",
    "We could (like) see it coming.",
    "He could like it or leave it.",
    "I wanted to (like) help them.",
    "I learned to like it.",
    "I've (like) never seen that.",
    "I've never had a boss like that.",
    "It was (like) the best day ever.",
    "It was like the old days.",
    "I was (like) why me.",
    "I was like a father to them.",
    "We were (like) in the middle of it.",
    "What was it like in the north?",
    "We did it (like) every day.",
    "My first (like) real job was there.",
    "I (kinda) knew it.",
    "that kinda thing",
    "They actually paid us.",
    "(Anyway) we moved on.",
    "We went anyway.",
    "(So) (you know) it was late.",
    "(So) (yeah) that was my first year.",
    "We did it on the Monday, (so.)",
    "He thanked me for saying so.",
    "I told them so.",
    "So many people came that day.",
    "And (yeah) that was that.",
    "He said yeah and left.",
    "I was (sort of) the deputy.",
    "We (kind of) lost track of it.",
    "That is the sort of place I like.",
    "What sort of hours are they?",
    "He's not that kind of manager.",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_words_are_fillers_only_where_they_are_used_as_fillers(marked):
    labelled = label_filler_words(make_words(marked.replace("(", "").replace(")", "")))
    shown = []
    for use in marked.split():
        if not use.startswith("/"):
            shown.append(use)
    expected, inside = [], False
    for token in shown:
        inside = inside or token.startswith("(")
        expected.append(inside)
        inside = inside and not token.endswith(")")
    assert [word.kind is WordKind.DISCOURSE_MARKER for word in labelled] == expected


def test_there_are_many_example_sentences_with_and_without_fillers():
    with_filler = sum("(" in sentence for sentence in SENTENCES)
    assert len(SENTENCES) >= 40
    assert min(with_filler, len(SENTENCES) - with_filler) >= 20


def test_labelling_changes_only_the_kind_and_is_idempotent():
    words = make_words("Um, well, you know, I like it.")
    once = label_filler_words(words)
    assert [(word.text, word.start) for word in once] == [(word.text, word.start) for word in words]
    assert once[0].kind is WordKind.FILLED_PAUSE
    assert label_filler_words(once) == once


def test_a_phrase_is_labelled_on_each_word_and_counted_once():
    words = label_filler_words(make_words("Well, you know, it works.", each=0.5))
    assert find_filler_uses(words) == (Segment(0.0, 0.5), Segment(0.5, 1.5))


def test_rates_and_density_match_their_formulas():
    words = label_filler_words(make_words("um well, you know, I uh led teams of 25% um"))
    answer = make_transcript(words, (0.0, 90.0))
    assert fillers.compute_filler_sounds(answer) == pytest.approx(2.0)
    assert fillers.compute_filler_words(answer) == pytest.approx(60 * 2 / 90)
    assert fillers.compute_filler_density(answer) == pytest.approx(100 * 5 / (6 + 5))


def test_three_fillers_within_ten_seconds_are_a_cluster():
    assert find_clusters(make_words("um /4.7 uh /4.7 um", each=0.3)) == (Segment(0.0, 10.3),)
    assert find_clusters(make_words("um /4.8 uh /4.8 um", each=0.3)) == ()
    assert find_clusters(make_words("um uh")) == ()


def test_filler_words_and_sounds_form_clusters_together():
    words = label_filler_words(make_words("Um, well, you know, it was late.", each=0.5))
    assert find_clusters(words) == (Segment(0.0, 2.0),)


def test_a_minute_dense_with_fillers_has_several_clusters_without_overlap():
    words = make_words("um /1.7 " * 15, each=0.3)  # one every 2 s for 30 s
    assert len(find_clusters(words)) == 3


def test_filler_sounds_alone_have_a_density_of_one_hundred():
    assert fillers.compute_filler_density(make_transcript(make_words("um uh"), (0.0, 1.0))) == 100


@pytest.mark.parametrize(("place", "places"), [(0, [0]), (2, [2, 3]), (3, [2, 3]), (4, [4, 5]), (6, [6])])
def test_a_word_belongs_to_the_known_phrase_around_it(place, places):
    words = make_words("It was, you know, big deal stuff.")
    assert list(labelling.find_phrase_around(words, place, own=[("big", "deal")])) == places


@pytest.mark.parametrize(("seconds", "expected"), [(0.5, None), (2.0, 30.0)])
def test_filler_rates_need_one_second_of_speech(seconds, expected):
    assert fillers.compute_filler_sounds(make_transcript(make_words("um", each=seconds))) == expected
    assert fillers.compute_filler_words(make_transcript(make_words("um", each=seconds))) == (
        None if expected is None else 0.0
    )
