"""Detect system software that pip cannot install, and install it with apt-get where that is allowed."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Sequence  # noqa: UP035 - tasks.py has to live long enough under an old Python to refuse it


@dataclass(frozen=True)
class Need:
    """Software that pip cannot install: how to detect it, and what is missing without it."""

    name: str
    packages: tuple[str, ...]  # Debian's
    without: str
    is_there: Callable[[], bool]


def _has_portaudio() -> bool:
    return not sys.platform.startswith("linux") or ctypes.util.find_library("portaudio") is not None


def _has_pulseaudio() -> bool:
    plugins = ("lib/*/alsa-lib", "lib/alsa-lib", "lib64/alsa-lib")
    found = any(any(Path("/usr").glob(f"{folder}/libasound_module_pcm_pulse.so")) for folder in plugins)
    return found and all(shutil.which(program) for program in ("pulseaudio", "pactl", "pacat", "paplay"))


def _can_watch_network() -> bool:
    """Return whether a program can be started without a network and traced; only Linux can do both."""
    if not all(map(shutil.which, ("strace", "ip", "unshare"))):
        return False
    alone = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    return (
        subprocess.run([*alone, "strace", "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0
    )


def find_chromium() -> str | None:
    """Return the path of Chromium or Chrome; None if it is not installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


def find_postgres_program(name: str) -> str | None:
    """Return the path of a Postgres server program, which Debian keeps off PATH; None if it is not installed."""
    debian = sorted(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}")))
    return shutil.which(name) or (debian[-1] if debian else None)


def find_nginx() -> str | None:
    """Return the path of nginx, which Debian keeps off the PATH of most users; None if it is not installed."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")


PORTAUDIO = Need(
    "PortAudio",
    ("libportaudio2",),
    "the app cannot use this machine's microphone itself; recording in the browser and uploading work",
    _has_portaudio,
)
CHROMIUM = Need("Chromium", ("chromium",), "tests marked browser are skipped", lambda: find_chromium() is not None)
POSTGRES = Need(
    "Postgres",
    ("postgresql",),
    "tests marked postgres are skipped, they keep answers in a server they start",
    lambda: all(map(find_postgres_program, ("initdb", "pg_ctl", "postgres"))),
)
NGINX = Need(
    "nginx",
    ("nginx",),
    "tests marked proxy are skipped, people sign in at it there",
    lambda: find_nginx() is not None,
)
NETWORK_WATCH = Need(
    "strace and iproute2",
    ("strace", "iproute2"),
    "tests marked network are skipped, they cut the network off and write down every call to it",
    _can_watch_network,
)
PULSEAUDIO = Need(
    "PulseAudio",
    ("pulseaudio", "pulseaudio-utils", "libasound2-plugins"),
    "tests marked device are skipped, they record from a virtual microphone made with it",
    _has_pulseaudio,
)


def provide(*needs: Need) -> None:
    """Install what the system lacks where possible; otherwise print what will be missing."""
    lacking = [need for need in needs if not need.is_there()]
    if lacking and can_use_apt():
        install_with_apt([package for need in lacking for package in need.packages])
    for need in lacking:
        if not need.is_there():
            how = f" (Debian and Ubuntu: sudo apt-get install {' '.join(need.packages)})"
            print(f"{need.name} is not installed: {need.without}{how if sys.platform == 'linux' else ''}.", flush=True)


def can_use_apt() -> bool:
    """Return whether this is root on a system with apt-get."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_with_apt(packages: Sequence[str]) -> int:
    """Install Debian packages.

    Returns:
        The exit code; if it is not 0, the output of apt-get was printed.
    """
    print(f"Installing {' '.join(packages)} with apt-get ...", flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", "-q", *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            print(done.stdout, file=sys.stderr)
            return done.returncode
    return 0
