"""Command line: `python -m tests.benchmark truth`, `... content`, `advice`, `speed`, `live`, `history`."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from speech.transcript import Transcript
from speech.whisper import load
from tests.benchmark import advice, content, history, live
from tests.benchmark.changed import add_changed_clips
from tests.benchmark.clips import REAL_SPEECH, Clip, real_speech, samples
from tests.benchmark.details import describe_failures
from tests.benchmark.in_browser import pages
from tests.benchmark.scoring import Score
from tests.benchmark.speed import measure
from tests.benchmark.systems import baselines, erm_system, ours
from tests.benchmark.systems.system import Entry
from tests.benchmark.tables import report
from tests.benchmark.truth import Result, run

SYSTEMS = {entry.name: entry for entry in (*baselines.ENTRIES, *erm_system.ENTRIES, *ours.ENTRIES)}
VERSIONS = ("faster-whisper", "ctranslate2", "onnxruntime", "erm")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the chosen benchmark; return 0 if it could be run."""
    arguments = _parser().parse_args(argv)
    chosen: int = arguments.run(arguments)
    return chosen


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parts = parser.add_subparsers(required=True)
    truth = parts.add_parser("truth", help="how near the truth")
    truth.add_argument(
        "--set", type=Path, default=REAL_SPEECH, help="folder of sounds with JSON, TextGrid or CHAT truth"
    )
    truth.add_argument("--systems", type=_split_names, default=tuple(SYSTEMS), help=f"of {','.join(SYSTEMS)}")
    truth.add_argument("--ablation", action="store_true", help="ours with single steps switched off")
    truth.add_argument("--model", type=_split_names, default=("tiny.en",), help="tiny.en, base or both: tiny.en,base")
    truth.add_argument("--clips", type=_split_names, default=(), help="only clips whose name begins so: g01,r,samples")
    truth.add_argument(
        "--changed", action="store_true", help="each clip also slower, faster, later, in noise, by phone"
    )
    truth.add_argument("--json", type=Path, help="write every score to this file")
    truth.add_argument("--verbose", action="store_true", help="every missed and false filler with its surroundings")
    truth.set_defaults(run=_truth)
    heard = parts.add_parser("content", help="how well what an answer contains is heard")
    heard.add_argument("--texts", type=Path, default=content.LOOKED_AT, help="texts with their truth, as JSON")
    heard.set_defaults(run=_content)
    said_first = parts.add_parser("advice", help="whether the first Next is what a coach would say, from the sound")
    said_first.add_argument("--model", default="base")
    said_first.set_defaults(run=_advice)
    speed = parts.add_parser("speed", help="seconds and memory of whole processes, beside plain faster-whisper")
    speed.add_argument("--set", type=Path, default=REAL_SPEECH, help="folder of clips the answer is joined from")
    speed.add_argument(
        "--model", type=_split_names, default=("tiny.en", "base"), help="tiny.en, base or both: tiny.en,base"
    )
    speed.add_argument("--seconds", type=float, default=114.0, help="length of the answer")
    speed.add_argument("--repeats", type=int, default=3, help="runs of each system, in turn")
    speed.set_defaults(run=_speed, clips=())
    live_part = parts.add_parser("live", help="from Stop to the report, for answers recognised while they are spoken")
    live_part.add_argument("--set", type=Path, default=REAL_SPEECH, help="folder of clips the answers are joined from")
    live_part.add_argument("--model", default="base")
    live_part.add_argument("--seconds", type=_numbers, default=(30.0, 180.0, 300.0, 600.0), help="lengths: 30,180")
    live_part.add_argument("--repeats", type=int, default=5, help="answers of each length")
    live_part.add_argument("--haste", type=float, default=1.0, help="of --session: how much faster than real time")
    live_part.add_argument("--session", action="store_true", help="without browser and server: the session alone")
    live_part.add_argument("--equal", action="store_true", help="only whether all clips give the words of the whole")
    live_part.set_defaults(run=_live, clips=())
    drawn = parts.add_parser("pages", help="from a click to the drawn page, with many answers, in a real Chromium")
    drawn.add_argument("--answers", type=int, default=1000)
    drawn.add_argument("--repeats", type=int, default=5, help="times each page is opened")
    drawn.set_defaults(run=_pages)
    kept = parts.add_parser("history", help="how quick the store stays with thousands of answers in it")
    kept.add_argument("--attempts", type=int, default=10_000)
    kept.set_defaults(run=_history)
    return parser


def _split_names(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)


def _content(arguments: argparse.Namespace) -> int:
    print(content.report(arguments.texts))
    return 0


def _advice(arguments: argparse.Namespace) -> int:
    verdicts = tuple(advice.judge_clips(load(arguments.model)))
    print(f"{_heading('Advice')}\n\nClips looked at while the advice was made:\n\n{advice.make_table(verdicts)}")
    scripted = tuple(map(advice.judge_text, advice.TEXTS))
    print(f"\nScripted answers judged by a coach's rules first:\n\n{advice.make_table(scripted)}")
    return 0


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in _split_names(text))


def _live(arguments: argparse.Namespace) -> int:
    if arguments.equal:
        clips = _clips(arguments)
        differing = live.compare_with_whole(clips, arguments.model)
        told = "give the words of the whole, with their times, when they come in blocks of 0.1 s."
        print("\n".join([f"{_heading('Live')}\n\n{len(clips) - len(differing)} of {len(clips)} {told}", *differing]))
        return 1 if differing else 0
    wanted = _clips(arguments), arguments.model, arguments.seconds, arguments.repeats
    table = live.measure(*wanted, arguments.haste) if arguments.session else live.measure_in_browser(*wanted)
    print(f"{_heading('Live')} {live.load()}.\n\n{table}")
    return 0


def _truth(arguments: argparse.Namespace) -> int:
    entries = _entries(arguments)
    clips = tuple(add_changed_clips(_clips(arguments))) if arguments.changed else _clips(arguments)
    print(_heading("Truth"))
    if not arguments.set.is_dir():
        print(f"\nThe real-speech set is not here (no folder {arguments.set.name}): only the samples were run.")
    everything: dict[str, list[Result]] = {}
    for model in arguments.model:
        results = run(entries, clips, model, _print_failures if arguments.verbose else _ignore)
        everything[model] = list(results)
        print(f"\n### {model}\n\n{report(results)}")
    if arguments.json:
        arguments.json.write_text(json.dumps(_to_json(everything), indent=1, default=_to_python_number), "utf-8")
    return 0


def _speed(arguments: argparse.Namespace) -> int:
    print(f"{_heading('Speed')}\n\n{measure(arguments.model, _clips(arguments), arguments.seconds, arguments.repeats)}")
    return 0


def _history(arguments: argparse.Namespace) -> int:
    def tell(count: int) -> None:
        if count % 1000 == 0:
            print(f"{count:,} answers", file=sys.stderr)

    with tempfile.TemporaryDirectory() as folder:
        times = history.measure(Path(folder), arguments.attempts, tell)
    print(f"{_heading('History')}\n\n{history.table(times, arguments.attempts)}")
    return 0


def _pages(arguments: argparse.Namespace) -> int:
    times = pages.measure(arguments.answers, arguments.repeats, lambda line: print(line, file=sys.stderr))
    print(f"{_heading('Pages')} {live.load()}.\n\n{pages.make_table(times, arguments.answers)}")
    return 0


def _entries(arguments: argparse.Namespace) -> tuple[Entry, ...]:
    if arguments.ablation:
        return (SYSTEMS["ours"], *(ours.make_without(step) for step in ours.STEPS_OFF))
    unknown = [name for name in arguments.systems if name not in SYSTEMS]
    if unknown:
        raise SystemExit(f"There is no system called {', '.join(unknown)}. Choose of: {', '.join(SYSTEMS)}.")
    return tuple(SYSTEMS[name] for name in arguments.systems)


def _clips(arguments: argparse.Namespace) -> tuple[Clip, ...]:
    is_own = arguments.set.resolve() != REAL_SPEECH.resolve() and arguments.set.is_dir()
    clips = (*(real_speech(arguments.set) if arguments.set.is_dir() else ()), *(() if is_own else samples()))
    wanted = tuple(
        clip
        for clip in clips
        if not arguments.clips or clip.name.startswith(arguments.clips) or clip.group in arguments.clips
    )
    if not wanted:
        raise SystemExit("There are no clips to run: neither the real-speech set nor a sample fits.")
    return wanted


def _heading(title: str) -> str:
    versions = ", ".join(f"{name} {found}" for name in VERSIONS if (found := _version(name)))
    return (
        f"## {title}, {datetime.datetime.now(datetime.UTC):%Y-%m-%d}\n\n"
        f"Python {platform.python_version()}, {versions}; int8 on {os.cpu_count()} CPU cores, {platform.machine()}."
    )


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _print_failures(entry: Entry, clip: Clip, transcript: Transcript, score: Score) -> None:
    if lines := describe_failures(clip, transcript, score):
        print(f"\n{entry.name}\n{lines}", file=sys.stderr)


def _ignore(_entry: Entry, _clip: Clip, _transcript: Transcript, _score: Score) -> None:
    pass


def _to_python_number(value: Any) -> Any:
    return value.item()  # NumPy's


def _to_json(everything: dict[str, list[Result]]) -> dict[str, dict[str, object]]:
    return {
        model: {
            result.entry.name: result.missing or [dataclasses.asdict(score) for score in result.scores]
            for result in results
        }
        for model, results in everything.items()
    }


if __name__ == "__main__":
    sys.exit(main())
