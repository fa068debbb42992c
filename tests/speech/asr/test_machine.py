"""Which device is tried first, how the cores are shared out, and that the processor does what a GPU cannot."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from speech.asr import machine, models, whisper_model
from speech.asr.machine import ComputeDevice, choose_cpu, list_devices
from speech.asr.whisper_model import WhisperRecogniser
from speech.errors import WeightsError

GPU = ComputeDevice("cuda", "float16", 2, 1)
CPU = choose_cpu(2)


def give_gpus(monkeypatch: pytest.MonkeyPatch, count: int, *compute_types: str) -> None:
    """Let CTranslate2 tell of so many devices; there is none on the machines that run this."""
    told = SimpleNamespace(
        get_cuda_device_count=lambda: count, get_supported_compute_types=lambda device: set(compute_types)
    )
    monkeypatch.setattr(machine, "ctranslate2", told)


@pytest.mark.parametrize(
    ("cores", "workers", "threads"), [(1, 1, 1), (2, 2, 1), (4, 2, 2), (8, 2, 4), (12, 3, 4), (16, 4, 4)]
)
def test_two_calls_run_at_once_and_further_cores_make_each_faster(cores: int, workers: int, threads: int) -> None:
    assert choose_cpu(cores) == ComputeDevice("cpu", "int8", workers, threads)


def test_without_a_gpu_only_the_processor_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    give_gpus(monkeypatch, 0)
    assert [device.name for device in list_devices()] == ["cpu"]


def test_a_gpu_is_tried_first_with_the_smallest_numbers_it_can_count_with(monkeypatch: pytest.MonkeyPatch) -> None:
    give_gpus(monkeypatch, 1, "float32", "float16", "int8_float32")
    assert [(device.name, device.compute_type) for device in list_devices()] == [("cuda", "float16"), ("cpu", "int8")]


@pytest.mark.parametrize("broken", ["where it is loaded", "where it is used"])
def test_a_gpu_that_does_not_work_is_passed_over_quietly(monkeypatch, caplog, broken) -> None:
    used: list[str] = []

    class Model:
        def __init__(self, *, device: str) -> None:
            used.append(device)
            if device == "cuda" and broken == "where it is loaded":
                raise RuntimeError("CUDA driver version is insufficient")

    def encode(_whisper: object, padded: np.ndarray) -> tuple[object, int]:
        raise RuntimeError("Library libcublas.so.12 is not found or cannot be loaded")

    monkeypatch.setattr(whisper_model, "WhisperModel", lambda _folder, *, device, **_how: Model(device=device))
    monkeypatch.setattr(whisper_model, "_encode", encode)
    _, device = whisper_model._load(models.find_weights("tiny.en"), [GPU, CPU])
    assert device is CPU
    assert used == ["cuda", "cpu"]
    assert [record.levelname for record in caplog.records if record.levelname != "INFO"] == []


@pytest.mark.model
def test_a_machine_that_promises_a_gpu_it_has_not_recognises_on_the_processor() -> None:
    recogniser = WhisperRecogniser(models.find_weights("tiny.en"), "tiny.en", [GPU, CPU])
    assert recogniser.device is CPU
    assert recogniser.encode(np.zeros(16_000, np.float32)).frames == 100


def test_weights_that_work_nowhere_are_told_of(tmp_path) -> None:
    with pytest.raises(WeightsError, match="can't load the model"):
        WhisperRecogniser(tmp_path, "empty", [GPU, CPU])
