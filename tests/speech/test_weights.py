"""Weights whose package is gone come from a folder or from the hub, for which a real server stands in."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import constants

from analysis.text import sentence_embedding
from speech import weights
from speech.asr import models
from speech.asr.models import PACKAGED_MODELS, find_weights
from speech.errors import WeightsError
from speech.weights import FOLDER_VARIABLE, PUBLISHED_MODELS, PublishedModel, find_in_hub
from tests.support.weight_server import WeightServer, serve

ROOT = Path(__file__).parents[2]
FILES = {"model.bin": b"numbers" * 1000, "tokenizer.json": b"{}", "config.json": b"{ }", "vocabulary.txt": b"a\nb"}
REVISION = "0123456789abcdef0123456789abcdef01234567"
SAMPLE = ROOT / "samples" / "calm_and_concise.flac"
WITHOUT_PACKAGES = """
import importlib.util
GONE = {gone!r}
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name in GONE else found(name, package)
"""


def make_model(files: dict[str, bytes]) -> PublishedModel:
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    return PublishedModel("tiny.en", "somebody/tiny", REVISION, digests, ("gone",), "MIT")


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WeightServer]:
    """Provide a hub that has the small model, an empty cache, and no package of it."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.chdir(tmp_path)
    model = make_model(FILES)
    packaged = models.PackagedWeights((("gone", "model", "model.bin"),), model.digests["model.bin"], {}, model)
    monkeypatch.setitem(PACKAGED_MODELS, "tiny.en", packaged)
    monkeypatch.setitem(PUBLISHED_MODELS, "tiny.en", model)
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    with serve({f"/somebody/tiny/resolve/{REVISION}/{name}": data for name, data in FILES.items()}) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        yield server


def test_a_model_whose_package_is_gone_comes_from_the_hub_whole(hub: WeightServer) -> None:
    folder = find_weights("tiny.en")
    assert {name: (folder / name).read_bytes() for name in FILES} == FILES
    assert {path.split("/resolve/")[1].split("/")[0] for path in hub.asked} == {REVISION}


def test_what_was_brought_once_is_used_again_without_the_hub(hub: WeightServer) -> None:
    folder = find_weights("tiny.en")
    hub.asked.clear()
    assert find_weights("tiny.en") == folder
    assert hub.asked == []


def test_a_hub_that_gives_other_bytes_is_not_believed(hub: WeightServer) -> None:
    hub.files[f"/somebody/tiny/resolve/{REVISION}/model.bin"] = b"something else"
    with pytest.raises(WeightsError, match=r"model\.bin isn't the published one"):
        find_weights("tiny.en")


def test_a_file_that_changed_after_it_was_brought_is_brought_again(hub: WeightServer) -> None:
    folder = find_weights("tiny.en")
    changed = (folder / "vocabulary.txt").resolve()
    changed.chmod(0o600)
    changed.write_bytes(b"one letter")
    assert (find_weights("tiny.en") / "vocabulary.txt").read_bytes() == FILES["vocabulary.txt"]


def test_a_model_that_the_hub_has_not_either_is_told_with_what_to_do(hub: WeightServer) -> None:
    hub.files.clear()
    with pytest.raises(WeightsError, match=f"Check the network and try again.*{FOLDER_VARIABLE}") as caught:
        find_weights("tiny.en")
    assert "\n" not in str(caught.value)
    assert hub.asked


def test_an_installed_package_keeps_the_hub_from_being_asked(hub: WeightServer, tmp_path: Path) -> None:
    place = tmp_path / "packages" / "gone" / "model"
    place.mkdir(parents=True)
    for name, data in FILES.items():
        (place / name).write_bytes(data)
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(tmp_path / "packages")
        assert find_weights("tiny.en") == place
    assert hub.asked == []


def test_a_folder_of_weights_comes_before_the_hub_and_its_files_are_compared(
    hub: WeightServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "weights" / "tiny.en"
    folder.mkdir(parents=True)
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder.parent))
    assert find_weights("tiny.en") == folder
    (folder / "config.json").write_text("{}")
    with pytest.raises(WeightsError, match=r"config\.json is missing or isn't the published file of tiny\.en"):
        find_weights("tiny.en")
    assert hub.asked == []


@pytest.mark.usefixtures("hub")
def test_the_command_brings_what_is_missing_and_tells_what_it_cannot(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(weights, "PUBLISHED_MODELS", {"tiny.en": make_model(FILES)})
    assert weights.main() == 0
    assert "tiny.en: " in capsys.readouterr().out
    monkeypatch.setattr(weights, "PUBLISHED_MODELS", {"tiny.en": make_model({**FILES, "more.txt": b"!"})})
    assert weights.main() == 1
    assert "we couldn't download them" in capsys.readouterr().err


@pytest.mark.model
@pytest.mark.parametrize("name", PUBLISHED_MODELS)
def test_the_hub_is_asked_for_the_very_files_that_the_packages_bring(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = PUBLISHED_MODELS[name]
    folder = sentence_embedding._find_folder() if name not in PACKAGED_MODELS else find_weights(name)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    with serve(
        {f"/{model.repository}/resolve/{model.revision}/{file}": folder / file for file in model.digests}
    ) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        brought = find_in_hub(model)
    assert {file.name for file in brought.iterdir()} == set(model.digests)


@pytest.mark.model
def test_a_recording_is_analysed_from_a_folder_of_weights_alone(tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    for name in PACKAGED_MODELS:
        shutil.copytree(find_weights(name), folder / name)
    shutil.copytree(sentence_embedding._find_folder(), folder / sentence_embedding.MODEL.name)
    gone = {package for model in PUBLISHED_MODELS.values() for package in model.packages}
    (tmp_path / "start").mkdir()
    (tmp_path / "start" / "sitecustomize.py").write_text(WITHOUT_PACKAGES.format(gone=gone))
    result = analyze(SAMPLE, tmp_path, {FOLDER_VARIABLE: str(folder)})
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["model"] == "base"
    refused = analyze(SAMPLE, tmp_path, {FOLDER_VARIABLE: ""})
    assert refused.returncode != 0
    assert "The weights of base aren't installed" in refused.stderr


def analyze(sound: Path, home: Path, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(home / "start"), str(ROOT)])
    nowhere = {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(home / "hub"), "XDG_CACHE_HOME": str(home / "cache")}
    command = [sys.executable, "-m", "app_pages.launch", "analyze", str(sound), "--json", "--model", "base"]
    environment = {**os.environ, "PYTHONPATH": paths, **nowhere, **variables}
    return subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True, check=False)
