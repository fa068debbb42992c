"""Report known vulnerabilities of the pinned packages, and whether the audit could run at all.

By itself pip-audit exits alike whether a vulnerability is known or the service could not be
reached; without `--strict` it even reports no vulnerabilities if it could ask about no package.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Sequence  # noqa: UP035 - tasks.py has to live long enough under an old Python to refuse it

EXIT_NONE_KNOWN, EXIT_KNOWN, EXIT_NOT_ASKED = 0, 1, 2  # exit codes
OTHER_SERVICE_HINT = (
    "This says nothing about the packages, neither good nor bad. Give the command again where the network lets you "
    "reach the public package index itself (a mirror mostly has no such data), or ask another service: "
    "python3 tasks.py audit --vulnerability-service osv"
)


def audit(python: Path, requirements: Path, arguments: Sequence[str] = ()) -> tuple[int, str]:
    """Audit every package of a requirements file.

    Args:
        python: An interpreter that has pip-audit.
        requirements: The requirements file.
        arguments: Further options for pip-audit.

    Returns:
        Exit code (0 none known, 1 some known, 2 the audit failed) and a message.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [str(python), "-m", "pip_audit", "--disable-pip", "--progress-spinner", "off", *arguments]
        command += ["--requirement", str(requirements), "--format", "json", "--output", str(report)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if report.exists():
            return summarise(json.loads(report.read_text(encoding="utf-8"))["dependencies"])
    reason = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
    return EXIT_NOT_ASKED, f"The known weaknesses could not be asked for: {reason}\n{OTHER_SERVICE_HINT}"


def summarise(packages: Sequence[dict[str, Any]]) -> tuple[int, str]:
    """Summarise pip-audit's report.

    Args:
        packages: The dependencies of its JSON report.

    Returns:
        Exit code (0 none known, 1 some known, 2 some packages could not be checked) and a message.
    """
    weak = [package for package in packages if package.get("vulns")]
    unasked = [package["name"] for package in packages if "skip_reason" in package]
    told = [_describe_vulnerabilities(package) for package in weak]
    if weak:
        told.append("Give python3 tasks.py lock --upgrade for newer versions, and run the tests.")
    if unasked:
        which = "any" if len(unasked) == len(packages) else f"{', '.join(unasked)}, {len(unasked)}"
        told.append(f"Nothing could be learned of {which} of the {len(packages)} packages.")
        told.append(OTHER_SERVICE_HINT)
    if not told:
        told.append(f"No weakness is known of the {len(packages)} packages.")
    return (EXIT_KNOWN if weak else EXIT_NOT_ASKED if unasked else EXIT_NONE_KNOWN), "\n".join(told)


def _describe_vulnerabilities(package: dict[str, Any]) -> str:
    known = ", ".join(
        f"{each['id']} (mended in {', '.join(each['fix_versions']) or 'no version yet'})" for each in package["vulns"]
    )
    return f"{package['name']} {package['version']} has known weaknesses: {known}."
