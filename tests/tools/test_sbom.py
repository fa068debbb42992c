"""The bill of materials names every pinned package and every weight, and is valid CycloneDX."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from speech.weights import PUBLISHED_MODELS
from tools import commands, sbom
from tools.sbom import REQUIREMENTS, make_sbom


@pytest.fixture(scope="module")
def text() -> str:
    return make_sbom()


@pytest.fixture(scope="module")
def bom(text: str) -> Any:
    return json.loads(text)


def test_it_is_valid_by_its_schema(text: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_something_invalid_would_be_found(text: str) -> None:
    broken = text.replace('"type": "machine-learning-model"', '"type": "a model"')
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(broken) is not None


def test_every_pinned_package_is_there_with_all_its_hashes(bom: Any) -> None:
    lock = REQUIREMENTS.read_text(encoding="utf-8")
    libraries = [each for each in bom["components"] if each["type"] == "library"]
    assert {f"{each['name']}=={each['version']}" for each in libraries} == set(
        re.findall(r"^[\w.-]+==[^ ]+", lock, re.M)
    )
    hashes = {
        digest["content"] for each in libraries for file in each["externalReferences"] for digest in file["hashes"]
    }
    assert hashes == set(re.findall(r"sha256:(\w+)", lock))


def test_every_weight_is_there_with_its_revision_and_digests(bom: Any) -> None:
    found = {each["name"]: each for each in bom["components"] if each["type"] == "machine-learning-model"}
    for model in PUBLISHED_MODELS.values():
        part = found[model.repository]
        assert part["version"] == model.revision
        assert {file["name"]: file["hashes"][0]["content"] for file in part["components"]} == model.digests


def test_a_package_of_some_systems_only_says_which(bom: Any) -> None:
    (colorama,) = (each for each in bom["components"] if each["name"] == "colorama")
    (marker,) = colorama["properties"]
    assert "win32" in marker["value"]


def test_a_requirement_that_is_not_pinned_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text("numpy>=2\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="isn't pinned"):
        make_sbom(path)


def test_the_command_writes_the_file_it_is_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sbom.main([str(tmp_path / "all.json")]) == 0
    assert json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["bomFormat"] == "CycloneDX"
    assert "all.json" in capsys.readouterr().out


def test_tasks_hands_the_file_on(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(commands, "install", lambda _: None)
    monkeypatch.setattr(commands.subprocess, "call", lambda command, **_: called.append(command) or 0)
    assert commands.main(["sbom", "mine.json"]) == 0
    assert called[0][1:] == ["-m", "tools.sbom", "mine.json"]
