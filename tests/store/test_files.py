"""Files reach the disk, and belong to their owner alone."""

from __future__ import annotations

import errno
from contextlib import nullcontext
from pathlib import Path

import pytest

from store.db import database_files
from store.files import flush_folder, make_private, write_atomically
from store.store import PRIVATE_NAMES


def test_rights_of_others_to_cut_off_recordings_old_takes_and_keys_are_taken_away(tmp_path: Path) -> None:
    places = ("live/a.pcm", "live/secret", "takes-moved/1234/sound", "encryption-copy.json", "recordings/a.flac")
    for place in places:
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(b"{}")
    (tmp_path / "letter.txt").write_text("somebody else's")
    for path in tmp_path.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    make_private(*(tmp_path / name for name in PRIVATE_NAMES), *tmp_path.glob("takes*"))
    readable = {path.name for path in tmp_path.rglob("*") if path.stat().st_mode & 0o077}
    assert readable == {"letter.txt"}


def test_where_rights_and_folders_are_not_those_of_posix_they_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.files.IS_POSIX", False)
    (tmp_path / "file").touch(mode=0o644)
    before = (tmp_path / "file").stat().st_mode
    make_private(tmp_path / "file")
    assert (tmp_path / "file").stat().st_mode == before
    flush_folder(tmp_path / "none")  # which could not be opened


def test_a_disk_that_does_not_know_f_fullfsync_is_flushed_as_usual(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOTSUP, "not supported")

    monkeypatch.setattr("speech.flushing.sys.platform", "darwin")
    monkeypatch.setattr("fcntl.F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr("fcntl.fcntl", refuse)
    monkeypatch.setattr("os.fsync", flushed.append)
    with write_atomically(tmp_path / "file") as file:
        file.write(b"sound")
    assert len(flushed) == 2  # the file and its folder


def test_a_copy_in_which_something_is_deleted_is_flushed_through_the_cache_of_the_disk_too(tmp_path: Path) -> None:
    with database_files.open_file(tmp_path / "copy.sqlite3", None) as connection:
        assert connection.execute("PRAGMA fullfsync").fetchone() == (1,)


@pytest.mark.parametrize(("is_posix", "times", "is_written"), [(False, 4, True), (False, 5, False), (True, 1, False)])
def test_on_windows_a_file_that_somebody_reads_is_replaced_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_posix: bool, times: int, is_written: bool
) -> None:
    replace, waited, left = Path.replace, list[float](), iter(range(times))

    def replace_later(path: Path, target: Path) -> Path:
        if next(left, None) is not None:
            raise PermissionError(errno.EACCES, "used by another process")
        return replace(path, target)

    monkeypatch.setattr("store.files.IS_POSIX", is_posix)
    monkeypatch.setattr("store.files.time.sleep", waited.append)
    monkeypatch.setattr(Path, "replace", replace_later)
    (tmp_path / "file").write_bytes(b"old")
    expected = nullcontext() if is_written else pytest.raises(PermissionError)
    with expected, write_atomically(tmp_path / "file") as file:
        file.write(b"new")
    assert (tmp_path / "file").read_bytes() == (b"new" if is_written else b"old")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert sum(waited) < 1
