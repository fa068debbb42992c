"""A written answer on the command line: JSON, a report to read, and errors as sentences."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from analysis.cli.command_line import main

DRAFT = "Last year we lost a client. I think I I called him, you know, every day. In the end he came back."


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def run(*words: object) -> int:
    def load(_model, **_):
        raise AssertionError("a text needs no recogniser")

    return main([str(word) for word in words], load=load)


def states(out: str) -> dict[str, str]:
    return {element["key"]: element["state"] for element in json.loads(out)["elements"]}


def test_a_text_gives_json(draft, capsys):
    assert run("--text", draft, "--json") == 0
    out = capsys.readouterr().out
    found = json.loads(out)
    assert [word["text"] for word in found["words"]] == DRAFT.split()
    assert (found["hedges"], found["repetitions"], found["questions"]) == (1, 1, [])
    assert states(out)["action"] == states(out)["result"] == "heard"
    assert states(out)["early_answer"] == "not_heard"


def test_with_a_question_it_is_known_whether_the_answer_comes_early(draft, capsys):
    assert run("--text", draft, "--question", "told_no", "--json") == 0
    assert states(capsys.readouterr().out)["early_answer"] == "heard"


def test_a_dash_reads_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DRAFT.encode()), encoding="utf-8"))
    assert run("--text", "-", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["words"]) == len(DRAFT.split())


def test_without_json_it_is_a_report_to_read(draft, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert run("--text", draft, "--question", "told_no") == 0
    out = capsys.readouterr().out
    assert "draft.txt, 22 words" in out
    assert "I think ~I~ I called him, {you} {know,} every day." in out
    assert "✓ Result: there: “In the end he came back.”" in out
    assert "– Task: not found" in out
    assert "1 softening word or phrase, 1 repetition, 1 filler word, no questions" in out


def test_a_closing_is_read_for_what_belongs_in_it(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    path = tmp_path / "closing.txt"
    path.write_text("What are the next steps? So did I get the job? Thank you.", encoding="utf-8")
    assert run("--text", path, "--question", "questions_for_us") == 0
    out = capsys.readouterr().out
    assert "✓ Next steps asked: there: “What are the next steps?”" in out
    assert "▲ Pressing for the job: there, but better left out: “So did I get the job?”" in out
    assert "Situation" not in out


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There are no words here yet. Write your answer first."),
        (b"\xff\xfe\x00", "isn't plain text in UTF-8. Save it as UTF-8."),
        (b"word " * 6000, "6000 words, too many for one answer."),
    ],
)
def test_a_text_that_cannot_be_read_is_answered_in_a_sentence(tmp_path, capsys, content, sentence):
    path = tmp_path / "draft.txt"
    path.write_bytes(content)
    assert run("--text", path, "--json") == 2
    err = capsys.readouterr()
    assert sentence in err.err
    assert err.out == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--text", "nowhere.txt"), "We can't read nowhere.txt (No such file or directory)."),
        (("--text", "-", "answer.wav"), "Name either recordings or --text with one file, not both."),
        (("--text", "-", "--csv", "out.csv"), "A table is for spoken answers, and this one is written."),
        (("--text", "-", "--question", "nothing_like_it"), "There's no question called nothing_like_it."),
    ],
)
def test_what_cannot_be_done_is_answered_in_a_sentence(capsys, words, sentence):
    assert run(*words) == 2
    assert sentence in capsys.readouterr().err


def test_nothing_named_is_answered_with_what_is_missing(capsys):
    with pytest.raises(SystemExit) as stopped:
        run()
    assert stopped.value.code == 2
    assert "FILE_OR_FOLDER, or --text FILE" in capsys.readouterr().err
