"""Valid files and texts that the fuzzing inputs are derived from."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from content.loader import read_packaged
from speech.audio.recording import SAMPLE_RATE
from store.db.document_json import to_json
from store.db.documents import get_kind_name
from store.db.revisions import Revision
from store.store import open_store
from store.transfer.kept_versions import keep_version
from tests.support.interviews import DEBRIEF, HELD, MARIA, NOTE
from tests.support.sounds import encode_wav, encode_with_ffmpeg, encode_with_libsndfile, make_tone
from tests.support.stored_attempts import ABOUT_YOU, NOON, add_done, add_recorded
from tests.torture.bad_files import CODED

MAX_TEXT_CHARACTERS = 4000  # characters of a content file


@cache
def documents() -> dict[str, Any]:
    """Return the JSON of an export by file name; None for recordings."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(folder=Path(folder) / "data")
        done = add_done(store)
        store.add_note(done, "Slower.")
        store.mark_failed(add_recorded(store, replace(ABOUT_YOU, id="other"), NOON + timedelta(days=1)), "Not English.")
        for thing in (HELD, MARIA, NOTE, DEBRIEF):
            store.save(thing)
        store.delete_attempt(add_recorded(store, replace(ABOUT_YOU, id="third"), NOON + timedelta(days=2)))
        with store._database.begin_write() as connection:
            beside = Revision("a" * 32, frozenset(), NOON)
            keep_version(connection, MARIA.id, get_kind_name(type(MARIA)), beside, json.dumps(to_json(MARIA)))
        store.export(Path(folder) / "out.zip", {"language": "en"})
        store.close()
        with zipfile.ZipFile(Path(folder) / "out.zip") as exported:
            names = [name for name in exported.namelist() if name.endswith((".json", ".flac"))]
            return {name: json.loads(exported.read(name)) if name.endswith(".json") else None for name in names}


def make_archive(tree_by_name: Any) -> bytes:
    """Return a zip archive of JSON files.

    Args:
        tree_by_name: JSON values by file name, None for a recording; anything else gives an empty
            archive.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, tree in tree_by_name.items() if isinstance(tree_by_name, dict) else ():
            data = b"fLaC" + bytes(10) if tree is None else json.dumps(tree).encode()
            zipped.writestr(str(name).encode("utf-8", "replace").decode().split("\0")[0] or "empty", data)
    return out.getvalue()


@cache
def sounds() -> tuple[bytes, ...]:
    """Return one tone in every format that browsers and phones record."""
    short = make_tone(0.6)
    coded = [encode_with_ffmpeg(container, codec, short, SAMPLE_RATE) for container, codec, _ in CODED]
    return (encode_wav(short), encode_with_libsndfile(short, SAMPLE_RATE, "FLAC", "PCM_16"), *coded)


@cache
def content_texts() -> tuple[str, ...]:
    """Return the first entries of each content file; whole files are slow to mutate."""
    files = (
        "questions",
        "advice",
        "checklists",
        "follow_up_rules",
        "questions_to_ask",
        "questions_to_avoid",
        "taxonomy",
        "sources",
    )
    return tuple(_cut_entries(read_packaged(f"{name}.toml")) for name in files)


def _cut_entries(toml: str) -> str:
    return toml if len(toml) <= MAX_TEXT_CHARACTERS else toml[: toml.rindex("\n\n", 0, MAX_TEXT_CHARACTERS)]


SETTINGS = (
    'model = "base"\nlanguage = "en"\nkeep_recordings = false\nfiller_words = ["you know", "like"]\n'
    '[bands.speaking_rate]\nfine_from = 120\nfine_to = 160\nwatch_from = 90\nwatch_to = 200\n',
    'data_folder = "/somewhere"\ndatabase = "postgresql+psycopg://user:secret@host/name"\n',
)  # fmt: skip
PLAIN: dict[str, Any] = {
    "model": "base",
    "language": "en",
    "keep_recordings": False,
    "filler_words": ["like"],
    "bands": {"speaking_rate": {"fine_from": 120, "fine_to": 160.5, "watch_to": 200}},
}
OWN_TOML = (
    '[[question]]\ntext = "What do you do first?"\nkind = "behavioural"\ngood_answer = ["a first step", "a reason"]\n'
    'prompts = ["One.", "Two."]\ntarget_seconds = [30, 60]\n',
)
OWN_CSV = (
    "text,kind,good_answer_1,good_answer_2,prompt_1,shortest_seconds,longest_seconds\n"
    "What do you do first?,behavioural,a first step,a reason,One.,30,60\n",
    'text;kind\n"Why; here?";motivation\n"Two\nlines?";closing\n',
)
