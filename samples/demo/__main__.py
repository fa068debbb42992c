"""Write what the default recogniser hears in every sample of the demo: `python -m samples.demo`."""

from __future__ import annotations

import json
from typing import Any

import samples
from samples.demo import PLAN, TRANSCRIPTS_PATH
from speech import transcript_json
from speech.audio.recording import from_file
from speech.whisper import load


def main() -> None:
    """Transcribe the samples of the plan and write the transcripts, one a line."""
    listen = load()
    known = {sample.name: sample for sample in samples.load()}
    lines = []
    for name in sorted({moment.sample for moment in PLAN}):
        transcript = listen(from_file(known[name].path))
        heard = json.dumps(
            _round_numbers(transcript_json.to_json(transcript)), ensure_ascii=False, separators=(",", ":")
        )
        lines.append(f"{json.dumps(name)}: {heard}")
        print(f"{name}: {len(transcript.words)} words")
    TRANSCRIPTS_PATH.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _round_numbers(data: Any) -> Any:
    """Round all numbers to a tenth of a millisecond; no time is more exact than that."""
    if isinstance(data, dict):
        return {key: _round_numbers(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_round_numbers(value) for value in data]
    return round(data, 4) if isinstance(data, float) else data


if __name__ == "__main__":
    main()
