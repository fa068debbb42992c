"""Logs as JSON hold when, where and which, and nothing of what anybody said."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from services.workers.logs import ContentlessFormatter
from store.errors import StoreError

ATTEMPT = "0123456789abcdef" * 2


def log(name: str, message: str, *values: object, error: BaseException | None = None) -> dict[str, object]:
    """Return what a record becomes."""
    raised = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.WARNING, __file__, 1, message, values, raised)  # type: ignore[arg-type]
    line = ContentlessFormatter().format(record)
    assert "\n" not in line
    found: dict[str, object] = json.loads(line)
    return found


def test_numbers_and_ids_are_kept_and_words_left_out() -> None:
    found = log("services.job_queue", "measuring %s took %.1f s: %s", ATTEMPT, 2.5, "I led the project")
    assert found["message"] == f"measuring {ATTEMPT} took 2.5 s: …"
    assert (found["level"], found["logger"]) == ("warning", "services.job_queue")


def test_of_an_error_its_kinds_and_lines_are_kept_and_not_its_text() -> None:
    try:
        try:
            raise ValueError("I led the project")
        except ValueError as error:
            raise StoreError("My answer.wav can't be read") from error
    except StoreError as error:
        found = log("store.store", "it failed", error=error)
    assert found["error"] == ["store.errors.StoreError", "builtins.ValueError"]
    assert "test_logs.py" in str(found["raised_at"])
    assert "project" not in json.dumps(found)
    assert "answer.wav" not in json.dumps(found)


def test_texts_that_other_programs_put_together_are_left_out() -> None:
    assert log("procrastinate.worker", "Starting job analyze(person='ann')")["message"] == "…"
    assert log("store.db.database", "the tables are new")["message"] == "the tables are new"


@pytest.mark.parametrize("values", [("a word",), ("a word", 1), ()])
def test_a_message_that_cannot_be_filled_in_is_kept_as_it_was_written(values: tuple[object, ...]) -> None:
    assert log("store.copies", "%d answers in %d", *values)["message"] == "%d answers in %d"


def test_the_app_logs_no_text_that_is_put_together_before() -> None:
    import ast
    from pathlib import Path

    root = Path(__file__).parents[3]
    found = []
    for folder in ("analysis", "app_pages", "codec", "content", "interview", "services", "speech", "store"):
        for path in (root / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                is_log = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                if is_log and ast.unparse(node.func).startswith("LOG.") and not isinstance(node.args[0], ast.Constant):
                    found.append(f"{path.relative_to(root)}:{node.lineno}")
    assert found == [], sys.platform
