"""A centre as it runs: the app with an OpenID provider and a Postgres whose role for the app owns nothing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, expect

from app_pages.server.proofs import PROXY_KEY_HEADER
from services.centre.sign_in import PROXY_ISSUER
from store.db.owner import Owner
from store.store import Store, open_store, prepare_server
from tests.support.app_server import COMMAND, KEY, MAX_WAIT_SECONDS, app_server
from tests.support.postgres_server import make_empty, make_roles
from tests.support.servers.proxy import proxy

PEOPLE = ("ann", "ben", "cam")
ADMINISTRATOR = "cam"
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{cookie_secret}"
client_id = "answer-aloud"
client_secret = "only the tests know it"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
"""


@dataclass(frozen=True)
class Centre:
    """A centre that runs."""

    address: str
    database: str  # address for the role of the app
    data: Path
    issuer: str  # of the people
    behind: str = ""  # address of the app itself, where a proxy stands before it

    def open(self, name: str) -> Store:
        """Open the store of a person; who uses it closes it."""
        return open_store(self.database, self.data, Owner(self.issuer, name))


@contextmanager
def centre_server(folder: Path, postgres: str) -> Iterator[Centre]:
    """Start a centre with nobody in it, whose people sign in with a provider.

    Args:
        folder: For its files.
        postgres: Address of a database, which is emptied, for a role that may do everything.
    """
    people = [_make_user(name) for name in PEOPLE]
    with run_server_in_thread(user_claims=people) as provider:
        file = folder / "secrets.toml"
        cookie_secret = secrets.token_hex(32)
        file.write_text(SECRETS.format(cookie_secret=cookie_secret, provider=provider.server_port), encoding="utf-8")
        command: Sequence[str] = (*COMMAND, "--secrets.files", str(file))
        issuer = f"http://localhost:{provider.server_port}"
        with _serve(folder, postgres, command, issuer, ANSWER_ALOUD_SIGN_IN="oidc") as running:
            yield running


@contextmanager
def proxied_centre_server(folder: Path, postgres: str) -> Iterator[Centre]:
    """Start a centre with nobody in it behind a real nginx, at which people sign in with their name as the password.

    Args:
        folder: For its files.
        postgres: As for `centre_server`.
    """
    served = _serve(folder, postgres, COMMAND, PROXY_ISSUER, ANSWER_ALOUD_SIGN_IN="proxy", ANSWER_ALOUD_KEY=KEY)
    with served as behind, proxy(folder, behind.address, {PROXY_KEY_HEADER: KEY}, PEOPLE) as address:
        yield replace(behind, address=address, behind=behind.address)


@contextmanager
def _serve(folder: Path, postgres: str, command: Sequence[str], issuer: str, **environment: str) -> Iterator[Centre]:
    make_empty(postgres)
    keeper, database = make_roles(postgres)
    prepare_server(keeper, "app")
    environment |= {
        "ANSWER_ALOUD_DATABASE": database,
        "ANSWER_ALOUD_ADMINISTRATORS": ADMINISTRATOR,
        "ANSWER_ALOUD_KEEP_DAYS": "3650",  # answers of the tests are of a fixed day
        "ANSWER_ALOUD_MODEL": "tiny.en",
    }
    headers = {PROXY_KEY_HEADER: KEY} if environment["ANSWER_ALOUD_SIGN_IN"] == "proxy" else {}
    with app_server(folder / "data", command=command, health_headers=headers, **environment) as address:
        yield Centre(address, database, folder / "data", issuer)


def _make_user(name: str) -> User:
    email = f"{name}@uni.example"
    return User(sub=name, claims={"name": name.title(), "email": email, "email_verified": True})


def sign_in(browser: Browser, centre: Centre, name: str, *, agree: bool = True) -> Page:
    """Return a page of a browser profile of its own in which somebody has signed in, and agreed."""
    page = browser.new_context(base_url=centre.address).new_page()
    page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
    page.goto(centre.address)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_placeholder("sub").fill(name)
    page.get_by_role("button", name="Authorize").click()
    expect(page.get_by_role("heading", name="Before you start")).to_be_visible()
    if agree:
        page.get_by_role("button", name="I've read this and agree").click()
        expect(page.get_by_role("link", name="Practise").first).to_be_visible()
    return page


def go(page: Page, address: str) -> None:
    """Open a page of the app by its address, and wait until it is drawn."""
    page.goto(f"/{address}")
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
