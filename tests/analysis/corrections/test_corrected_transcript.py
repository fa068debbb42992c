"""Corrections of a transcript: what each does, what none may do, and how they are taken back."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.corrections.corrected_transcript import corrected, corrected_once
from analysis.corrections.correction import Correction, CorrectionAction
from analysis.corrections.edited_spans import heard_words, words_now
from analysis.corrections.typed_words import USUAL_FILLER_SECONDS, CorrectionError, find_room_for_filler
from speech.fillers.filled_pauses import is_filler_sound
from speech.segment import Span
from speech.transcript import Transcript, Word, WordKind
from tests.support.answers import spoken

Action = CorrectionAction
POSSIBLE = Word("uh", 1.72, 1.78, 0.3, WordKind.FILLER_SOUND)
HEARD = replace(spoken("I led {um} the (0.8) project, like, well."), possible_fillers=(POSSIBLE,))


def fix(word, typed):
    return Correction(Action.CHANGE_WORD, word.span, word.text, typed)


def of(action, word, after=None):
    return Correction(action, word.span, word.text, after)


def texts(transcript):
    return " ".join(word.text for word in transcript.words)


def times(words):
    return [(round(word.start, 9), round(word.end, 9)) for word in words]


def test_a_word_is_fixed_in_its_own_time_and_no_other_changes():
    fixed = corrected(HEARD, [fix(HEARD.words[1], "bled")]).transcript
    assert texts(fixed) == "I bled um the project, like, well."
    assert fixed.words[1] == Word("bled", 0.8, 1.1, 1.0)
    assert (*fixed.words[:1], *fixed.words[2:]) == (*HEARD.words[:1], *HEARD.words[2:])


def test_words_in_the_place_of_one_share_its_time_by_syllables():
    new = corrected(HEARD, [fix(HEARD.words[1], "did  not deliver")]).transcript.words[1:4]
    assert [word.text for word in new] == ["did", "not", "deliver"]
    assert times(new) == [(0.8, 0.86), (0.86, 0.92), (0.92, 1.1)]  # 1, 1 and 3 of 5 syllables


def test_a_number_takes_the_time_of_the_words_it_is_said_as():
    one, other = corrected(HEARD, [fix(HEARD.words[1], "25% more")]).transcript.words[1:3]
    assert times([one, other]) == [(0.8, 0.8 + 0.3 * 5 / 6), (0.8 + 0.3 * 5 / 6, 1.1)]  # twen-ty-five per-cent


def test_a_word_with_nothing_in_its_place_is_gone():
    fixed = corrected(HEARD, [fix(HEARD.words[1], None)])
    assert texts(fixed.transcript) == "I um the project, like, well."
    assert fixed.pieces[1].heard == HEARD.words[1:2]
    assert corrected(HEARD, [fix(HEARD.words[1], " ")]) == fixed


def test_words_in_a_row_become_one_by_their_common_time_and_text():
    run = Span(HEARD.words[0].start, HEARD.words[1].end)
    fixed = corrected(HEARD, [Correction(Action.CHANGE_WORD, run, "I led", "Ailed")]).transcript
    assert times(fixed.words[:1]) == [(0.5, 1.1)]
    assert texts(fixed) == "Ailed um the project, like, well."


def test_a_typed_um_is_a_filler_sound_and_a_typed_word_is_a_word():
    um = corrected(HEARD, [fix(HEARD.words[3], "Um,")]).transcript.words[3]
    thumb = corrected(HEARD, [fix(HEARD.words[2], "thumb")]).transcript.words[2]
    assert (um.kind, thumb.kind) == (WordKind.FILLER_SOUND, WordKind.WORD)


def test_a_confirmed_filler_is_certain():
    confirmed = corrected(HEARD, [of(Action.CONFIRM_FILLER, HEARD.words[2], "um")]).transcript
    assert confirmed.words[2] == replace(HEARD.words[2], probability=1.0)


def test_a_removed_filler_is_gone():
    removed = corrected(HEARD, [of(Action.REMOVE_FILLER, HEARD.words[2])]).transcript
    assert removed.words == (*HEARD.words[:2], *HEARD.words[3:])


def test_an_accepted_possible_filler_counts_where_it_was_heard_and_is_not_offered_again():
    accepted = corrected(HEARD, [of(Action.ACCEPT_POSSIBLE, POSSIBLE, "uh")]).transcript
    assert texts(accepted) == "I led um the uh project, like, well."
    assert accepted.words[4] == replace(POSSIBLE, probability=1.0)
    assert accepted.possible_fillers == ()


def test_a_refused_possible_filler_is_not_offered_again():
    refused = corrected(HEARD, [of(Action.REFUSE_POSSIBLE, POSSIBLE)]).transcript
    assert (refused.words, refused.possible_fillers) == (HEARD.words, ())


def test_a_filler_is_added_in_the_voice_before_a_word_that_no_word_covers():
    voiced = replace(HEARD, voice=(Span(0.5, 1.9), Span(2.1, 3.4)), possible_fillers=())
    room = find_room_for_filler(voiced, 4)  # the words leave 1.7 to 2.5 s free
    assert (room.start, room.end) == pytest.approx((2.1, 2.5))
    added = corrected(voiced, [Correction(Action.ADD_FILLER, room, None, "uh")]).transcript
    assert texts(added) == "I led um the uh project, like, well."
    assert added.words[4] == Word("uh", room.start, room.end, 1.0, WordKind.FILLER_SOUND)


@pytest.mark.parametrize(
    ("place", "start", "end"),
    [
        (0, 0.1, 0.5),  # before the voice begins: the end of the silence
        (1, 0.8, 0.8),  # between words that touch: their border
        (4, 2.1, 2.5),  # in a pause
        (7, 3.4, 3.4),  # after the last word, where the voice ends too
    ],
)
def test_there_is_a_moment_for_a_filler_at_every_place(place, start, end):
    room = find_room_for_filler(HEARD, place)
    assert (room.start, room.end) == pytest.approx((start, end))


def test_a_word_may_be_said_to_fill_or_to_mean_something_and_the_last_word_counts():
    like = HEARD.words[5]
    marked = corrected(HEARD, [of(Action.MARK_FILLER, like, like.text)])
    unmarked = corrected(HEARD, [of(Action.MARK_FILLER, like, like.text), of(Action.UNMARK_FILLER, like, like.text)])
    assert (marked.transcript.words[5].kind, marked.meant) == (WordKind.FILLER_WORD, frozenset())
    assert (unmarked.transcript.words[5].kind, unmarked.meant) == (WordKind.WORD, {like.span})


def test_a_word_fixed_later_is_judged_anew():
    like = HEARD.words[5]
    again = corrected(HEARD, [of(Action.UNMARK_FILLER, like, like.text), fix(like, "right,")])
    assert again.meant == frozenset()


UM, LED = HEARD.words[2], HEARD.words[1]


@pytest.mark.parametrize(
    ("correction", "reason"),
    [
        (replace(fix(LED, "bled"), span=Span(0.8, 1.2)), "does not stand at 0.8 s"),
        (replace(fix(LED, "bled"), before="fed"), "does not stand at 0.8 s"),
        (fix(LED, "led —"), "not a word that can be said"),
        (of(Action.REMOVE_FILLER, LED), "is a word, not a filler sound"),
        (of(Action.CONFIRM_FILLER, LED, "led"), "is a word, not a filler sound"),
        (of(Action.MARK_FILLER, UM, "um"), "is a filler sound already"),
        (of(Action.ACCEPT_POSSIBLE, UM, "um"), "does not stand at 1.1 s"),
        (Correction(Action.ADD_FILLER, Span(1.0, 1.2), None, "um"), "no room"),
        (Correction(Action.ADD_FILLER, Span(3.8, 4.0), None, "um"), "no room"),
        (Correction(Action.ADD_FILLER, Span(2.0, 2.2), None, "project"), "not a filler sound"),
        (Correction(Action.ADD_FILLER, Span(2.0, 2.2), None, None), "not a filler sound"),
    ],
)
def test_a_correction_that_fits_nothing_is_refused_in_a_sentence(correction, reason):
    with pytest.raises(CorrectionError, match=reason) as refused:
        corrected(HEARD, [correction])
    assert str(refused.value).endswith(".")


WORDS = st.sampled_from(["I", "led", "like,", "so", "25%", "well.", "un-", "you", "know"])
SOUNDS = st.sampled_from(["um", "uh", "Er,", "hmm"])
TYPED = st.lists(WORDS | SOUNDS, max_size=3).map(" ".join)


@st.composite
def transcripts(draw):
    """Words that may touch, overlap a little, or last no time, with voice and possible fillers anywhere."""
    words, at = [], draw(st.floats(0, 1))
    for text in draw(st.lists(WORDS | SOUNDS, max_size=8)):
        end = at + draw(st.sampled_from([0, 0.1, 0.35, 0.7]))
        kind = WordKind.FILLER_SOUND if is_filler_sound(text) else WordKind.WORD
        words.append(Word(text, at, end, 0.8, kind))
        at = max(at, end + draw(st.sampled_from([-0.05, 0, 0.2, 1.5])))
    duration = at + 2
    cuts = sorted(draw(st.lists(st.floats(0, duration), max_size=6)))
    starts = sorted(draw(st.lists(st.floats(0, duration - 0.2), max_size=2, unique=True)))
    possible = tuple(Word("um", start, start + 0.2, 0.3, WordKind.FILLER_SOUND) for start in starts)
    voice = tuple(Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False))
    return Transcript(tuple(words), possible, voice, duration, "en", "drawn", "none")


@st.composite
def histories(draw, size=6):
    """A transcript and corrections that fit it one after the other."""
    heard = draw(transcripts())
    state, made = corrected(heard), []
    for _ in range(draw(st.integers(0, size))):
        correction = draw(fitting(state.transcript))
        made.append(correction)
        state = corrected_once(state, correction)
    return heard, made, state


def fitting(transcript):
    """A correction that fits the transcript as it stands."""
    words, possible = transcript.words, transcript.possible_fillers
    rooms = [find_room_for_filler(transcript, place) for place in range(len(words) + 1)]
    free = [room for room in rooms if room.end <= transcript.duration]
    options = [
        st.tuples(st.sampled_from(free), SOUNDS).map(lambda it: Correction(Action.ADD_FILLER, it[0], None, it[1]))
    ]
    if words:
        runs = [words[first:after] for first in range(len(words)) for after in range(first + 1, len(words) + 1)]
        options.append(st.tuples(st.sampled_from(runs), TYPED).map(lambda it: _change(*it)))
    for word in words:
        if word.kind is WordKind.FILLER_SOUND:
            options += [st.just(of(Action.REMOVE_FILLER, word)), st.just(of(Action.CONFIRM_FILLER, word, word.text))]
        else:
            options += [st.just(of(Action.MARK_FILLER, word, word.text))]
            options += [st.just(of(Action.UNMARK_FILLER, word, word.text))]
    options += [st.just(of(Action.ACCEPT_POSSIBLE, word, word.text)) for word in possible]
    options += [st.just(of(Action.REFUSE_POSSIBLE, word)) for word in possible]
    return st.one_of(options)


def _change(run, typed):
    text = " ".join(word.text for word in run)
    return Correction(Action.CHANGE_WORD, Span(run[0].start, run[-1].end), text, typed)


@given(histories())
def test_the_order_of_times_the_voice_and_the_length_outlast_every_correction(history):
    heard, _, now = history
    starts = [word.start for word in now.transcript.words]
    assert starts == sorted(starts)
    assert all(0 <= word.start <= word.end <= heard.duration for word in now.transcript.words)
    changed = {"words": heard.words, "possible_fillers": heard.possible_fillers}
    assert replace(now.transcript, **changed) == heard


@given(histories())
def test_nothing_that_was_heard_is_lost_and_what_stands_now_is_in_the_pieces(history):
    heard, _, now = history
    assert heard_words(now.pieces) == heard.words
    assert words_now(now.pieces) == now.transcript.words
    assert all(piece.heard or piece.now for piece in now.pieces)


@given(histories(), st.data())
def test_a_filler_that_is_added_and_removed_leaves_no_trace(history, data):
    _, _, state = history
    room = find_room_for_filler(state.transcript, data.draw(st.integers(0, len(state.transcript.words))))
    added = corrected_once(state, Correction(Action.ADD_FILLER, room, None, "ummm"))
    assert len(added.transcript.words) == len(state.transcript.words) + 1
    assert corrected_once(added, Correction(Action.REMOVE_FILLER, room, "ummm", None)) == state


@given(histories(), st.data(), TYPED.filter(bool))
def test_a_word_that_is_fixed_and_fixed_back_has_its_old_text_and_time(history, data, typed):
    _, _, state = history
    words = state.transcript.words
    if not words:
        return
    assume(len({word.span for word in words}) == len(words))  # a correction names its word by when it was said
    word = data.draw(st.sampled_from(words))
    fixed = corrected_once(state, fix(word, typed))
    back = corrected_once(fixed, Correction(Action.CHANGE_WORD, word.span, " ".join(typed.split()), word.text))
    assert [(w.text, w.start, w.end) for w in back.transcript.words] == [(w.text, w.start, w.end) for w in words]


@given(histories())
def test_leaving_out_the_last_correction_is_what_stood_before_it(history):
    heard, made, now = history
    for length in range(len(made)):
        assert corrected_once(corrected(heard, made[:length]), made[length]) == corrected(heard, made[: length + 1])
    assert corrected(heard, made) == now


@pytest.mark.parametrize("action", [Action.CONFIRM_FILLER, Action.MARK_FILLER, Action.UNMARK_FILLER])
@given(heard=transcripts(), data=st.data())
def test_saying_the_same_of_a_word_twice_is_saying_it_once(action, heard, data):
    is_sound = action is Action.CONFIRM_FILLER
    words = [word for word in heard.words if (word.kind is WordKind.FILLER_SOUND) == is_sound]
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    said = of(action, word, word.text)
    assert corrected(heard, [said, said]) == corrected(heard, [said])


@given(st.lists(TYPED, min_size=2, max_size=2))
def test_corrections_of_different_words_may_be_made_in_any_order(typed):
    one, other = fix(HEARD.words[1], typed[0]), fix(HEARD.words[5], typed[1])
    assert corrected(HEARD, [one, other]) == corrected(HEARD, [other, one])


@given(st.text())
def test_whatever_is_typed_becomes_words_or_is_refused(typed):
    try:
        now = corrected(HEARD, [fix(HEARD.words[1], typed)]).transcript
    except CorrectionError:
        return
    assert all(any(sign.isalnum() for sign in word.text) for word in now.words)
    assert (*now.words[:1], *now.words[-5:]) == (*HEARD.words[:1], *HEARD.words[2:])


@given(histories(), st.data())
def test_the_room_for_a_filler_is_free_short_and_at_its_place(history, data):
    transcript = history[2].transcript
    place = data.draw(st.integers(0, len(transcript.words)))
    room = find_room_for_filler(transcript, place)
    assert room.duration <= USUAL_FILLER_SECONDS + 1e-9
    assert not any(room.overlap(word.span) for word in transcript.words)
    added = corrected_once(history[2], Correction(Action.ADD_FILLER, room, None, "ummm")).transcript.words
    where = [word.text for word in added].index("ummm")
    assert where <= place
    assert all(word.start == room.start for word in transcript.words[where:place])
