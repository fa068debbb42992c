"""Analysis for many users: a queue in Postgres, and the processes that work it off. Needs `answer-aloud[server]`.

What stands in this file is asked by everybody, and needs none of it.
"""

from __future__ import annotations

import os
from importlib.util import find_spec

from speech.errors import AnswerAloudError

QUEUE_VARIABLE = "ANSWER_ALOUD_QUEUE"
SHARED_QUEUE = "postgres"  # the value with which workers analyse what the pages record
NO_PACKAGES = 'This needs the packages for a server. Install them with: pip install "answer-aloud[server]"'


class ServerPackagesError(AnswerAloudError):
    """The packages that only a server for many needs are missing."""


def is_shared() -> bool:
    """Whether attempts are analysed by workers, and not in the process that serves the pages."""
    return os.environ.get(QUEUE_VARIABLE) == SHARED_QUEUE


def require_server() -> None:
    """Raise ServerPackagesError where the packages that only a server needs are not installed."""
    if find_spec("procrastinate") is None:
        raise ServerPackagesError(NO_PACKAGES)
