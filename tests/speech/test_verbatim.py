"""How recognised words become a transcript, with a scripted recogniser or the real one."""

from itertools import pairwise

import pytest

import samples
from speech import verbatim
from speech.asr.hypotheses import has_repetition_loop
from speech.asr.whisper_model import AlignedWord, EncodedChunk, Hypothesis
from speech.audio.recording import from_file, from_samples
from speech.errors import LanguageError
from speech.segment import Segment
from speech.transcript import Word, WordKind
from speech.verbatim import Options, VerbatimTranscriber, drop_unspoken, merge_doubled_fillers
from tests.support.models import load_default_model, transcribe_sample
from tests.support.sounds import make_noise, make_silence, make_tone

UM = 1  # the scripted recogniser's token for a filler sound
OTHER = 2
TAKEN = ("calm_and_concise", "many_um_her", "numbers", "slow_and_flat")  # the samples that the real model hears here
LONG_SILENCE = 0.5  # s


class Script:
    """A recogniser that hears "one two um three" in every chunk, half a second each."""

    name = "scripted"
    parallel = 1
    filler_tokens = frozenset({UM})
    filler_token = UM

    def __init__(self, belief=0.9, languages=None, multilingual=True):
        self.belief = belief
        self.heard = languages or {"en": 1.0}
        self.is_multilingual = multilingual
        self.windows = 0

    def encode(self, sound):
        self.windows += 1
        return EncodedChunk(None, len(sound) // 160)

    def decode(self, window, prompt=None):
        return Hypothesis((OTHER, OTHER, UM, OTHER), (0.0, 0.0, self.belief, 0.0), -0.1)

    def search(self, window, prompt, beam):
        return Hypothesis((OTHER, OTHER, UM, OTHER), (), -0.1)

    def align(self, window, tokens):
        texts = [" um" if token == UM else f" word{at}" for at, token in enumerate(tokens)]
        step = window.frames / 100 / len(texts)
        return tuple(
            AlignedWord(text, at * step, (at + 1) * step, 0.9, at, (tokens[at],)) for at, text in enumerate(texts)
        )

    def detect_languages(self, window):
        return self.heard


class Looping(Script):
    """A recogniser whose beam search repeats six words and whose greedy decoding repeats them `times` times."""

    def __init__(self, times):
        super().__init__()
        self.times = times

    def decode(self, window, prompt=None):
        tokens = tuple(range(2, 8)) * self.times
        return Hypothesis(tokens, (0.0,) * len(tokens), -0.1)

    def search(self, window, prompt, beam):
        return Hypothesis(tuple(range(2, 8)) * 2, (), -0.1)


class Deaf(Script):
    """A recogniser that must not be used."""

    def encode(self, sound):
        pytest.fail("a recording without voice was decoded")


@pytest.fixture(scope="module")
def speech():
    sample = next(sample for sample in samples.load() if sample.name == "calm_and_concise")
    return from_samples(from_file(sample.path).cut(Segment(0, 30)), "speech")


def make_aligned_word(text, start, end):
    return AlignedWord(text, start, end, 0.9, 0, (OTHER,))


def make_word(text, start, end, kind=WordKind.FILLED_PAUSE):
    return Word(text, start, end, 0.9, kind)


def list_texts(words):
    return [one.text.strip() for one in words]


@pytest.mark.parametrize("sound", [make_silence(5), make_noise(5, -20), make_tone(5)], ids=["silence", "noise", "tone"])
def test_without_speech_nothing_is_decoded_and_the_language_is_unknown(sound):
    transcript = VerbatimTranscriber(Deaf())(from_samples(sound, "quiet"))
    assert (transcript.words, transcript.possible_fillers, transcript.voice) == ((), (), ())
    assert transcript.language is None
    assert transcript.duration == 5


def test_a_likely_filled_pause_is_counted(speech):
    transcript = VerbatimTranscriber(Script(belief=0.9))(speech)
    assert "um" in list_texts(word for word in transcript.words if word.kind is WordKind.FILLED_PAUSE)
    assert transcript.possible_fillers == ()


def test_an_uncertain_filled_pause_is_only_a_possible_filler(speech):
    transcript = VerbatimTranscriber(Script(belief=0.2))(speech)
    assert all(word.kind is WordKind.WORD for word in transcript.words)
    assert "um" in list_texts(transcript.possible_fillers)


class Counting(Script):
    """A recogniser that counts its searches, and writes with one mean log probability."""

    def __init__(self, log_probability):
        super().__init__()
        self.log_probability = log_probability
        self.searches = 0

    def decode(self, window, prompt=None):
        return Hypothesis(tuple(range(100, 300)), (0.0,) * 200, self.log_probability)

    def search(self, window, prompt, beam):
        self.searches += 1
        return Hypothesis(tuple(range(100, 300)), (), self.log_probability)


@pytest.mark.parametrize(("log_probability", "in_doubt"), [(-0.5, False), (-0.7, True)])
def test_words_are_searched_for_only_where_the_greedy_decoding_leaves_a_doubt(speech, log_probability, in_doubt):
    recogniser = Counting(log_probability)
    VerbatimTranscriber(recogniser)(speech)
    assert (recogniser.searches > 0) is in_doubt
    everywhere = Counting(log_probability)
    VerbatimTranscriber(everywhere, Options(search_in_doubt=False))(speech)
    assert everywhere.searches > 0


def test_only_counted_filled_pauses_are_added_to_the_speech_segments(monkeypatch):
    detected = (Segment(1, 2), Segment(6, 7))
    monkeypatch.setattr(verbatim, "place_voice", lambda recording, *steps: detected if recording.duration > 7 else ())
    sound = from_samples(make_silence(8), "hum")

    def voice(belief):
        return VerbatimTranscriber(Script(belief), Options(recover_uncovered=False))(sound).voice

    first, hum, last = voice(belief=0.9)
    assert (first, last) == detected
    assert 2 < hum.start < hum.end < 6
    assert voice(belief=0.2) == detected


def test_a_transcript_states_its_model_and_settings(speech):
    transcript = VerbatimTranscriber(Script())(speech)
    assert transcript.model == "scripted"
    assert transcript.language == "en"
    assert transcript.settings


def test_another_language_is_refused(speech):
    with pytest.raises(LanguageError, match="This sounds like Spanish"):
        VerbatimTranscriber(Script(languages={"es": 0.95, "en": 0.05}))(speech)


def test_known_english_is_transcribed_whatever_it_sounds_like(speech):
    script = Script(languages={"es": 0.95, "en": 0.05})
    transcript = VerbatimTranscriber(script, language="en")(speech)
    assert "um" in list_texts(transcript.words)
    assert transcript.settings == str(VerbatimTranscriber(script).options)


def test_the_listener_detects_the_language_for_an_english_only_model(speech):
    english_only = Script(languages={"xx": 1.0}, multilingual=False)
    VerbatimTranscriber(english_only)(speech)
    with pytest.raises(LanguageError, match="This sounds like German"):
        VerbatimTranscriber(english_only, listener=Script(languages={"de": 0.95, "en": 0.05}))(speech)


def test_a_filled_pause_written_twice_without_a_pause_is_merged():
    merged = merge_doubled_fillers(
        [make_word("um,", 1.0, 1.3), make_word("um", 1.3, 1.7), make_word("so", 1.7, 2.0, WordKind.WORD)]
    )
    assert [(one.text, one.start, one.end) for one in merged] == [("um,", 1.0, 1.7), ("so", 1.7, 2.0)]


def test_filled_pauses_with_a_pause_or_word_between_them_stay_two():
    apart = [make_word("um", 1.0, 1.3), make_word("uh", 1.8, 2.0)]
    assert merge_doubled_fillers(apart) == apart
    divided = [make_word("um", 1.0, 1.3), make_word("the", 1.3, 1.4, WordKind.WORD), make_word("um", 1.4, 1.7)]
    assert merge_doubled_fillers(divided) == divided


def test_words_said_twice_stay_two():
    twice = [make_word("the", 1.0, 1.2, WordKind.WORD), make_word("the", 1.2, 1.4, WordKind.WORD)]
    assert merge_doubled_fillers(twice) == twice


def test_a_loop_whose_words_share_one_moment_is_dropped():
    loop = [make_aligned_word(" thank", 3.0, 3.0)] * 6
    assert list_texts(drop_unspoken((make_aligned_word(" yes", 2.0, 2.5), *loop))) == ["yes"]


def test_a_single_word_without_duration_stays_but_a_filled_pause_does_not():
    def between(text):
        return drop_unspoken(
            (
                make_aligned_word(" in", 1.0, 1.2),
                make_aligned_word(text, 1.2, 1.2),
                make_aligned_word(" plan", 1.2, 1.6),
            )
        )

    assert list_texts(between(" a")) == ["in", "a", "plan"]
    assert list_texts(between(" uh")) == ["in", "plan"]


@pytest.mark.model
@pytest.mark.parametrize("name", TAKEN)
def test_words_are_in_order_inside_the_recording(name):
    transcript = transcribe_sample(name).transcript
    assert all(left.start <= right.start for left, right in pairwise(transcript.words))
    assert all(word.end <= transcript.duration for word in (*transcript.words, *transcript.possible_fillers))


@pytest.mark.model
@pytest.mark.parametrize("name", TAKEN)
def test_no_word_lies_over_a_silence_of_half_a_second(name):
    heard = transcribe_sample(name)
    for silent in (pause for pause in heard.sample.truth.pauses if pause.duration >= LONG_SILENCE):
        over = [word.text for word in heard.transcript.words if word.span.overlap(silent) > 0.1]
        assert over == [], silent


@pytest.mark.model
@pytest.mark.parametrize("name", TAKEN)
def test_progress_goes_up_to_1(name):
    progress = transcribe_sample(name).progress
    assert list(progress) == sorted(progress)
    assert progress[0] > 0
    assert progress[-1] == pytest.approx(1)


@pytest.mark.model
@pytest.mark.parametrize(
    "sound", [make_silence(12), make_noise(12, -60), make_noise(12, -20)], ids=["silence", "hiss", "noise"]
)
def test_the_real_model_writes_nothing_where_nobody_speaks(sound):
    transcript = load_default_model()(from_samples(sound, "quiet"))
    assert transcript.words == ()
    assert transcript.possible_fillers == ()


@pytest.mark.model
def test_three_seconds_of_speech_are_transcribed():
    sound = transcribe_sample("calm_and_concise").recording
    (first, *_) = (pause for pause in transcribe_sample("calm_and_concise").sample.truth.pauses if pause.start > 2)
    transcript = load_default_model()(from_samples(sound.cut(Segment(0, first.middle)), "short"))
    assert len(transcript.words) >= 3


@pytest.mark.parametrize(("times", "count"), [(1, 6), (2, 12)])
def test_a_looping_beam_search_is_used_if_the_greedy_decoding_loops_too(speech, times, count):
    heard = VerbatimTranscriber(Looping(times), Options(recover_uncovered=False))(speech).words
    pieces = len(VerbatimTranscriber(Script(), Options(recover_uncovered=False))(speech).words) // 4
    assert len(heard) == count * pieces


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ((1, 2, 3, 4, 5, 1, 2, 3, 4, 5), True),
        ((9, 8, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 7), True),
        ((1, 2, 3, 4, 1, 2, 3, 4), False),  # "I went to the, I went to the"
        ((1, 2, 3, 4, 5, 9, 1, 2, 3, 4, 5), False),
        ((), False),
    ],
)
def test_a_loop_is_five_tokens_or_more_twice_in_a_row(tokens, expected):
    assert has_repetition_loop(tokens) is expected
