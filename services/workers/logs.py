"""Logs for who runs a server: a JSON object a line, and nothing of what anybody said or wrote.

What a message is made of is left out unless it is a number or an id, and of an error only its kind and where it was
raised: a file's name, a sentence of a transcript or an address could be in its text.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

LOGS_VARIABLE = "ANSWER_ALOUD_LOGS"
AS_JSON = "json"
ID_PATTERN = re.compile(r"[0-9a-f]{32}")
LEFT_OUT = "…"
OUR_FOLDERS = ("analysis", "app_pages", "codec", "content", "interview", "services", "speech", "store")


class ContentlessFormatter(logging.Formatter):
    """Writes a record as one line of JSON, without content."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as JSON."""
        about: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _describe(record),
            "process": record.process,
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            about["error"] = [f"{type(each).__module__}.{type(each).__qualname__}" for each in _list_causes(error)]
            about["raised_at"] = [
                f"{each.filename}:{each.lineno} {each.name}" for each in traceback.extract_tb(error.__traceback__)
            ]
        return json.dumps(about, ensure_ascii=False)


def wants_json() -> bool:
    """Whether the environment asks for logs as JSON."""
    return os.environ.get(LOGS_VARIABLE) == AS_JSON


def set_up_logs() -> None:
    """Write the logs of this process to standard error, as JSON without content where the environment asks for it."""
    handler = logging.StreamHandler(sys.stderr)
    if wants_json():
        handler.setFormatter(ContentlessFormatter())
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("procrastinate").setLevel(logging.WARNING)  # two lines a job otherwise


def _describe(record: logging.LogRecord) -> str:
    """Return the message of a record; of other programs' messages only those that are made of numbers and ids."""
    is_ours = record.name.split(".")[0] in OUR_FOLDERS
    if not record.args:
        return str(record.msg) if is_ours else LEFT_OUT
    values = record.args if isinstance(record.args, tuple) else (record.args,)
    kept = tuple(each if _is_harmless(each) else LEFT_OUT for each in values)
    try:
        return str(record.msg) % kept
    except (TypeError, ValueError):  # a number was asked for where one was left out
        return str(record.msg)


def _is_harmless(value: object) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and ID_PATTERN.fullmatch(value) is not None)


def _list_causes(error: BaseException) -> list[BaseException]:
    causes: list[BaseException] = []
    found: BaseException | None = error
    while found is not None and found not in causes:
        causes.append(found)
        found = found.__cause__ or found.__context__
    return causes
