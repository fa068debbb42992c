"""Where people sign in, nothing that is anybody's own opens without a proof of having done so."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit import config
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from app_pages.server.door import PRIVATE_PATHS
from app_pages.server.entry_keys import EntryKeys
from app_pages.server.proofs import PROXY_KEY_HEADER, is_public, is_signed_in, list_proofs
from services.centre.sign_in import SignIn

KEYS = EntryKeys("a key that is long enough", 8501)
SECRET = "the secret that cookies are signed with"


@pytest.fixture(autouse=True)
def _secret() -> Any:
    before = config.get_option("server.cookieSecret")
    config.set_option("server.cookieSecret", SECRET)
    yield
    config.set_option("server.cookieSecret", before)


def make_scope(path: str = "/", **headers: str) -> dict[str, Any]:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "path": path, "headers": named}


def sign(secret: str = SECRET, name: str = "_streamlit_user") -> str:
    return f"{name}={create_signed_value(secret, '_streamlit_user', '{}').decode()}"


def is_let_in(way: SignIn, scope: dict[str, Any]) -> bool:
    return any(proves(scope) for proves in list_proofs(way, KEYS))


def test_a_single_user_has_the_key_and_nothing_else() -> None:
    assert list_proofs(SignIn.OFF, KEYS) == []


@pytest.mark.parametrize(
    "path", ["/", "/practice", "/oauth2callback", "/auth/login", "/_stcore/stream", "/static/a.js"]
)
def test_with_a_provider_the_page_that_asks_to_sign_in_is_everybodys(path: str) -> None:
    assert is_public(make_scope(path))
    assert is_let_in(SignIn.OIDC, make_scope(path))


@pytest.mark.parametrize("path", PRIVATE_PATHS)
def test_sound_and_uploads_need_the_cookie_of_who_signed_in(path: str) -> None:
    assert not is_let_in(SignIn.OIDC, make_scope(f"{path}1"))
    assert is_let_in(SignIn.OIDC, make_scope(f"{path}1", cookie=f"a=b; {sign()}"))


@pytest.mark.parametrize("cookie", [sign("another secret, of another server"), "_streamlit_user=x", sign(name="other")])
def test_a_cookie_that_was_not_signed_here_proves_nothing(cookie: str) -> None:
    assert not is_signed_in(make_scope("/media/1", cookie=cookie))


def test_without_a_secret_no_cookie_proves_anything() -> None:
    config.set_option("server.cookieSecret", "")
    assert not is_signed_in(make_scope("/media/1", cookie=sign("")))


def test_behind_a_proxy_every_request_needs_the_key_that_it_sends() -> None:
    header = PROXY_KEY_HEADER.lower().replace("-", "_")
    assert is_let_in(SignIn.PROXY, make_scope(**{header: KEYS.key}))
    for scope in (make_scope(), make_scope(**{header: "another key"}), make_scope(x_forwarded_user="ann")):
        assert not is_let_in(SignIn.PROXY, scope)
    twice = make_scope(**{header: KEYS.key})
    twice["headers"] *= 2  # the second is what a client sent, passed on beside the proxy's
    assert not is_let_in(SignIn.PROXY, twice)
