"""Folders that are no place for a database are known; the password of an address is not shown, and not lost."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from store import locations
from store.locations import fill_in_password, hide_password

KNOWN = "postgresql+psycopg://me:pä%40ss@host/answers"


def test_the_password_is_not_shown() -> None:
    assert hide_password(KNOWN) == "postgresql+psycopg://me:***@host/answers"


@pytest.mark.parametrize("address", ["", "sqlite:////tmp/x.db", "postgresql+psycopg://me@host/answers", "no address"])
def test_an_address_without_one_is_shown_as_it_is(address: str) -> None:
    assert hide_password(address) == address


def test_what_was_shown_and_saved_again_is_the_same_address() -> None:
    assert fill_in_password(hide_password(KNOWN), KNOWN) == KNOWN


def test_a_change_beside_the_password_keeps_it() -> None:
    changed = fill_in_password("postgresql+psycopg://me:***@host/other", KNOWN)
    assert changed.endswith("@host/other")
    assert "***" not in changed
    assert "%40ss" in changed


@pytest.mark.parametrize("typed", ["", "postgresql+psycopg://me:new@host/answers", "sqlite:////tmp/y.db", "nonsense"])
def test_what_is_typed_anew_is_taken_as_it_is(typed: str) -> None:
    assert fill_in_password(typed, KNOWN) == typed


def test_a_link_into_a_synchronised_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "answers").mkdir(parents=True)
    (tmp_path / "mine").symlink_to(tmp_path / "Dropbox" / "answers")
    assert locations.find_unsafe_reason(tmp_path / "mine") == "is synchronised by another program (Dropbox)"


def test_of_two_file_systems_at_one_place_the_later_is_the_one_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = [("/", "ext4"), ("/mnt/nas", "autofs"), ("/mnt/nas", "nfs4")]  # as systemd mounts on demand
    monkeypatch.setattr("store.locations._list_mounts", lambda: mounts)
    assert locations.find_unsafe_reason(Path("/mnt/nas/answers")) == "is on another computer (nfs4)"


def test_where_mounts_cannot_be_listed_no_folder_is_refused_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.locations._list_mounts", list)
    assert locations.find_unsafe_reason(Path("/mnt/nas/answers")) is None


@pytest.mark.parametrize(
    ("real", "is_network"),
    [
        (r"\\nas\share\answers", True),
        (r"\\?\UNC\nas\share\answers", True),
        (r"\\?\C:\Users\ann\answers", False),
        (r"C:\Users\ann\answers", False),
    ],
)
def test_on_windows_a_share_is_known_also_behind_a_letter(
    monkeypatch: pytest.MonkeyPatch, real: str, is_network: bool
) -> None:
    monkeypatch.setattr("store.locations.sys.platform", "win32")
    monkeypatch.setattr("store.locations.os.path.realpath", lambda _: real)  # resolves a letter to its share there
    assert (locations.find_unsafe_reason(Path("Z:/answers")) is not None) is is_network


@pytest.mark.parametrize(
    ("attributes", "is_provided"),
    [
        ("/Users/ann/Documents: com.apple.file-provider-domain-id\n", True),
        ("/Users/ann/Documents: com.apple.icloud.desktop\n/Users/ann: com.apple.quarantine\n", True),
        ("/Users/ann: com.apple.quarantine\n", False),
        (None, False),
    ],
)
def test_on_macos_documents_that_icloud_keeps_are_known_by_their_attributes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, attributes: str | None, is_provided: bool
) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        if attributes is None or command[0] == "/sbin/mount":
            raise OSError("there is no such program")
        return subprocess.CompletedProcess(command, 0, attributes)

    monkeypatch.setattr("store.locations.sys.platform", "darwin")
    monkeypatch.setattr("subprocess.run", run)
    assert (locations.find_unsafe_reason(tmp_path / "answers") is not None) is is_provided
    assert asked[0][:2] == ["/usr/bin/xattr", str(tmp_path)]  # the folder itself is not there yet
