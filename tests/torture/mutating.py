"""Inputs that are nearly right: good ones with pieces cut out, doubled, swapped, replaced or cut off."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

MOST_EDITS = 6
LONGEST_PIECE = 200  # bytes or characters
ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1e308, float("nan"), float("inf"), 2**70, "", "\x00", "a" * 500, [], {}, [[]]),
    *("../../etc/passwd", "<script>alert(1)</script>", "{x.__class__}", "${HOME}", "0" * 32, "2026-02-30", "\ud800"),
)


def mutated_bytes(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Bytes near one of the seeds, or anything at all."""
    return st.one_of(_edited(seeds, st.binary(max_size=LONGEST_PIECE), b""), st.binary(max_size=LONGEST_PIECE))


def mutated_text(seeds: Sequence[str], pieces: Sequence[str]) -> st.SearchStrategy[str]:
    """Text near one of the seeds; `pieces` are what means something in its language."""
    piece = st.one_of(st.sampled_from(pieces), st.text(max_size=20))
    return st.one_of(_edited(seeds, piece, ""), st.lists(piece, max_size=30).map("".join))


@st.composite
def _edited(draw: st.DrawFn, seeds: Sequence[Any], pieces: st.SearchStrategy[Any], joint: Any) -> Any:
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, MOST_EDITS))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, LONGEST_PIECE)))
        edit = draw(st.sampled_from(("replace", "insert", "cut", "double", "end")))
        between = {
            "replace": lambda: draw(pieces),
            "insert": lambda: joint.join((draw(pieces), data[start:end])),  # noqa: B023 - used at once
            "cut": lambda: joint,
            "double": lambda: data[start:end] * 2,  # noqa: B023
            "end": lambda: joint,
        }[edit]()
        data = data[:start] + between + (joint if edit == "end" else data[end:])
    return data


@st.composite
def mutated_json(draw: st.DrawFn, seeds: Sequence[Any]) -> Any:
    """A value near one of the seeds: some of its inner values replaced, left out, added or doubled."""
    tree = copy.deepcopy(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, MOST_EDITS))):
        places = list(_places(tree))
        if not places:
            return draw(_odd())
        holder, key = draw(st.sampled_from(places))
        edit = draw(st.sampled_from(("odd", "leave out", "add", "swap")))
        if edit == "leave out":
            del holder[key]
        elif edit == "swap":
            other, place = draw(st.sampled_from(places))
            holder[key] = copy.deepcopy(other[place])
        elif edit == "add" and isinstance(holder, dict):
            holder[draw(st.text(max_size=8))] = draw(_odd())
        else:
            holder[key] = draw(_odd())
    return tree


def _odd() -> st.SearchStrategy[Any]:
    return st.sampled_from(ODD_VALUES).map(copy.deepcopy)  # each its own: later edits change it


def _places(tree: Any) -> list[tuple[Any, Any]]:
    keys = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    found = [(tree, key) for key in keys]
    return found + [place for key in keys for place in _places(tree[key])]
