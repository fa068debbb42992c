"""A centre as it runs: the app with an OpenID provider and a Postgres whose role for the app owns nothing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, expect

from store.db.owner import Owner
from store.store import Store, open_store, prepare_server
from tests.support.app_server import COMMAND, MAX_WAIT_SECONDS, app_server
from tests.support.postgres_server import make_empty, make_roles

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

    def open(self, name: str) -> Store:
        """Open the store of a person; who uses it closes it."""
        return open_store(self.database, self.data, Owner(self.issuer, name))


@contextmanager
def centre_server(folder: Path, postgres: str) -> Iterator[Centre]:
    """Start a centre with nobody in it.

    Args:
        folder: For its files.
        postgres: Address of a database, which is emptied, for a role that may do everything.
    """
    make_empty(postgres)
    keeper, database = make_roles(postgres)
    prepare_server(keeper, "app")
    people = [_make_user(name) for name in PEOPLE]
    with run_server_in_thread(user_claims=people) as provider:
        file = folder / "secrets.toml"
        cookie_secret = secrets.token_hex(32)
        file.write_text(SECRETS.format(cookie_secret=cookie_secret, provider=provider.server_port), encoding="utf-8")
        command: Sequence[str] = (*COMMAND, "--secrets.files", str(file))
        environment = {
            "ANSWER_ALOUD_SIGN_IN": "oidc",
            "ANSWER_ALOUD_DATABASE": database,
            "ANSWER_ALOUD_ADMINISTRATORS": ADMINISTRATOR,
            "ANSWER_ALOUD_KEEP_DAYS": "3650",  # answers of the tests are of a fixed day
            "ANSWER_ALOUD_MODEL": "tiny.en",
        }
        with app_server(folder / "data", command=command, **environment) as address:
            yield Centre(address, database, folder / "data", f"http://localhost:{provider.server_port}")


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
