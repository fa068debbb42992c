"""Where weights are looked for and how they are verified, with packages of a few bytes."""

import hashlib
import shutil
import sys
from pathlib import Path

import pytest

from speech.asr import models
from speech.asr.models import (
    PACKAGED_MODELS,
    VAD_WEIGHTS_FILE,
    PackagedWeights,
    check_voice_detector,
    find_weights,
    list_model_names,
)
from speech.errors import WeightsError
from speech.vad import detector

SIDE_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")
FIRST, SECOND = b"the first half, ", b"the second half"


def make_folder(folder: Path, model: bytes = b"weights", name: str = "model.bin") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(model)
    for side_file in SIDE_FILES:
        (folder / side_file).write_text(f"this is {side_file}")
    return folder


@pytest.fixture(autouse=True)
def offline(monkeypatch, tmp_path):
    """Provide an empty working folder, without the hub and without this machine's cache."""

    def no_hub(*_, **__):
        pytest.fail("the hub was asked")

    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(models, "download_model", no_hub)
    monkeypatch.setattr(models, "user_cache_path", lambda app: tmp_path / "cache" / app)


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """Provide tiny.en in one package and base in two; importing any of them fails."""
    root = tmp_path / "packages"
    make_folder(root / "whole" / "model", FIRST + SECOND)
    make_folder(root / "part1" / "data", FIRST, "model.bin.part1")
    (root / "part2" / "data").mkdir(parents=True)
    (root / "part2" / "data" / "model.bin.part2").write_bytes(SECOND)
    for package in ("whole", "part1", "part2"):
        (root / package / "__init__.py").write_text("raise SystemExit('data packages are not to be run')")
    monkeypatch.syspath_prepend(root)
    digest = hashlib.sha256(FIRST + SECOND).hexdigest()
    parts = (("part1", "data", "model.bin.part1"), ("part2", "data", "model.bin.part2"))
    monkeypatch.setitem(PACKAGED_MODELS, "tiny.en", PackagedWeights((("whole", "model", "model.bin"),), digest))
    monkeypatch.setitem(PACKAGED_MODELS, "base", PackagedWeights(parts, digest))
    return root


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "vocabulary.txt"])
def test_a_file_beside_packaged_weights_that_was_changed_is_refused(packages, monkeypatch, name):
    folder = packages / "whole" / "model"
    (folder / name).write_text("as published")
    digests = {name: hashlib.sha256(b"as published").hexdigest()}
    known = PACKAGED_MODELS["tiny.en"]
    monkeypatch.setitem(PACKAGED_MODELS, "tiny.en", PackagedWeights(known.parts, known.sha256, digests))
    assert find_weights("tiny.en") == folder
    (folder / name).write_text("a word exchanged")
    assert "are damaged" in read_refusal("tiny.en")


def test_a_changed_file_beside_joined_weights_is_made_anew(packages, monkeypatch):
    (packages / "part1" / "data" / "vocabulary.txt").write_text("as published")
    digests = {"vocabulary.txt": hashlib.sha256(b"as published").hexdigest()}
    known = PACKAGED_MODELS["base"]
    monkeypatch.setitem(PACKAGED_MODELS, "base", PackagedWeights(known.parts, known.sha256, digests))
    folder = find_weights("base")
    (folder / "vocabulary.txt").write_text("one letter")
    assert find_weights("base") == folder
    assert (folder / "vocabulary.txt").read_text() == "as published"
    (packages / "part1" / "data" / "vocabulary.txt").write_text("one letter")
    (folder / "vocabulary.txt").write_text("one letter")
    assert "are damaged" in read_refusal("base")


@pytest.mark.parametrize("model", ["tiny.en", "base"])
def test_the_digest_of_every_file_of_a_packaged_model_is_known(model):
    assert set(PACKAGED_MODELS[model].side_files) == {"config.json", "tokenizer.json", "vocabulary.txt"}


def read_refusal(model: str) -> str:
    with pytest.raises(WeightsError) as caught:
        find_weights(model)
    text = str(caught.value)
    assert text.endswith(".")
    assert "Traceback" not in text
    assert "\n" not in text
    return text


def test_the_packaged_names_come_first_and_no_name_comes_twice():
    assert list_model_names()[:2] == ("tiny.en", "base")
    assert len(set(list_model_names())) == len(list_model_names())
    assert "small.en" in list_model_names()


def test_a_folder_that_the_user_names_is_used(tmp_path):
    folder = make_folder(tmp_path / "mine")
    assert find_weights(str(folder)) == folder


def test_a_folder_under_home_can_be_named_with_a_tilde(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    folder = make_folder(tmp_path / "mine")
    assert find_weights("~/mine") == folder


@pytest.mark.usefixtures("packages")
def test_a_folder_is_preferred_to_a_package_of_the_same_name():
    make_folder(Path("base"))
    assert find_weights("base") == Path("base")


def test_a_folder_without_weights_does_not_hide_the_package_of_its_name(packages):
    Path("tiny.en").mkdir()
    assert find_weights("tiny.en") == packages / "whole" / "model"


@pytest.mark.parametrize("missing", ["model.bin", "tokenizer.json"])
def test_a_refusal_of_an_incomplete_folder_names_the_missing_file(tmp_path, missing):
    (make_folder(tmp_path / "mine") / missing).unlink()
    assert f"There's no {missing}" in read_refusal(str(tmp_path / "mine"))


def test_a_package_is_preferred_to_the_hub(packages):
    assert find_weights("tiny.en") == packages / "whole" / "model"


def test_code_in_a_package_is_not_run(packages):
    find_weights("tiny.en")
    find_weights("base")
    assert not {"whole", "part1", "part2"} & set(sys.modules)


@pytest.mark.parametrize(
    ("model", "file"), [("tiny.en", "whole/model/model.bin"), ("base", "part2/data/model.bin.part2")]
)
def test_weights_with_another_digest_are_damaged(packages, model, file):
    (packages / file).write_bytes(b"something else.")
    assert f"The weights of {model} are damaged" in read_refusal(model)
    assert not Path("../cache").exists()


@pytest.mark.parametrize(("model", "package"), [("tiny.en", "whole"), ("base", "part1"), ("base", "part2")])
def test_a_missing_package_is_named_in_the_error(packages, model, package):
    shutil.rmtree(packages / package)
    assert f"The package {package} with the recogniser's weights isn't installed" in read_refusal(model)


def test_a_package_without_its_weights_counts_as_missing(packages):
    (packages / "whole" / "model" / "model.bin").unlink()
    assert "isn't installed" in read_refusal("tiny.en")


@pytest.mark.usefixtures("packages")
def test_parts_are_joined_in_the_cache_with_the_files_beside_them(tmp_path):
    folder = find_weights("base")
    assert folder == tmp_path / "cache" / "answer-aloud" / "weights" / "base"
    assert (folder / "model.bin").read_bytes() == FIRST + SECOND
    assert sorted(path.name for path in folder.iterdir()) == sorted((*SIDE_FILES, "model.bin"))
    assert (folder / "config.json").read_text() == "this is config.json"


@pytest.mark.usefixtures("packages")
def test_parts_are_joined_once():
    before = (find_weights("base") / "model.bin").stat()
    after = (find_weights("base") / "model.bin").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize("damage", ["cut", "changed", "gone", "tokenizer gone"])
def test_a_damaged_join_is_repaired(damage):
    folder = find_weights("base")
    model = folder / "model.bin"
    if damage == "cut":
        model.write_bytes(FIRST)
    elif damage == "changed":
        model.write_bytes(FIRST + SECOND[::-1])
    else:
        (model if damage == "gone" else folder / "tokenizer.json").unlink()
    assert find_weights("base") == folder
    assert model.read_bytes() == FIRST + SECOND
    assert (folder / "tokenizer.json").is_file()
    assert len(list(folder.iterdir())) == 4


@pytest.mark.usefixtures("packages")
def test_an_interrupted_join_leaves_no_file_behind(monkeypatch, tmp_path):
    def disk_full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(models.shutil, "copyfileobj", disk_full)
    assert "can't write the weights of base" in read_refusal("base")
    folder = tmp_path / "cache" / "answer-aloud" / "weights" / "base"
    assert sorted(path.name for path in folder.iterdir()) == sorted(SIDE_FILES)


@pytest.mark.usefixtures("packages")
def test_a_cache_folder_that_cannot_be_made_is_explained_in_a_sentence(tmp_path):
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert "can't write the weights of base" in read_refusal("base")


def test_the_local_hub_cache_is_preferred_to_a_download(monkeypatch, tmp_path):
    asked = []

    def hub(name, local_files_only=False):
        asked.append((name, local_files_only))
        return str(tmp_path)

    monkeypatch.setattr(models, "download_model", hub)
    assert find_weights("small.en") == tmp_path
    assert asked == [("small.en", True)]


def test_a_model_that_is_not_cached_is_downloaded(monkeypatch, tmp_path):
    asked = []

    def hub(name, local_files_only=False):
        asked.append((name, local_files_only))
        if local_files_only:
            raise FileNotFoundError(name)
        return str(tmp_path)

    monkeypatch.setattr(models, "download_model", hub)
    assert find_weights("somebody/faster-whisper-mine") == tmp_path
    assert asked == [("somebody/faster-whisper-mine", True), ("somebody/faster-whisper-mine", False)]


@pytest.mark.parametrize("error", [ConnectionError("no route\nto host"), ValueError("not a repository")])
def test_a_failed_download_is_explained_with_models_that_need_none(monkeypatch, error):
    def hub(*_, **__):
        raise error

    monkeypatch.setattr(models, "download_model", hub)
    text = read_refusal("small.en")
    assert "couldn't be downloaded" in text
    assert "tiny.en or base" in text


@pytest.mark.parametrize(
    "model", ["", "huge", "~nobody", "a" * 5000, "\0", "/no/such/folder", "./models/mine", "../mine", "models/of/mine"]
)
def test_an_impossible_model_name_is_refused_without_asking_the_hub(model):
    assert "There's no model or folder called" in read_refusal(model)


@pytest.mark.model
@pytest.mark.parametrize("model", ["tiny.en", "base"])
def test_the_installed_packages_hold_the_published_weights(model):
    folder = find_weights(model)
    assert {path.name for path in folder.iterdir()} >= {"model.bin", "tokenizer.json", "config.json"}


@pytest.mark.parametrize("content", [None, b"", b"another detector"])
def test_a_missing_or_changed_voice_detector_is_explained_in_a_sentence(content, monkeypatch, tmp_path):
    if content is not None:
        (tmp_path / VAD_WEIGHTS_FILE).write_bytes(content)
    monkeypatch.setattr("speech.asr.models.get_assets_path", lambda: str(tmp_path))
    with pytest.raises(
        WeightsError, match=r"The voice detector's files are missing or damaged.* run the setup command"
    ):
        check_voice_detector()


def test_the_installed_voice_detector_is_checked_before_it_is_loaded(monkeypatch, tmp_path):
    check_voice_detector()
    detector._load_detector.cache_clear()
    monkeypatch.setattr("speech.asr.models.get_assets_path", lambda: str(tmp_path))
    monkeypatch.setattr("speech.vad.detector.get_vad_model", lambda: pytest.fail("it was loaded"))
    with pytest.raises(WeightsError):
        detector.load_detector()
    detector._load_detector.cache_clear()
