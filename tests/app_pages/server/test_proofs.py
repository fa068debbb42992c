"""Where people sign in, nothing that is anybody's own opens without a proof of having done so."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit import config, runtime
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from app_pages.centre import gate
from app_pages.server.door import PRIVATE_PATHS
from app_pages.server.entry_keys import EntryKeys
from app_pages.server.proofs import PROXY_KEY_HEADER, is_own, is_public, is_signed_in, list_proofs
from app_pages.ui import served_files
from services.centre.sign_in import PROXY_ISSUER, SignIn
from store.db.owner import Owner

KEYS = EntryKeys("a key that is long enough", 8501)
ISSUER = "https://id.example"
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


def sign(secret: str = SECRET, name: str = "_streamlit_user", sub: str = "ann") -> str:
    claims = json.dumps({"is_logged_in": True, "iss": ISSUER, "sub": sub})
    return f"{name}={create_signed_value(secret, '_streamlit_user', claims).decode()}"


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


def test_who_the_proxy_names_may_not_be_named_twice() -> None:
    scope = make_scope(**{PROXY_KEY_HEADER.lower().replace("-", "_"): KEYS.key}, x_forwarded_user="ann")
    assert is_let_in(SignIn.PROXY, scope)
    scope["headers"].append((b"x-forwarded-user", b"ben"))
    assert not is_let_in(SignIn.PROXY, scope)


class Manager:
    """What of Streamlit's managers is used: a file gets an address, and is there until it is deleted; sessions."""

    def __init__(self) -> None:
        self._file_metadata: dict[str, object] = {}
        self._deferred_callables = {"waiting": {"session_id": "anns"}}

    def add(self, content: str) -> str:
        self._file_metadata[content] = object()
        return f"/media/{content}.wav"

    def execute_deferred(self, _waiting_id: str) -> str:
        return self.add("made when it was asked for")

    def get_session_info(self, session_id: str) -> object:
        claims = {"is_logged_in": True, "iss": ISSUER, "sub": session_id.removesuffix("s")}
        info = SimpleNamespace(session=SimpleNamespace(_user_info=claims if session_id != "nobodys" else {}))
        return info if session_id != "none" else None


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> Iterator[Manager]:
    made = Manager()
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(media_file_mgr=made, _session_mgr=made))
    for _ in range(2):
        served_files.note_people(partial(gate._find_person_id, SignIn.OIDC))
    yield made
    made._file_metadata.clear()
    served_files._note("the last", None, made)


@pytest.fixture
def put(manager: Manager, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], str]:
    """Provide a function that puts a file on a page of a session, as the pages do."""

    def put_on_page(session_id: str, content: str) -> str:
        monkeypatch.setattr(served_files, "get_script_run_ctx", lambda: SimpleNamespace(session_id=session_id))
        return manager.add(content)

    return put_on_page


def may_have(sub: str, path: str) -> bool:
    return is_own(SignIn.OIDC, make_scope(path, cookie=sign(sub=sub)))


def test_a_file_is_given_to_those_on_whose_page_it_was_put(put: Callable[[str, str], str]) -> None:
    anns, both, nobodys = put("anns", "anns"), put("anns", "both"), put("nobodys", "nobodys")
    put("bens", "both")
    assert [may_have("ann", path) for path in (anns, both, nobodys)] == [True, True, False]
    assert [may_have("ben", path) for path in (anns, both, nobodys)] == [False, True, False]
    assert not is_own(SignIn.OIDC, make_scope(anns))
    assert not is_own(SignIn.OIDC, make_scope(anns, cookie=sign("another secret")))
    assert is_own(SignIn.OIDC, make_scope("/practice"))
    assert is_own(SignIn.OFF, make_scope(anns))


def test_a_download_that_is_made_when_it_is_asked_for_is_of_the_session_that_offers_it(manager: Manager) -> None:
    path = manager.execute_deferred("waiting")
    assert may_have("ann", path)
    assert not may_have("ben", path)


def test_a_file_is_only_sent_to_a_session_of_ones_own(manager: Manager) -> None:
    assert may_have("ann", "/_stcore/upload_file/anns/1")
    assert not may_have("ben", "/_stcore/upload_file/anns/1")
    assert not may_have("ben", "/_stcore/upload_file/none/1")


def test_behind_a_proxy_it_is_given_to_whom_the_proxy_names(manager: Manager) -> None:
    owner = Owner(PROXY_ISSUER, "ann")
    path = manager.add("sound")
    served_files._note(path, owner.id, manager)
    assert is_own(SignIn.PROXY, make_scope(path, x_forwarded_user="ann"))
    assert not is_own(SignIn.PROXY, make_scope(path, x_forwarded_user="ben"))
    assert not is_own(SignIn.PROXY, make_scope(path))
    assert not is_own(SignIn.PROXY, make_scope(path, cookie=sign()))


def test_a_file_that_was_deleted_is_forgotten(manager: Manager, put: Callable[[str, str], str]) -> None:
    path = put("anns", "sound")
    manager._file_metadata.clear()
    put("anns", "another")
    assert not may_have("ann", path)
