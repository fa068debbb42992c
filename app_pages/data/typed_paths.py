"""Parse file paths that the user typed; only absolute ones are accepted."""

from __future__ import annotations

from pathlib import Path

from store.errors import StoreError


def parse_absolute_path(named: str) -> Path:
    """Return a typed path, with "~" expanded.

    Raises:
        StoreError: it is not absolute, or has characters that cannot be printed.
    """
    name = named.strip()
    try:
        path = Path(name).expanduser()
    except RuntimeError:  # "~nobody" is nobody's home
        path = Path()
    if not path.is_absolute() or not name.isprintable():
        raise StoreError(f"“{name}” is not the whole path of a file. Write it from its root on.")
    return path
