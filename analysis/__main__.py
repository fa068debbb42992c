"""The main job without a browser: `python -m analysis FILE_OR_FOLDER...`; see analysis/cli/command_line.py."""

from __future__ import annotations

import sys

from speech.unexpected import explain

if __name__ == "__main__":
    try:
        from analysis.cli.command_line import main
    except (ImportError, AttributeError) as error:  # a library has lost a name that is looked up at import
        sys.exit(explain(error))
    sys.exit(main())
