"""Tones, silence and noise with known times, and the same as the bytes of sound files."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Sequence
from fractions import Fraction

import av
import numpy as np
import scipy
import soundfile
from av.container import OutputContainer
from av.stream import Disposition
from av.video.stream import VideoStream
from numpy.typing import NDArray

from speech.audio.recording import SAMPLE_RATE
from speech.audio.signal import to_int16

Sound = NDArray[np.float32]
LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1"}


def make_tone(seconds: float, hertz: float = 440.0, peak: float = 0.5, rate: int = SAMPLE_RATE) -> Sound:
    """Make a sine, shape (n,)."""
    at = np.arange(round(seconds * rate)) / rate
    return (peak * np.sin(2 * np.pi * hertz * at)).astype(np.float32)


def make_silence(seconds: float, rate: int = SAMPLE_RATE) -> Sound:
    """Make digital silence, shape (n,)."""
    return np.zeros(round(seconds * rate), np.float32)


def make_noise(seconds: float, level: float, rate: int = SAMPLE_RATE) -> Sound:
    """Make white noise at a level in dBFS, shape (n,); the same every time."""
    return np.random.default_rng(7).normal(0, 10 ** (level / 20), round(seconds * rate)).astype(np.float32)


def measure_level(sound: Sound) -> float:
    """Return the RMS level in dBFS."""
    return float(10 * np.log10(np.mean(np.square(sound, dtype=np.float64))))


def measure_pitch(sound: Sound, rate: int = SAMPLE_RATE) -> float:
    """Return the frequency of the strongest tone in Hz."""
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return float(np.argmax(spectrum)) * rate / len(sound)


def encode_with_libsndfile(sound: Sound, rate: int, container: str, subtype: str) -> bytes:
    """Encode a sound of shape (n,) or (n, channels) with libsndfile."""
    file = io.BytesIO()
    soundfile.write(file, sound, rate, subtype, format=container)
    return file.getvalue()


def encode_with_ffmpeg(
    container: str,
    codec: str | None,
    sound: Sound | None = None,
    rate: int = 48_000,
    video: bool = False,
    container_options: dict[str, str] | None = None,
    codec_options: dict[str, str] | None = None,
) -> bytes:
    """Encode a sound of shape (n,) or (n, channels) with FFmpeg, optionally with ten video frames."""
    file = io.BytesIO()
    with av.open(file, "w", format=container, container_options=container_options or {}) as out:
        streams = [out.add_stream("mpeg4", rate=10, width=64, height=64, pix_fmt="yuv420p")] if video else []
        pictures = [av.VideoFrame(64, 64, "yuv420p") for _ in range(10)] if video else []
        for at, picture in enumerate(pictures):
            picture.pts = at
        media = [pictures] if video else []
        if codec is not None and sound is not None:
            channels = np.atleast_2d(sound.T)
            layout = LAYOUTS[len(channels)]
            streams.append(out.add_stream(codec, rate=rate, layout=layout, options=codec_options or {}))
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(channels), format="fltp", layout=layout)
            frame.sample_rate, frame.pts = rate, 0
            media.append([frame])
        for stream, frames in zip(streams, media, strict=True):
            for frame in [*frames, None]:
                out.mux(stream.encode(frame))
    return file.getvalue()


def encode_packets(
    container: str,
    codec: str,
    sound: Sound,
    leave_out: Callable[[float], bool] = lambda _: False,
    offset: Callable[[float], float] = lambda _: 0.0,
    picture: float | None = None,
) -> bytes:
    """Encode a mono sound of 48 kHz and put its packets into a container one by one, as links and recorders do.

    Args:
        container: FFmpeg's name of the container.
        codec: FFmpeg's name of the codec.
        sound: Shape (n,).
        leave_out: Whether the packet that begins at so many seconds is lost.
        offset: Seconds by which the time stamp of that packet is late.
        picture: Second of a last picture in a video track; None for no video track.
    """
    coded = io.BytesIO(encode_with_ffmpeg(container, codec, sound))
    file = io.BytesIO()
    with av.open(coded) as source, av.open(file, "w", format=container) as out:
        track = out.add_stream_from_template(source.streams.audio[0])
        video = None if picture is None else out.add_stream("mpeg4", rate=10, width=64, height=64, pix_fmt="yuv420p")
        if video is not None:
            _add_pictures(out, video, (0.0, picture or 0.0))
        for packet in source.demux(audio=0):
            begin = float((packet.pts or 0) * packet.time_base)
            if packet.dts is None or leave_out(begin):
                continue
            late = round(offset(begin) / packet.time_base)
            packet.pts, packet.dts, packet.stream = packet.pts + late, packet.dts + late, track
            out.mux(packet)
    return file.getvalue()


def _add_pictures(out: OutputContainer, video: VideoStream, seconds: Sequence[float]) -> None:
    for at in seconds:
        picture = av.VideoFrame(64, 64, "yuv420p")
        picture.pts, picture.time_base = round(at * 10), Fraction(1, 10)
        out.mux(video.encode(picture))
    out.mux(video.encode(None))


def encode_tracks(container: str, codec: str, sounds: Sequence[Sound], default: int = 0) -> bytes:
    """Encode mono sounds of 16 kHz as the audio tracks of one file, one of them flagged as its default."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        tracks = [out.add_stream(codec, rate=SAMPLE_RATE, layout="mono") for _ in sounds]
        for index, track in enumerate(tracks):
            track.disposition = Disposition.default if index == default else Disposition(0)
        for track, sound in zip(tracks, sounds, strict=True):
            frame = av.AudioFrame.from_ndarray(to_int16(sound)[None], format="s16", layout="mono")
            frame.sample_rate, frame.pts = SAMPLE_RATE, 0
            for each in (frame, None):
                out.mux(track.encode(each))
    return file.getvalue()


def encode_wav(sound: Sound, rate: int = SAMPLE_RATE, promised: float | None = None) -> bytes:
    """Make a 16-bit WAV file of a sound of shape (n,) or (n, channels).

    Args:
        sound: The samples.
        rate: Hz.
        promised: Seconds that the header declares; None for the real duration.
    """
    channels = 1 if sound.ndim == 1 else sound.shape[1]
    data = to_int16(sound).tobytes()
    size = len(data) if promised is None else round(promised * rate) * channels * 2
    return encode_wav_with_size(data, size, rate, channels)


def encode_wav_with_size(data: bytes, size: int, rate: int = SAMPLE_RATE, channels: int = 1) -> bytes:
    """Make a 16-bit WAV file whose header declares `size` bytes of audio."""
    header = struct.pack("<IHHIIHH", 16, 1, channels, rate, rate * channels * 2, channels * 2, 16)
    whole = b"RIFF" + struct.pack("<I", min(36 + size, 0xFFFFFFFF)) + b"WAVEfmt " + header
    return whole + b"data" + struct.pack("<I", size) + data


def apply_filter(samples: Sound, taps: NDArray[np.float64]) -> Sound:
    """Return samples filtered without delay by an impulse response of odd length, both ends held, as scipy does it."""
    if not len(samples):
        return samples
    held = np.pad(samples.astype(np.float64), len(taps) // 2, mode="edge")
    filtered: Sound = scipy.signal.oaconvolve(held, taps, mode="valid").astype(np.float32)
    return filtered
