"""Known weaknesses of the pinned packages: what pip-audit found, and whether it could look at all, as a sentence.

By itself pip-audit ends the same way whether a weakness is known or nobody could be asked, and without `--strict` it
even says that none is known where it could ask about no package.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Sequence  # noqa: UP035 - tasks.py has to live long enough under an old Python to refuse it

NONE_KNOWN, KNOWN, NOT_ASKED = 0, 1, 2  # exit codes
ASK_ELSEWHERE = (
    "This says nothing about the packages, neither good nor bad. Give the command again where the network lets you "
    "reach the public package index itself (a mirror mostly has no such data), or ask another service: "
    "python3 tasks.py audit --vulnerability-service osv"
)


def audit(python: Path, requirements: Path, arguments: Sequence[str] = ()) -> tuple[int, str]:
    """Ask about every package of a requirements file; gives an exit code and what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [str(python), "-m", "pip_audit", "--disable-pip", "--progress-spinner", "off", *arguments]
        command += ["--requirement", str(requirements), "--format", "json", "--output", str(report)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if report.exists():
            return verdict(json.loads(report.read_text(encoding="utf-8"))["dependencies"])
    reason = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
    return NOT_ASKED, f"The known weaknesses could not be asked for: {reason}\n{ASK_ELSEWHERE}"


def verdict(packages: Sequence[dict[str, Any]]) -> tuple[int, str]:
    """The exit code and the sentences for what pip-audit says of each package."""
    weak = [package for package in packages if package.get("vulns")]
    unasked = [package["name"] for package in packages if "skip_reason" in package]
    told = [_weakness(package) for package in weak]
    if weak:
        told.append("Give python3 tasks.py lock --upgrade for newer versions, and run the tests.")
    if unasked:
        which = "any" if len(unasked) == len(packages) else f"{', '.join(unasked)}, {len(unasked)}"
        told.append(f"Nothing could be learned of {which} of the {len(packages)} packages.")
        told.append(ASK_ELSEWHERE)
    if not told:
        told.append(f"No weakness is known of the {len(packages)} packages.")
    return (KNOWN if weak else NOT_ASKED if unasked else NONE_KNOWN), "\n".join(told)


def _weakness(package: dict[str, Any]) -> str:
    known = ", ".join(
        f"{each['id']} (mended in {', '.join(each['fix_versions']) or 'no version yet'})" for each in package["vulns"]
    )
    return f"{package['name']} {package['version']} has known weaknesses: {known}."
