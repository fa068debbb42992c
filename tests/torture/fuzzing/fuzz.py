"""Fuzzing of all readers: each input is read or refused in a sentence, in time."""

from __future__ import annotations

import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.torture.fuzzing.targets import Target, targets

MAX_SECONDS_PER_INPUT = 10.0  # s of work for one input: what else the machine does is not in it
MAX_FAULT_CHARACTERS = 600  # characters of a fault


@dataclass
class FuzzResult:
    """Results of fuzzing one target."""

    name: str
    outcomes: Counter[str] = field(default_factory=Counter)  # "read", or the name of the refusal
    slowest: float = 0.0  # s
    fault: str | None = None


def fuzz(target: Target, inputs: int, chance: int) -> FuzzResult:
    """Fuzz one reader until its first fault, which is minimised.

    Args:
        target: The reader.
        inputs: How many inputs to try.
        chance: Seed of the random inputs.
    """
    found = FuzzResult(target.name)
    run = settings(
        max_examples=inputs,
        database=None,
        deadline=None,
        print_blob=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    try:
        seed(chance)(run(given(target.inputs)(lambda data: _feed_one(target, data, found))))()
    except Exception as error:
        found.fault = "; ".join(f"{target.name}: {_describe_error(each)}" for each in _flatten(error))
    return found


def _flatten(error: Exception) -> list[Exception]:
    """Return the single errors in a group of errors."""
    if not isinstance(error, ExceptionGroup):
        return [error]
    return [single for each in error.exceptions for single in _flatten(each)]


def _describe_error(error: Exception) -> str:
    """Describe an error, where it was raised, and the start of its input."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    notes = " ".join("; ".join(getattr(error, "__notes__", ())).split())
    return f"{type(error).__name__}: {error} ({Path(place.filename).name}, line {place.lineno}) {notes}"[
        :MAX_FAULT_CHARACTERS
    ]


def torture(times: int, chance: int, only: str = "") -> list[str]:
    """Fuzz all readers and print the results.

    Args:
        times: Inputs for all readers together.
        chance: Seed of the random inputs.
        only: Fuzz only readers whose name contains this; empty: all.

    Returns:
        Faults, one line each.
    """
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


def _feed_one(target: Target, data: Any, found: FuzzResult) -> None:
    begun, said = time.process_time(), "read"
    try:
        target.feed(data)
        found.outcomes["read"] += 1
    except target.refusals as refusal:
        found.outcomes[type(refusal).__name__] += 1
        said = str(refusal)
    assert said.strip(), "a refusal that says nothing"
    assert "Traceback" not in said
    found.slowest = max(found.slowest, time.process_time() - begun)
    assert found.slowest < MAX_SECONDS_PER_INPUT, "it took too long"
