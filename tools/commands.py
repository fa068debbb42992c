"""The commands of Answer Aloud; each one first sets up whatever it needs, in the folder .venv.

python3 tasks.py run [--port N] [more Streamlit options]   open the app
python3 tasks.py test [pytest options]                     run the tests
python3 tasks.py check                                     lint, format and types
python3 tasks.py pythons                                   check, a report and quick tests on other Pythons here
python3 tasks.py wheels                                    check that all Pythons and systems have the packages
python3 tasks.py audit [--advisories FOLDER_OR_ZIP]        look for known vulnerabilities of the packages
python3 tasks.py sbom [FILE]                               list all packages and weights as a CycloneDX SBOM
python3 tasks.py lock [uv options, such as --upgrade]      update the pinned requirements
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Sequence  # noqa: UP035 - an old Python has to get past this line, to bring a newer one

from tools import every_python
from tools.package_audit import audit as look_for_weaknesses
from tools.pythons import (
    COMPLETE_CODE,
    FETCHED_VERSION,
    ask_version,
    find_pythons,
    is_supported,
    list_supported_versions,
)
from tools.requirements import leave_out_weights
from tools.system_packages import (
    CHROMIUM,
    NETWORK_WATCH,
    NGINX,
    PORTAUDIO,
    POSTGRES,
    PULSEAUDIO,
    can_use_apt,
    install_with_apt,
    provide,
)

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
FETCHED_PYTHONS = ROOT / ".python"  # a Python that was fetched because the machine has none that is supported
SETUP_REQUIREMENTS, RUN_REQUIREMENTS, TEST_REQUIREMENTS = (
    "requirements-setup.txt",
    "requirements.txt",
    "requirements-dev.txt",
)  # TEST holds RUN
SERVER_REQUIREMENTS = "requirements-server.txt"  # RUN and what a server for many needs; deploy/Dockerfile installs it
UV_EXCLUDES = ("--excludes", "excludes.txt")  # packages that others ask for and the app does without
PARALLEL_TEST_OPTIONS = (
    "-n",
    "2",
    "-p",
    "tests.side_by_side",
    "--no-loadscope-reorder",
)  # -n 0 after "test": one by one
STAMP = VENV / "installed.txt"  # digest of the requirements, and which file was installed


class Stop(Exception):  # noqa: N818 - it is an end with a sentence, not a fault of the program
    """Ends the command; the text tells the user what happened and what to do."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; return the exit code."""
    commands = {
        "run": run,
        "test": test,
        "check": check,
        "pythons": check_pythons,
        "wheels": check_wheels,
        "audit": audit,
        "sbom": sbom,
    }
    commands["lock"] = lock
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 0 if arguments and arguments[0] in ("-h", "--help") else 2
    try:
        return commands[arguments[0]](arguments[1:])
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: Sequence[str]) -> int:
    """Set up and start the app, as the command `answer-aloud` does where it is installed."""
    install(RUN_REQUIREMENTS)
    provide(PORTAUDIO)
    return hand_over("-m", "app_pages.launch", *arguments)


def test(arguments: Sequence[str]) -> int:
    """Set up with everything the tests need and run them."""
    install(TEST_REQUIREMENTS)
    provide(PORTAUDIO, PULSEAUDIO, CHROMIUM, POSTGRES, NGINX, NETWORK_WATCH)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # two side by side with two threads each are five times slower
    return hand_over("-m", "pytest", *PARALLEL_TEST_OPTIONS, *arguments)


def check(_arguments: Sequence[str]) -> int:
    """Set up and run linter, formatter and type checker; show the findings of all three."""
    install(TEST_REQUIREMENTS)
    looks = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",))
    return max([subprocess.call([str(PYTHON), "-m", *look], cwd=ROOT) for look in looks])


def check_pythons(_arguments: Sequence[str]) -> int:
    """Set up, check and try the app on every supported Python of this machine except that of .venv."""
    make_environment()
    return every_python.run_all(ROOT, skip=ask_version(PYTHON))


def check_wheels(_arguments: Sequence[str]) -> int:
    """Check that the pinned packages have wheels for each supported Python and system; install none."""
    install_uv()
    return every_python.resolve_all(ROOT, PYTHON, (RUN_REQUIREMENTS, TEST_REQUIREMENTS), UV_EXCLUDES)


def audit(arguments: Sequence[str]) -> int:
    """Look for known vulnerabilities of the app's packages; return 0 for none, 1 for some, 2 if it failed."""
    install(TEST_REQUIREMENTS)
    if arguments[:1] == ["--advisories"]:
        return subprocess.call([str(PYTHON), "-m", "tools.advisories", *arguments[1:]], cwd=ROOT)
    code, told = look_for_weaknesses(PYTHON, ROOT / RUN_REQUIREMENTS, arguments)
    print(told)
    return code


def sbom(arguments: Sequence[str]) -> int:
    """Write the list of all pinned packages and weights, in CycloneDX's format; return the exit code."""
    install(TEST_REQUIREMENTS)
    return subprocess.call([str(PYTHON), "-m", "tools.sbom", *arguments], cwd=ROOT)


def lock(arguments: Sequence[str]) -> int:
    """Resolve pyproject.toml for every supported system and Python; pins that still fit are kept."""
    install_uv()
    compile_ = ["-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    compile_ += ["--generate-hashes", "--no-header", "--no-annotate", *UV_EXCLUDES, *arguments]
    pyproject = ["-c", "constraints.txt", "--extra", "points", "--extra", "encryption", "pyproject.toml"]
    for what in (
        ["--group", "setup", "-o", SETUP_REQUIREMENTS],
        [*pyproject, "-o", RUN_REQUIREMENTS],
        [*pyproject, "--extra", "server", "-c", RUN_REQUIREMENTS, "-o", SERVER_REQUIREMENTS],
        [*pyproject, "--extra", "dev", "-c", SERVER_REQUIREMENTS, "-o", TEST_REQUIREMENTS],
    ):
        call([str(PYTHON), *compile_, *what], "The requirements cannot be resolved; the lines above say why.")
    return 0


def install(requirements: str) -> None:
    """Install the packages of a requirements file into .venv, unless they are there; nothing is removed."""
    make_environment()
    digest = hashlib.sha256(
        b"".join((ROOT / name).read_bytes() for name in (SETUP_REQUIREMENTS, RUN_REQUIREMENTS, TEST_REQUIREMENTS))
    ).hexdigest()
    stamp = STAMP.read_text().split() if STAMP.exists() else []
    if stamp in ([digest, requirements], [digest, TEST_REQUIREMENTS]):
        return
    print(f"Installing the packages of {requirements} into .venv ...", flush=True)
    install_uv()
    command = [str(PYTHON), "-m", "uv", "pip", "install", "--python", str(PYTHON), "--require-hashes"]
    # Bytecode now, on all processors: else each start compiles it anew where Python is not let write it.
    command += ["--only-binary", ":all:", "--compile-bytecode", *UV_EXCLUDES, "-r"]
    try:
        call(
            [*command, requirements],
            "The packages could not be installed; the lines above say why. Check the network (UV_DEFAULT_INDEX and "
            "HTTPS_PROXY are obeyed) and the room on the disk (2 GB), then give the same command again: it goes on "
            "where it stopped.",
        )
    except Stop:
        if not install_without_weights(command, requirements):
            raise
    print("Compiling what numba keeps for the next starts ...", flush=True)
    call(
        [str(PYTHON), "-m", "speech.audio.lazy_librosa"],
        "librosa, which measures the pitch, could not be loaded; the lines above say why. Delete the folder .venv and "
        "give the same command again.",
    )
    STAMP.write_text(f"{digest} {requirements}\n")


def install_without_weights(command: Sequence[str], requirements: str) -> bool:
    """Install all but the packages of weights that are gone, and bring those weights from their second source.

    Args:
        command: What installs packages, up to the requirements file.
        requirements: The requirements file.

    Returns:
        Whether the other packages could be installed.

    Raises:
        Stop: The weights could not be brought.
    """
    with tempfile.TemporaryDirectory() as folder:
        others = Path(folder) / requirements
        others.write_text(leave_out_weights((ROOT / requirements).read_text(encoding="utf-8")), encoding="utf-8")
        print("Trying without the packages of weights ...", flush=True)
        try:
            call([*command, str(others)], "")
        except Stop:
            return False
    call(
        [str(PYTHON), "-m", "speech.weights"],
        "The packages are installed, but weights are missing; the lines above say which and what to do.",
    )
    return True


def install_uv() -> None:
    """Install the package installer into .venv."""
    make_environment()
    call(
        [
            str(PYTHON),
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            SETUP_REQUIREMENTS,
        ],
        "The package installer uv could not be installed; the lines above say why. Check the network (PIP_INDEX_URL "
        "and HTTPS_PROXY are obeyed), then give the same command again.",
    )


def make_environment() -> None:
    """Create .venv, or recreate it if its Python is gone or no longer supported."""
    version = ask_version(PYTHON)
    if version is not None and is_supported(version):
        if ask_version(PYTHON, "import pip, sys; print(*sys.version_info[:2])") is None:
            call([str(PYTHON), "-m", "ensurepip"], "pip could not be put into .venv. Delete the folder and try again.")
        return
    python = find_supported_python()
    print("Making the environment .venv ...", flush=True)
    call([str(python), "-m", "venv", "--clear", str(VENV)], "The folder .venv could not be made.")


def find_supported_python() -> Path:
    """Return a supported interpreter: this one, else another of this machine, else one that uv fetches."""
    this = ask_version(Path(sys.executable))
    if this is not None and is_supported(this):
        provide_ensurepip()
        return Path(sys.executable)
    here = ".".join(map(str, sys.version_info[:2]))
    found = find_pythons(FETCHED_PYTHONS) or fetch_python(here)
    python = next(iter(found.values()))
    print(f"This is Python {here}; Answer Aloud needs {list_supported_versions()} and takes {python}.", flush=True)
    return python


def fetch_python(here: str) -> dict[tuple[int, int], Path]:
    """Fetch a supported Python into the folder .python with uv.

    Args:
        here: Version of the running Python, for the messages.

    Raises:
        Stop: That failed.
    """
    print(f"This is Python {here}, and no other was found; bringing Python {FETCHED_VERSION} with uv ...", flush=True)
    otherwise = (
        f"Answer Aloud needs Python {list_supported_versions()}, and this is Python {here}. No other was found on this "
        "machine, and none could be fetched; the lines above say why. Check the network, "
        f"or install Python {FETCHED_VERSION} "
        f"and name it: python{FETCHED_VERSION} {Path(sys.argv[0]).name} {' '.join(sys.argv[1:2])}"
    )
    uv = shutil.which("uv")
    if uv is None:
        environment = FETCHED_PYTHONS / "uv"
        uv = str(environment / ("Scripts/uv.exe" if os.name == "nt" else "bin/uv"))
        python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        call([sys.executable, "-m", "venv", "--clear", str(environment)], otherwise)
        call([str(python), "-m", "pip", "install", "-q", "--require-hashes", "-r", SETUP_REQUIREMENTS], otherwise)
    call([uv, "python", "install", FETCHED_VERSION, "--install-dir", str(FETCHED_PYTHONS), "--no-bin"], otherwise)
    found = find_pythons(FETCHED_PYTHONS)
    if not found:
        raise Stop(otherwise)
    return found


def provide_ensurepip() -> None:
    """Install the Debian package that venv needs for pip, if it is missing.

    Raises:
        Stop: It is missing and cannot be installed.
    """
    package = f"python3.{sys.version_info[1]}-venv"
    if ask_version(Path(sys.executable), COMPLETE_CODE) is None and not (
        can_use_apt() and install_with_apt((package,)) == 0
    ):
        raise Stop(f"This Python cannot make environments. On Debian and Ubuntu type: sudo apt-get install {package}")


def call(command: Sequence[str], otherwise: str) -> None:
    """Run a command in the project's folder.

    Args:
        command: Program and arguments.
        otherwise: What to tell the user if it fails.

    Raises:
        Stop: It failed.
    """
    if subprocess.call(command, cwd=ROOT):
        raise Stop(otherwise)


def hand_over(*arguments: str) -> int:
    """Replace this process by .venv's Python, so that signals reach it; on Windows, run it and wait."""
    command = [str(PYTHON), *arguments]
    os.chdir(ROOT)
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.call(command)
