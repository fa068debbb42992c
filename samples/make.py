"""Make the samples and their ground truth from the texts: `python -m samples.make [NAME...]`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import soundfile

from samples import FOLDER
from samples.assemble import Speaker, assemble
from samples.script import Script, load_scripts
from samples.voices import Kokoro
from speech.audio.recording import SAMPLE_RATE
from speech.audio.signal import INT16_FULL_SCALE

DEMO_FOLDER = FOLDER / "demo"  # its module needs more than making the takes does
QUANTISATION_STEP = (
    8  # 13 bits: rounding at -83 dBFS lies far below the room, and FLAC leaves out bits that are always 0
)


def make_sample(script: Script, speaker: Speaker, folder: Path) -> None:
    """Write one sample and its ground truth into a folder."""
    samples, truth = assemble(script, speaker)
    coarse = (np.round(samples * INT16_FULL_SCALE / QUANTISATION_STEP) * QUANTISATION_STEP).astype(np.int16)
    soundfile.write(folder / f"{script.name}.flac", coarse, SAMPLE_RATE, "PCM_16", compression_level=1.0)
    text = json.dumps(truth.to_dict(), ensure_ascii=False, indent=1)
    (folder / f"{script.name}.json").write_text(text + "\n", encoding="utf-8")
    print(
        f"{script.name}: {truth.duration:.1f} s, {truth.speaking_rate:.0f} words/min, "
        f"{truth.counts.filler_sounds} filler sounds, {len(truth.pauses)} pauses"
    )


def main() -> None:
    """Make the named samples, or all of them."""
    sources = ((load_scripts(), FOLDER), (load_scripts(DEMO_FOLDER / "texts.toml"), DEMO_FOLDER / "takes"))
    folders = {script.name: folder for scripts, folder in sources for script in scripts}
    scripts = {script.name: script for scripts, _ in sources for script in scripts}
    parser = argparse.ArgumentParser(prog="python -m samples.make", description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(scripts))
    names = parser.parse_args().names or list(scripts)
    unknown = [name for name in names if name not in scripts]
    if unknown:
        parser.error(f"there is no sample {', '.join(unknown)}; there are {', '.join(scripts)}")
    engine = Kokoro()
    for name in names:
        script = scripts[name]
        make_sample(script, engine.make_voice(script.voice, script.speed, script.melody), folders[name])


if __name__ == "__main__":
    main()
