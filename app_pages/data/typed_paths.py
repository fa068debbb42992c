"""Paths that people type: whole ones, from the root on."""

from __future__ import annotations

from pathlib import Path

from store.errors import StoreError


def whole(named: str) -> Path:
    """The path, with ~ for one's own home; raises StoreError for what cannot be the whole path of a file."""
    name = named.strip()
    try:
        path = Path(name).expanduser()
    except RuntimeError:  # "~nobody" is nobody's home
        path = Path()
    if not path.is_absolute() or not name.isprintable():
        raise StoreError(f"“{name}” is not the whole path of a file. Write it from its root on.")
    return path
