"""A centre in which somebody has signed in, for tests that know only an app that lets them in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.app_server import WAYS_IN
from tests.support.centre.centre_server import Centre, centre_server, sign_in

PERSON = "ann"


@pytest.fixture(scope="module")
def signed_in(browser: Browser, tmp_path_factory: pytest.TempPathFactory, postgres_address: str) -> Iterator[Centre]:
    """Start a centre with one person in it, as whom `let_in` signs a browser in."""
    with centre_server(tmp_path_factory.mktemp("centre"), postgres_address) as centre:
        context = sign_in(browser, centre, PERSON).context
        cookies = context.cookies()
        context.close()

        def come_in(page: Page) -> None:
            page.context.add_cookies(cookies)

        WAYS_IN[centre.address] = come_in
        yield centre
        del WAYS_IN[centre.address]


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory, postgres_address: str) -> Iterator[Centre]:
    with centre_server(tmp_path_factory.mktemp("centre"), postgres_address) as running:
        yield running
