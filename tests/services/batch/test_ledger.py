"""The ledger of a batch keeps whole lines only, belongs to one process, and knows what has to be measured anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.analyze import analyze
from analysis.serialization import to_json
from services.batch.ledger import Key, Ledger
from store.errors import StoreError
from tests.support.answers import make_answer, synthesise

ANSWER = make_answer("I led the team for three years. (0.8) We built a new system and it worked.")
KEY = Key("a.wav", 1000, 7, "base")


@pytest.fixture(scope="module")
def report() -> dict[str, object]:
    return to_json(analyze(synthesise(ANSWER), ANSWER, None))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "table.csv.done.jsonl"


def test_a_report_is_there_when_the_ledger_is_opened_again(path: Path, report: dict[str, object]) -> None:
    with Ledger(path) as ledger:
        ledger.add(KEY, report)
    with Ledger(path) as ledger:
        assert KEY in ledger
        assert [to_json(found) for found in ledger.reports(iter([KEY]))] == [report]


def test_a_report_that_is_there_is_not_written_again(path: Path, report: dict[str, object]) -> None:
    with Ledger(path) as ledger:
        ledger.add(KEY, report)
        before = path.read_bytes()
        ledger.add(KEY, report)
    assert path.read_bytes() == before


@pytest.mark.parametrize("change", [{"file": "b.wav"}, {"size": 1001}, {"changed_ns": 8}, {"settings": "tiny.en"}])
def test_a_recording_that_changed_or_is_measured_otherwise_is_not_there(
    path: Path, report: dict[str, object], change: dict[str, object]
) -> None:
    with Ledger(path) as ledger:
        ledger.add(KEY, report)
        assert replace(KEY, **change) not in ledger  # type: ignore[arg-type]


def test_a_line_that_was_cut_off_is_gone_and_those_before_it_stay(path: Path, report: dict[str, object]) -> None:
    second = replace(KEY, file="b.wav")
    with Ledger(path) as ledger:
        ledger.add(KEY, report)
        whole = path.stat().st_size
        ledger.add(second, report)
    for size in (whole + 1, whole + 100, path.stat().st_size - 1):
        cut = path.with_name(f"cut_{size}")
        cut.write_bytes(path.read_bytes()[:size])
        with Ledger(cut) as ledger:
            assert (KEY in ledger, second in ledger) == (True, False)
            ledger.add(second, report)
        with Ledger(cut) as ledger:
            assert (KEY in ledger, second in ledger) == (True, True)
        assert cut.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("line", [b"[]\n", b'{"key": {}}\n', b'{"key": {"file": "a"}, "report": {}}\n', b"\xff\n"])
def test_a_line_that_says_nothing_is_passed_over(path: Path, report: dict[str, object], line: bytes) -> None:
    path.write_bytes(line)
    with Ledger(path) as ledger:
        ledger.add(KEY, report)
    with Ledger(path) as ledger:
        assert KEY in ledger


def test_two_batches_cannot_write_one_ledger(path: Path) -> None:
    with Ledger(path), pytest.raises(StoreError, match="Another batch is writing"):
        Ledger(path).__enter__()
    with Ledger(path):
        pass
