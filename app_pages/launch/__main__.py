"""Start the app from the project's folder: `python -m app_pages.launch` does what `answer-aloud` does."""

import sys

from app_pages.launch.command_line import main

sys.exit(main())
