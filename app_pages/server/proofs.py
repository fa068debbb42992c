"""Other ways to be let in at the door than by the key, where people sign in.

With an identity provider anybody may see the page that asks them to sign in; what is somebody's own, such as sound that
is played, needs the cookie of who is signed in. Behind a proxy every request needs the key that the proxy sends. A file
of somebody's page is given to them alone, whatever else lets a request in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final

from app_pages.server.door import MEDIA_PREFIX, PRIVATE_PATHS, UPLOAD_PREFIX, Scope, get_header_values
from app_pages.server.entry_keys import EntryKeys
from services.centre.sign_in import PROXY_HEADERS, SignIn, identify

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
    return _read_claims(scope).get("is_logged_in") is True


def is_own(way: SignIn, scope: Scope) -> bool:
    """Return whether a request is for no file of somebody else's pages, and sends none there.

    Args:
        way: How people sign in.
        scope: The request, which was let in.
    """
    path = str(scope["path"])
    if way is SignIn.OFF or not path.startswith((MEDIA_PREFIX, UPLOAD_PREFIX)):
        return True
    identity = identify(way, _read_claims(scope) if way is SignIn.OIDC else _read_headers(scope))
    if identity is None:
        return False
    from app_pages.ui.served_files import find_claims_of_session, is_for

    if path.startswith(MEDIA_PREFIX):
        return is_for(path, identity.owner.id)
    whose = identify(way, find_claims_of_session(path))
    return whose is not None and whose.owner == identity.owner


def _read_claims(scope: Scope) -> Mapping[str, Any]:
    """Return what the provider said of who signed in, by the cookie that only this server can sign."""
    from streamlit.auth_util import get_cookie_with_chunks
    from streamlit.web.server.server_util import get_cookie_secret
    from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
    from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

    cookies: dict[str, str] = {}
    for header in get_header_values(scope, b"cookie"):
        try:
            cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        except CookieError:
            return {}
    secret = get_cookie_secret()

    def decode(name: str) -> bytes | None:
        given = cookies.get(name)
        return None if given is None else decode_signed_value(secret, name, given.encode("latin-1"))

    found = get_cookie_with_chunks(decode, USER_COOKIE_NAME) if secret else None
    claims = json.loads(found) if found else {}
    return claims if isinstance(claims, dict) else {}


def _read_headers(scope: Scope) -> Mapping[str, Any]:
    """Return what the proxy says of who sends a request."""
    given = {name: get_header_values(scope, header.lower().encode()) for header, name in PROXY_HEADERS.items()}
    return {name: values[0] for name, values in given.items() if values}


def _is_of_proxy(scope: Scope, keys: EntryKeys) -> bool:
    """Return whether a proxy sent a request that has the key, and nothing of what it says of the person came twice."""
    given = get_header_values(scope, PROXY_KEY_HEADER.lower().encode())
    said = [get_header_values(scope, header.lower().encode()) for header in PROXY_HEADERS]
    return len(given) == 1 and keys.is_key(given[0]) and all(len(each) <= 1 for each in said)
