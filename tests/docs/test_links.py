"""Every link, path and command on the project's pages exists."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest

from tests.support.other_environment import ROOT
from tools import commands

FILES = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True)
TRACKED = {*FILES.stdout.decode().split("\n")} - {""}
PAGES = sorted(path for path in TRACKED if path.endswith(".md"))
FOLDERS = {path.split("/")[0] for path in TRACKED if "/" in path} - {"samples"}  # makers write into samples/
LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED = re.compile(rf"`((?:{'|'.join(map(re.escape, sorted(FOLDERS)))})/[\w./-]*\w)`")
EXAMPLE = "analysis/measures/long_words.py"  # of CONTRIBUTING.md, to be made by who reads it
FIRST_SCREEN_LINES = 60


def read_page(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def find_anchors(markdown: str) -> set[str]:
    """Return the anchors of a page's headings, formed as code hosts form them."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", markdown, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def find_broken_links(page: str, markdown: str) -> list[str]:
    broken = []
    for link in LINK.findall(markdown):
        path, _, anchor = link.partition("#")
        if path.startswith("https://"):
            continue
        target = ROOT / page if not path else (ROOT / page).parent / path
        is_page = target.suffix == ".md" and target.is_file()
        if not target.exists() or (
            anchor and not (is_page and anchor in find_anchors(target.read_text(encoding="utf-8")))
        ):
            broken.append(link)
    return broken


def test_the_pages_of_the_project_are_found() -> None:
    assert {"README.md", "CONTRIBUTING.md", "docs/using.md"} <= set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_has_an_existing_target(page: str) -> None:
    assert find_broken_links(page, read_page(page)) == []


def test_a_broken_link_is_detected() -> None:
    markdown = (
        "[a](docs/none.md) [b](#nothing) [c](docs/systems.md#nothing) [d](docs/systems.md#windows) [e](#here)\n\n# Here"
    )
    assert find_broken_links("README.md", markdown) == ["docs/none.md", "#nothing", "docs/systems.md#nothing", "#here"]


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_exists(page: str) -> None:
    assert [path for path in NAMED.findall(read_page(page)) if not (ROOT / path).exists() and path != EXAMPLE] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_a_page_names_exists(page: str) -> None:
    for name in re.findall(r"python3 tasks\.py (\w+)", read_page(page)):
        assert f"python3 tasks.py {name}" in (commands.__doc__ or "")


def test_every_page_of_docs_can_be_reached_from_the_readme() -> None:
    reached, left = set[str](), ["README.md"]
    while left:
        page = left.pop()
        reached.add(page)
        targets = {path.partition("#")[0] for path in LINK.findall(read_page(page)) if not path.startswith("https://")}
        paths = {((ROOT / page).parent / target).resolve().relative_to(ROOT).as_posix() for target in targets if target}
        left += [path for path in paths if path.endswith(".md") and path not in reached]
    assert {page for page in PAGES if page.startswith("docs/")} <= reached


def test_the_readme_is_short_and_has_its_parts_in_order() -> None:
    readme = read_page("README.md")
    assert len(readme.splitlines()) <= FIRST_SCREEN_LINES
    places = [
        readme.index(part) for part in ("report.png", "tasks.py run", "**Measured:**", "**Not measured:**", "stays:**")
    ]
    assert places == sorted(places)


def test_the_changelog_has_an_entry_for_the_current_version() -> None:
    versions = re.findall(r"^## \[(.+?)\](?: - (\d{4}-\d\d-\d\d))?$", read_page("CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == ("Unreleased", "")
    assert versions[1][0] == tomllib.loads(read_page("pyproject.toml"))["project"]["version"]
    assert all(date for _, date in versions[1:])
