"""Pictures of every page, whole, at 1280 px light and dark and at 390 px, to be looked at.

    python -m tests.e2e.pictures FOLDER [WORD ...]

With words, only of the pages whose address contains one of them. The store holds something of everything; an empty one
is pictured too.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from store.store import open_store
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tests.support.whole_store import ADDRESSES, SIZES, fill, open_page, read_height
from tests.torture.network import PAGES
from tools.system_packages import CHROMIUM, find_chromium, provide


def take_pictures(browser: Browser, server: str, addresses: Sequence[str], folder: Path, prefix: str = "") -> None:
    """Take pictures of pages in every size.

    Args:
        browser: a Chromium.
        server: the address of the app.
        addresses: of the pages.
        folder: where the pictures are written.
        prefix: begins the names of the files.
    """
    for mode, ((width, height), scheme) in SIZES.items():
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, base_url=server)
        page = context.new_page()
        page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
        let_in(page, server)
        for address in addresses:
            page.set_viewport_size({"width": width, "height": height})
            open_page(page, address)
            page.set_viewport_size({"width": width, "height": max(height, read_height(page))})
            name = re.sub(r"\W+", "-", address).strip("-") or "first"
            page.screenshot(path=folder / f"{prefix}{name}-{mode}.png")
            print(f"{prefix}{name}-{mode}: {read_height(page)} px", flush=True)
        context.close()


def main(arguments: Sequence[str]) -> None:
    """Take the pictures that are asked for."""
    folder, *words = arguments
    provide(CHROMIUM)
    Path(folder).mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as data:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        store = open_store(folder=Path(data) / "whole")
        take = fill(store)
        store.close()
        whole = (*ADDRESSES, f"?take={take}", f"compare?take={take}")
        for name, addresses, prefix in (("whole", whole, ""), ("empty", ("", *PAGES), "empty-")):
            wanted = [each for each in addresses if not words or any(word in f"{prefix}{each}" for word in words)]
            if wanted:
                with app_server(Path(data) / name, ANSWER_ALOUD_MODEL="tiny.en") as server:
                    take_pictures(browser, server, wanted, Path(folder), prefix)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
