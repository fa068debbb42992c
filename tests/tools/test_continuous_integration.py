"""The workflow, the hooks and .ci/run test the same things on every supported system and Python."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools import pythons
from tools.every_python import SYSTEMS

ROOT = Path(__file__).parents[2]
SUPPORTED = [f"3.{minor}" for minor in range(pythons.OLDEST_SUPPORTED[1], pythons.NEWEST_SUPPORTED[1] + 1)]
RUNNERS = {"ubuntu-latest": "Linux", "macos-latest": "macOS", "windows-latest": "Windows"}


def read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


@pytest.fixture
def jobs() -> dict[str, Any]:
    found: dict[str, Any] = read(".github/workflows/tests.yml")["jobs"]
    return found


def test_the_workflow_runs_readmes_two_commands_on_every_system_and_supported_python(jobs: dict[str, Any]) -> None:
    matrix = jobs["readme"]["strategy"]["matrix"]
    assert matrix == {"os": list(RUNNERS), "python": SUPPORTED, "command": ["run", "test"]}
    assert set(RUNNERS.values()) == {system.split(" on ")[0] for system in SYSTEMS}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in matrix["command"]:
        (step,) = (step for step in jobs["readme"]["steps"] if step.get("if") == f"matrix.command == '{command}'")
        assert f"python tasks.py {command}" in step["run"]
        assert f"python3 tasks.py {command}" in readme


def test_the_newest_libraries_are_tested_every_week(jobs: dict[str, Any]) -> None:
    assert jobs["newest"]["steps"][-1]["run"] == "python tasks.py test -m newest"
    triggers = read(".github/workflows/tests.yml")[True]  # "on" is a yes in YAML
    assert [len(each["cron"].split()) for each in triggers["schedule"]] == [5]
    assert "schedule" in jobs["newest"]["if"]


def test_the_hooks_are_the_commands_of_ci_run() -> None:
    (repository,) = read(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    wanted = re.findall(r"^python3 .+$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)
    assert [hook["entry"] for hook in repository["hooks"]] == wanted
    assert {stage for hook in repository["hooks"] for stage in hook["stages"]} == {"pre-commit", "pre-push"}


def test_pyproject_names_every_supported_python_and_system() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.findall(r"Programming Language :: Python :: (3\.\d+)$", "\n".join(project["classifiers"]), re.MULTILINE)
    assert named == SUPPORTED
    systems = {each.split(" :: ")[-1] for each in project["classifiers"] if each.startswith("Operating System")}
    assert systems == {"Linux", "MacOS", "Windows"}
