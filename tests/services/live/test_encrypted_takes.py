"""A recording that goes on is encrypted on the disk, from its first byte, and comes back the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from services.check import check_everything
from services.live.live_takes import LiveTakes, live_takes
from store.encryption import conversion, vault
from store.locations import build_database_url
from store.store import open_store
from tests.services.live.test_live_takes import RATE
from tests.services.live.test_live_takes import take as make_take

PASSPHRASE = "four plain words here"
SOUND = (np.sin(np.arange(3 * RATE) / 20) * 8000).astype("<i2").tobytes()


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    open_store(folder=tmp_path).close()
    conversion.encrypt(tmp_path, build_database_url(tmp_path), PASSPHRASE)
    yield tmp_path
    vault._OPEN.clear()


def test_sound_and_question_are_nowhere_plain_and_are_read_as_they_were_said(data: Path) -> None:
    takes = LiveTakes(data)
    take, spool = takes.begin(make_take())
    for start in range(0, len(SOUND), 1234 * 2):
        spool.append(start, SOUND[start : start + 1234 * 2])
    assert spool.read_from(1000, 2000) == SOUND[1000:3000]
    takes.release(take.id)
    kept = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert not any(SOUND[100:140] in found or take.purpose.question.text.encode() in found for found in kept.values())
    assert takes.files.size(take.id) == len(SOUND)
    takes.stop(take.id)
    whole = takes.decode(take.id)
    vault.forget_keys(data)
    vault.unlock(data, PASSPHRASE)
    assert np.array_equal(LiveTakes(data).decode(take.id).samples, whole.samples)
    assert abs(float(np.abs(whole.samples).max()) - 8000 / 32768) < 0.02


def test_a_take_that_was_cut_off_goes_on_where_it_was(data: Path) -> None:
    take, spool = LiveTakes(data).begin(make_take())
    spool.append(0, SOUND[: 10_001 * 2])
    spool.close()
    _, again = LiveTakes(data).begin(take)
    assert again.have == 10_001 * 2
    again.append(again.have, SOUND[again.have :])
    assert again.read_from(0) == SOUND
    again.close()


def test_a_plain_take_from_before_is_encrypted_and_offered_still(tmp_path: Path) -> None:
    store = open_store(folder=tmp_path)
    takes = LiveTakes(tmp_path)
    take, spool = takes.begin(make_take())
    spool.append(0, SOUND)
    takes.release(take.id)
    before = takes.decode(take.id)
    store.close()
    conversion.encrypt(tmp_path, build_database_url(tmp_path), PASSPHRASE)
    assert [path.suffix for path in (tmp_path / "live").glob("*.pcm*")] == [".pcms"]
    assert np.array_equal(takes.decode(take.id).samples, before.samples)
    (offered,) = takes.interrupted(store)
    assert offered.seconds == pytest.approx(3)
    store.close()
    vault._OPEN.clear()


def test_a_change_to_encrypted_sound_is_named_and_encrypting_it_is_none(tmp_path: Path) -> None:
    store = open_store(folder=tmp_path)
    takes = live_takes(tmp_path)
    take, spool = takes.begin(make_take())
    spool.append(0, SOUND)
    takes.release(take.id)
    store.close()
    conversion.encrypt(tmp_path, build_database_url(tmp_path), PASSPHRASE)
    with closing(open_store(folder=tmp_path)) as opened:
        assert check_everything(opened, tmp_path).troubles == ()
        sound = takes.files.sound(take.id)
        sound.write_bytes(sound.read_bytes()[:-1] + bytes([sound.read_bytes()[-1] ^ 1]))
        assert [each.id for each in check_everything(opened, tmp_path).troubles] == [take.id]
    vault._OPEN.clear()
