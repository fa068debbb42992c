"""The microphone with a scripted PortAudio, and with the real PortAudio and virtual devices."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, TypeVar

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from speech.audio import microphone
from speech.audio.microphone import Device, MicrophoneRecording, list_devices
from speech.audio.recording import MAX_RECORDING_SECONDS, SAMPLE_RATE, Recording
from speech.errors import MicrophoneError
from tests.support.virtual_microphone import VirtualMicrophone, virtual_microphone, wait_until

Result = TypeVar("Result")

FINE = SimpleNamespace(input_overflow=False)
OVERFLOW = SimpleNamespace(input_overflow=True)
SECOND = np.full((48_000, 2), 0.25, np.float32)


class PortAudioError(Exception):
    pass


class CallbackStop(Exception):  # noqa: N818 - sounddevice's own name
    pass


@dataclass
class Stream:
    """A scripted stream: the test decides when sound arrives and when it ends."""

    settings: dict[str, Any]
    calls: list[str] = field(default_factory=list)
    active: bool = False

    def start(self) -> None:
        self.calls.append("start")
        self.active = True

    def stop(self, ignore_errors: bool) -> None:
        self.calls.append("stop")
        self.active = False

    def close(self, ignore_errors: bool) -> None:
        self.calls.append("close")

    def send(self, block: NDArray[np.float32], status: object = FINE) -> None:
        self.settings["callback"](block, len(block), None, status)

    def die(self) -> None:
        self.active = False
        self.settings["finished_callback"]()


class PortAudio(ModuleType):
    """A scripted sounddevice: one stereo microphone at 48 kHz, one loudspeaker, one microphone of another interface."""

    PortAudioError = PortAudioError
    CallbackStop = CallbackStop

    def __init__(self) -> None:
        super().__init__("sounddevice")
        self.streams: list[Stream] = []
        self.restarts = 0
        self.rates = {48_000}
        self.busy = False
        self.default = SimpleNamespace(hostapi=0, device=(0, 1))
        self.entries = [
            make_entry(0, "Desk mic", 2),
            make_entry(1, "Speakers", 0),
            make_entry(2, "Desk mic (again)", 2, hostapi=1),
        ]

    def _terminate(self) -> None:
        self.restarts += 1

    def _initialize(self) -> None:
        pass

    def query_devices(self, device: int | None = None, kind: str | None = None) -> Any:
        if kind is None:
            return self.entries
        if device is None:
            device = self.default.device[0]
        if device >= len(self.entries):
            raise PortAudioError(f"Error querying device {device}")
        return self.entries[device]

    def check_input_settings(self, _device: int, _channels: int, _dtype: str, samplerate: float) -> None:
        if samplerate not in self.rates:
            raise PortAudioError("Invalid sample rate [PaErrorCode -9997]", -9997)

    def InputStream(self, **settings: Any) -> Stream:  # noqa: N802
        if self.busy:
            raise PortAudioError("Device unavailable [PaErrorCode -9985]", -9985)
        self.streams.append(Stream(settings))
        return self.streams[-1]


def make_entry(index: int, name: str, channels: int, hostapi: int = 0) -> dict[str, Any]:
    return {
        "index": index,
        "name": name,
        "max_input_channels": channels,
        "default_samplerate": 48_000.0,
        "hostapi": hostapi,
    }


@pytest.fixture
def portaudio(monkeypatch: pytest.MonkeyPatch) -> Iterator[PortAudio]:
    scripted = PortAudio()
    monkeypatch.setitem(sys.modules, "sounddevice", scripted)
    yield scripted
    microphone._open_recordings.clear()


def test_without_portaudio_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    for ask in (list_devices, MicrophoneRecording.start):
        with pytest.raises(MicrophoneError, match="apt-get install libportaudio2"):
            ask()


def test_a_missing_sounddevice_package_is_explained_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(MicrophoneError, match="PortAudio isn't installed"):
        list_devices()


def test_devices_are_the_inputs_of_the_preferred_interface(portaudio: PortAudio) -> None:
    assert list_devices() == (Device(0, "Desk mic", 2, 48_000.0),)


def test_an_interface_without_inputs_is_not_preferred(portaudio: PortAudio) -> None:
    portaudio.default.hostapi = 7
    assert [device.index for device in list_devices()] == [0, 2]


def test_a_microphone_plugged_in_later_is_listed_unless_a_recording_runs(portaudio: PortAudio) -> None:
    list_devices()
    assert portaudio.restarts == 1
    take = MicrophoneRecording.start()
    list_devices()
    assert portaudio.restarts == 1
    portaudio.streams[0].send(SECOND)
    take.stop()
    list_devices()
    assert portaudio.restarts == 2


def test_without_a_device_none_is_listed_and_none_can_be_started(portaudio: PortAudio) -> None:
    portaudio.entries, portaudio.default.device = [], (-1, -1)
    assert list_devices() == ()
    with pytest.raises(MicrophoneError, match="We can't find a microphone"):
        MicrophoneRecording.start()


def test_a_device_that_is_gone_cannot_be_started(portaudio: PortAudio) -> None:
    with pytest.raises(MicrophoneError, match=r"didn't open \(Error querying device 7\)"):
        MicrophoneRecording.start(7)


def test_a_busy_device_cannot_be_started(portaudio: PortAudio) -> None:
    portaudio.busy = True
    with pytest.raises(MicrophoneError, match="no other program is using it"):
        MicrophoneRecording.start(0)


def test_a_stream_that_does_not_start_is_closed_again(portaudio: PortAudio, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_stream: Stream) -> None:
        raise PortAudioError("Unanticipated host error [PaErrorCode -9999]", -9999)

    monkeypatch.setattr(Stream, "start", refuse)
    with pytest.raises(MicrophoneError, match="Unanticipated host error"):
        MicrophoneRecording.start()
    assert portaudio.streams[0].calls == ["stop", "close"]


@pytest.mark.parametrize(("rates", "opened_at"), [({16_000, 48_000}, 16_000), ({48_000}, 48_000)])
def test_a_device_records_at_16_khz_if_possible_or_at_its_default_rate(
    portaudio: PortAudio, rates: set[int], opened_at: int
) -> None:
    portaudio.rates = rates
    MicrophoneRecording.start()
    assert portaudio.streams[0].settings["samplerate"] == opened_at


def test_a_recording_counts_its_seconds_until_it_is_stopped(portaudio: PortAudio) -> None:
    take = MicrophoneRecording.start()
    for _ in range(3):
        portaudio.streams[0].send(SECOND)
    assert take.count_seconds() == 3.0
    assert take.measure_level() == pytest.approx(20 * np.log10(0.25), abs=0.1)
    assert take.failure is None
    recording = take.stop()
    assert recording.duration == pytest.approx(3, abs=1 / SAMPLE_RATE)
    assert not recording.damaged
    assert portaudio.streams[0].calls == ["start", "stop", "close"]


def test_stopping_twice_gives_the_same_recording_and_closes_once(portaudio: PortAudio) -> None:
    take = MicrophoneRecording.start()
    portaudio.streams[0].send(SECOND)
    assert take.stop() is take.stop()
    assert portaudio.streams[0].calls.count("close") == 1
    assert take.failure is None


def test_an_overflow_marks_the_recording_damaged(portaudio: PortAudio) -> None:
    take = MicrophoneRecording.start()
    portaudio.streams[0].send(SECOND)
    portaudio.streams[0].send(SECOND, OVERFLOW)
    assert take.stop().damaged


def test_unplugging_a_device_fails_the_recording_and_keeps_its_sound(portaudio: PortAudio) -> None:
    take = MicrophoneRecording.start()
    portaudio.streams[0].send(SECOND)
    portaudio.streams[0].die()
    assert "Your microphone stopped after 1 s" in str(take.failure)
    assert take.stop().duration == pytest.approx(1, abs=1 / SAMPLE_RATE)


def test_a_device_that_stops_sending_sound_fails_the_recording(
    portaudio: PortAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr("speech.audio.stream_recorder.time.monotonic", lambda: now)
    take = MicrophoneRecording.start()
    portaudio.streams[0].send(SECOND)
    now += microphone.MAX_SECONDS_WITHOUT_SOUND - 0.1
    assert take.failure is None
    now += 0.2
    assert take.failure is not None


def test_a_recording_ends_without_failure_at_its_maximum_length(portaudio: PortAudio) -> None:
    portaudio.rates = {16_000}
    take = MicrophoneRecording.start()
    minute = np.zeros((60 * SAMPLE_RATE, 1), np.float32)
    for _ in range(round(MAX_RECORDING_SECONDS / 60) - 1):
        portaudio.streams[0].send(minute)
    with pytest.raises(CallbackStop):
        portaudio.streams[0].send(minute)
    portaudio.streams[0].die()
    assert take.count_seconds() == MAX_RECORDING_SECONDS
    assert take.failure is None


def run_in_own_process(scenario: Callable[..., Result], *arguments: object) -> Result:
    """Run a scenario in a fresh process, which reads the sound system's environment again and may hang."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:  # leaving it ends the process, hanging or not
        return pool.apply_async(scenario, arguments).get(timeout=60)


ALSA = """
</usr/share/alsa/alsa.conf>
pcm.!default {{ type file  slave.pcm "null"  file "/dev/null"  infile "{infile}"  format "raw" }}
"""


@pytest.mark.device
def test_samples_arrive_bit_by_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples = np.random.default_rng(2).uniform(-1, 1, 2 * SAMPLE_RATE).astype("<f4")
    (tmp_path / "microphone.raw").write_bytes(np.repeat(samples, microphone.MAX_CHANNELS).tobytes())
    (tmp_path / "asound.conf").write_text(ALSA.format(infile=tmp_path / "microphone.raw"))
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    recording = run_in_own_process(record_two_seconds)
    np.testing.assert_array_equal(recording.samples[: len(samples)], samples)


def record_two_seconds() -> Recording:
    take = MicrophoneRecording.start()
    wait_until(lambda: take.count_seconds() >= 2, "two seconds have come", 20)
    return take.stop()


@pytest.fixture(scope="module")
def virtual() -> Iterator[VirtualMicrophone]:
    with virtual_microphone() as started:
        yield started


@pytest.mark.device
def test_chirps_a_second_apart_are_recorded_a_second_apart(virtual: VirtualMicrophone, tmp_path: Path) -> None:
    due = np.arange(1, 6) * 1.0  # s
    soundfile.write(tmp_path / "chirps.wav", make_chirps(due, 6.0, 48_000), 48_000)
    elapsed, recording = run_in_own_process(record_file, virtual, tmp_path / "chirps.wav")
    assert recording.duration == pytest.approx(elapsed, abs=0.2)  # what came between asking and stopping
    assert not recording.damaged
    found = find_chirps(recording, len(due))
    np.testing.assert_allclose(np.diff(found), 1.0, atol=0.010)
    np.testing.assert_allclose(found, due, atol=0.5)  # how late the player begins


def record_file(virtual: VirtualMicrophone, path: Path) -> tuple[float, Recording]:
    os.environ.update(virtual.environment)
    take = MicrophoneRecording.start(list_devices()[0].index)
    virtual.play(path).wait()
    assert take.failure is None
    return take.count_seconds(), take.stop()


def make_chirps(moments: NDArray[np.float64], seconds: float, rate: int) -> NDArray[np.float32]:
    """Make 20 ms sweeps from 500 to 3,000 Hz at the given moments of an otherwise silent signal."""
    sound = np.zeros(round(seconds * rate), np.float32)
    t = np.arange(round(0.02 * rate)) / rate
    sweep = 0.5 * np.sin(2 * np.pi * (500 * t + 2_500 / 0.04 * t**2)) * np.hanning(len(t))
    for moment in moments:
        begin = round(moment * rate)
        sound[begin : begin + len(sweep)] = sweep
    return sound


def find_chirps(recording: Recording, count: int) -> NDArray[np.float64]:
    """Return when the given number of chirps begin, in seconds: the highest correlation peaks, at least 0.5 s apart."""
    sweep = make_chirps(np.zeros(1), 0.02, SAMPLE_RATE)
    likeness = np.correlate(recording.samples, sweep, "valid")
    assert likeness.max() > 0.5 * float(np.sum(sweep**2)), "no chirp was recorded"
    found = []
    for _ in range(count):
        best = int(np.argmax(likeness))
        found.append(best / SAMPLE_RATE)
        likeness[max(best - SAMPLE_RATE // 2, 0) : best + SAMPLE_RATE // 2] = -np.inf
    return np.sort(found)


@pytest.mark.device
def test_the_level_meter_follows_a_tone_and_falls_when_it_ends(virtual: VirtualMicrophone, tmp_path: Path) -> None:
    t = np.arange(3 * 48_000) / 48_000
    soundfile.write(tmp_path / "tone.wav", 0.5 * np.sin(2 * np.pi * 440 * t), 48_000)
    recording = run_in_own_process(watch_level, virtual, tmp_path / "tone.wav")
    peaks = np.abs(recording.samples[: len(recording.samples) // 320 * 320]).reshape(-1, 320).max(axis=1)  # of 20 ms
    sounding = peaks[peaks > 0.25]
    assert len(sounding) * 0.02 == pytest.approx(3.0, abs=0.1)
    assert np.median(sounding) == pytest.approx(0.5, abs=0.02)  # the resampler overshoots where the tone begins or ends


def watch_level(virtual: VirtualMicrophone, path: Path) -> Recording:
    os.environ.update(virtual.environment)
    take = MicrophoneRecording.start()
    with virtual.play(path):
        wait_until(lambda: abs(take.measure_level() - -9.03) < 0.2, "the meter shows the tone", 10)
    wait_until(lambda: take.measure_level() < -100, "the meter has fallen", 10)
    return take.stop()


@pytest.mark.device
def test_unplugging_a_microphone_keeps_the_sound_before_it(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "chirps.wav", make_chirps(np.array([0.5, 1.0]), 6.0, 48_000), 48_000)
    with virtual_microphone() as doomed:
        failure, elapsed, recording = run_in_own_process(record_until_unplugged, doomed, tmp_path / "chirps.wav")
    assert "Your microphone stopped after" in failure
    assert recording.duration == pytest.approx(elapsed, abs=1 / SAMPLE_RATE)
    assert np.diff(find_chirps(recording, 2)) == pytest.approx(0.5, abs=0.010)


def record_until_unplugged(doomed: VirtualMicrophone, path: Path) -> tuple[str, float, Recording]:
    os.environ.update(doomed.environment)
    take = MicrophoneRecording.start()
    doomed.play(path)
    wait_until(lambda: take.count_seconds() > 2.5, "both chirps have come", 20)
    doomed.unplug()
    wait_until(lambda: take.failure is not None, "the take has failed", 20)
    return str(take.failure), take.count_seconds(), take.stop()
