"""The command `answer-aloud`: open the app, or analyse recordings without a browser.

Nothing heavy is imported before it is needed: `answer-aloud --help` answers at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from speech.unexpected import explain

PROGRAM = "answer-aloud"
ANALYZE = "analyze"
USAGE = f"""{PROGRAM} [--port N] [more Streamlit options]
       {PROGRAM} {ANALYZE} FILE_OR_FOLDER... (see {PROGRAM} {ANALYZE} --help)"""
DEFAULT_PORT = 8501  # Streamlit's own


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the app, or analyse recordings when the first argument is "analyze"; returns the exit code.

    Args:
        arguments: What was typed after the command; None to take it from the process.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if arguments[:1] == [ANALYZE]:
        return _analyze(arguments[1:])
    return _open_app(arguments)


def _analyze(arguments: Sequence[str]) -> int:
    from analysis.__main__ import main as analyze_files

    return analyze_files(arguments, program=f"{PROGRAM} {ANALYZE}")


def _open_app(arguments: Sequence[str]) -> int:
    port, others = _parse(arguments)
    try:
        from app_pages.launch.server import serve
    except (ImportError, AttributeError) as error:  # a library has lost a name that is looked up at import
        print(explain(error), file=sys.stderr)
        return 1
    return serve(port, others)


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
