"""`/health` and `/metrics` for who runs a server for many: counts only, and only with the operator's own key.

Without that key in the environment there is neither. The key opens these two and nothing else, and the pages' key does
not open them.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, MutableMapping
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from services.workers import is_shared
from services.workers.status import ServerStatus, read_status
from speech.errors import AnswerAloudError
from store.locations import find_database_url
from store.store import Store

OPERATOR_KEY_VARIABLE = "ANSWER_ALOUD_OPERATOR_KEY"
MIN_CHARACTERS = 16
HEALTH, METRICS = "/health", "/metrics"
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"  # Prometheus's text format
UNREACHABLE = ServerStatus(has_database=False, has_sound=False, queue=None)
METRIC_TEXTS = {
    "up": "1 if what is recorded now is kept and analysed some time",
    "database_up": "1 if the database answers",
    "sound_up": "1 if the recordings can be reached",
    "queue_waiting": "answers that wait to be analysed",
    "queue_running": "answers that are being analysed",
    "queue_failed": "answers that were tried again and again and given up",
    "queue_oldest_seconds": "seconds that the one which waits longest has waited",
    "queue_workers": "workers that gave a sign of life in the last seconds",
}


class OperatorRoute:
    """Where a server says how it is.

    Args:
        load_store: Returns the store of the server; raises AnswerAloudError.
        key: The operator's key; None where there is none.
    """

    def __init__(self, load_store: Callable[[], Store], key: str | None) -> None:
        self._load_store = load_store
        self._key = key if key is not None and len(key) >= MIN_CHARACTERS and is_shared() else None

    @classmethod
    def from_environment(cls, load_store: Callable[[], Store]) -> OperatorRoute:
        """Return the route with the key that the environment holds."""
        return cls(load_store, os.environ.get(OPERATOR_KEY_VARIABLE))

    @property
    def routes(self) -> list[BaseRoute]:
        """The routes, for Streamlit's list; none without a key."""
        if self._key is None:
            return []
        return [Route(HEALTH, self._tell_health), Route(METRICS, self._tell_metrics)]

    def has_key(self, scope: MutableMapping[str, Any]) -> bool:
        """Return whether a request for one of these brings the operator's key."""
        if self._key is None or scope["type"] != "http" or scope["path"] not in (HEALTH, METRICS):
            return False
        given = [value for name, value in scope["headers"] if name == b"authorization"]
        return len(given) == 1 and hmac.compare_digest(given[0], f"Bearer {self._key}".encode())

    def _tell_health(self, request: Request) -> Response:
        if not self.has_key(request.scope):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        status = self._read()
        code = HTTPStatus.OK if status.is_well else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse({"is_well": status.is_well, **asdict(status)}, code)

    def _tell_metrics(self, request: Request) -> Response:
        if not self.has_key(request.scope):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        return PlainTextResponse(write_metrics(self._read()), media_type=METRICS_TYPE)

    def _read(self) -> ServerStatus:
        try:
            address = find_database_url().render_as_string(hide_password=False)
            return read_status(self._load_store(), address)
        except AnswerAloudError:
            return UNREACHABLE


def write_metrics(status: ServerStatus) -> str:
    """Return how a server is in Prometheus's text format."""
    values: dict[str, float] = {
        "up": status.is_well,
        "database_up": status.has_database,
        "sound_up": status.has_sound,
    }
    if status.queue is not None:
        values |= {f"queue_{name}": value for name, value in asdict(status.queue).items()}
    lines = []
    for name, value in values.items():
        lines += [f"# HELP answer_aloud_{name} {METRIC_TEXTS[name]}", f"# TYPE answer_aloud_{name} gauge"]
        lines.append(f"answer_aloud_{name} {float(value):g}")
    return "\n".join(lines) + "\n"
