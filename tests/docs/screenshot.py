"""Make the README's picture: the report of a real sample, recognised by the default model."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

import samples
from tests.support.app_server import MAX_WAIT_SECONDS, ROOT, app_server, let_in
from tools.system_packages import find_chromium

PICTURE = ROOT / "docs" / "report.png"
WIDTH, MARGIN = 1040, 6  # px


def main(name: str = "many_um_her") -> None:
    """Analyse a sample in the app and save a screenshot of its report."""
    (title,) = (sample.title for sample in samples.load() if sample.name == name)
    with tempfile.TemporaryDirectory() as data, app_server(Path(data)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        page = browser.new_page(viewport={"width": WIDTH, "height": 900})
        let_in(page, address)
        page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
        page.goto(address)
        page.get_by_role("tab", name="Try a sample").click()
        box = page.get_by_role("combobox", name="Sample answer")
        box.fill(title)
        box.press("Enter")
        page.get_by_role("button", name="Analyse this sample").click()
        _take_screenshot(page)
        browser.close()
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size / 1000:.0f} kB")


def _take_screenshot(page: Page) -> None:
    heading, transcript = page.get_by_role("heading", name="Your report"), page.locator(".st-key-more")
    transcript.wait_for()
    page.locator(".listening svg .wave").wait_for(state="attached")
    page.set_viewport_size({"width": WIDTH, "height": 4000})  # all of it at once: no scrolling, no clipping
    page.wait_for_function("document.querySelector('.stMain').scrollHeight <= 4000")
    page.mouse.move(0, 0)
    page.wait_for_timeout(1000)  # ms; running transitions
    top, bottom = heading.bounding_box(), transcript.bounding_box()
    height = bottom["y"] + bottom["height"] - top["y"] + 2 * MARGIN
    taken = page.screenshot(clip={"x": 0, "y": top["y"] - MARGIN, "width": WIDTH, "height": height})
    PICTURE.parent.mkdir(exist_ok=True)
    Image.open(io.BytesIO(taken)).quantize(256).save(PICTURE, optimize=True)  # a third of the size, alike to the eye


if __name__ == "__main__":
    main(*sys.argv[1:])
