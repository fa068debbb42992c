"""What this machine recognises with: a CUDA device where CTranslate2 finds one, else the cores of the processor."""

from __future__ import annotations

import os
from dataclasses import dataclass

import ctranslate2

GPU_COMPUTE_TYPES = ("int8_float16", "float16", "int8_float32", "float32")  # the first that the device supports
MAX_THREADS = 4  # of one call; CTranslate2 gains little from more with models of this size


@dataclass(frozen=True)
class ComputeDevice:
    """Where a model runs."""

    name: str  # "cpu" or "cuda"
    compute_type: str
    workers: int  # calls that run at once
    threads: int  # of each


def list_devices() -> tuple[ComputeDevice, ...]:
    """Return the devices to be tried, the best first; the last is the processor, which always works."""
    cpu = choose_cpu(count_cores())
    return (*_list_gpus(cpu.workers), cpu)


def choose_cpu(cores: int) -> ComputeDevice:
    """Return how a processor with so many cores is used.

    Two chunks are heard side by side where there are two cores; further cores make each of them faster, and from the
    ninth on more chunks are heard at once. Two workers of one thread were measured
    against one of two on two cores (docs/accuracy.md); for more cores this is a rule, not a measurement.
    """
    workers = max(min(2, cores), cores // MAX_THREADS)
    return ComputeDevice("cpu", "int8", workers, min(max(cores // workers, 1), MAX_THREADS))


def count_cores() -> int:
    """Return how many cores this process may use, which may be less than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _list_gpus(workers: int) -> tuple[ComputeDevice, ...]:
    if ctranslate2.get_cuda_device_count() == 0:
        return ()
    supported = ctranslate2.get_supported_compute_types("cuda")
    return tuple(ComputeDevice("cuda", name, workers, 1) for name in GPU_COMPUTE_TYPES if name in supported)[:1]
