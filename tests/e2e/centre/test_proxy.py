"""People who sign in at a real nginx: what it says of them counts, and what a browser says of itself doesn't."""

from __future__ import annotations

import base64
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect
from websockets import InvalidStatus, Origin
from websockets.sync.client import connect

from app_pages.server.proofs import PROXY_KEY_HEADER
from services.centre.membership import give_consent
from services.centre.sign_in import PROXY_HEADERS
from tests.support.app_server import MAX_WAIT_SECONDS
from tests.support.centre.centre_server import Centre, proxied_centre_server
from tests.support.centre.overheard import Overheard
from tests.support.stored_attempts import CONFLICT, NOON, add_done

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.proxy]


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory, postgres_address: str) -> Iterator[Centre]:
    with proxied_centre_server(tmp_path_factory.mktemp("centre"), postgres_address) as running:
        yield running


def come(browser: Browser, centre: Centre, name: str, headers: dict[str, str] | None = None) -> Page:
    """Return a page of somebody who signs in at the proxy, with more headers in each of their requests."""
    context = browser.new_context(
        base_url=centre.address,
        http_credentials={"username": name, "password": name},
        extra_http_headers=headers or {},
    )
    page = context.new_page()
    page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
    return page


def read_status(address: str, headers: dict[str, str]) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_who_signs_in_at_the_proxy_has_their_own_answers(browser: Browser, centre: Centre) -> None:
    with closing(centre.open("ben")) as store:
        give_consent(store, NOON)
        add_done(store, CONFLICT)
    ann = come(browser, centre, "ann")
    ann.goto("/")
    expect(ann.get_by_text("Hello Ann", exact=False).or_(ann.get_by_text("Hello ann"))).to_be_visible()
    ann.get_by_role("button", name="I've read this and agree").click()
    ann.goto("/data")
    expect(ann.get_by_role("heading", name="Answers (0)")).to_be_visible()
    ben = come(browser, centre, "ben")
    ben.goto("/data")
    expect(ben.get_by_role("heading", name="Answers (1)")).to_be_visible()
    for page in (ann, ben):
        page.context.close()


def test_a_browser_that_names_somebody_else_stays_who_it_is(browser: Browser, centre: Centre) -> None:
    with closing(centre.open("ann")) as store:
        give_consent(store, NOON)
    forged = come(browser, centre, "ann", dict.fromkeys(PROXY_HEADERS, "ben"))
    heard = Overheard(forged)
    forged.goto("/data")
    expect(forged.get_by_role("heading", name="Answers (0)")).to_be_visible()
    assert heard.find([CONFLICT.text]) == []
    forged.context.close()


def test_without_a_password_the_proxy_lets_nobody_in(centre: Centre) -> None:
    assert read_status(centre.address, {}) == 401
    assert read_status(centre.address, {"X-Forwarded-User": "ben"}) == 401


def test_past_the_proxy_nothing_opens(centre: Centre) -> None:
    """The app is asked directly, with the names that a proxy would send and without its key."""
    named = dict.fromkeys(PROXY_HEADERS, "ben")
    signed_in = {"Authorization": "Basic " + base64.b64encode(b"ben:ben").decode()}
    for path in ("/", "/data", "/_stcore/health", "/media/0123.wav", "/live/1"):
        for headers in (named, signed_in, named | {PROXY_KEY_HEADER: "a guess at the key"}):
            assert read_status(f"{centre.behind}{path}", headers) == 403
    for headers in (named, named | {PROXY_KEY_HEADER: "a guess at the key"}):
        with pytest.raises(InvalidStatus) as refused:
            connect(
                f"{centre.behind.replace('http', 'ws')}/_stcore/stream",
                origin=Origin(centre.behind),
                additional_headers=headers,
            )
        assert refused.value.response.status_code == 403
