"""What a batch has done so far: a file of one JSON object a line, each on the disk before the next recording begins.

A line that a killed process left half written is cut off. The file belongs to one process at a time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from analysis.report import Report
from analysis.serialization import ReportFormatError, from_json
from speech.live.spool import is_in_use
from store.errors import StoreError, translate_write_errors

IN_USE = "Another batch is writing {path}. Wait until it's done, or choose another name for the table."


@dataclass(frozen=True)
class Key:
    """What tells one piece of work from another; where any of it changes, the recording is measured anew."""

    file: str  # path below the folder, with slashes
    size: int  # bytes
    changed_ns: int  # when the file was changed last
    settings: str  # model, question and whatever else changes a report


class Ledger:
    """The reports of a batch by the keys of their recordings; used in a `with` block. Raises StoreError.

    Args:
        path: The file; it is made, or gone on with.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._places: dict[Key, int] = {}  # byte at which each line begins

    def __enter__(self) -> Ledger:
        with translate_write_errors(self.path):
            self._file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)
            if is_in_use(self._file):
                self._file.close()
                raise StoreError(IN_USE.format(path=self.path))
            self._read()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __contains__(self, key: Key) -> bool:
        return key in self._places

    def add(self, key: Key, report: dict[str, Any]) -> None:
        """Bring one report to the disk; one that is there already stays, as after an interruption in between.

        Args:
            key: What was measured.
            report: The report as plain JSON values.
        """
        if key in self:
            return
        line = json.dumps({"key": vars(key), "report": report}, allow_nan=False).encode() + b"\n"
        with translate_write_errors(self.path):
            self._places[key] = self._file.seek(0, os.SEEK_END)
            self._file.write(line)
            os.fsync(self._file.fileno())

    def reports(self, keys: Iterator[Key]) -> Iterator[Report]:
        """Yield the reports of these keys that are there, one at a time from the disk."""
        with self.path.open("rb") as file:
            for key in keys:
                if key in self._places:
                    file.seek(self._places[key])
                    yield from_json(json.loads(file.readline())["report"])

    def _read(self) -> None:
        whole = 0
        while (line := _read_line(self._file)).endswith(b"\n"):
            key = _parse(line)
            if key is not None:
                self._places[key] = whole
            whole += len(line)
        self._file.truncate(whole)


def _read_line(file: Any) -> bytes:
    return bytes(file.readline())


def _parse(line: bytes) -> Key | None:
    """Return the key of a line; None where it cannot be read, or its report is of an earlier version."""
    try:
        found = json.loads(line)
        from_json(found["report"])
        return Key(**found["key"])
    except (ValueError, TypeError, KeyError, ReportFormatError):
        return None
