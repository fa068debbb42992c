"""A copy of the advisory data, in OSV's format, is read as OSV says; what cannot be read is never called safe."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.version import Version

from tools import advisories, commands
from tools.advisories import audit_offline, is_affected
from tools.package_audit import EXIT_KNOWN, EXIT_NONE_KNOWN, EXIT_NOT_ASKED

ADVISORY: dict[str, Any] = {  # as the OSV project publishes one
    "schema_version": "1.7.3",
    "id": "PYSEC-2020-1",
    "aliases": ["CVE-2020-1", "GHSA-aaaa-bbbb-cccc"],
    "modified": "2026-11-20T08:00:00.000000Z",
    "published": "2020-03-01T00:00:00Z",
    "summary": "A file can be written anywhere.",
    "affected": [
        {
            "package": {"ecosystem": "PyPI", "name": "Weak_Thing", "purl": "pkg:pypi/weak-thing"},
            "ranges": [
                {"type": "GIT", "repo": "https://example.org/weak", "events": [{"introduced": "0"}]},
                {
                    "type": "ECOSYSTEM",
                    "events": [{"introduced": "0"}, {"fixed": "1.2"}, {"introduced": "2.0rc1"}, {"fixed": "2.0.3"}],
                },
            ],
            "versions": ["1.0", "1.1", "2.0rc1"],
        }
    ],
}


def write_requirements(folder: Path, *pins: str) -> Path:
    path = folder / "requirements.txt"
    path.write_text("".join(f"{pin} --hash=sha256:{'0' * 64}\n" for pin in pins), encoding="utf-8")
    return path


def write_folder(folder: Path, *found: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    for each in found:
        (folder / f"{each['id']}.json").write_text(json.dumps(each), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("version", "is_weak"),
    [("0.1", True), ("1.1", True), ("1.2", False), ("1.9", False), ("2.0rc1", True), ("2.0.2", True), ("2.0.3", False)],
)
def test_a_version_in_a_range_is_affected_and_one_outside_is_not(tmp_path: Path, version: str, is_weak: bool) -> None:
    requirements = write_requirements(tmp_path, f"weak-thing=={version}", "sound==1.0")
    code, told = audit_offline(write_folder(tmp_path / "data", ADVISORY), requirements)
    assert code == (EXIT_KNOWN if is_weak else EXIT_NONE_KNOWN), told
    assert ("weak-thing" in told) == is_weak
    assert "1 advisories say; the newest was changed on 2026-11-20" in told


def test_the_last_affected_version_is_affected_and_the_next_is_not() -> None:
    entry = {"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.0"}, {"last_affected": "1.5"}]}]}
    found = [is_affected(entry, Version(version)) for version in ("0.9", "1.0", "1.5", "1.5.1")]
    assert found == [False, True, True, False]


def test_a_version_that_is_only_listed_is_affected() -> None:
    assert is_affected({"versions": ["1.0.0-rc.1", "a name of long ago"]}, Version("1.0.0rc1"))
    assert not is_affected({"versions": ["1.0.0"]}, Version("1.0.1"))


def test_the_same_weakness_under_two_names_is_told_once_with_every_fix(tmp_path: Path) -> None:
    twin = {**ADVISORY, "id": "GHSA-aaaa-bbbb-cccc", "aliases": ["CVE-2020-1"]}
    source = write_folder(tmp_path / "data", ADVISORY, twin)
    told = audit_offline(source, write_requirements(tmp_path, "weak-thing==1.1"))[1]
    assert told.count("mended in") == 1
    assert "(mended in 1.2, 2.0.3)" in told


def test_a_withdrawn_advisory_and_one_of_another_ecosystem_do_not_count(tmp_path: Path) -> None:
    withdrawn = {**ADVISORY, "withdrawn": "2021-01-01T00:00:00Z"}
    entry = ADVISORY["affected"][0]
    foreign = {**ADVISORY, "id": "X-1", "affected": [{**entry, "package": {"ecosystem": "npm", "name": "weak-thing"}}]}
    source = write_folder(tmp_path / "data", withdrawn, foreign)
    assert audit_offline(source, write_requirements(tmp_path, "weak-thing==1.1"))[0] == EXIT_NONE_KNOWN


def test_a_zip_file_is_read_like_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("PYSEC-2020-1.json", json.dumps(ADVISORY))
    assert audit_offline(path, write_requirements(tmp_path, "weak-thing==1.1"))[0] == EXIT_KNOWN


@pytest.mark.parametrize("content", [None, "", "no json", "[]", '{"summary": "without an id"}'])
def test_data_that_cannot_be_used_says_nothing_about_the_packages(tmp_path: Path, content: str | None) -> None:
    source = tmp_path / "data"
    if content is not None:
        source.mkdir()
        (source / "one.json").write_text(content, encoding="utf-8")
    code, told = audit_offline(source, write_requirements(tmp_path, "weak-thing==1.1"))
    assert code == EXIT_NOT_ASKED
    assert "could not be used" in told


def test_a_folder_without_an_advisory_says_nothing_about_the_packages(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    code, told = audit_offline(tmp_path / "data", write_requirements(tmp_path, "weak-thing==1.1"))
    assert code == EXIT_NOT_ASKED
    assert "There is no advisory" in told


def test_a_file_that_is_no_zip_says_nothing_about_the_packages(tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(b"cut off")
    assert audit_offline(tmp_path / "all.zip", write_requirements(tmp_path, "a==1"))[0] == EXIT_NOT_ASKED


def test_the_packages_of_this_project_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = {**ADVISORY["affected"][0], "package": {"ecosystem": "PyPI", "name": "alembic"}, "ranges": []}
    pinned = next(
        line for line in advisories.REQUIREMENTS.read_text("utf-8").splitlines() if line.startswith("alembic")
    )
    entry["versions"] = [pinned.split("==")[1].split()[0]]
    source = write_folder(tmp_path / "data", {**ADVISORY, "affected": [entry]})
    assert advisories.main([str(source)]) == EXIT_KNOWN
    assert "alembic" in capsys.readouterr().out


def test_tasks_hands_the_copy_on_and_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(commands, "install", lambda _: None)
    monkeypatch.setattr(commands, "look_for_weaknesses", lambda *_: pytest.fail("somebody was asked"))
    monkeypatch.setattr(commands.subprocess, "call", lambda command, **_: called.append(command) or EXIT_NONE_KNOWN)
    assert commands.main(["audit", "--advisories", "all.zip"]) == EXIT_NONE_KNOWN
    assert called[0][1:] == ["-m", "tools.advisories", "all.zip"]
