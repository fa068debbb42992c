"""Tell the user where the app is, and open it in the browser without showing the key to other accounts."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path
from urllib.parse import urlencode

from app_pages.server.door import KEY_PARAMETER, WELCOME_PAGE
from app_pages.ui.templates import render_template

READY_MESSAGE = """
  Answer Aloud is ready. {opens}

  {address}

  Anyone with this address can open your answers, so keep it to yourself. Press Ctrl+C in this window to stop.
"""
OPENS_BY_ITSELF = "It opens in your browser. If it doesn't, copy this address there:"
COPY_ADDRESS = "Copy this address into your browser:"
LINK_FILE_NAME = "open-answer-aloud.html"
SNAP_FOLDER = Path("/snap/bin")


def build_address_with_key(host: str, port: int, key: str, *, is_https: bool = False) -> str:
    """Return the address that lets a browser in.

    Args:
        host: A name or an address; IPv6 without brackets.
        port: Where the server answers.
        key: The key of this start.
        is_https: Whether the server encrypts.
    """
    named = f"[{host}]" if ":" in host else host
    return f"http{'s' if is_https else ''}://{named}:{port}/?{urlencode({KEY_PARAMETER: key})}"


def announce(address: str, *, opens_browser: bool) -> None:
    """Print the address, key and all, for the person at this terminal."""
    print(READY_MESSAGE.format(opens=OPENS_BY_ITSELF if opens_browser else COPY_ADDRESS, address=address), flush=True)


def open_in_browser(address: str, folder: Path) -> Path | None:
    """Open an address in the user's browser; returns the file that leads there, or None where there could be none.

    The browser is given the name of a file that only this account can read, and not the address itself: the arguments
    of a program are shown to every account of the machine, and the key is in the address.

    Args:
        address: Where the browser should go, with its key.
        folder: Where the file is put, open to this account only.
    """
    file = _choose_readable_folder(folder) / LINK_FILE_NAME
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as writer:  # noqa: PTH123 - it is open already
            writer.write(render_template(WELCOME_PAGE, address=address))
    except OSError:
        return None  # the address is printed, and can be copied
    webbrowser.open(file.as_uri())
    return file


def _choose_readable_folder(folder: Path) -> Path:
    """Return a folder that the browser can read: as a snap it sees no hidden ones, and those of data are hidden."""
    return Path.home() if sys.platform == "linux" and SNAP_FOLDER.exists() else folder
