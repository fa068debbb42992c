"""Command line: `python -m tests.torture kills --times 200`, and the other parts, which `--help` lists."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.torture import badinput, centre, door, full_disk, kills, live_kills, load, network, writers
from tests.torture.encrypted import encrypt_store, give_passphrase
from tests.torture.fuzzing import fuzz
from tests.torture.stores import merge, rot


def main(argv: Sequence[str] | None = None) -> int:
    """Run the chosen stress test; return 0 if nothing was lost or broken."""
    arguments = _parser().parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        faults: Sequence[str] = arguments.run(arguments, Path(folder))
    print("\n".join(faults) if faults else arguments.good)
    return 1 if faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.set_defaults(good="Nothing lost, nothing broken.")
    parts = parser.add_subparsers(required=True)
    kill = parts.add_parser("kills", help="SIGKILL at random moments from the recording to the report")
    kill.add_argument("--times", type=int, default=200)
    kill.add_argument("--seed", type=int, default=1, help="of the moments")
    kill.add_argument("--live", type=int, default=0, help="kills of browser and server from the first word on")
    kill.add_argument("--keep", type=Path, help="folder for what was left of a faulty one of these")
    kill.add_argument("--encrypted", action="store_true", help="on an encrypted store")
    kill.set_defaults(run=_kills)
    write = parts.add_parser("writers", help="processes that write at once")
    write.add_argument("--writers", type=int, default=2)
    write.add_argument("--times", type=int, default=1000, help="attempts of each")
    write.add_argument("--database", help="SQLAlchemy address of an empty database (default: a SQLite file)")
    write.add_argument("--encrypted", action="store_true", help="into an encrypted store")
    write.set_defaults(run=_writers)
    both = parts.add_parser("merge", help="random histories on two machines, merged both ways")
    both.add_argument("--times", type=int, default=100, help="histories")
    both.add_argument("--seed", type=int, default=1)
    both.set_defaults(run=lambda arguments, folder: merge.torture(folder, arguments.times, arguments.seed))
    rotten = parts.add_parser("rot", help="random damage to a store of 50 answers")
    rotten.add_argument("--times", type=int, default=200, help="damages")
    rotten.add_argument("--answers", type=int, default=50)
    rotten.add_argument("--seed", type=int, default=1)
    rotten.add_argument("--pages", type=int, default=0, help="damages after which every page is opened")
    rotten.add_argument("--encrypted", action="store_true", help="to an encrypted store")
    rotten.set_defaults(run=_rot)
    bad = parts.add_parser("badinput", help="kinds of files that nobody hopes for, as a table")
    bad.add_argument("--model", default="base")
    bad.add_argument("--only", nargs="*", default=(), help="kinds whose name holds one of these")
    bad.set_defaults(run=lambda arguments, _: badinput.torture(arguments.model, arguments.only))
    cut = parts.add_parser("network", help="the main job with the network cut and every call to it counted")
    cut.add_argument(
        "--quiet", type=float, default=network.QUIET_SECONDS, help="s to wait for what libraries send later"
    )
    cut.set_defaults(run=lambda arguments, folder: network.torture(folder, arguments.quiet), good=network.GOOD)
    shut = parts.add_parser("door", help="everybody who should not come in: accounts, names, pages, frames, old keys")
    shut.set_defaults(run=lambda _, folder: door.torture(folder), good=door.NO_FAULTS_MESSAGE)
    odd = parts.add_parser("fuzz", help="every reader of a file or a text, fed with what is nearly right")
    odd.add_argument("--times", type=int, default=100_000, help="inputs, of all readers together")
    odd.add_argument("--seed", type=int, default=1)
    odd.add_argument("--only", default="", help="readers whose name holds this")
    odd.set_defaults(run=lambda arguments, _: fuzz.torture(arguments.times, arguments.seed, arguments.only))
    many = parts.add_parser("load", help="people who use one server at once (Linux)")
    many.add_argument("--sessions", type=int, default=10)
    many.add_argument("--rounds", type=int, default=8, help="how often")
    many.add_argument("--model", default="base")
    many.set_defaults(run=_load)
    disk = parts.add_parser("disk", help="a disk that is full at each write in turn (Linux, root)")
    disk.add_argument("--times", type=int, default=60, help="amounts of room that are tried")
    disk.set_defaults(run=lambda arguments, folder: full_disk.torture(folder, arguments.times))
    server = parts.add_parser("centre", help="a server for many: workers killed, Postgres started anew, storage away")
    server.add_argument("--people", type=int, default=20, help="who signed in and record; one hands in a batch")
    server.add_argument("--answers", type=int, default=200, help="of all together; three tenths of them one batch")
    server.add_argument("--workers", type=int, default=2)
    server.add_argument("--seed", type=int, default=1, help="of the kills")
    server.add_argument("--every", type=float, default=10.0, help="s between two kills; more on a busy machine")
    server.add_argument("--keep", type=Path, help="folder for the logs of the workers")
    server.set_defaults(run=_centre)
    return parser


def _centre(arguments: argparse.Namespace, folder: Path) -> Sequence[str]:
    folder = arguments.keep or folder
    folder.mkdir(parents=True, exist_ok=True)
    people, answers, workers = arguments.people, arguments.answers, arguments.workers
    return centre.torture(folder, people, answers, workers, arguments.seed, arguments.every)


def _kills(arguments: argparse.Namespace, folder: Path) -> Sequence[str]:
    return [*_kills_after_recording(arguments, folder), *_kills_while_recording(arguments, folder / "live")]


def _kills_after_recording(arguments: argparse.Namespace, folder: Path) -> Sequence[str]:
    if arguments.encrypted:
        encrypt_store(folder)
    tally = kills.torture(folder, arguments.times, arguments.seed)
    moments = ", ".join(f"{what} {count}" for what, count in tally.moments.most_common())
    print(f"{tally.kills} kills in {arguments.times} turns; last heard of each process: {moments}.")
    print(
        f"{len(tally.recorded)} answers, {len(tally.done)} reports promised; {tally.offered_again} times an answer was "
        f"offered again, {tally.adopted} of them on disk before the store could promise them."
    )
    return tally.faults


def _kills_while_recording(arguments: argparse.Namespace, folder: Path) -> Sequence[str]:
    if not arguments.live:
        return []
    folder.mkdir()
    tally = live_kills.torture(folder, arguments.live, arguments.seed, arguments.keep)
    counts = ", ".join(f"{what} {count}" for what, count in tally.killed.items())
    worst = max(tally.missing, default=0.0)
    print(
        f"Killed while somebody spoke: {counts}. At most {worst:.2f} s missing at the end; the place of "
        f"{tally.windows} stretches of sound was looked at, and is right within {tally.moved:.3f} s."
    )
    return tally.faults


def _load(arguments: argparse.Namespace, folder: Path) -> Sequence[str]:
    return load.torture(folder, arguments.sessions, arguments.rounds, arguments.model)


def _rot(arguments: argparse.Namespace, folder: Path) -> Sequence[str]:
    outcome = rot.torture(
        folder,
        arguments.times,
        arguments.seed,
        arguments.answers,
        is_encrypted=arguments.encrypted,
        pages=arguments.pages,
    )
    kinds = ", ".join(f"{name} {count}" for name, count in sorted(outcome.kinds.items()))
    print(
        f"{outcome.kinds.total()} damages ({kinds}): {outcome.seen} told, {outcome.harmless} left everything as "
        f"it was, {outcome.restored} taken back by a copy."
    )
    return outcome.faults


def _writers(arguments: argparse.Namespace, folder: Path) -> Sequence[str]:
    if arguments.encrypted:
        encrypt_store(folder)
    prepare = give_passphrase if arguments.encrypted else writers.do_nothing
    outcome = writers.torture(folder, arguments.database, arguments.writers, arguments.times, prepare)
    print(
        f"{arguments.writers} writers of {arguments.times} attempts each: {outcome.attempts} there after "
        f"{outcome.seconds:.1f} s."
    )
    return outcome.faults


if __name__ == "__main__":
    sys.exit(main())
