"""Run the command line: `python -m analysis FILE_OR_FOLDER...`; see analysis/cli/command_line.py."""

from __future__ import annotations

import sys

from speech.unexpected import exit_on_failed_import

if __name__ == "__main__":
    with exit_on_failed_import():
        from analysis.cli.command_line import main
    sys.exit(main())
