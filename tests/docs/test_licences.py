"""Every package of the default installation may be depended on by a project under the MIT licence, and is listed."""

from __future__ import annotations

import pytest

from tests.docs.licences import ROOT, Licensed, licensed, table


@pytest.mark.parametrize("package", licensed(), ids=lambda package: package.name)
def test_a_package_has_a_licence_that_an_mit_project_may_depend_on(package: Licensed) -> None:
    assert package.is_free, package


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-or-later", "AGPL-3.0-only", "CC-BY-NC-4.0", "unknown", "MIT AND GPL-2.0-only", ""]
)
def test_what_is_not_free_enough_is_noticed(licence: str) -> None:
    assert not Licensed("package", "1", licence).is_free


def test_the_list_of_licences_is_that_of_the_pinned_packages() -> None:
    assert (ROOT / "docs" / "licences.md").read_text(encoding="utf-8") == table()
