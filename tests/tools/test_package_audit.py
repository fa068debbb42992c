"""The audit tells a weakness from a network that cannot be reached, and never calls unseen packages sound."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tools import commands, package_audit
from tools.package_audit import KNOWN, NONE_KNOWN, NOT_ASKED, verdict

SOUND: dict[str, Any] = {"name": "sound", "version": "1.0", "vulns": []}
WEAK: dict[str, Any] = {"name": "weak", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
LOST: dict[str, Any] = {"name": "hopeless", "version": "3.0", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]}
UNSEEN: dict[str, Any] = {"name": "unseen", "skip_reason": "Dependency not found"}


def test_packages_without_known_weaknesses_pass() -> None:
    assert verdict([SOUND, SOUND]) == (NONE_KNOWN, "No weakness is known of the 2 packages.")


def test_a_weakness_is_named_with_the_version_that_mends_it_and_what_to_do() -> None:
    code, told = verdict([SOUND, WEAK, LOST])
    assert code == KNOWN
    assert "weak 2.0 has known weaknesses: PYSEC-1 (mended in 2.1)." in told
    assert "hopeless 3.0 has known weaknesses: PYSEC-2 (mended in no version yet)." in told
    assert "tasks.py lock --upgrade" in told


def test_a_package_that_nothing_could_be_learned_of_is_neither_called_sound_nor_weak() -> None:
    code, told = verdict([SOUND, UNSEEN])
    assert code == NOT_ASKED
    assert told.startswith("Nothing could be learned of unseen, 1 of the 2 packages.")
    assert "neither good nor bad" in told
    assert verdict([UNSEEN, UNSEEN])[1].startswith("Nothing could be learned of any of the 2 packages.")


def test_a_weakness_counts_for_more_than_packages_nothing_could_be_learned_of() -> None:
    code, told = verdict([UNSEEN, WEAK])
    assert code == KNOWN
    assert "PYSEC-1" in told
    assert "of unseen, 1 of the 2 packages" in told


def test_a_service_that_cannot_be_reached_is_a_sentence_and_no_weakness(tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("certifi==2026.10.18 --hash=sha256:" + "0" * 64 + "\n", encoding="utf-8")
    nobody = ("--vulnerability-service", "osv", "--osv-url", "http://127.0.0.1:9/query")
    code, told = package_audit.audit(Path(sys.executable), requirements, nobody)
    assert code == NOT_ASKED
    assert told.startswith("The known weaknesses could not be asked for: ")
    assert "Traceback" not in told


def test_the_command_ends_with_the_code_and_the_sentence_of_the_audit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "install", lambda _: None)
    monkeypatch.setattr(commands, "look_for_weaknesses", lambda *_: (NOT_ASKED, "Nobody answered."))
    assert commands.main(["audit"]) == NOT_ASKED
    assert capsys.readouterr().out == "Nobody answered.\n"
