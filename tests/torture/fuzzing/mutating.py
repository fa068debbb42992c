"""Nearly valid inputs: valid ones with parts cut, doubled, swapped, replaced or truncated."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

MAX_EDITS = 6
MAX_PIECE_LENGTH = 200  # bytes or characters
ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1e308, float("nan"), float("inf"), 2**70, "", "\x00", "a" * 500, [], {}, [[]]),
    *("../../etc/passwd", "<script>alert(1)</script>", "{x.__class__}", "${HOME}", "0" * 32, "2026-02-30", "\ud800"),
)


def mutate_bytes(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Generate bytes close to one of the seeds, or random bytes."""
    return st.one_of(_edit(seeds, st.binary(max_size=MAX_PIECE_LENGTH), b""), st.binary(max_size=MAX_PIECE_LENGTH))


def mutate_text(seeds: Sequence[str], pieces: Sequence[str]) -> st.SearchStrategy[str]:
    """Generate text close to one of the seeds, or made of random pieces.

    Args:
        seeds: Valid texts.
        pieces: Tokens of the text's language.
    """
    piece = st.one_of(st.sampled_from(pieces), st.text(max_size=20))
    return st.one_of(_edit(seeds, piece, ""), st.lists(piece, max_size=30).map("".join))


@st.composite
def _edit(draw: st.DrawFn, seeds: Sequence[Any], pieces: st.SearchStrategy[Any], joint: Any) -> Any:
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, MAX_EDITS))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, MAX_PIECE_LENGTH)))
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
def mutate_json(draw: st.DrawFn, seeds: Sequence[Any]) -> Any:
    """Draw a value close to one of the seeds: some inner values replaced, removed, added or swapped."""
    tree = copy.deepcopy(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, MAX_EDITS))):
        places = list(_list_places(tree))
        if not places:
            return draw(_draw_odd_value())
        holder, key = draw(st.sampled_from(places))
        edit = draw(st.sampled_from(("odd", "leave out", "add", "swap")))
        if edit == "leave out":
            del holder[key]
        elif edit == "swap":
            other, place = draw(st.sampled_from(places))
            holder[key] = copy.deepcopy(other[place])
        elif edit == "add" and isinstance(holder, dict):
            holder[draw(st.text(max_size=8))] = draw(_draw_odd_value())
        else:
            holder[key] = draw(_draw_odd_value())
    return tree


def _draw_odd_value() -> st.SearchStrategy[Any]:
    return st.sampled_from(ODD_VALUES).map(copy.deepcopy)  # each its own: later edits change it


def _list_places(tree: Any) -> list[tuple[Any, Any]]:
    keys = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    found = [(tree, key) for key in keys]
    return found + [place for key in keys for place in _list_places(tree[key])]
