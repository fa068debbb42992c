"""Record from this machine's microphone through PortAudio, which calls back on a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speech.audio.recording import SAMPLE_RATE, Recording
from speech.audio.stream_recorder import Sink, StreamRecorder
from speech.errors import MicrophoneError

RECORDING_NAME = "The recording from this computer's microphone"
MAX_CHANNELS = 2  # at most; a microphone on the second input of an interface has to be heard too
MAX_SECONDS_WITHOUT_SOUND = (
    3.0  # s without a block after which the device counts as gone; blocks come every 0.01 to 0.1 s
)
ALTERNATIVES_HINT = "or record in the browser or upload a file instead"

_open_recordings: set[MicrophoneRecording] = set()
_portaudio_lock = threading.Lock()  # PortAudio may not be started anew while a stream is open or being opened


@dataclass(frozen=True)
class Device:
    """An input device as PortAudio lists it."""

    index: int
    name: str
    channels: int  # inputs it has
    default_rate: float  # Hz


def list_devices() -> tuple[Device, ...]:
    """Return the current inputs of the system's preferred audio interface; empty if there are none.

    Raises:
        MicrophoneError: PortAudio is missing or does not start.
    """
    sounddevice = _import_sounddevice()
    with _portaudio_lock:
        try:
            if (
                not _open_recordings
            ):  # PortAudio lists the devices at its start only: what was plugged in since is missing
                sounddevice._terminate()
                sounddevice._initialize()
            inputs = [entry for entry in sounddevice.query_devices() if entry["max_input_channels"] > 0]
            interface = sounddevice.default.hostapi
        except sounddevice.PortAudioError as error:
            raise MicrophoneError(
                f"We can't list your microphones ({_describe_reason(error)}). Try again, {ALTERNATIVES_HINT}."
            ) from error
    # Windows lists each microphone several times, once for each interface.
    preferred = [entry for entry in inputs if entry["hostapi"] == interface] or inputs
    return tuple(
        Device(entry["index"], entry["name"], entry["max_input_channels"], entry["default_samplerate"])
        for entry in preferred
    )


OpenSink = Callable[[float], Sink]  # is told the rate in Hz


class MicrophoneRecording:
    """One recording in progress: begun by Take.start, ended by stop() or end(), which have to free the device."""

    def __init__(self, sounddevice: ModuleType, device: int | None, open_sink: OpenSink | None = None) -> None:
        entry = sounddevice.query_devices(device, kind="input")
        channels = min(entry["max_input_channels"], MAX_CHANNELS)
        rate = _choose_rate(sounddevice, entry, channels)
        self._capture = StreamRecorder(rate, open_sink(rate) if open_sink else None)
        self._full = sounddevice.CallbackStop
        self._ended = False
        self._stopped = False
        self._stream = sounddevice.InputStream(
            samplerate=rate,
            device=entry["index"],
            channels=channels,
            dtype="float32",
            callback=self._add_block,
            finished_callback=self._mark_ended,
        )

    @classmethod
    def start(cls, device: int | None = None, open_sink: OpenSink | None = None) -> MicrophoneRecording:
        """Begin to record.

        Args:
            device: The index of an input; None for the system's default one.
            open_sink: Gives where the sound goes; None to keep it in memory for `stop`.

        Raises:
            MicrophoneError: No sound can be had from it.
        """
        sounddevice = _import_sounddevice()
        with _portaudio_lock:
            if device is None and sounddevice.default.device[0] < 0:
                raise MicrophoneError(f"We can't find a microphone. Plug one in and try again, {ALTERNATIVES_HINT}.")
            try:
                take = cls(sounddevice, device, open_sink)
                take._start_stream()
            except (sounddevice.PortAudioError, ValueError) as error:
                raise MicrophoneError(
                    f"Your microphone didn't open ({_describe_reason(error)}). "
                    "Check that it's plugged in and that no "
                    f"other program is using it, choose another one, {ALTERNATIVES_HINT}."
                ) from error
        return take

    def measure_level(self) -> float:
        """Return the RMS level of the last 0.1 s in dBFS (a full-scale sine is at -3); at least -120."""
        return self._capture.level

    def count_seconds(self) -> float:
        """Return the seconds of audio so far; a recording ends by itself at MAX_RECORDING_SECONDS."""
        return self._capture.elapsed

    @property
    def failure(self) -> MicrophoneError | None:
        """Why no more audio arrives; None while all is well. stop() still returns what came before."""
        if self._stopped or self._capture.is_full:
            return None
        if self._stream.active and not self._ended and self._capture.seconds_since_block < MAX_SECONDS_WITHOUT_SOUND:
            return None
        return MicrophoneError(
            f"Your microphone stopped after {self.count_seconds():.0f} s. Everything up to then is saved. "
            f"Check that it's plugged in before your next take, {ALTERNATIVES_HINT}."
        )

    def stop(self) -> Recording:
        """End the recording and free the device; a second call returns the same recording.

        The recording is marked damaged if the machine was too busy to record every sample.

        Raises:
            RecordingError: There is too little audio.
        """
        self.end()
        return self._capture.make_recording(RECORDING_NAME)

    def end(self) -> None:
        """End the take and free the device, where its sound went to a sink; nothing the second time."""
        self._stopped = True
        with _portaudio_lock:
            self._close_stream()

    @property
    def is_damaged(self) -> bool:
        """Whether the machine was too busy to take in every sample."""
        return self._capture.is_damaged

    @property
    def clipped_share(self) -> float:
        """Share of the device's samples at full scale, 0..1."""
        return self._capture.clipped_share

    def _start_stream(self) -> None:
        _open_recordings.add(self)
        try:
            self._stream.start()
        except BaseException:
            self._close_stream()
            raise

    def _close_stream(self) -> None:
        if self in _open_recordings:
            self._stream.stop(ignore_errors=True)
            self._stream.close(ignore_errors=True)
            _open_recordings.remove(self)

    def _add_block(self, block: NDArray[np.float32], _frames: int, _time: object, status: Any) -> None:
        self._capture.add(block, incomplete=bool(status.input_overflow))
        if self._capture.is_full:
            raise self._full

    def _mark_ended(self) -> None:
        self._ended = True


def _import_sounddevice() -> ModuleType:
    try:
        import sounddevice
    except (ImportError, OSError) as error:  # OSError: the package is there, the PortAudio library is not
        raise MicrophoneError(
            "We can't record outside the browser because PortAudio isn't installed. Install it (Debian and Ubuntu: "
            f"sudo apt-get install libportaudio2), {ALTERNATIVES_HINT}."
        ) from error
    return sounddevice  # type: ignore[no-any-return]


def _choose_rate(sounddevice: ModuleType, entry: dict[str, Any], channels: int) -> float:
    try:
        sounddevice.check_input_settings(entry["index"], channels, "float32", samplerate=SAMPLE_RATE)
    except sounddevice.PortAudioError:
        return float(entry["default_samplerate"])
    return SAMPLE_RATE


def _describe_reason(error: Exception) -> str:
    return str(error.args[0]) if error.args else "no reason given"
