"""Find the Pythons of this machine that the app supports."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator, Tuple  # noqa: UP035 - an old Python has to get past this line

Version = Tuple[int, int]  # noqa: UP006 - the same; major and minor

OLDEST_SUPPORTED, NEWEST_SUPPORTED = (3, 11), (3, 14)
NEWEST_ON_INTEL_MACS = (3, 13)  # the last onnxruntime with wheels for them has none for 3.14
FETCHED_VERSION = "3.13"  # the one that is fetched where none is found: the newest that the tests were run on
PYTHON_FOLDERS = (  # where installers put Pythons without always telling PATH
    "~/.pyenv/versions/*/bin",
    "~/.local/share/uv/python/*/bin",
    "~/.local/bin",
    "/usr/local/bin",
    "/opt/homebrew/bin",
    "/Library/Frameworks/Python.framework/Versions/*/bin",
)
WINDOWS_FOLDERS = ("AppData/Local/Programs/Python/Python3*", "AppData/Roaming/uv/python/*")
# Wheels are made for the usual Python: not for one without the global lock, of 32 bits, or by another maker.
VERSION_CODE = """
import ssl, sys, sysconfig
assert sys.implementation.name == "cpython" and sys.maxsize > 2**32 and not sysconfig.get_config_var("Py_GIL_DISABLED")
print(*sys.version_info[:2])
"""
COMPLETE_CODE = "import ensurepip, venv" + VERSION_CODE  # Debian brings both in a package of their own


def is_supported(version: Version) -> bool:
    """Return whether the app runs on this version on this kind of machine."""
    is_intel_mac = sys.platform == "darwin" and platform.machine() == "x86_64"
    return OLDEST_SUPPORTED <= version <= (NEWEST_ON_INTEL_MACS if is_intel_mac else NEWEST_SUPPORTED)


def list_supported_versions() -> str:
    """Return the supported versions, formatted for a sentence."""
    names = [f"3.{minor}" for minor in range(OLDEST_SUPPORTED[1], NEWEST_SUPPORTED[1] + 1) if is_supported((3, minor))]
    return f"{', '.join(names[:-1])} or {names[-1]}"


def find_pythons(also: Path | None = None) -> dict[Version, Path]:
    """Return one working interpreter for each supported version, newest first.

    Args:
        also: A folder whose subfolders hold fetched Pythons; None if there is none.
    """
    found: dict[Version, Path] = {}
    for path in _find_candidates(also):
        version = ask_version(path, COMPLETE_CODE)
        if version is not None and is_supported(version):
            found.setdefault(version, path)
    return dict(sorted(found.items(), reverse=True))


def ask_version(python: Path, code: str = VERSION_CODE) -> Version | None:
    """Return the version of an interpreter; None if it does not run or lacks what the code imports."""
    try:
        done = subprocess.run([str(python), "-c", code], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    major, minor = done.stdout.split()
    return int(major), int(minor)


def _find_candidates(also: Path | None) -> Iterator[Path]:
    """Yield possible interpreters: this one, those on PATH, then those in the usual folders."""
    yield Path(getattr(sys, "_base_executable", sys.executable))
    names = [f"python3.{minor}" for minor in range(NEWEST_SUPPORTED[1], OLDEST_SUPPORTED[1] - 1, -1)] + [
        "python3",
        "python",
    ]
    folders = [Path(each) for each in os.environ.get("PATH", "").split(os.pathsep) if each]
    for pattern in PYTHON_FOLDERS if os.name != "nt" else ():
        expanded = Path(pattern).expanduser()
        folders += sorted(Path(expanded.anchor).glob(str(expanded.relative_to(expanded.anchor))), reverse=True)
    for pattern in WINDOWS_FOLDERS if os.name == "nt" else ():
        folders += sorted(Path.home().glob(pattern), reverse=True)
    if also is not None:
        folders += [*sorted(also.glob("*/bin")), *sorted(also.glob("*"))]
    seen = set()
    for folder in folders:
        for name in names:
            path = shutil.which(name, path=str(folder))
            if path is not None and path not in seen:
                seen.add(path)
                yield Path(path)
