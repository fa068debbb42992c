"""The key of one start of the server, and the cookie that a browser gets for it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sys
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import ClassVar

COOKIE_SECONDS = 30 * 24 * 3600  # a browser that is closed keeps it as long; it ends with the server all the same
TOO_SHORT = "Answer Aloud didn't start: the key in {variable} has {given} characters and needs at least {length}."


class EntryKeys:
    """The key that the address of this start holds, and what is derived from it.

    Without a key set by the user each start has a new one, and neither the key nor the cookie of an earlier start
    opens anything.

    Args:
        chosen: The key set by the user; None for a new random one.
        port: The port of the server: cookies belong to a host and not to a port, so their names tell servers apart.
    """

    VARIABLE: ClassVar = "ANSWER_ALOUD_KEY"
    MIN_CHARACTERS: ClassVar = 16

    def __init__(self, chosen: str | None, port: int) -> None:
        self.is_set_by_user = chosen is not None
        self.key = secrets.token_urlsafe(32) if chosen is None else chosen
        self.cookie_name = f"answer_aloud_{port}"
        self._cookie_value = hmac.digest(self.key.encode(), b"cookie", hashlib.sha256).hex()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], port: int) -> EntryKeys:
        """Return the keys for a start in this environment.

        Raises:
            SystemExit: With a sentence, where the key in it is too short to keep anybody out.
        """
        chosen = environment.get(cls.VARIABLE) or None
        if chosen is not None and len(chosen) < cls.MIN_CHARACTERS:
            sys.exit(TOO_SHORT.format(variable=cls.VARIABLE, given=len(chosen), length=cls.MIN_CHARACTERS))
        return cls(chosen, port)

    def is_key(self, given: str) -> bool:
        """Return whether this is the key; takes as long for every wrong one."""
        return hmac.compare_digest(given.encode(), self.key.encode())

    def has_cookie(self, header: str) -> bool:
        """Return whether a Cookie header holds the cookie of this start."""
        try:
            morsel = SimpleCookie(header).get(self.cookie_name)
        except CookieError:
            return False
        return morsel is not None and hmac.compare_digest(morsel.value.encode(), self._cookie_value.encode())

    def set_cookie(self, *, is_https: bool) -> str:
        """Return the Set-Cookie header that lets a browser in: out of reach of scripts and of other sites."""
        secure = "; Secure" if is_https else ""
        return (
            f"{self.cookie_name}={self._cookie_value}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Strict"
            f"{secure}"
        )
