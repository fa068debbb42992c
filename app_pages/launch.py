"""Run the command `answer-aloud`: open the app from any folder, or analyse recordings without a browser.

`python3 tasks.py run` starts here too (`python -m app_pages.launch`). Heavy modules are imported only
when they are needed, so `answer-aloud --help` answers at once, and a library of an incompatible version
is reported in a sentence.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app_pages.server.settings import SETTINGS

# With it comes speech, which switches the libraries' statistics off, and limits heaps before the server has threads.
from speech.unexpected import exit_on_failed_import

PROGRAM = "answer-aloud"
ANALYZE = "analyze"
BATCH = "batch"
CHECK = "check"
MIGRATE = "migrate"
WORKER = "worker"
WEIGHTS = "weights"
USAGE = f"""{PROGRAM} [--port N] [more Streamlit options]
       {PROGRAM} {ANALYZE} FILE_OR_FOLDER... (see {PROGRAM} {ANALYZE} --help)
       {PROGRAM} {BATCH} FOLDER --out TABLE (see {PROGRAM} {BATCH} --help)
       {PROGRAM} {CHECK} (whether everything you recorded and wrote is whole)
       {PROGRAM} {WEIGHTS} (bring the weights whose packages are missing)
       {PROGRAM} {WORKER} [--concurrency N] (on a server for many: analyse what is queued)
       {PROGRAM} {MIGRATE} [--role ROLE] (on a server for many: make or update the tables)"""
DEFAULT_PORT = 8501  # Streamlit's own
APP = Path(__file__).parents[1] / "streamlit_app.py"


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the app, or do what the first argument names, such as "analyze"; return the exit code.

    Args:
        arguments: what was typed after the command; None to read it from the process.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if arguments[:1] == [ANALYZE]:
        with exit_on_failed_import():
            from analysis.cli.command_line import main as analyze_files
        return analyze_files(arguments[1:], program=f"{PROGRAM} {ANALYZE}")
    if arguments[:1] == [BATCH]:
        with exit_on_failed_import():
            from analysis.cli.batch import main as measure_folder
        return measure_folder(arguments[1:])
    if arguments == [CHECK]:
        with exit_on_failed_import():
            from services.check import print_check
        return print_check()
    if arguments == [WEIGHTS]:
        with exit_on_failed_import():
            from speech.weights import main as bring_weights
        return bring_weights()
    if arguments[:1] in ([WORKER], [MIGRATE]):
        return _run_server_command(arguments)
    return serve(*_parse(arguments))


def _run_server_command(arguments: list[str]) -> int:
    """Do what only a server for many needs, and return the exit code."""
    with exit_on_failed_import():
        from services.workers import ServerPackagesError, require_server
    try:
        require_server()
    except ServerPackagesError as error:
        print(error, file=sys.stderr)
        return 2
    with exit_on_failed_import():
        if arguments[0] == MIGRATE:
            from services.workers.schema import main as migrate

            return migrate(arguments[1:])
        from services.workers.processes import main as work
    return work(arguments[1:])


def _parse(arguments: Sequence[str]) -> tuple[int, list[str]]:
    """Return the port, and the options that are for Streamlit."""
    parser = argparse.ArgumentParser(
        PROGRAM, USAGE, "Practise interview answers aloud: open the app in the browser.", allow_abbrev=False
    )
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"the port to use (default: {DEFAULT_PORT})")
    if arguments and not arguments[0].startswith("-"):
        parser.error(f"there's no command called {arguments[0]}")
    options, others = parser.parse_known_args(arguments)
    return options.port, others


def serve(port: int, options: Sequence[str] = ()) -> int:
    """Serve the app until it is stopped; return the exit code.

    Args:
        port: port of the page on this machine.
        options: options for Streamlit, as typed. They override the settings of this app, which override
            everything else that Streamlit reads (environment variables, configuration files in the home
            and the current folder).
    """
    with exit_on_failed_import():
        from streamlit.web import cli
    ours = [argument for name, value in SETTINGS.items() for argument in (f"--{name}", _format_setting(value))]
    cli.main(["run", str(APP), *ours, "--server.port", str(port), *options], prog_name="streamlit")
    return 0


def _format_setting(value: str | int | bool) -> str:
    """Return a setting as text for the command line; Streamlit expects booleans in lower case."""
    return str(value).lower() if isinstance(value, bool) else str(value)


if __name__ == "__main__":
    sys.exit(main())
