"""The audit distinguishes a vulnerability from an unreachable service, and never calls unaudited packages safe."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tools import commands, package_audit
from tools.package_audit import EXIT_KNOWN, EXIT_NONE_KNOWN, EXIT_NOT_ASKED, summarise

SOUND: dict[str, Any] = {"name": "sound", "version": "1.0", "vulns": []}
WEAK: dict[str, Any] = {"name": "weak", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
LOST: dict[str, Any] = {"name": "hopeless", "version": "3.0", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]}
UNSEEN: dict[str, Any] = {"name": "unseen", "skip_reason": "Dependency not found"}


def test_packages_without_known_vulnerabilities_pass() -> None:
    assert summarise([SOUND, SOUND]) == (EXIT_NONE_KNOWN, "No weakness is known of the 2 packages.")


def test_a_vulnerability_is_named_with_the_fixed_version_and_what_to_do() -> None:
    code, told = summarise([SOUND, WEAK, LOST])
    assert code == EXIT_KNOWN
    assert "weak 2.0 has known weaknesses: PYSEC-1 (mended in 2.1)." in told
    assert "hopeless 3.0 has known weaknesses: PYSEC-2 (mended in no version yet)." in told
    assert "tasks.py lock --upgrade" in told


def test_a_package_that_could_not_be_audited_is_neither_safe_nor_vulnerable() -> None:
    code, told = summarise([SOUND, UNSEEN])
    assert code == EXIT_NOT_ASKED
    assert told.startswith("Nothing could be learned of unseen, 1 of the 2 packages.")
    assert "neither good nor bad" in told
    assert summarise([UNSEEN, UNSEEN])[1].startswith("Nothing could be learned of any of the 2 packages.")


def test_a_vulnerability_outweighs_packages_that_could_not_be_audited() -> None:
    code, told = summarise([UNSEEN, WEAK])
    assert code == EXIT_KNOWN
    assert "PYSEC-1" in told
    assert "of unseen, 1 of the 2 packages" in told


def test_an_unreachable_service_is_explained_and_is_no_vulnerability(tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("certifi==2026.10.18 --hash=sha256:" + "0" * 64 + "\n", encoding="utf-8")
    nobody = ("--vulnerability-service", "osv", "--osv-url", "http://127.0.0.1:9/query")
    code, told = package_audit.audit(Path(sys.executable), requirements, nobody)
    assert code == EXIT_NOT_ASKED
    assert told.startswith("The known weaknesses could not be asked for: ")
    assert "Traceback" not in told


def test_the_command_returns_the_code_and_prints_the_message_of_the_audit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "install", lambda _: None)
    monkeypatch.setattr(commands, "look_for_weaknesses", lambda *_: (EXIT_NOT_ASKED, "Nobody answered."))
    assert commands.main(["audit"]) == EXIT_NOT_ASKED
    assert capsys.readouterr().out == "Nobody answered.\n"
