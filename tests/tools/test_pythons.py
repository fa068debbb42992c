"""Which Pythons are supported, and how they are found."""

from __future__ import annotations

import platform
import re
import sys
import tomllib
from pathlib import Path

import pytest

from tools import every_python, pythons

ROOT = Path(__file__).parents[2]


def test_the_supported_pythons_are_those_of_pyproject() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert wanted == f">=3.{pythons.OLDEST_SUPPORTED[1]},<3.{pythons.NEWEST_SUPPORTED[1] + 1}"


def test_readme_names_the_supported_pythons() -> None:
    assert f"Python {pythons.list_supported_versions()}" in (ROOT / "README.md").read_text()


def test_the_python_that_is_running_is_found() -> None:
    found = pythons.find_pythons()
    assert sys.version_info[:2] in found
    assert list(found) == sorted(found, reverse=True)
    assert all(pythons.ask_version(python) == version for version, python in found.items())


def test_a_python_in_a_folder_of_path_is_found_and_a_broken_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, script in (("python3.12", "echo 3 12"), ("python3.13", "exit 127"), ("python3.10", "echo 3 10")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pythons, "PYTHON_FOLDERS", ())
    monkeypatch.setattr(sys, "_base_executable", str(tmp_path / "python3.10"), raising=False)
    assert pythons.find_pythons() == {(3, 12): tmp_path / "python3.12"}


def test_a_python_that_was_fetched_is_found_in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = tmp_path / "cpython-3.13.1-linux" / "bin" / "python3.13"
    fetched.parent.mkdir(parents=True)
    fetched.write_text("#!/bin/sh\necho 3 13\n")
    fetched.chmod(0o755)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pythons, "PYTHON_FOLDERS", ())
    monkeypatch.setattr(sys, "_base_executable", str(tmp_path / "nothing"), raising=False)
    assert pythons.find_pythons(tmp_path) == {(3, 13): fetched}


@pytest.mark.parametrize(
    ("system", "machine", "newest"), [("darwin", "x86_64", 13), ("darwin", "arm64", 14), ("linux", "x86_64", 14)]
)
def test_intel_macs_do_not_support_the_newest_python(
    system: str, machine: str, newest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    assert [minor for minor in range(9, 17) if pythons.is_supported((3, minor))] == [*range(11, newest + 1)]


def test_one_failing_python_fails_the_run_and_every_one_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {(3, 14): Path("py14"), (3, 13): Path("py13"), (3, 12): Path("py12")}
    monkeypatch.setattr(every_python, "find_pythons", lambda: found)
    monkeypatch.setattr(every_python, "_copy_project", lambda *_: None)
    monkeypatch.setattr(
        every_python,
        "_find_first_failure",
        lambda _copy, python, _out: "tests failed" if python == Path("py12") else None,
    )
    assert every_python.run_all(tmp_path, skip=(3, 13)) == 1
    assert capsys.readouterr().out.endswith("Python 3.14: passed\nPython 3.12: tests failed\n")
    assert every_python.run_all(tmp_path, skip=(3, 12)) == 0


def test_direct_dependencies_have_one_version_on_every_python() -> None:
    pins = re.findall(r"^([\w-]+)==([\d.]+)(.*)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    for name in ("av", "ctranslate2", "faster-whisper", "streamlit"):
        assert len([version for found, version, _ in pins if found == name]) == 1, name
    others = [(version, marker) for found, version, marker in pins if found == "onnxruntime"]
    assert len([version for version, marker in others if "'darwin'" not in marker or "!=" in marker]) == 1
    assert {version.split(".")[0] for name, version, _ in pins if name == "numpy"} == {"2"}


@pytest.mark.parametrize(
    "kind", ["sys.implementation.name = 'pypy'", "sys.maxsize = 2**31 - 1", "sysconfig.get_config_var = lambda _: 1"]
)
def test_a_python_without_matching_wheels_is_not_supported(kind: str, tmp_path: Path) -> None:
    python = tmp_path / "python3.12"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} -c "import sys, sysconfig; {kind}; exec(sys.argv[1])" "$2"\n')
    python.chmod(0o755)
    assert pythons.ask_version(python) is None
    python.write_text(python.read_text().replace(kind, "pass"))
    assert pythons.ask_version(python) == sys.version_info[:2]
