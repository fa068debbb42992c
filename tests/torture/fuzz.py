"""Readers of files and texts under hypothesis: each input is read or refused in a sentence, in time."""

from __future__ import annotations

import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.torture.fuzz_targets import Target, targets

SLOWEST = 10.0  # s for one input
MOST_TOLD = 600  # characters of a fault


@dataclass
class Fuzzed:
    """What came of the inputs of one target."""

    name: str
    outcomes: Counter[str] = field(default_factory=Counter)  # "read", or the name of the refusal
    slowest: float = 0.0  # s
    fault: str | None = None


def fuzz(target: Target, inputs: int, chance: int) -> Fuzzed:
    """Feed a reader; ends at the first fault, made as small as possible."""
    found = Fuzzed(target.name)
    run = settings(
        max_examples=inputs,
        database=None,
        deadline=None,
        print_blob=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    try:
        seed(chance)(run(given(target.inputs)(lambda data: _one(target, data, found))))()
    except Exception as error:
        found.fault = "; ".join(f"{target.name}: {_told(each)}" for each in _single(error))
    return found


def _single(error: Exception) -> list[Exception]:
    """The failures, where hypothesis found more than one."""
    if not isinstance(error, ExceptionGroup):
        return [error]
    return [single for each in error.exceptions for single in _single(each)]


def _told(error: Exception) -> str:
    """The error, where it came from, and the beginning of what led to it."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    notes = " ".join("; ".join(getattr(error, "__notes__", ())).split())
    return f"{type(error).__name__}: {error} ({Path(place.filename).name}, line {place.lineno}) {notes}"[:MOST_TOLD]


def torture(times: int, chance: int, only: str = "") -> list[str]:
    """Feed all readers, or those whose name holds `only`, with so many inputs altogether; returns the faults."""
    chosen = [target for target in targets() if only in target.name]
    shares = sum(target.share for target in chosen)
    faults = []
    for target in chosen:
        found = fuzz(target, max(1, times * target.share // shares), chance)
        outcomes = ", ".join(f"{name} {count}" for name, count in found.outcomes.most_common())
        print(
            f"{target.name:28} {found.outcomes.total():6} inputs: {outcomes}; slowest {found.slowest:.2f} s", flush=True
        )
        faults += [found.fault] if found.fault else []
    return faults


def _one(target: Target, data: Any, found: Fuzzed) -> None:
    begun, said = time.perf_counter(), "read"
    try:
        target.feed(data)
        found.outcomes["read"] += 1
    except target.refusals as refusal:
        found.outcomes[type(refusal).__name__] += 1
        said = str(refusal)
    assert said.strip(), "a refusal that says nothing"
    assert "Traceback" not in said
    found.slowest = max(found.slowest, time.perf_counter() - begun)
    assert found.slowest < SLOWEST, "it took too long"
