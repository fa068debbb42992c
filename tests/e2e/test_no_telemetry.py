"""Nothing leaves this machine: libraries that would report to their makers are told not to before they are imported."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOLD = {"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}


def _after_import(module: str) -> str:
    names = ", ".join(f"os.environ.get({name!r})" for name in TOLD)
    code = f"import {module}, os, sys; print({names}, 'onnxruntime' in sys.modules)"
    environment = {name: value for name, value in os.environ.items() if name not in TOLD}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_voice_detectors_library_is_told_to_send_no_telemetry_before_it_is_imported():
    assert _after_import("speech").startswith("1 1")
    assert _after_import("speech") == "1 1 False"


def test_every_way_in_tells_the_libraries():
    for module in ("speech.whisper", "analysis.cli.command_line", "app_pages.ui.store_access"):
        assert _after_import(module).startswith("1 1")
