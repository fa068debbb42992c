"""Other ways to be let in at the door than by the key, where people sign in.

With an identity provider anybody may see the page that asks them to sign in; what is somebody's own, such as sound that
is played, needs the cookie of who is signed in. Behind a proxy every request needs the key that the proxy sends.
"""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import Final

from app_pages.server.door import PRIVATE_PATHS, Scope, get_header_values
from app_pages.server.entry_keys import EntryKeys
from services.centre.sign_in import SignIn

PROXY_KEY_HEADER: Final = "X-Answer-Aloud-Key"
Proof = Callable[[Scope], bool]


def list_proofs(way: SignIn, keys: EntryKeys) -> list[Proof]:
    """Return what a request may show instead of the key's cookie.

    Args:
        way: How people sign in.
        keys: The keys of this start.
    """
    if way is SignIn.OIDC:
        return [is_public, is_signed_in]
    if way is SignIn.PROXY:
        return [lambda scope: _is_of_proxy(scope, keys)]
    return []


def is_public(scope: Scope) -> bool:
    """Return whether a request is for nothing that is anybody's own."""
    return not str(scope["path"]).startswith(PRIVATE_PATHS)


def is_signed_in(scope: Scope) -> bool:
    """Return whether a request has the cookie that Streamlit signed when somebody signed in."""
    from streamlit.auth_util import get_cookie_with_chunks
    from streamlit.web.server.server_util import get_cookie_secret
    from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
    from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

    cookies: dict[str, str] = {}
    for header in get_header_values(scope, b"cookie"):
        try:
            cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        except CookieError:
            return False
    secret = get_cookie_secret()

    def decode(name: str) -> bytes | None:
        given = cookies.get(name)
        return None if given is None else decode_signed_value(secret, name, given.encode("latin-1"))

    return bool(secret) and bool(get_cookie_with_chunks(decode, USER_COOKIE_NAME))


def _is_of_proxy(scope: Scope, keys: EntryKeys) -> bool:
    given = get_header_values(scope, PROXY_KEY_HEADER.lower().encode())
    return len(given) == 1 and keys.is_key(given[0])
