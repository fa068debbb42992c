"""The microphone against a scripted PortAudio, and against real PortAudio with virtual devices."""

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
from speech.audio.microphone import Device, Take, devices
from speech.audio.recording import LONGEST, SAMPLE_RATE, Recording
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
    """A scripted stream: the test says when sound comes and when it ends."""

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

    def bring(self, block: NDArray[np.float32], status: object = FINE) -> None:
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
        self.entries = [entry(0, "Desk mic", 2), entry(1, "Speakers", 0), entry(2, "Desk mic (again)", 2, hostapi=1)]

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


def entry(index: int, name: str, channels: int, hostapi: int = 0) -> dict[str, Any]:
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
    microphone._open_takes.clear()


def test_without_portaudio_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    for ask in (devices, Take.start):
        with pytest.raises(MicrophoneError, match="apt-get install libportaudio2"):
            ask()


def test_without_the_sounddevice_package_there_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(MicrophoneError, match="PortAudio is not installed"):
        devices()


def test_devices_are_the_inputs_of_the_preferred_interface(portaudio: PortAudio) -> None:
    assert devices() == (Device(0, "Desk mic", 2, 48_000.0),)


def test_an_interface_without_inputs_is_not_preferred(portaudio: PortAudio) -> None:
    portaudio.default.hostapi = 7
    assert [device.index for device in devices()] == [0, 2]


def test_a_microphone_plugged_in_later_is_listed_but_not_while_a_take_is_running(portaudio: PortAudio) -> None:
    devices()
    assert portaudio.restarts == 1
    take = Take.start()
    devices()
    assert portaudio.restarts == 1
    portaudio.streams[0].bring(SECOND)
    take.stop()
    devices()
    assert portaudio.restarts == 2


def test_with_no_device_there_are_none_to_choose_from_and_none_to_start(portaudio: PortAudio) -> None:
    portaudio.entries, portaudio.default.device = [], (-1, -1)
    assert devices() == ()
    with pytest.raises(MicrophoneError, match="No microphone was found"):
        Take.start()


def test_a_device_that_is_gone_cannot_be_started(portaudio: PortAudio) -> None:
    with pytest.raises(MicrophoneError, match=r"cannot be opened \(Error querying device 7\)"):
        Take.start(7)


def test_a_busy_device_cannot_be_started(portaudio: PortAudio) -> None:
    portaudio.busy = True
    with pytest.raises(MicrophoneError, match="no other program uses it"):
        Take.start(0)


def test_a_stream_that_does_not_start_is_closed_again(portaudio: PortAudio, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_stream: Stream) -> None:
        raise PortAudioError("Unanticipated host error [PaErrorCode -9999]", -9999)

    monkeypatch.setattr(Stream, "start", refuse)
    with pytest.raises(MicrophoneError, match="Unanticipated host error"):
        Take.start()
    assert portaudio.streams[0].calls == ["stop", "close"]


@pytest.mark.parametrize(("rates", "opened_at"), [({16_000, 48_000}, 16_000), ({48_000}, 48_000)])
def test_a_device_records_at_16_khz_if_it_can_and_else_at_its_own_rate(
    portaudio: PortAudio, rates: set[int], opened_at: int
) -> None:
    portaudio.rates = rates
    Take.start()
    assert portaudio.streams[0].settings["samplerate"] == opened_at


def test_a_take_counts_its_seconds_and_ends_as_a_recording(portaudio: PortAudio) -> None:
    take = Take.start()
    for _ in range(3):
        portaudio.streams[0].bring(SECOND)
    assert take.elapsed() == 3.0
    assert take.level() == pytest.approx(20 * np.log10(0.25), abs=0.1)
    assert take.failed is None
    recording = take.stop()
    assert recording.duration == pytest.approx(3, abs=1 / SAMPLE_RATE)
    assert not recording.damaged
    assert portaudio.streams[0].calls == ["start", "stop", "close"]


def test_a_take_stopped_twice_is_the_same_recording_and_closed_once(portaudio: PortAudio) -> None:
    take = Take.start()
    portaudio.streams[0].bring(SECOND)
    assert take.stop() is take.stop()
    assert portaudio.streams[0].calls.count("close") == 1
    assert take.failed is None


def test_an_overflow_marks_the_recording_damaged(portaudio: PortAudio) -> None:
    take = Take.start()
    portaudio.streams[0].bring(SECOND)
    portaudio.streams[0].bring(SECOND, OVERFLOW)
    assert take.stop().damaged


def test_a_device_unplugged_fails_the_take_and_the_sound_so_far_is_kept(portaudio: PortAudio) -> None:
    take = Take.start()
    portaudio.streams[0].bring(SECOND)
    portaudio.streams[0].die()
    assert "stopped sending sound after 1 s" in str(take.failed)
    assert take.stop().duration == pytest.approx(1, abs=1 / SAMPLE_RATE)


def test_a_device_that_falls_silent_without_a_word_fails_the_take(
    portaudio: PortAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr("speech.audio.stream_recorder.time.monotonic", lambda: now)
    take = Take.start()
    portaudio.streams[0].bring(SECOND)
    now += microphone.STALLED - 0.1
    assert take.failed is None
    now += 0.2
    assert take.failed is not None


def test_a_take_ends_by_itself_at_the_longest_recording_and_has_not_failed(portaudio: PortAudio) -> None:
    portaudio.rates = {16_000}
    take = Take.start()
    minute = np.zeros((60 * SAMPLE_RATE, 1), np.float32)
    for _ in range(round(LONGEST / 60) - 1):
        portaudio.streams[0].bring(minute)
    with pytest.raises(CallbackStop):
        portaudio.streams[0].bring(minute)
    portaudio.streams[0].die()
    assert take.elapsed() == LONGEST
    assert take.failed is None


def in_own_process(scenario: Callable[..., Result], *arguments: object) -> Result:
    """What a scenario returns in a fresh process, which reads the sound system's environment anew and may hang."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:  # leaving it ends the process, hanging or not
        return pool.apply_async(scenario, arguments).get(timeout=60)


ALSA = """
</usr/share/alsa/alsa.conf>
pcm.!default {{ type file  slave.pcm "null"  file "/dev/null"  infile "{infile}"  format "raw" }}
"""


@pytest.mark.device
def test_samples_arrive_bit_by_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples = np.random.default_rng(2).uniform(-1, 1, 2 * SAMPLE_RATE).astype("<f4")
    (tmp_path / "microphone.raw").write_bytes(np.repeat(samples, microphone.CHANNELS).tobytes())
    (tmp_path / "asound.conf").write_text(ALSA.format(infile=tmp_path / "microphone.raw"))
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    recording = in_own_process(record_two_seconds)
    np.testing.assert_array_equal(recording.samples[: len(samples)], samples)


def record_two_seconds() -> Recording:
    take = Take.start()
    wait_until(lambda: take.elapsed() >= 2, "two seconds have come", 20)
    return take.stop()


@pytest.fixture(scope="module")
def virtual() -> Iterator[VirtualMicrophone]:
    with virtual_microphone() as started:
        yield started


@pytest.mark.device
def test_chirps_a_second_apart_are_recorded_a_second_apart(virtual: VirtualMicrophone, tmp_path: Path) -> None:
    due = np.arange(1, 6) * 1.0  # s
    soundfile.write(tmp_path / "chirps.wav", chirps(due, 6.0, 48_000), 48_000)
    elapsed, recording = in_own_process(record_file, virtual, tmp_path / "chirps.wav")
    assert recording.duration == pytest.approx(elapsed, abs=0.2)  # what came between asking and stopping
    assert not recording.damaged
    found = moments_of_chirps(recording, len(due))
    np.testing.assert_allclose(np.diff(found), 1.0, atol=0.010)
    np.testing.assert_allclose(found, due, atol=0.5)  # how late the player begins


def record_file(virtual: VirtualMicrophone, path: Path) -> tuple[float, Recording]:
    os.environ.update(virtual.environment)
    take = Take.start(devices()[0].index)
    virtual.play(path).wait()
    assert take.failed is None
    return take.elapsed(), take.stop()


def chirps(moments: NDArray[np.float64], seconds: float, rate: int) -> NDArray[np.float32]:
    """20 ms sweeps from 500 to 3,000 Hz at the given moments of an otherwise silent file."""
    sound = np.zeros(round(seconds * rate), np.float32)
    t = np.arange(round(0.02 * rate)) / rate
    sweep = 0.5 * np.sin(2 * np.pi * (500 * t + 2_500 / 0.04 * t**2)) * np.hanning(len(t))
    for moment in moments:
        begin = round(moment * rate)
        sound[begin : begin + len(sweep)] = sweep
    return sound


def moments_of_chirps(recording: Recording, count: int) -> NDArray[np.float64]:
    """When the given number of chirps begin, in seconds: the highest peaks of the correlation, at least 0.5 s apart."""
    sweep = chirps(np.zeros(1), 0.02, SAMPLE_RATE)
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
    recording = in_own_process(watch_level, virtual, tmp_path / "tone.wav")
    peaks = np.abs(recording.samples[: len(recording.samples) // 320 * 320]).reshape(-1, 320).max(axis=1)  # of 20 ms
    sounding = peaks[peaks > 0.25]
    assert len(sounding) * 0.02 == pytest.approx(3.0, abs=0.1)
    assert np.median(sounding) == pytest.approx(0.5, abs=0.02)  # the resampler overshoots where the tone begins or ends


def watch_level(virtual: VirtualMicrophone, path: Path) -> Recording:
    os.environ.update(virtual.environment)
    take = Take.start()
    with virtual.play(path):
        wait_until(lambda: abs(take.level() - -9.03) < 0.2, "the meter shows the tone", 10)
    wait_until(lambda: take.level() < -100, "the meter has fallen", 10)
    return take.stop()


@pytest.mark.device
def test_a_microphone_unplugged_while_recording_leaves_what_came_before(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "chirps.wav", chirps(np.array([0.5, 1.0]), 6.0, 48_000), 48_000)
    with virtual_microphone() as doomed:
        failure, elapsed, recording = in_own_process(record_until_unplugged, doomed, tmp_path / "chirps.wav")
    assert "stopped sending sound" in failure
    assert recording.duration == pytest.approx(elapsed, abs=1 / SAMPLE_RATE)
    assert np.diff(moments_of_chirps(recording, 2)) == pytest.approx(0.5, abs=0.010)


def record_until_unplugged(doomed: VirtualMicrophone, path: Path) -> tuple[str, float, Recording]:
    os.environ.update(doomed.environment)
    take = Take.start()
    doomed.play(path)
    wait_until(lambda: take.elapsed() > 2.5, "both chirps have come", 20)
    doomed.unplug()
    wait_until(lambda: take.failed is not None, "the take has failed", 20)
    return str(take.failed), take.elapsed(), take.stop()
