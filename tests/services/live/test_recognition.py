"""Takes are recognised while they are spoken, and their sessions handed over when they become attempts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.asked_questions import find_asked_question
from services.live.recognition import LiveRecognition
from services.live.results import LiveResults
from services.live.take import LiveTake, Purpose
from speech.live.spool import Spool

RATE = 16_000
FIRST, SECOND, THIRD = b"ab" * 800, b"cd" * 800, b"ef" * 400


class _Session:
    """Notes what it is fed."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self.fed = b""
        self.is_ended = self.is_cancelled = False

    def feed(self, block: bytes) -> None:
        self.fed += block

    def end(self) -> None:
        self.is_ended = True

    def cancel(self) -> None:
        self.is_cancelled = True


@pytest.fixture
def sessions() -> list[_Session]:
    return []


@pytest.fixture
def results() -> LiveResults:
    return LiveResults()


@pytest.fixture
def recognition(sessions: list[_Session], results: LiveResults) -> LiveRecognition:
    def start(rate: float) -> _Session:
        sessions.append(_Session(rate))
        return sessions[-1]

    return LiveRecognition(start, results)  # type: ignore[arg-type]


@pytest.fixture
def take() -> LiveTake:
    purpose = Purpose(find_asked_question("tell_me_about_yourself"), "Browser recording")
    return LiveTake("a" * 32, purpose, RATE, "", datetime(2026, 11, 29, tzinfo=UTC))


def test_a_take_is_fed_as_its_spool_is_flushed_and_to_its_end_when_it_becomes_an_attempt(
    recognition: LiveRecognition, sessions: list[_Session], results: LiveResults, take: LiveTake, tmp_path: Path
) -> None:
    spool = Spool(tmp_path / "take", RATE)
    recognition.listen(take, spool)
    spool.append(0, FIRST)
    spool.close()
    again = Spool(tmp_path / "take", RATE)  # after a lost connection
    recognition.listen(take, again)
    again.append(len(FIRST), SECOND + THIRD)
    again.close()
    recognition.hand_over(take.id, tmp_path / "take", "attempt")
    (session,) = sessions
    assert session.rate == RATE
    assert session.fed == FIRST + SECOND + THIRD
    assert results.take("attempt") is session
    assert results.take("attempt") is None


def test_a_take_that_was_stopped_is_heard_to_its_end_before_it_is_submitted(
    recognition: LiveRecognition, sessions: list[_Session], results: LiveResults, take: LiveTake, tmp_path: Path
) -> None:
    spool = Spool(tmp_path / "take", RATE)
    recognition.listen(take, spool)
    spool.append(0, FIRST + SECOND)
    spool.sync()
    recognition.end(take.id, spool.path)
    (session,) = sessions
    assert (session.fed, session.is_ended) == (FIRST + SECOND, True)
    spool.close()
    recognition.hand_over(take.id, spool.path, "attempt")
    assert session.fed == FIRST + SECOND
    assert results.take("attempt") is session
    recognition.end(take.id, spool.path)  # it is nobody's any more


def test_after_a_restart_of_the_server_a_take_is_heard_from_its_first_word(
    recognition: LiveRecognition, sessions: list[_Session], take: LiveTake, tmp_path: Path
) -> None:
    (tmp_path / "take").write_bytes(FIRST)
    spool = Spool(tmp_path / "take", RATE)
    recognition.listen(take, spool)
    spool.append(len(FIRST), SECOND)
    spool.close()
    recognition.hand_over(take.id, tmp_path / "take", "attempt")
    assert sessions[0].fed == FIRST + SECOND


def test_a_deleted_take_is_recognised_no_more(
    recognition: LiveRecognition, sessions: list[_Session], results: LiveResults, take: LiveTake, tmp_path: Path
) -> None:
    spool = Spool(tmp_path / "take", RATE)
    recognition.listen(take, spool)
    recognition.forget(take.id)
    recognition.forget(take.id)
    spool.close()
    assert sessions[0].is_cancelled
    recognition.hand_over(take.id, tmp_path / "take", "attempt")
    assert results.take("attempt") is None


def test_where_nothing_can_be_recognised_the_take_goes_on(results: LiveResults, take: LiveTake, tmp_path: Path) -> None:
    def fail(rate: float) -> _Session:
        raise RuntimeError(f"no session at {rate}")

    recognition = LiveRecognition(fail, results)  # type: ignore[arg-type]
    spool = Spool(tmp_path / "take", RATE)
    recognition.listen(take, spool)
    assert spool.append(0, FIRST) == len(FIRST)
    spool.close()
    recognition.hand_over(take.id, tmp_path / "take", "attempt")
    assert results.take("attempt") is None
