"""The command `answer-aloud`: open the app with its settings from any folder, or analyse recordings without a browser.

`python3 tasks.py run` starts here too (`python -m app_pages.launch`). Nothing heavy is imported before it is needed:
`answer-aloud --help` answers at once, and a library that has lost a name is answered in a sentence.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app_pages.server.settings import SETTINGS

# With it comes speech, which switches the libraries' statistics off, and limits heaps before the server has threads.
from speech.unexpected import exit_where_a_name_is_lost

PROGRAM = "answer-aloud"
ANALYZE = "analyze"
USAGE = f"""{PROGRAM} [--port N] [more Streamlit options]
       {PROGRAM} {ANALYZE} FILE_OR_FOLDER... (see {PROGRAM} {ANALYZE} --help)"""
DEFAULT_PORT = 8501  # Streamlit's own
APP = Path(__file__).parents[1] / "streamlit_app.py"


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the app, or analyse recordings when the first argument is "analyze"; returns the exit code.

    Args:
        arguments: What was typed after the command; None to take it from the process.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if arguments[:1] == [ANALYZE]:
        with exit_where_a_name_is_lost():
            from analysis.cli.command_line import main as analyze_files
        return analyze_files(arguments[1:], program=f"{PROGRAM} {ANALYZE}")
    return serve(*_parse(arguments))


def _parse(arguments: Sequence[str]) -> tuple[int, list[str]]:
    """Return the port, and the options that are for Streamlit."""
    parser = argparse.ArgumentParser(
        PROGRAM, USAGE, "Practise interview answers aloud: open the app in the browser.", allow_abbrev=False
    )
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help=f"where the page answers (default: {DEFAULT_PORT})"
    )
    if arguments and not arguments[0].startswith("-"):
        parser.error(f"there is no command {arguments[0]}")
    options, others = parser.parse_known_args(arguments)
    return options.port, others


def serve(port: int, options: Sequence[str] = ()) -> int:
    """Serve the app until it is stopped; returns the exit code.

    Args:
        port: Where the page answers.
        options: Options for Streamlit, as typed; they win over the settings of this app, which win over everything
            else that Streamlit reads (its environment variables, its files in the home and the current folder).
    """
    with exit_where_a_name_is_lost():
        from streamlit.web import cli
    ours = [argument for name, value in SETTINGS.items() for argument in (f"--{name}", _format_setting(value))]
    cli.main(["run", str(APP), *ours, "--server.port", str(port), *options], prog_name="streamlit")
    return 0


def _format_setting(value: str | int | bool) -> str:
    """Return a setting as it is typed; some that are true or false are texts to Streamlit, in small letters."""
    return str(value).lower() if isinstance(value, bool) else str(value)


if __name__ == "__main__":
    sys.exit(main())
