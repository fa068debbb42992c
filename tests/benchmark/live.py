"""How long the report takes from Stop, in the app with a real browser or at the session object alone.

While an answer is spoken the CPU time is taken, and at the end the memory; beside them what plain faster-whisper takes
from the file.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from services.analysis_job import analyze_attempt
from services.asked_questions import find_asked_question
from services.job_queue import Running
from services.live.session import LiveSession
from speech import whisper
from speech.asr.models import find_weights
from speech.audio.lazy_librosa import load_librosa
from speech.audio.recording import SAMPLE_RATE, Recording, Samples, from_file
from speech.audio.signal import to_int16
from speech.errors import AnswerAloudError
from speech.live.recogniser import LiveRecogniser, recognise
from speech.transcript import Transcript
from speech.verbatim import VerbatimTranscriber
from store.settings import Settings
from store.store import Store, open_store
from tests.benchmark.clips import Clip
from tests.benchmark.in_browser import live_in_browser
from tests.benchmark.speed import run_worker

BLOCK = 0.1  # s
QUESTION = "tell_me_about_yourself"
GROUPS = ("samples", "s", "g", "r")  # that an answer is joined from, in this order


@dataclass(frozen=True)
class Stop:
    """What one answer took."""

    spoken: float  # CPU seconds a second while it was spoken
    words: float  # s from Stop until the words were there
    report: float  # s from Stop until the report was in the store
    work: float  # CPU seconds from Stop until then, which a busy machine leaves alone
    peak: float  # MiB resident so far
    is_same: bool  # whether the words are those of the recording, with their times


def measure_in_browser(clips: Sequence[Clip], model: str, seconds: Sequence[float], repeats: int) -> str:
    """Return the table of answers spoken in a real browser, medians over the repeats."""
    rows = [
        f"{repeats} answers each, spoken in real time into the microphone of a real Chromium; medians (worst). CPU and",
        "memory are the server's.",
        "",
        "| answer | CPU while speaking | Stop to report s | to screen s | CPU s for it | peak MiB | plain s |",
        "|---|---|---|---|---|---|---|",
    ]
    with live_in_browser.app(model) as app, tempfile.TemporaryDirectory() as folder:
        for length in seconds:
            stops = []
            for turn in range(repeats):
                print(f"{length:.0f} s, answer {turn + 1} of {repeats}: ", end="", file=sys.stderr, flush=True)
                stops.append(app.answer(joined(clips, length + live_in_browser.AFTER, turn), length))
                print(stops[-1], load(), file=sys.stderr, flush=True)
            plain = _plain(model, joined(clips, length, 0), Path(folder))
            rows.append(
                f"| {length:.0f} s | {_of([stop.spoken for stop in stops])} | {_of([stop.report for stop in stops])} "
                f"| {_of([stop.screen for stop in stops])} | {_of([stop.work for stop in stops])} "
                f"| {max(stop.peak for stop in stops):.0f} | {plain:.1f} |"
            )
            print(rows[-1], file=sys.stderr, flush=True)
    return "\n".join(rows)


def measure(clips: Sequence[Clip], model: str, seconds: Sequence[float], repeats: int, haste: float) -> str:
    """Return the table of answers fed to the session, medians over the repeats.

    Args:
        clips: What the answers are joined from.
        model: The recogniser's name.
        seconds: Their lengths.
        repeats: Answers of each length.
        haste: So many times as fast as real time the sound comes.
    """
    transcriber = whisper.load(model)
    whisper.warm_up(transcriber)
    load_librosa()
    pace = "in" if haste == 1 else f"{haste:g} times as fast as"
    rows = [
        f"{repeats} answers each, fed {pace} real time; medians (worst).",
        "",
        "| answer | CPU while speaking | to words s | to report s | CPU s for it | peak MiB | as offline | plain s |",
        "|---|---|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(folder=Path(folder))
        for length in seconds:
            stops = []
            for turn in range(repeats):
                print(f"\r{length:.0f} s, answer {turn + 1} of {repeats} ", end="", file=sys.stderr, flush=True)
                stops.append(_answer(store, transcriber, joined(clips, length, turn), haste))
            rows.append(_row(length, stops, _plain(model, joined(clips, length, 0), Path(folder))))
        store.close()
    print(file=sys.stderr)
    return "\n".join(rows)


def compare_with_whole(clips: Sequence[Clip], model: str) -> list[str]:
    """Return a line for each clip whose words or their times differ when it comes in blocks of a tenth of a second.

    What silence foretells is recognised in advance, as while somebody speaks.

    Args:
        clips: What is recognised.
        model: The recogniser's name.
    """
    transcriber = whisper.load(model)
    differing = []
    for number, clip in enumerate(clips):
        print(f"\r{number + 1} of {len(clips)} clips ", end="", file=sys.stderr, flush=True)
        recording = from_file(clip.sound)
        whole, live = (_outcome(hear, transcriber, recording) for hear in (recognise, _feed_blocks))
        if live != whole:
            differing.append(f"{clip.name}: {live} instead of {whole}")
    print(file=sys.stderr)
    return differing


def _feed_blocks(transcriber: VerbatimTranscriber, recording: Recording) -> Transcript:
    live = LiveRecogniser(transcriber)
    try:
        for begin in range(0, len(recording.samples), round(BLOCK * SAMPLE_RATE)):
            live.feed(recording.samples[begin : begin + round(BLOCK * SAMPLE_RATE)])
            live.wait(transcriber.parallel)
        return live.finish()
    finally:
        live.cancel()


def _outcome(
    hear: Callable[[VerbatimTranscriber, Recording], Transcript], transcriber: VerbatimTranscriber, recording: Recording
) -> Transcript | str:
    try:
        return hear(transcriber, recording)
    except AnswerAloudError as error:
        return str(error)


def joined(clips: Sequence[Clip], seconds: float, turn: int) -> Samples:
    """Spoken clips one after the other, each turn beginning elsewhere; ends where it may, as people do not."""
    spoken = sorted((clip for clip in clips if clip.group in GROUPS), key=lambda clip: GROUPS.index(clip.group))
    whole = np.concatenate([from_file(clip.sound).samples for clip in spoken])
    begin = round(turn * len(whole) / 7.3)
    return np.resize(np.roll(whole, -begin), round(seconds * SAMPLE_RATE))


def _answer(store: Store, transcriber: VerbatimTranscriber, sound: Samples, haste: float) -> Stop:
    settings = Settings(model=transcriber.recogniser.name)
    live = LiveSession.start(SAMPLE_RATE, settings, lambda _model, _language: transcriber)
    cpu, began = time.process_time(), time.perf_counter()
    size = round(BLOCK * SAMPLE_RATE)
    for number, begin in enumerate(range(0, len(sound), size)):
        live.feed(to_int16(sound[begin : begin + size]).tobytes())
        time.sleep(max(0.0, began + (number + 1) * BLOCK / haste - time.perf_counter()))
    spoken = (time.process_time() - cpu) / (len(sound) / SAMPLE_RATE)
    stopped, worked = time.perf_counter(), time.process_time()
    attempt = store.add_recording(live.stop(), find_asked_question(QUESTION))
    words = live.transcript()
    heard = time.perf_counter() - stopped
    analyze_attempt(store, attempt.id, settings, lambda _model, _language: transcriber, _untold, live)
    report, work = time.perf_counter() - stopped, time.process_time() - worked
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB on Linux
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
    is_same = words is not None and words == recognise(transcriber, store.load_recording(attempt.id))
    return Stop(spoken, heard, report, work, peak, is_same)


def _untold(_running: Running) -> None:
    pass


def _plain(model: str, sound: Samples, folder: Path) -> float:
    path = folder / "answer.wav"
    soundfile.write(path, sound, SAMPLE_RATE, subtype="PCM_16")
    return run_worker(["plain", str(find_weights(model)), str(path)]).wall


def _of(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.2f} ({max(values):.2f})"


def _row(length: float, stops: Sequence[Stop], plain: float) -> str:
    return (
        f"| {length:.0f} s | {_of([stop.spoken for stop in stops])} | {_of([stop.words for stop in stops])} "
        f"| {_of([stop.report for stop in stops])} | {_of([stop.work for stop in stops])} "
        f"| {max(stop.peak for stop in stops):.0f} "
        f"| {sum(stop.is_same for stop in stops)} of {len(stops)} | {plain:.1f} |"
    )


def load() -> str:
    """Return how busy the machine is: the times mean nothing where others use it."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
