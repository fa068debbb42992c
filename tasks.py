#!/usr/bin/env python3
"""The commands of Answer Aloud; `python3 tasks.py` lists them.

This file uses only syntax that any Python can read, so that a Python that is too old gets a
sentence instead of a syntax error.
"""

import sys

if sys.version_info < (3, 8):
    sys.exit(
        "Answer Aloud needs Python 3.11, 3.12, 3.13 or 3.14, and this is Python %d.%d, which is too old even to look "
        "for another one. Install one of them and name it: python3.13 tasks.py run" % sys.version_info[:2]
    )

from tools.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
