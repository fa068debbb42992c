"""A microphone made of software: a PulseAudio server of its own with a null sink whose monitor is the default input.

Sound plays and records in real time, on a clock of its own, with no sound hardware.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

SINK = "sink_name=mic rate=48000 channels=1"
FEEDER = ["pacat", "--raw", "--device=mic", "--rate=48000", "--channels=1", "--latency-msec=50", "/dev/zero"]


@dataclass(frozen=True)
class VirtualMicrophone:
    """A running server; its environment is what a program needs to record from it."""

    environment: dict[str, str]
    server: int  # process id

    def play(self, path: Path) -> subprocess.Popen[bytes]:
        """Start playing an audio file into the microphone."""
        return subprocess.Popen(["paplay", "--device=mic", str(path)], env=os.environ | self.environment)

    def unplug(self) -> None:
        """Remove the microphone while programs record from it."""
        os.kill(self.server, signal.SIGKILL)


@contextmanager
def virtual_microphone() -> Iterator[VirtualMicrophone]:
    """Start the server, wait until its microphone delivers sound, and end it with everything it started."""
    with ExitStack() as ending, tempfile.TemporaryDirectory() as folder:
        environment = _make_environment(Path(folder))
        server = ending.enter_context(_run_process(_make_server_command(Path(folder)), environment))
        wait_until(lambda: _is_successful(["pactl", "info"], environment), "the sound server answers", 20)
        if not _is_successful(["pactl", "set-default-source", "virtmic"], environment):
            raise RuntimeError("the virtual microphone cannot be made the default input")
        # A monitor of a sink to which nobody plays falls asleep and delivers nothing, not even silence.
        ending.enter_context(_run_process(FEEDER, environment))
        wait_until(lambda: _is_steady(environment), "the microphone delivers sound in real time", 20)
        yield VirtualMicrophone(environment, server.pid)


def wait_until(holds: Callable[[], bool], what: str, seconds: float) -> None:
    """Wait for a condition; raises TimeoutError with what was waited for."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s in vain until {what}")
        time.sleep(0.02)


def _make_environment(folder: Path) -> dict[str, str]:
    return {
        "XDG_RUNTIME_DIR": str(folder),
        "PULSE_RUNTIME_PATH": str(folder),
        "PULSE_STATE_PATH": str(folder),
        "PULSE_SERVER": f"unix:{folder}/native",
        "PULSE_COOKIE": f"{folder}/cookie",
    }


def _make_server_command(folder: Path) -> list[str]:
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=1", "--use-pid-file=no"]
    modules = [
        f"module-native-protocol-unix socket={folder}/native auth-anonymous=1",
        f"module-null-sink {SINK}",
        "module-remap-source source_name=virtmic master=mic.monitor",
    ]
    return [*command, *(part for module in modules for part in ("-L", module))]


@contextmanager
def _run_process(
    command: list[str], environment: dict[str, str], stdout: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, env=os.environ | environment, stdout=stdout, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def _is_successful(command: list[str], environment: dict[str, str]) -> bool:
    done = subprocess.run(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0


def _is_steady(environment: dict[str, str]) -> bool:
    """Return whether half a second of audio takes about that long to arrive: a monitor that wakes up is late."""
    command = ["parec", "--raw", "--rate=48000", "--channels=1", "--latency-msec=50"]
    begun = time.monotonic()
    with _run_process(command, environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.read(48_000)  # 16-bit samples: 0.5 s
    return time.monotonic() - begun < 0.8
