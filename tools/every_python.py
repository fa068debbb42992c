"""Try the app on every supported Python: run it on those of this machine, resolve its packages for all."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Sequence  # noqa: UP035 - imported by the set-up, which an old Python has to be able to read

from tools.pythons import NEWEST_SUPPORTED, OLDEST_SUPPORTED, Version, find_pythons

SAMPLE = "samples/too_fast.flac"
EXCLUDED_MARKS = (  # marks of tests that are not in the fast part
    "browser",
    "device",
    "network",
    "postgres",
    "model",
    "newest",
    "wheel",
    "slow",  # accuracy and endurance, which do not depend on the Python
)
# Of the tests of pages, which take half of the time, only those of the page that everybody uses and of the server.
FAST_PAGES = ("tests/app_pages/practice/test_page.py", "tests/app_pages/server", "tests/test_library.py")
LEFT_OUT_FOLDERS = ("app_pages", "e2e")
# Left to the newest Python of the machine besides, as they take longest; the suite runs them on one more.
LEFT_TO_THE_NEWEST = ("benchmark", "docs", "services", "store", "tools", "torture")
KEY = secrets.token_urlsafe()  # lets in who opens the page
MAX_START_SECONDS = 120.0  # until the page has to answer; the machine may be busy
SYSTEMS = {  # as uv names them
    "Linux": "x86_64-manylinux_2_28",
    "Linux on ARM": "aarch64-manylinux_2_28",
    "macOS": "aarch64-apple-darwin",
    "macOS on Intel": "x86_64-apple-darwin",
    "Windows": "x86_64-pc-windows-msvc",
}
MISSING_WHEELS = {
    ((3, 14), "macOS on Intel")
}  # onnxruntime has no wheel for it; the set-up takes or fetches Python 3.13
OLDEST_MACOS = "14.0"  # PyAV's wheels


def run_all(root: Path, skip: Version | None) -> int:
    """Try the app on every supported Python of this machine except one, and print which failed.

    Args:
        root: The project's folder, of which every Python gets a copy.
        skip: The version that the whole suite runs on; None to skip none.

    Returns:
        1 if any failed, else 0.
    """
    found = {version: python for version, python in find_pythons().items() if version != skip}
    results = {}
    for version, python in found.items():
        print(f"\n== Python {_format_version(version)}: {python}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)  # tests that give up root's rights read the copy
            copy = Path(folder) / "answer-aloud"
            _copy_project(root, copy)
            left_out = LEFT_OUT_FOLDERS if version == max(found) else (*LEFT_OUT_FOLDERS, *LEFT_TO_THE_NEWEST)
            results[version] = _find_first_failure(copy, python, left_out)
    print()
    if skip is not None:
        print(f"Python {_format_version(skip)}: left to the whole suite")
    for version, failed in results.items():
        print(f"Python {_format_version(version)}: {'passed' if failed is None else failed}")
    if not found:
        print("There is no other supported Python on this machine.")
    return int(any(results.values()))


def resolve_all(root: Path, python: Path, requirements: Sequence[str], more: Sequence[str]) -> int:
    """Ask uv whether wheels exist for each Python and system, and print which are missing.

    Args:
        root: The project's folder.
        python: An interpreter that has uv.
        requirements: Names of requirements files.
        more: Further options for uv.

    Returns:
        1 if any wheel is missing, else 0.
    """
    failures = 0
    versions = [(3, minor) for minor in range(OLDEST_SUPPORTED[1], NEWEST_SUPPORTED[1] + 1)]
    for version in versions:
        for system, platform in SYSTEMS.items():
            if (version, system) in MISSING_WHEELS:
                continue
            complaints = [
                _describe_missing_wheels(root, python, version, platform, each, more) for each in requirements
            ]
            print(
                f"Python {_format_version(version)}, {system}: {'; '.join(filter(None, complaints)) or 'complete'}",
                flush=True,
            )
            failures += any(complaints)
    return int(failures > 0)


def _format_version(version: Version) -> str:
    return ".".join(map(str, version))


def _copy_project(root: Path, copy: Path) -> None:
    """Copy what git tracks or would add; no environment and no cache is copied."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (root / name).is_file():  # one that was deleted is listed until it is committed
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, copy / name)
    subprocess.run(["git", "init", "-q"], cwd=copy, check=True)  # tests ask git which files are the project's
    subprocess.run(["git", "add", "-A"], cwd=copy, check=True)


def _find_first_failure(copy: Path, python: Path, left_out: Sequence[str]) -> str | None:
    """Set up and try the app in a copy; return what failed, None if everything passed."""
    steps = (
        ("the set-up, lint or types failed", _run_checks),
        ("no report of a sample on the command line", _make_report),
        ("the first page did not answer", _open_page),
        ("tests failed", lambda copy, python: _run_tests(copy, python, left_out)),
    )
    return next((name for name, step in steps if not step(copy, python)), None)


def _run_checks(copy: Path, python: Path) -> bool:
    return subprocess.call([str(python), "tasks.py", "check"], cwd=copy) == 0


def _make_report(copy: Path, _python: Path) -> bool:
    command = [str(_get_environment_python(copy)), "-m", "analysis", SAMPLE, "--json"]
    done = subprocess.run(command, cwd=copy, stdout=subprocess.PIPE, text=True, check=False)
    return done.returncode == 0 and bool(json.loads(done.stdout)["words"])


def _open_page(copy: Path, python: Path) -> bool:
    """Start the app as the README says and fetch its page."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as data:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        app = subprocess.Popen(
            [str(python), "tasks.py", "run", "--port", str(port), "--server.headless", "true"],
            cwd=copy,
            env=dict(os.environ, ANSWER_ALOUD_DATA=data, ANSWER_ALOUD_KEY=KEY),
        )
        try:
            return _is_answered(f"http://127.0.0.1:{port}/", app)
        finally:
            app.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                app.wait(20)
            app.kill()


def _is_answered(address: str, app: subprocess.Popen[bytes]) -> bool:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    deadline = time.monotonic() + MAX_START_SECONDS
    while time.monotonic() < deadline and app.poll() is None:
        try:
            browser.open(f"{address}?key={KEY}").close()  # for the cookie
            with browser.open(address) as answer:
                return answer.status == 200 and b"<title>" in answer.read()
        except OSError:
            time.sleep(0.2)
    return False


def _run_tests(copy: Path, python: Path, left_out: Sequence[str]) -> bool:
    """Run the fast tests: some pages included, but no browser, server or sound device."""
    folders = sorted(each.parent for each in (copy / "tests").glob("*/__init__.py"))
    paths = [f"tests/{each.name}" for each in folders if each.name not in left_out]
    chosen = " and ".join(f"not {mark}" for mark in EXCLUDED_MARKS)
    # What lies beside the project is not beside its copy, so tests that read it are skipped there.
    environment = {name: value for name, value in os.environ.items() if name != "ANSWER_ALOUD_NO_SKIPS"}
    return (
        subprocess.call(
            [str(python), "tasks.py", "test", "-q", "-m", chosen, *paths, *FAST_PAGES], cwd=copy, env=environment
        )
        == 0
    )


def _get_environment_python(copy: Path) -> Path:
    return copy / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _describe_missing_wheels(
    root: Path, python: Path, version: Version, platform: str, requirements: str, more: Sequence[str]
) -> str | None:
    command = [str(python), "-m", "uv", "pip", "install", "--dry-run", "--python-version", _format_version(version)]
    command += ["--python-platform", platform, "--only-binary", ":all:", "--require-hashes", *more]
    with tempfile.TemporaryDirectory() as target:
        done = subprocess.run(
            [*command, "--target", target, "-r", requirements],
            cwd=root,
            env=dict(os.environ, MACOSX_DEPLOYMENT_TARGET=OLDEST_MACOS),
            capture_output=True,
            text=True,
            check=False,
        )
    return f"{requirements}: {' '.join(done.stderr.split())}" if done.returncode else None
