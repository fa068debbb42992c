"""The settings that the commands give to Streamlit; without imports, so that `answer-aloud --help` answers at once.

.streamlit/config.toml says the same to those who start Streamlit themselves; a test keeps the two equal.
"""

from __future__ import annotations

SETTINGS: dict[str, str | int | bool] = {
    "browser.gatherUsageStats": False,  # nothing leaves this machine
    "logger.hideWelcomeMessage": True,  # its address lacks the key; ours is printed instead
    "server.address": "127.0.0.1",  # nobody else on the network can open the app
    "server.maxUploadSize": 300,  # MB, room for half an hour of uncompressed stereo
    "server.showEmailPrompt": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,  # they would tell other hosts what went wrong
    # No page wants bare values shown; rewriting its syntax tree for that fails now and then on Python 3.11, where
    # another thread is compiling: "AST constructor recursion depth mismatch".
    "runner.magicEnabled": False,
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
