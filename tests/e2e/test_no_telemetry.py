"""Check that libraries are told to send no telemetry before they are imported."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
OPT_OUTS = {"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}


def _read_after_import(module: str) -> str:
    names = ", ".join(f"os.environ.get({name!r})" for name in OPT_OUTS)
    code = f"import {module}, os, sys; print({names}, 'onnxruntime' in sys.modules)"
    environment = {name: value for name, value in os.environ.items() if name not in OPT_OUTS}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_telemetry_is_off_before_onnxruntime_is_imported():
    assert _read_after_import("speech").startswith("1 1")
    assert _read_after_import("speech") == "1 1 False"


def test_every_entry_point_turns_telemetry_off():
    for module in ("speech.whisper", "analysis.cli.command_line", "app_pages.ui.store_access"):
        assert _read_after_import(module).startswith("1 1")
