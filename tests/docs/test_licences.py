"""Every package of the default installation is listed, and an MIT project may depend on its licence."""

from __future__ import annotations

import pytest

from tests.docs.licences import ROOT, LicensedPackage, list_licensed_packages, make_page


@pytest.mark.parametrize("package", list_licensed_packages(), ids=lambda package: package.name)
def test_a_package_has_a_licence_that_an_mit_project_may_depend_on(package: LicensedPackage) -> None:
    assert package.is_free, package


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-or-later", "AGPL-3.0-only", "CC-BY-NC-4.0", "unknown", "MIT AND GPL-2.0-only", ""]
)
def test_a_licence_that_is_not_free_enough_is_detected(licence: str) -> None:
    assert not LicensedPackage("package", "1", licence).is_free


def test_the_licence_page_is_up_to_date_with_the_pinned_packages() -> None:
    assert (ROOT / "docs" / "licences.md").read_text(encoding="utf-8") == make_page()
