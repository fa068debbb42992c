"""Start Streamlit's server with the settings of this app, from any folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from streamlit.web import cli

import speech  # noqa: F401 - switches the libraries' statistics off, and limits heaps before the server has threads

APP = Path(__file__).parents[2] / "streamlit_app.py"

# .streamlit/config.toml says the same to those who start Streamlit themselves; a test keeps the two equal.
SETTINGS: dict[str, str | int | bool] = {
    "browser.gatherUsageStats": False,  # nothing leaves this machine
    "server.address": "127.0.0.1",  # nobody else on the network can open the app
    "server.maxUploadSize": 300,  # MB, room for half an hour of uncompressed stereo
    "server.showEmailPrompt": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,  # they would tell other hosts what went wrong
    "theme.baseRadius": "medium",
    "theme.showWidgetBorder": True,
    "theme.light.primaryColor": "#176b75",
    "theme.light.backgroundColor": "#fdfdfb",
    "theme.light.secondaryBackgroundColor": "#f1f4f2",
    "theme.light.textColor": "#22302f",
    "theme.light.linkColor": "#176b75",
    "theme.dark.primaryColor": "#4aa9b6",
    "theme.dark.backgroundColor": "#14191a",
    "theme.dark.secondaryBackgroundColor": "#1f2728",
    "theme.dark.textColor": "#e6ecea",
    "theme.dark.linkColor": "#7cc7d1",
}


def serve(port: int, options: Sequence[str] = ()) -> int:
    """Serve the app until it is stopped; returns the exit code.

    Args:
        port: Where the page answers.
        options: Options for Streamlit, as typed; they win over the settings of this app, which win over everything
            else that Streamlit reads (its environment variables, its files in the home and the current folder).
    """
    ours = [argument for name, value in SETTINGS.items() for argument in (f"--{name}", _typed(value))]
    cli.main(["run", str(APP), *ours, "--server.port", str(port), *options], prog_name="streamlit")
    return 0


def _typed(value: str | int | bool) -> str:
    """Return a setting as it is typed; some that are true or false are texts to Streamlit, in small letters."""
    return str(value).lower() if isinstance(value, bool) else str(value)
