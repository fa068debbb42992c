"""The main job without a browser: `python -m analysis FILE_OR_FOLDER...`; see analysis/cli/command_line.py."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from speech.unexpected import explain

PROGRAM = "python -m analysis"


def main(arguments: Sequence[str] | None = None, program: str = PROGRAM) -> int:
    """Analyse recordings; returns the exit code, also where a library has lost a name that is looked up at import."""
    try:
        from analysis.cli import command_line
    except (ImportError, AttributeError) as error:
        print(explain(error), file=sys.stderr)
        return 1
    return command_line.main(arguments, program=program)


if __name__ == "__main__":
    sys.exit(main())
