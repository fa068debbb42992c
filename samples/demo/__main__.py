"""Write what the default recogniser hears in the samples of the demo: `python -m samples.demo [NAME...]`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from samples.demo import PLAN, TRANSCRIPTS_PATH, load_demo_samples
from speech import transcript_json
from speech.audio.recording import from_file
from speech.whisper import load


def main(names: Sequence[str]) -> None:
    """Transcribe the named samples of the plan, or all of them, and write the transcripts, one a line."""
    listen = load()
    known, planned = load_demo_samples(), sorted({moment.sample for moment in PLAN})
    before = json.loads(TRANSCRIPTS_PATH.read_text(encoding="utf-8")) if names else {}
    lines = []
    for name in planned:
        if names and name not in names:
            heard = before[name]
        else:
            transcript = listen(from_file(known[name].path))
            heard = _round_numbers(transcript_json.to_json(transcript))
            print(f"{name}: {len(transcript.words)} words")
        lines.append(f"{json.dumps(name)}: {json.dumps(heard, ensure_ascii=False, separators=(',', ':'))}")
    TRANSCRIPTS_PATH.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _round_numbers(data: Any) -> Any:
    """Round all numbers to a tenth of a millisecond; no time is more exact than that."""
    if isinstance(data, dict):
        return {key: _round_numbers(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_round_numbers(value) for value in data]
    return round(data, 4) if isinstance(data, float) else data


if __name__ == "__main__":
    main(sys.argv[1:])
