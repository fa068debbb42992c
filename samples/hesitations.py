"""Make speech full of hesitations, to train the filler scorer: `python -m samples.hesitations FOLDER`.

Many voices say the same few texts in turn. Each text has fillers between silences, fillers right
beside a word, and single drawn-out words that sound like fillers but are none ("the", "a", "and").
Times are exact. These recordings are not among the samples: they are made when weights are fitted,
in a folder outside the project.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from samples import voices
from samples.assemble import assemble
from samples.marks import FillerSound, MarkedText, SaidWord, ScriptPiece, Silence, Speech
from samples.script import Script
from samples.utterance import Utterance
from samples.voices import Kokoro, Voice
from speech.audio.recording import SAMPLE_RATE

# English voices first, then those of other languages, who speak English with an accent.
VOICES = (
    "am_adam",
    "bf_lily",
    "af_jessica",
    "am_onyx",
    "em_alex",
    "bm_lewis",
    "af_river",
    "zf_xiaoni",
    "am_liam",
    "bf_alice",
    "af_kore",
    "if_sara",
    "bm_fable",
    "af_sky",
    "am_echo",
    "hm_omega",
    "bf_isabella",
    "af_nova",
    "ff_siwis",
    "af_alloy",
    "zm_yunxi",
    "af_aoede",
    "em_santa",
    "hf_alpha",
)

# Hesitations differ more between people than any spelling tells.
PHONEMES = {
    "um": ("ˈʌm", "ˈəm", "ˈɜːm", "ˈæm", "ˈʌːm"),
    "uh": ("ˈʌ", "ˈəː", "ˈʌː", "ˈɐ"),
    "er": ("ˈɜː", "ˈɛː", "ˈeə"),
    "hmm": ("hˈm", "mˈː", "hˈəm"),
}
FILLER_SEQUENCE = ("um", "uh", "um", "uh", "um", "uh", "er", "hmm")

PHRASES = (
    "and so I asked both of them to come",
    "we were of the opinion that it was a matter of trust",
    "the first thing that I did was call a colleague",
    "but then another month went by without an answer",
    "I am used to working under some pressure",
    "because the number of errors had become a problem",
    "for the last summer I was among other things a tutor",
    "what I learned from her was to hum along and wait",
    "there was some money left in the budget of the company",
    "our customers wanted a much earlier date",
    "I come from a small firm that her mother had begun",
    "the other plan was simply a bit too much",
)
FILLER_LIKE_WORDS = ("the", "a", "so", "and", "I", "of", "but", "them", "come", "some", "are", "or", "her", "oh", "hum")
SLOW_SPEED_FACTOR = 0.6  # of a voice's speed; drawn out like a hesitation
FILLER_SECONDS_RANGE = (0.18, 0.7)
FILLER_MELODY_RANGE = (0.1, 0.7)


@dataclass
class HesitantSpeaker:
    """A voice that draws out single words and never says a filler the same way twice."""

    voice: Voice
    slow: Voice
    random: np.random.Generator

    def say_words(self, piece: Speech) -> Utterance:
        """Say words in one breath; a single word is drawn out."""
        return (self.slow if len(piece.words) == 1 else self.voice).say_words(piece)

    def say_filler(self, piece: FillerSound) -> Utterance:
        """Say a filler with a random pronunciation and a random melody."""
        voices.FILLER_PHONEMES[piece.text] = str(self.random.choice(PHONEMES[piece.text]))
        voices.FILLER_MELODY = float(self.random.uniform(*FILLER_MELODY_RANGE))
        return self.voice.say_filler(piece)


def make_pieces(random: np.random.Generator) -> tuple[ScriptPiece, ...]:
    """Choose one voice's text: three phrases, each broken by fillers, with drawn-out words between them."""
    said: list[ScriptPiece] = []
    sounds = [str(sound) for sound in random.permutation(FILLER_SEQUENCE)]
    words = [str(word) for word in random.permutation(FILLER_LIKE_WORDS)[:6]]
    for phrase in random.permutation(PHRASES)[:3]:
        before, after = _break_phrase(str(phrase), random)
        said += [
            _make_filler(sounds.pop(), random),
            _make_silence(random),
            before,
            _make_filler(sounds.pop(), random),
            after,
        ]
        said += [
            _make_silence(random),
            _make_speech(words.pop()),
            _make_silence(random),
            _make_speech(words.pop()),
            _make_silence(random),
        ]
    return (*said, _make_filler(sounds.pop(), random), _make_silence(random), _make_filler(sounds.pop(), random))


def _break_phrase(phrase: str, random: np.random.Generator) -> tuple[Speech, Speech]:
    words = phrase.split()
    at = int(random.integers(2, len(words) - 1))
    return _make_speech(*words[:at]), _make_speech(*words[at:])


def _make_speech(*words: str) -> Speech:
    return Speech(tuple(SaidWord(word) for word in words))


def _make_filler(sound: str, random: np.random.Generator) -> FillerSound:
    return FillerSound(sound, round(float(random.uniform(*FILLER_SECONDS_RANGE)), 2))


def _make_silence(random: np.random.Generator) -> Silence:
    return Silence(round(float(random.uniform(0.3, 0.8)), 2))


def make_voice_files(folder: Path, engine: Kokoro, number: int) -> None:
    """Write one voice's recording and ground truth.

    Args:
        folder: Where both files go.
        engine: The speech synthesiser.
        number: Index into VOICES, and the random seed.
    """
    name = VOICES[number]
    random = np.random.default_rng(number)
    speed = float(random.uniform(0.85, 1.2))
    speaker = HesitantSpeaker(
        engine.make_voice(name, speed, 1.0), engine.make_voice(name, speed * SLOW_SPEED_FACTOR, 0.5), random
    )
    text = MarkedText(make_pieces(random), filler_phrases=0, repetitions=0)
    samples, truth = assemble(Script(name, "Hesitations", "", name, round(speed, 2), text), speaker)
    soundfile.write(folder / f"{name}.flac", samples, SAMPLE_RATE, "PCM_16")
    (folder / f"{name}.json").write_text(json.dumps(truth.to_dict(), ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{name}: {truth.duration:.1f} s, {truth.counts.filler_sounds} filler sounds", flush=True)


def main() -> None:
    """Make the recordings that the folder does not hold yet."""
    parser = argparse.ArgumentParser(prog="python -m samples.hesitations", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    engine = Kokoro()
    for number, name in enumerate(VOICES):
        if not (folder / f"{name}.json").exists():
            make_voice_files(folder, engine, number)


if __name__ == "__main__":
    main()
