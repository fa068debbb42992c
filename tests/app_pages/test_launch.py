"""Test the command `answer-aloud`: what it starts, with which settings, and its error messages."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.NewSession_pb2 import Config
from streamlit.web import cli

from analysis.cli import command_line as analysis_command_line
from app_pages import launch
from tests.support.app_server import ROOT, app_server, read_config_in_force
from tests.torture.system_calls import list_listening_addresses

PRIVATE = {
    "browser.gatherUsageStats": False,
    "logger.hideWelcomeMessage": True,
    "server.address": "127.0.0.1",
    "server.showEmailPrompt": False,
}


def walk_leaves(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of nested tables with its dotted name."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from walk_leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Collect the arguments that Streamlit would get, one list per start."""
    noted: list[list[str]] = []
    monkeypatch.setattr(cli, "main", lambda arguments, prog_name: noted.append(arguments))
    return noted


def test_settings_in_code_equal_those_in_the_streamlit_config_file() -> None:
    file = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert dict(walk_leaves(file)) == launch.SETTINGS
    assert launch.SETTINGS.items() >= PRIVATE.items()


def test_typed_options_override_the_settings_of_the_app(started: list[list[str]]) -> None:
    assert launch.main(["--port", "9000", "--server.address", "0.0.0.0"]) == 0
    (arguments,) = started
    assert arguments[:2] == ["run", str(ROOT / "streamlit_app.py")]
    assert arguments[-4:] == ["--server.port", "9000", "--server.address", "0.0.0.0"]
    assert arguments.index("127.0.0.1") < arguments.index("0.0.0.0")


def test_the_port_is_8501_by_default(started: list[list[str]]) -> None:
    launch.main([])
    assert started[0][-2:] == ["--server.port", "8501"]


@pytest.mark.parametrize("arguments", [["analyse", "answer.wav"], ["answer.wav"], ["--port", "many"]])
def test_unknown_arguments_print_the_usage_and_start_nothing(
    arguments: list[str], started: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        launch.main(arguments)
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("usage: answer-aloud [--port N]")
    assert started == []


def test_analyze_passes_all_arguments_to_the_analysis_command(monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[tuple[list[str], str]] = []
    monkeypatch.setattr(
        analysis_command_line, "main", lambda arguments, program: noted.append((arguments, program)) or 7
    )
    assert launch.main(["analyze", "a.wav", "--json", "--port", "1"]) == 7
    assert noted == [(["a.wav", "--json", "--port", "1"], "answer-aloud analyze")]


@pytest.mark.parametrize(("lost", "arguments"), [("streamlit.web", []), ("av", ["analyze", "a.wav"])])
def test_an_incompatible_library_is_reported_in_a_sentence(lost: str, arguments: list[str]) -> None:
    code = f"import sys; sys.modules[{lost!r}] = None; from app_pages.launch import main; main({arguments!r})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Something went wrong in the app. It's not your answer (")
    assert "Traceback" not in done.stderr


def test_help_imports_neither_streamlit_nor_numpy() -> None:
    code = "import sys; from app_pages.launch import main; main(['--help'])"
    loaded = f"try:\n    exec({code!r})\nexcept SystemExit:\n    print(sys.modules.keys() & {{'streamlit', 'numpy'}})"
    done = subprocess.run([sys.executable, "-c", f"import sys\n{loaded}"], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.startswith("usage: answer-aloud")
    assert done.stdout.endswith("set()\n")


def test_speech_is_imported_before_streamlit() -> None:
    code = "import sys, app_pages.launch, streamlit; names = list(sys.modules)"
    code += "; print(names.index('speech') < names.index('streamlit'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_other_streamlit_configuration_cannot_enable_statistics_or_open_the_network(
    tmp_path: Path,
) -> None:
    other = '[browser]\ngatherUsageStats = true\n[server]\naddress = "::"\n'
    for folder in (tmp_path / "home", tmp_path / "here"):
        (folder / ".streamlit").mkdir(parents=True)
        (folder / ".streamlit" / "config.toml").write_text(other)
    others = {"HOME": str(tmp_path / "home"), "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "true", "PYTHONPATH": str(ROOT)}
    others |= {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0", "STREAMLIT_CLIENT_TOOLBAR_MODE": "developer"}
    with app_server(tmp_path / "data", folder=tmp_path / "here", **others) as address:
        config = read_config_in_force(address)
        assert not config.gather_usage_stats
        assert config.toolbar_mode == Config.ToolbarMode.MINIMAL
        if sys.platform == "linux":
            assert list_listening_addresses(int(address.rsplit(":", 1)[-1])) == ["127.0.0.1"]


@pytest.mark.parametrize("command", ["worker", "migrate"])
def test_without_the_packages_of_a_server_its_commands_say_how_to_install_them(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("services.workers.find_spec", lambda _name: None)
    assert launch.main([command]) == 2
    assert 'pip install "answer-aloud[server]"' in capsys.readouterr().err


def test_worker_and_migrate_are_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    noted: list[object] = []
    monkeypatch.setattr("services.workers.processes.main", lambda arguments: noted.append(arguments) or 3)
    monkeypatch.setattr("services.workers.schema.main", lambda given: noted.append(["migrate", *given]) or 4)
    assert launch.main(["worker", "--concurrency", "2"]) == 3
    assert launch.main(["migrate", "--role", "app"]) == 4
    assert noted == [["--concurrency", "2"], ["migrate", "--role", "app"]]
