"""The main job without a browser: `python -m analysis FILE_OR_FOLDER...`; see analysis/cli/command_line.py."""

from __future__ import annotations

import sys

from speech.unexpected import exit_where_a_name_is_lost

if __name__ == "__main__":
    with exit_where_a_name_is_lost():
        from analysis.cli.command_line import main
    sys.exit(main())
