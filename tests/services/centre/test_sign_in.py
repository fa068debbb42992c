"""Who somebody is, by what an identity provider or a proxy says; nobody is anybody without signing in."""

from __future__ import annotations

from typing import Any

import pytest

from services.centre.sign_in import SIGN_IN_VARIABLE, Identity, SignIn, get_sign_in, identify, is_centre
from store.db.owner import Owner
from store.errors import StoreError

CLAIMS = {
    "is_logged_in": True,
    "iss": "https://id.example",
    "sub": "42",
    "name": "Zoë  Lee",
    "email": "z@uni.example",
}


def test_without_a_setting_nobody_signs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SIGN_IN_VARIABLE, raising=False)
    assert get_sign_in() is SignIn.OFF
    assert not is_centre()
    assert identify(SignIn.OFF, CLAIMS) is None


@pytest.mark.parametrize(("value", "way"), [("oidc", SignIn.OIDC), (" Proxy ", SignIn.PROXY), ("off", SignIn.OFF)])
def test_the_environment_says_how_people_sign_in(monkeypatch: pytest.MonkeyPatch, value: str, way: SignIn) -> None:
    monkeypatch.setenv(SIGN_IN_VARIABLE, value)
    assert get_sign_in() is way


def test_a_way_that_is_none_is_refused_rather_than_taken_for_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SIGN_IN_VARIABLE, "odic")
    with pytest.raises(StoreError, match="'odic', which is no way to sign in"):
        is_centre()


def test_a_person_is_the_issuer_and_the_subject_of_their_token() -> None:
    found = identify(SignIn.OIDC, CLAIMS)
    assert found == Identity(Owner("https://id.example", "42"), "Zoë Lee", "z@uni.example")
    assert identify(SignIn.OIDC, {**CLAIMS, "email": "other@uni.example", "name": "Other"}).owner == found.owner


@pytest.mark.parametrize(
    "changed",
    [{"is_logged_in": False}, {"is_logged_in": "yes"}, {"sub": ""}, {"iss": None}, {"sub": 42}, {"iss": ["a"]}],
)
def test_who_is_not_signed_in_or_has_no_name_of_their_own_is_nobody(changed: dict[str, Any]) -> None:
    assert identify(SignIn.OIDC, CLAIMS | changed) is None
    assert identify(SignIn.OIDC, {}) is None


@pytest.mark.parametrize(("said", "is_verified"), [(True, True), (False, False), ("true", False), (None, False)])
def test_an_email_is_verified_only_if_the_token_says_so(said: object, is_verified: bool) -> None:
    found = identify(SignIn.OIDC, CLAIMS | {"email_verified": said})
    assert found is not None
    assert found.is_email_verified is is_verified


def test_behind_a_proxy_only_what_the_proxy_says_counts() -> None:
    claims = {"proxy_user": "ann", "proxy_name": "Ann", "proxy_email": "ann@uni.example"}
    assert identify(SignIn.PROXY, claims | CLAIMS) == Identity(
        Owner("proxy", "ann"), "Ann", "ann@uni.example", is_email_verified=True
    )
    assert identify(SignIn.PROXY, CLAIMS) is None
    assert identify(SignIn.PROXY, CLAIMS | {"proxy_user": None}) is None
