"""All readers of files and texts from outside: their inputs, and the errors they may raise."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from analysis import serialization
from content import (
    advice,
    checklists,
    follow_up_rules,
    questions,
    questions_to_ask,
    questions_to_avoid,
    sources,
    taxonomy,
)
from content.loader import ContentError
from content.own_questions_csv import read_csv
from interview.document_kinds import DOCUMENT_KINDS
from interview.questions.own_question_files import read_question_file
from speech import transcript_json
from speech.audio.recording import MAX_RECORDING_SECONDS, SAMPLE_RATE, from_bytes
from speech.errors import AnswerAloudError
from store.setting_values import from_plain
from store.settings import _parse_toml
from store.store import Store, open_store
from tests.support.stored_attempts import make_heard_answer
from tests.torture.fuzzing.good import (
    OWN_CSV,
    OWN_TOML,
    PLAIN,
    SETTINGS,
    content_texts,
    documents,
    make_archive,
    sounds,
)
from tests.torture.fuzzing.mutating import mutate_bytes, mutate_json, mutate_text

TOML = ("=", "[", "]", "[[", "]]", '"', '"""', "'", "\n", ",", ".", "{", "}", "#", "1e999", "-0", "true", "1979-05-27")
CSV = (",", ";", '"', '""', "\n", "\r\n", "\r", "|", "text", "kind", "\ufeff", "\x00", "=cmd()")


@dataclass(frozen=True)
class Target:
    """A reader, its inputs, and the errors it may raise for bad ones."""

    name: str
    inputs: st.SearchStrategy[Any]
    feed: Callable[[Any], object]
    refusals: tuple[type[Exception], ...] = (AnswerAloudError,)
    share: int = 1  # of all inputs, among all targets
    good: Sequence[Any] = ()  # what the inputs are near to, and can be read itself


def targets() -> tuple[Target, ...]:
    """Return all readers."""
    transcript, report = make_heard_answer()[1:]
    transcripts, reports = [transcript_json.to_json(transcript)], [serialization.to_json(report)]
    return (
        _bytes("sound files", sounds(), _decode, share=5),
        _text("settings", SETTINGS, TOML, _settings, share=4),
        _json("settings values", [PLAIN], _plain_settings),
        _text("questions, advice and lists", content_texts(), TOML, _content, refusals=(ContentError,), share=2),
        _text("own questions in TOML", OWN_TOML, TOML, _own("own.toml"), share=2),
        _text("own questions in CSV", OWN_CSV, CSV, _own("own.csv"), share=2),
        _bytes("own questions as bytes", [each.encode() for each in OWN_CSV], _own_bytes),
        _json("transcripts", transcripts, _through_json(transcript_json.from_json), share=2),
        _json("reports", reports, _through_json(serialization.from_json), share=2),
        _json("imports", [documents()], _import),
        _bytes("imported archives", [make_archive(documents())], _import_bytes),
    )


def _bytes(name: str, good: Sequence[bytes], feed: Callable[[bytes], object], **more: Any) -> Target:
    return Target(name, mutate_bytes(good), feed, good=good, **more)


def _text(name: str, good: Sequence[str], pieces: Sequence[str], feed: Callable[[str], object], **more: Any) -> Target:
    return Target(name, mutate_text(good, pieces), feed, good=good, **more)


def _json(name: str, good: Sequence[Any], feed: Callable[[Any], object], **more: Any) -> Target:
    return Target(name, mutate_json(good), feed, good=good, **more)


def _decode(data: bytes) -> None:
    found = from_bytes(data, "fuzz")
    assert 0 < found.duration <= MAX_RECORDING_SECONDS + 1
    assert len(found.samples) == round(found.duration * SAMPLE_RATE)


def _settings(text: str) -> None:
    from_plain(_parse_toml(text))


def _plain_settings(plain: Any) -> None:
    if isinstance(plain, dict):
        from_plain(plain)


def _content(toml: str) -> None:
    readers: tuple[Callable[[str], object], ...] = (
        *(
            questions.parse_questions,
            advice.parse_advice,
            checklists.parse_checklists,
            follow_up_rules.parse_follow_up_rules,
        ),
        *(
            questions_to_ask.parse_question_templates,
            questions_to_avoid.parse_avoidance_rules,
            taxonomy.parse_taxonomy,
            sources.parse_sources,
        ),
    )
    refused = []
    for read in readers:
        try:
            read(toml)
        except ContentError as error:
            refused.append(error)
    if len(refused) == len(readers):
        raise refused[0]


def _own(name: str) -> Callable[[str], object]:
    def feed(text: str) -> None:
        found = read_question_file(name, text.encode("utf-8", "surrogatepass"))
        assert all(question.text.strip() for question in found.new)

    return feed


def _own_bytes(data: bytes) -> None:
    read_question_file("own.csv", data)
    read_csv(data.decode("utf-8-sig"), "own.csv")


def _through_json(read: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda tree: read(json.loads(json.dumps(tree)))


def _import(tree_by_name: Any) -> None:
    _import_bytes(make_archive(tree_by_name))


def _import_bytes(data: bytes) -> None:
    """Import an archive: it is imported and readable, or nothing changes; no file is written elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "in.zip"
        file.write_bytes(data)
        store = _open(Path(folder) / "inner" / "data")
        try:
            store.import_archive(file)
        except AnswerAloudError:
            assert (store.load_history(), _things(store)) == ((), [])
            raise
        finally:
            assert {path.name for path in Path(folder).iterdir()} == {"in.zip", "inner"}
            assert {path.name for path in (Path(folder) / "inner").iterdir()} == {"data"}
            _read_everything(store)
            store.close()


def _things(store: Store) -> list[object]:
    return [thing for kind in DOCUMENT_KINDS.values() for thing in store.load_documents(kind)]


def _read_everything(store: Store) -> None:
    store.load_measured()
    _things(store)
    for kept in store.load_history():
        if kept.state == "done":
            store.load_result(kept.id)
        store.load_notes(kept.id)
    store.list_versions()
    store.list_troubles()
    assert store.check().troubles == ()


@cache
def _blank() -> bytes:
    """Return a database with all tables and no rows; creating one takes longer than copying it."""
    with tempfile.TemporaryDirectory() as folder:
        open_store(folder=Path(folder)).close()
        return (Path(folder) / "answers.sqlite3").read_bytes()


def _open(folder: Path) -> Store:
    folder.mkdir(parents=True)
    (folder / "answers.sqlite3").write_bytes(_blank())
    return open_store(folder=folder)
