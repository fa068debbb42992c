"""Corrections of a transcript: what each one does, what none may change, and how they are undone."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.corrections.corrected_transcript import apply_correction, apply_corrections
from analysis.corrections.correction import Correction, CorrectionAction
from analysis.corrections.edited_spans import list_current_words, list_heard_words
from analysis.corrections.typed_words import USUAL_FILLER_SECONDS, CorrectionError, find_room_for_filler
from speech.fillers.filled_pauses import is_filled_pause
from speech.segment import Segment
from speech.transcript import Transcript, Word, WordKind
from tests.support.answers import make_answer

Action = CorrectionAction
POSSIBLE = Word("uh", 1.72, 1.78, 0.3, WordKind.FILLED_PAUSE)
HEARD = replace(make_answer("I led {um} the (0.8) project, like, well."), possible_fillers=(POSSIBLE,))


def make_fix(word, typed):
    return Correction(Action.CHANGE_WORD, word.span, word.text, typed)


def make_correction(action, word, after=None):
    return Correction(action, word.span, word.text, after)


def list_texts(transcript):
    return " ".join(word.text for word in transcript.words)


def list_times(words):
    return [(round(word.start, 9), round(word.end, 9)) for word in words]


def test_changing_a_word_keeps_its_time_and_all_other_words():
    fixed = apply_corrections(HEARD, [make_fix(HEARD.words[1], "bled")]).transcript
    assert list_texts(fixed) == "I bled um the project, like, well."
    assert fixed.words[1] == Word("bled", 0.8, 1.1, 1.0)
    assert (*fixed.words[:1], *fixed.words[2:]) == (*HEARD.words[:1], *HEARD.words[2:])


def test_several_words_typed_for_one_divide_its_time_by_syllables():
    new = apply_corrections(HEARD, [make_fix(HEARD.words[1], "did  not deliver")]).transcript.words[1:4]
    assert [word.text for word in new] == ["did", "not", "deliver"]
    assert list_times(new) == [(0.8, 0.86), (0.86, 0.92), (0.92, 1.1)]  # 1, 1 and 3 of 5 syllables


def test_a_number_takes_time_for_the_syllables_it_is_said_with():
    one, other = apply_corrections(HEARD, [make_fix(HEARD.words[1], "25% more")]).transcript.words[1:3]
    assert list_times([one, other]) == [(0.8, 0.8 + 0.3 * 5 / 6), (0.8 + 0.3 * 5 / 6, 1.1)]  # twen-ty-five per-cent


def test_a_word_replaced_by_nothing_is_removed():
    fixed = apply_corrections(HEARD, [make_fix(HEARD.words[1], None)])
    assert list_texts(fixed.transcript) == "I um the project, like, well."
    assert fixed.spans[1].heard == HEARD.words[1:2]
    assert apply_corrections(HEARD, [make_fix(HEARD.words[1], " ")]) == fixed


def test_consecutive_words_can_be_replaced_by_one():
    run = Segment(HEARD.words[0].start, HEARD.words[1].end)
    fixed = apply_corrections(HEARD, [Correction(Action.CHANGE_WORD, run, "I led", "Ailed")]).transcript
    assert list_times(fixed.words[:1]) == [(0.5, 1.1)]
    assert list_texts(fixed) == "Ailed um the project, like, well."


def test_a_typed_um_is_a_filler_sound_and_any_other_typed_word_is_a_word():
    um = apply_corrections(HEARD, [make_fix(HEARD.words[3], "Um,")]).transcript.words[3]
    thumb = apply_corrections(HEARD, [make_fix(HEARD.words[2], "thumb")]).transcript.words[2]
    assert (um.kind, thumb.kind) == (WordKind.FILLED_PAUSE, WordKind.WORD)


def test_a_confirmed_filler_has_probability_one():
    confirmed = apply_corrections(HEARD, [make_correction(Action.CONFIRM_FILLER, HEARD.words[2], "um")]).transcript
    assert confirmed.words[2] == replace(HEARD.words[2], probability=1.0)


def test_a_removed_filler_is_no_longer_in_the_transcript():
    removed = apply_corrections(HEARD, [make_correction(Action.REMOVE_FILLER, HEARD.words[2])]).transcript
    assert removed.words == (*HEARD.words[:2], *HEARD.words[3:])


def test_an_accepted_possible_filler_counts_at_its_time_and_is_not_offered_again():
    accepted = apply_corrections(HEARD, [make_correction(Action.ACCEPT_POSSIBLE, POSSIBLE, "uh")]).transcript
    assert list_texts(accepted) == "I led um the uh project, like, well."
    assert accepted.words[4] == replace(POSSIBLE, probability=1.0)
    assert accepted.possible_fillers == ()


def test_a_refused_possible_filler_is_not_offered_again():
    refused = apply_corrections(HEARD, [make_correction(Action.REFUSE_POSSIBLE, POSSIBLE)]).transcript
    assert (refused.words, refused.possible_fillers) == (HEARD.words, ())


def test_an_added_filler_lies_in_voice_without_words_before_a_word():
    voiced = replace(HEARD, voice=(Segment(0.5, 1.9), Segment(2.1, 3.4)), possible_fillers=())
    room = find_room_for_filler(voiced, 4)  # the words leave 1.7 to 2.5 s free
    assert (room.start, room.end) == pytest.approx((2.1, 2.5))
    added = apply_corrections(voiced, [Correction(Action.ADD_FILLER, room, None, "uh")]).transcript
    assert list_texts(added) == "I led um the uh project, like, well."
    assert added.words[4] == Word("uh", room.start, room.end, 1.0, WordKind.FILLED_PAUSE)


@pytest.mark.parametrize(
    ("place", "start", "end"),
    [
        (0, 0.1, 0.5),  # before the voice begins: the end of the silence
        (1, 0.8, 0.8),  # between words that touch: their border
        (4, 2.1, 2.5),  # in a pause
        (7, 3.4, 3.4),  # after the last word, where the voice ends too
    ],
)
def test_a_filler_can_be_added_before_every_word_and_at_the_end(place, start, end):
    room = find_room_for_filler(HEARD, place)
    assert (room.start, room.end) == pytest.approx((start, end))


def test_of_marking_and_unmarking_a_word_as_a_filler_the_last_one_counts():
    like = HEARD.words[5]
    marked = apply_corrections(HEARD, [make_correction(Action.MARK_FILLER, like, like.text)])
    unmarked = apply_corrections(
        HEARD,
        [make_correction(Action.MARK_FILLER, like, like.text), make_correction(Action.UNMARK_FILLER, like, like.text)],
    )
    assert (marked.transcript.words[5].kind, marked.meant) == (WordKind.DISCOURSE_MARKER, frozenset())
    assert (unmarked.transcript.words[5].kind, unmarked.meant) == (WordKind.WORD, {like.span})


def test_a_word_changed_later_is_labelled_again():
    like = HEARD.words[5]
    again = apply_corrections(HEARD, [make_correction(Action.UNMARK_FILLER, like, like.text), make_fix(like, "right,")])
    assert again.meant == frozenset()


UM, LED = HEARD.words[2], HEARD.words[1]


@pytest.mark.parametrize(
    ("correction", "reason"),
    [
        (replace(make_fix(LED, "bled"), span=Segment(0.8, 1.2)), "is no longer at 0.8 s"),
        (replace(make_fix(LED, "bled"), before="fed"), "is no longer at 0.8 s"),
        (make_fix(LED, "led —"), "isn't something you can say"),
        (make_correction(Action.REMOVE_FILLER, LED), "is a word, not an um or uh"),
        (make_correction(Action.CONFIRM_FILLER, LED, "led"), "is a word, not an um or uh"),
        (make_correction(Action.MARK_FILLER, UM, "um"), "already counts as an um or uh"),
        (make_correction(Action.ACCEPT_POSSIBLE, UM, "um"), "is no longer at 1.1 s"),
        (Correction(Action.ADD_FILLER, Segment(1.0, 1.2), None, "um"), "no room"),
        (Correction(Action.ADD_FILLER, Segment(3.8, 4.0), None, "um"), "no room"),
        (Correction(Action.ADD_FILLER, Segment(2.0, 2.2), None, "project"), "isn't an um or uh"),
        (Correction(Action.ADD_FILLER, Segment(2.0, 2.2), None, None), "isn't an um or uh"),
    ],
)
def test_a_correction_that_matches_nothing_is_rejected_with_a_sentence(correction, reason):
    with pytest.raises(CorrectionError, match=reason) as refused:
        apply_corrections(HEARD, [correction])
    assert str(refused.value).endswith(".")


WORDS = st.sampled_from(["I", "led", "like,", "so", "25%", "well.", "un-", "you", "know"])
SOUNDS = st.sampled_from(["um", "uh", "Er,", "hmm"])
TYPED = st.lists(WORDS | SOUNDS, max_size=3).map(" ".join)


@st.composite
def transcripts(draw):
    """Draw words that may touch, overlap slightly or last no time, with voice and possible fillers anywhere."""
    words, at = [], draw(st.floats(0, 1))
    for text in draw(st.lists(WORDS | SOUNDS, max_size=8)):
        end = at + draw(st.sampled_from([0, 0.1, 0.35, 0.7]))
        kind = WordKind.FILLED_PAUSE if is_filled_pause(text) else WordKind.WORD
        words.append(Word(text, at, end, 0.8, kind))
        at = max(at, end + draw(st.sampled_from([-0.05, 0, 0.2, 1.5])))
    duration = at + 2
    cuts = sorted(draw(st.lists(st.floats(0, duration), max_size=6)))
    starts = sorted(draw(st.lists(st.floats(0, duration - 0.2), max_size=2, unique=True)))
    possible = tuple(Word("um", start, start + 0.2, 0.3, WordKind.FILLED_PAUSE) for start in starts)
    voice = tuple(Segment(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False))
    return Transcript(tuple(words), possible, voice, duration, "en", "drawn", "none")


@st.composite
def histories(draw, size=6):
    """Draw a transcript, corrections that fit it one after the other, and the result."""
    heard = draw(transcripts())
    state, made = apply_corrections(heard), []
    for _ in range(draw(st.integers(0, size))):
        correction = draw(fitting(state.transcript))
        made.append(correction)
        state = apply_correction(state, correction)
    return heard, made, state


def fitting(transcript):
    """Return a strategy for corrections that fit the current transcript."""
    words, possible = transcript.words, transcript.possible_fillers
    rooms = [find_room_for_filler(transcript, place) for place in range(len(words) + 1)]
    free = [room for room in rooms if room.end <= transcript.duration]
    options = [
        st.tuples(st.sampled_from(free), SOUNDS).map(lambda it: Correction(Action.ADD_FILLER, it[0], None, it[1]))
    ]
    if words:
        runs = [words[first:after] for first in range(len(words)) for after in range(first + 1, len(words) + 1)]
        options.append(st.tuples(st.sampled_from(runs), TYPED).map(lambda it: _make_change(*it)))
    for word in words:
        if word.kind is WordKind.FILLED_PAUSE:
            options += [
                st.just(make_correction(Action.REMOVE_FILLER, word)),
                st.just(make_correction(Action.CONFIRM_FILLER, word, word.text)),
            ]
        else:
            options += [st.just(make_correction(Action.MARK_FILLER, word, word.text))]
            options += [st.just(make_correction(Action.UNMARK_FILLER, word, word.text))]
    options += [st.just(make_correction(Action.ACCEPT_POSSIBLE, word, word.text)) for word in possible]
    options += [st.just(make_correction(Action.REFUSE_POSSIBLE, word)) for word in possible]
    return st.one_of(options)


def _make_change(run, typed):
    text = " ".join(word.text for word in run)
    return Correction(Action.CHANGE_WORD, Segment(run[0].start, run[-1].end), text, typed)


@given(histories())
def test_corrections_preserve_time_order_voice_and_duration(history):
    heard, _, now = history
    starts = [word.start for word in now.transcript.words]
    assert starts == sorted(starts)
    assert all(0 <= word.start <= word.end <= heard.duration for word in now.transcript.words)
    changed = {"words": heard.words, "possible_fillers": heard.possible_fillers}
    assert replace(now.transcript, **changed) == heard


@given(histories())
def test_edited_spans_hold_all_recognised_and_all_current_words(history):
    heard, _, now = history
    assert list_heard_words(now.spans) == heard.words
    assert list_current_words(now.spans) == now.transcript.words
    assert all(piece.heard or piece.now for piece in now.spans)


@given(histories(), st.data())
def test_adding_and_removing_a_filler_restores_the_transcript(history, data):
    _, _, state = history
    room = find_room_for_filler(state.transcript, data.draw(st.integers(0, len(state.transcript.words))))
    added = apply_correction(state, Correction(Action.ADD_FILLER, room, None, "ummm"))
    assert len(added.transcript.words) == len(state.transcript.words) + 1
    assert apply_correction(added, Correction(Action.REMOVE_FILLER, room, "ummm", None)) == state


@given(histories(), st.data(), TYPED.filter(bool))
def test_a_word_changed_and_changed_back_has_its_old_text_and_time(history, data, typed):
    _, _, state = history
    words = state.transcript.words
    if not words:
        return
    assume(len({word.span for word in words}) == len(words))  # a correction names its word by when it was said
    word = data.draw(st.sampled_from(words))
    fixed = apply_correction(state, make_fix(word, typed))
    back = apply_correction(fixed, Correction(Action.CHANGE_WORD, word.span, " ".join(typed.split()), word.text))
    assert [(w.text, w.start, w.end) for w in back.transcript.words] == [(w.text, w.start, w.end) for w in words]


@given(histories())
def test_leaving_out_the_last_correction_undoes_it(history):
    heard, made, now = history
    for length in range(len(made)):
        assert apply_correction(apply_corrections(heard, made[:length]), made[length]) == apply_corrections(
            heard, made[: length + 1]
        )
    assert apply_corrections(heard, made) == now


@pytest.mark.parametrize("action", [Action.CONFIRM_FILLER, Action.MARK_FILLER, Action.UNMARK_FILLER])
@given(heard=transcripts(), data=st.data())
def test_confirming_marking_and_unmarking_are_idempotent(action, heard, data):
    is_sound = action is Action.CONFIRM_FILLER
    words = [word for word in heard.words if (word.kind is WordKind.FILLED_PAUSE) == is_sound]
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    said = make_correction(action, word, word.text)
    assert apply_corrections(heard, [said, said]) == apply_corrections(heard, [said])


@given(st.lists(TYPED, min_size=2, max_size=2))
def test_corrections_of_different_words_commute(typed):
    one, other = make_fix(HEARD.words[1], typed[0]), make_fix(HEARD.words[5], typed[1])
    assert apply_corrections(HEARD, [one, other]) == apply_corrections(HEARD, [other, one])


@given(st.text())
def test_any_typed_text_becomes_words_or_is_rejected(typed):
    try:
        now = apply_corrections(HEARD, [make_fix(HEARD.words[1], typed)]).transcript
    except CorrectionError:
        return
    assert all(any(sign.isalnum() for sign in word.text) for word in now.words)
    assert (*now.words[:1], *now.words[-5:]) == (*HEARD.words[:1], *HEARD.words[2:])


@given(histories(), st.data())
def test_the_room_for_a_filler_is_short_overlaps_no_word_and_lies_at_its_place(history, data):
    transcript = history[2].transcript
    place = data.draw(st.integers(0, len(transcript.words)))
    room = find_room_for_filler(transcript, place)
    assert room.duration <= USUAL_FILLER_SECONDS + 1e-9
    assert not any(room.overlap(word.span) for word in transcript.words)
    added = apply_correction(history[2], Correction(Action.ADD_FILLER, room, None, "ummm")).transcript.words
    where = [word.text for word in added].index("ummm")
    assert where <= place
    assert all(word.start == room.start for word in transcript.words[where:place])
