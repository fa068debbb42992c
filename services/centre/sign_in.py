"""How people sign in, and who somebody is by what the identity provider or the proxy says; off for a single user.

The server asks for it before it answers, so what takes long to import is imported where somebody signs in.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.db.owner import Owner

SIGN_IN_VARIABLE = "ANSWER_ALOUD_SIGN_IN"
PROXY_ISSUER = "proxy"  # of people whom a proxy names; it knows each by one name
PROXY_USER, PROXY_NAME, PROXY_EMAIL = "proxy_user", "proxy_name", "proxy_email"
PROXY_HEADERS = {  # of each request, set by the proxy: what they are called here
    "X-Forwarded-User": PROXY_USER,
    "X-Forwarded-Preferred-Username": PROXY_NAME,
    "X-Forwarded-Email": PROXY_EMAIL,
}
MAX_NAME_CHARACTERS = 80
UNKNOWN_SIGN_IN = "{variable} is {value!r}, which is no way to sign in. Set it to oidc or proxy, or leave it out."


class SignIn(StrEnum):
    """How people sign in."""

    OFF = "off"  # there is one user, who doesn't
    OIDC = "oidc"  # with an identity provider, by OpenID Connect
    PROXY = "proxy"  # before they get here; a proxy says who they are


@dataclass(frozen=True)
class Identity:
    """Who somebody is, as they were vouched for just now."""

    owner: Owner
    name: str = ""
    email: str = ""
    is_email_verified: bool = False


def get_sign_in() -> SignIn:
    """Return how people sign in here; raises StoreError if the environment names no way."""
    value = os.environ.get(SIGN_IN_VARIABLE, "").strip().lower()
    try:
        return SignIn(value or SignIn.OFF)
    except ValueError:
        from store.errors import StoreError

        raise StoreError(UNKNOWN_SIGN_IN.format(variable=SIGN_IN_VARIABLE, value=value)) from None


def is_centre() -> bool:
    """Whether people sign in here; raises StoreError."""
    return get_sign_in() is not SignIn.OFF


def identify(way: SignIn, claims: Mapping[str, Any]) -> Identity | None:
    """Return who somebody is; None if they haven't signed in, or nothing tells them from others.

    Args:
        way: How people sign in.
        claims: What is said of them: the claims of a verified ID token, or what the proxy's headers say.
    """
    from store.db.owner import Owner

    if way is SignIn.PROXY:
        owner = Owner(PROXY_ISSUER, _get_text(claims, PROXY_USER))
        email = _get_text(claims, PROXY_EMAIL)
        found = Identity(owner, _get_text(claims, PROXY_NAME), email, is_email_verified=True)
        return found if owner.subject else None
    if way is not SignIn.OIDC or claims.get("is_logged_in") is not True:
        return None
    owner = Owner(_get_text(claims, "iss"), _get_text(claims, "sub"))
    if not owner.issuer or not owner.subject:
        return None
    name = _get_text(claims, "name") or _get_text(claims, "preferred_username")
    is_verified = claims.get("email_verified") is True
    return Identity(owner, name, _get_text(claims, "email"), is_email_verified=is_verified)


def _get_text(claims: Mapping[str, Any], name: str) -> str:
    """Return a claim as one line of text; the names that tell people apart are not shortened."""
    value = claims.get(name)
    if not isinstance(value, str):
        return ""
    is_identifier = name in ("iss", "sub", PROXY_USER)
    return value if is_identifier else " ".join(value.split())[:MAX_NAME_CHARACTERS]
