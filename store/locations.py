"""Where data is stored: the user's data folder, and the database in it unless another one is configured.

SQLite's log does not work on file systems of the network, and folders that are synchronised are written
by others, so both are refused for the database.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path, PureWindowsPath

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from store.errors import StoreError
from store.settings import VARIABLES, read_computer_settings

DATABASE_VARIABLE = VARIABLES["database"]
DATABASE_FILE = "answers.sqlite3"
SOUND_VARIABLE = "ANSWER_ALOUD_SOUND"  # the address of a storage, for a server with workers on other machines
ALLOW_VARIABLE = "ANSWER_ALOUD_ALLOW_FOLDER"
# File systems of other machines, by the names that Linux and macOS give them.
NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "afs", "ceph", "glusterfs", "lustre", "ncpfs"}
    | {"fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.s3fs", "fuse.davfs2", "fuse.gvfsd-fuse", "macfuse.sshfs"}
)
SYNCHRONISED_FOLDER_PATTERN = re.compile(
    r"onedrive( - .+)?|dropbox( \(.+\))?|google ?drive|my drive|icloud ?drive|com~apple~clouddocs|mobile documents"
    r"|cloudstorage|nextcloud|owncloud|pcloud ?drive|box sync|synology ?drive|mega ?sync",
    re.IGNORECASE,
)
PROVIDED_ATTRIBUTES = ("com.apple.file-provider-domain-id", "com.apple.icloud.desktop")  # macOS 15, and before
# A share; what begins with two backslashes, a question mark and a letter is a long path of this computer.
SHARE_PATTERN = re.compile(r"\\\\[^?.\\]|\\\\[?.]\\UNC\\", re.IGNORECASE)
MOUNT_PATTERN = re.compile(
    r".+? on (.+) \(([^,)]+)[,)]"
)  # a line of macOS's mount: "//me@nas/x on /Volumes/x (smbfs, …)"
UNSAFE_FOLDER = (
    "The folder {folder} {reason}. A database there can be damaged, so nothing was written. Choose a folder on this "
    "computer's own disk in Settings and put exports there instead. If you're sure, set "
    f"{ALLOW_VARIABLE} to exactly that folder."
)


def get_data_folder() -> Path:
    """Return the configured data folder (environment, settings), else the system's default."""
    return read_computer_settings().data_folder or get_default_folder()


def get_default_folder() -> Path:
    """Return the system's folder for this user's data."""
    return user_data_path("answer-aloud", appauthor=False)


def build_database_url(folder: Path) -> URL:
    """Return the URL of the database file in a folder."""
    return URL.create("sqlite", database=str(folder / DATABASE_FILE))


def get_named_database() -> str | None:
    """Return the configured database address (environment, settings); None without one."""
    return read_computer_settings().database


def get_sound_address() -> str | None:
    """Return the address of the storage for recordings; None where they are in the data folder."""
    return os.environ.get(SOUND_VARIABLE) or None


def find_database_url() -> URL:
    """Return the URL of the database in use: the configured one, else a file in the data folder."""
    named = get_named_database()
    return parse_database_url(named) if named else build_database_url(get_data_folder())


def parse_database_url(address: str) -> URL:
    """Parse a database address as an SQLAlchemy URL; raises StoreError if it is invalid."""
    try:
        return make_url(address)
    except ArgumentError as error:
        raise StoreError(
            f"{DATABASE_VARIABLE} isn't the address of a database. Write it like "
            "postgresql+psycopg://user:password@host/name, or leave it out to save answers in a file."
        ) from error


def hide_password(address: str) -> str:
    """Return a database address as it may be shown: with *** in the place of its password."""
    try:
        return make_url(address).render_as_string(hide_password=True) if address else ""
    except ArgumentError:  # no address at all, which is told when it is used
        return address


def fill_in_password(typed: str, known: str) -> str:
    """Return a database address that was shown and perhaps changed, with the password that was hidden in it."""
    if typed == hide_password(known):
        return known
    try:
        new, old = make_url(typed), make_url(known)
    except ArgumentError:
        return typed
    return new.set(password=old.password).render_as_string(hide_password=False) if new.password == "***" else typed  # noqa: S105


def refuse_unsafe_folder(folder: Path) -> None:
    """Raise StoreError for a folder of the network or one that is synchronised, unless the user allows it by name."""
    reason = find_unsafe_reason(folder)
    if reason is not None and os.environ.get(ALLOW_VARIABLE) != str(folder):
        raise StoreError(UNSAFE_FOLDER.format(folder=folder, reason=reason))


def find_unsafe_reason(folder: Path) -> str | None:
    """Return why a folder is no place for a database, worded to follow its name; None if it is one."""
    real = Path(os.path.realpath(folder))  # a link may lead into such a folder, and on Windows a letter to a share
    named = next((part for part in (*folder.parts, *real.parts) if SYNCHRONISED_FOLDER_PATTERN.fullmatch(part)), None)
    if named is not None:
        return f"is synchronised by another program ({named})"
    if sys.platform == "darwin" and _is_provided(real):
        return "is synchronised by another program, such as iCloud Drive"
    found = _find_file_system(real)
    return f"is on another computer ({found})" if found in NETWORK_FILE_SYSTEMS else None


def _is_provided(folder: Path) -> bool:
    """Return whether macOS keeps a folder, or one around it, in step with a server, as it may with Documents."""
    there = [str(each) for each in (folder, *folder.parents) if each.exists()]
    try:
        command = ["/usr/bin/xattr", *there]
        told = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return False
    return any(name in told for name in PROVIDED_ATTRIBUTES)


def _find_file_system(folder: Path) -> str | None:
    """Return the name of the file system that a folder is on; None if it is not known."""
    if sys.platform == "win32":
        return "smb3" if SHARE_PATTERN.match(PureWindowsPath(folder).drive) else None
    mounted = [(Path(place), name) for place, name in _list_mounts() if folder.is_relative_to(place)]
    mounted.sort(key=lambda each: len(each[0].parts))  # of two at the same place the later one is seen
    return mounted[-1][1] if mounted else None


def _list_mounts() -> list[tuple[str, str]]:
    """Return where file systems are mounted, and their names, later ones last."""
    try:
        if sys.platform == "darwin":
            told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=10, check=True).stdout
            return [(found[1], found[2]) for found in map(MOUNT_PATTERN.match, told.splitlines()) if found]
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except (OSError, subprocess.SubprocessError):
        return []
    fields = (line.split(" ") for line in lines)
    return [(_unescape(each[1]), each[2]) for each in fields if len(each) > 2]


def _unescape(place: str) -> str:
    """Return a place in /proc/mounts, where a space is written as 040 after a backslash."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), place)
