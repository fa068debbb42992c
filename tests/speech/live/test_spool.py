"""The spool: any order of blocks, duplicates and restarts give the same bytes, and nothing that was flushed is lost."""

from __future__ import annotations

import errno
import multiprocessing
import os
import stat
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.audio.recording import SAMPLE_RATE
from speech.errors import RecordingError
from speech.live import spool as module
from speech.live.spool import SYNC_SECONDS, GapError, InUseError, Spool, decode_spool

RATE = 16_000
SOUND = np.random.default_rng(3).integers(-(2**15), 2**15, 600, dtype="<i2").tobytes()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "take.pcm"


@pytest.fixture
def spool(path: Path) -> Iterator[Spool]:
    opened = Spool(path, RATE)
    yield opened
    opened.close()


def whole(at: int) -> int:
    return at // 2 * 2


@given(
    blocks=st.lists(st.tuples(st.integers(0, len(SOUND)), st.integers(0, 200)), max_size=60),
    restarts=st.sets(st.integers(0, 60), max_size=4),
)
def test_any_order_of_blocks_duplicates_and_restarts_give_the_same_bytes(
    blocks: list[tuple[int, int]], restarts: set[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "take.pcm"
        spool = Spool(path, RATE)
        have = 0
        for number, (begin, length) in enumerate(blocks):
            offset, block = whole(begin), SOUND[whole(begin) : whole(begin + length)]
            if number in restarts:
                spool.close()
                spool = Spool(path, RATE)
                assert spool.have == spool.durable == have
            if offset > have:
                with pytest.raises(GapError) as refused:
                    spool.append(offset, block)
                assert refused.value.have == have
            else:
                have = max(have, offset + len(block))
                assert spool.append(offset, block) == have
            assert spool.read_from(0) == SOUND[:have]
        spool.close()
        assert path.read_bytes() == SOUND[:have]


@given(
    losses=st.lists(st.integers(0, 400), max_size=12),
    size=st.integers(1, 90),
    flushes=st.sets(st.integers(0, 80)),
)
def test_whoever_sends_again_from_what_was_confirmed_loses_and_doubles_nothing(
    losses: list[int], size: int, flushes: set[int]
) -> None:
    """A sender that is cut off at random moments goes on from the last byte that was confirmed to it."""
    with tempfile.TemporaryDirectory() as folder:
        spool = Spool(Path(folder) / "take.pcm", RATE)
        at, sent, confirmed = 0, 0, 0
        cut_after = list(losses)
        while at < len(SOUND):
            block = SOUND[at : at + 2 * size]
            spool.append(at, block)
            at += len(block)
            sent += 1
            if sent in flushes:
                confirmed = spool.sync()
            if cut_after and sent >= cut_after[0]:
                cut_after.pop(0)
                at = confirmed
        spool.close()
        assert spool.path.read_bytes() == SOUND


def test_what_was_appended_is_flushed_soon_and_listeners_are_told_how_much(spool: Spool) -> None:
    told = threading.Event()
    durable: list[int] = []

    def tell(each: Spool) -> None:
        durable.append(each.durable)
        told.set()

    spool.add_listener(tell)
    spool.append(0, SOUND)
    assert told.wait(10 * SYNC_SECONDS)
    assert durable[0] == spool.durable == len(SOUND)
    spool.remove_listener(tell)


def test_a_reader_follows_the_sound_as_it_grows_until_no_more_can_come(path: Path) -> None:
    spool, read = Spool(path, RATE), bytearray()

    def follow() -> None:
        while not (spool.wait_beyond(len(read), 10) == len(read) and spool.is_closed):
            read.extend(spool.read_from(len(read)))

    reader = threading.Thread(target=follow)
    reader.start()
    for at in range(0, len(SOUND), 100):
        spool.append(at, SOUND[at : at + 100])
    spool.close()
    reader.join(10)
    assert bytes(read) == SOUND
    assert spool.read_from(10, 6) == SOUND[10:16]
    assert spool.read_from(len(SOUND) + 2) == b""


def test_only_the_owner_can_read_it(spool: Spool) -> None:
    if os.name != "nt":
        assert stat.S_IMODE(spool.path.stat().st_mode) == 0o600


def test_half_a_sample_that_a_power_cut_left_is_cut_off(path: Path) -> None:
    path.write_bytes(SOUND[:101])
    spool = Spool(path, RATE)
    assert (spool.have, path.stat().st_size) == (100, 100)
    spool.append(100, SOUND[100:])
    spool.close()
    assert path.read_bytes() == SOUND


@pytest.mark.parametrize(("offset", "block"), [(1, b"ab"), (0, b"abc"), (-2, b"abcd")])
def test_what_is_no_whole_number_of_samples_is_refused(spool: Spool, offset: int, block: bytes) -> None:
    with pytest.raises(ValueError, match="whole samples"):
        spool.append(offset, block)
    assert spool.have == 0


def test_it_holds_as_much_as_the_longest_recording_and_drops_the_rest(path: Path) -> None:
    spool = Spool(path, RATE, max_seconds=0.01)
    assert spool.append(0, SOUND[:100]) == 100
    assert not spool.is_full
    assert spool.append(100, SOUND[100:]) == 320
    assert spool.is_full
    assert spool.seconds == 0.01
    spool.close()
    assert path.read_bytes() == SOUND[:320]


def test_a_disk_that_is_full_takes_no_half_block_and_the_block_can_be_sent_again(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool.append(0, SOUND[:100])
    written = spool._file.write

    class Full:
        def __getattr__(self, name: str) -> object:
            return getattr(file, name)

        def write(self, block: bytes) -> int:
            if len(block) > 10:
                return written(block[:10])
            raise OSError(errno.ENOSPC, "No space left on device")

    file = spool._file
    with monkeypatch.context() as full:
        full.setattr(spool, "_file", Full())
        with pytest.raises(OSError, match="No space"):
            spool.append(100, SOUND[100:120])
    assert spool.have == spool.path.stat().st_size == 100
    spool.append(100, SOUND[100:])
    assert spool.read_from(0) == SOUND


def test_a_flush_that_fails_is_told_and_tried_again(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    failed, mended = threading.Event(), threading.Event()
    spool.add_listener(lambda each: (failed if each.failure else mended).set())

    def fail(_descriptor: int, *, data_only: bool) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(module, "flush_file", fail)
        spool.append(0, SOUND)
        assert failed.wait(10 * SYNC_SECONDS)
        assert spool.durable == 0
    assert mended.wait(10 * SYNC_SECONDS)
    assert spool.durable == len(SOUND)


def _open_elsewhere(path: Path) -> str:
    try:
        Spool(path, RATE)
    except InUseError:
        return "in use"
    return "open"


@pytest.mark.skipif(os.name == "nt", reason="not known there")
def test_two_processes_do_not_write_one_recording(spool: Spool) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as other:
        assert other.apply(_open_elsewhere, (spool.path,)) == "in use"
        spool.close()
        assert other.apply(_open_elsewhere, (spool.path,)) == "open"


class WindowsLocks:
    """The locks of Windows: of bytes from where the file stands, for one open file, gone when it is closed."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        self.owners: dict[tuple[int, int], int] = {}

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        assert (mode, count) == (self.LK_NBLCK, 1)
        byte = (os.fstat(descriptor).st_ino, os.lseek(descriptor, 0, os.SEEK_CUR))
        owner = self.owners.get(byte)
        if owner is not None and owner != descriptor and _is_open(owner):
            raise OSError(errno.EACCES, "locked")
        self.owners[byte] = descriptor


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def test_on_windows_two_processes_do_not_write_one_recording_either(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks = WindowsLocks()
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", locks)
    first = Spool(path, RATE)
    first.append(0, SOUND)
    with pytest.raises(InUseError):
        Spool(path, RATE)
    ((_, byte),) = locks.owners
    assert byte > module.MAX_RECORDING_SECONDS * module.MAX_RATE * module.BYTES_PER_SAMPLE  # no sound comes there
    first.close()
    again = Spool(path, RATE)
    assert again.read_from(0) == SOUND
    again.close()
    assert path.stat().st_size == len(SOUND)


def test_nothing_can_be_appended_after_the_end(path: Path) -> None:
    spool = Spool(path, RATE)
    spool.close()
    spool.close()
    with pytest.raises(OSError, match="has ended"):
        spool.append(0, SOUND)


@pytest.mark.parametrize("rate", [0, 7_999, 192_001])
def test_a_rate_that_no_device_has_is_refused(path: Path, rate: int) -> None:
    with pytest.raises(ValueError, match="no device"):
        Spool(path, rate)
    assert not path.exists()


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_its_sound_becomes_a_recording_of_the_same_length_and_loudness(path: Path, rate: int) -> None:
    moments = np.arange(2 * rate) / rate
    samples = np.rint(16_384 * np.sin(2 * np.pi * 440 * moments)).astype("<i2")
    path.write_bytes(samples.tobytes())
    recording = decode_spool(path, rate, "take", is_damaged=True)
    expected = 0.5 * np.sin(2 * np.pi * 440 * np.arange(2 * SAMPLE_RATE) / SAMPLE_RATE)
    middle = slice(SAMPLE_RATE // 4, -SAMPLE_RATE // 4)  # the filter rings where a tone begins and ends at once
    np.testing.assert_allclose(recording.samples[middle], expected[middle], atol=1e-3)
    assert (len(recording.samples), recording.damaged, recording.clipped_share) == (2 * SAMPLE_RATE, True, 0.0)


def test_full_scale_counts_as_clipped(path: Path) -> None:
    path.write_bytes(np.where(np.arange(RATE) % 4 == 0, 2**15 - 1, 0).astype("<i2").tobytes())
    assert decode_spool(path, RATE, "take").clipped_share == 0.25


def test_too_little_sound_is_told_in_a_sentence(path: Path) -> None:
    path.write_bytes(SOUND)
    with pytest.raises(RecordingError, match="too short"):
        decode_spool(path, RATE, "take")
