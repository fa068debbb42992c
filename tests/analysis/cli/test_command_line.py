import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import soundfile

import analysis
from analysis.annotations import ANNOTATION_FORMATS
from analysis.cli.command_line import find_recordings, main
from analysis.csv_table import COLUMNS
from analysis.serialization import from_json
from speech.audio.recording import SAMPLE_RATE, from_file
from speech.errors import LanguageError, WeightsError
from speech.unexpected import WENT_WRONG
from tests.support.answers import ScriptedTranscriber, make_answer, make_silent_answer, synthesise

ANSWER = make_answer(
    "I led the team for three years. (0.8) {um} We built a new system, you know, (2.4) and and it worked."
)
ROOT = Path(analysis.__file__).parents[1]
SCHEMA = json.loads((Path(analysis.__file__).parent / "report.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with one answer in it."""
    home = tmp_path / "answers"
    home.mkdir()
    soundfile.write(home / "first.wav", synthesise(ANSWER).samples, SAMPLE_RATE)
    return home


def run_command(*words: object, transcript=ANSWER) -> int:
    return main([str(word) for word in words], load=lambda _model, **_: ScriptedTranscriber(transcript))


def test_one_file_gives_its_whole_report(folder, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert run_command(folder / "first.wav", "--question", "tell_me_about_yourself") == 0
    out = capsys.readouterr().out
    assert "Tell me about yourself." in out
    assert "Keep: " in out
    assert "Next: " in out
    assert "Goal: " in out
    assert "Microsoft Speaker Coach and Read AI *" in out
    assert "three years. [um] We built a new system, {you} {know,} (2.4 s) ~and~ and it worked." in out
    assert "[um or uh], {filler word}, ~repetition~, (pause of 1 second or more)" in out


def test_advice_comes_with_its_source(folder, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")
    hesitant = make_answer(" ".join(["{um} yes (0.5)"] * 20))
    soundfile.write(folder / "hesitant.wav", synthesise(hesitant).samples, SAMPLE_RATE)
    run_command(folder / "hesitant.wav", transcript=hesitant)
    assert "(Laske & DiGennaro Reed 2024)" in capsys.readouterr().out


def test_quality_notes_come_before_the_takeaways(folder, capsys):
    run_command(folder / "first.wav", transcript=make_answer("Only this."))
    out = capsys.readouterr().out
    assert out.index("You spoke for only 1 second") < out.index("Keep: ")


def test_when_nothing_was_said_the_report_says_so_and_ends(folder, capsys):
    assert run_command(folder / "first.wav", transcript=make_silent_answer()) == 0
    out = capsys.readouterr().out
    assert "Next: We hear sound, but no voice." in out
    assert "Keep" not in out
    assert "Speaking rate" not in out


def test_json_of_one_file_is_one_object_that_matches_the_schema(folder, capsys):
    assert run_command(folder / "first.wav", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    assert from_json(data).name == "first.wav"


@pytest.mark.parametrize("again", [True, False], ids=["two files", "folder"])
def test_json_of_several_files_or_of_a_folder_is_an_array(folder, capsys, again):
    paths = [folder / "first.wav"] * 2 if again else [folder]
    assert run_command(*paths, "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert [report["name"] for report in data] == ["first.wav"] * len(paths)


def test_a_folder_gives_a_table_and_ignores_its_other_files(folder, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    shutil.copy(folder / "first.wav", folder / "second.WAV")
    (folder / "notes.txt").write_text("not a recording")
    (folder / ".hidden.wav").write_text("not a recording")
    assert run_command(folder) == 0
    out, err = capsys.readouterr()
    assert "first.wav" in out
    assert "second.WAV" in out
    assert "notes" not in out
    assert "hidden" not in out + err


def test_a_csv_has_a_row_for_every_file(folder, tmp_path):
    assert run_command(folder, "--csv", tmp_path / "out.csv") == 0
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == COLUMNS
    assert [row[0] for row in rows] == ["first.wav"]


def test_the_model_is_loaded_once_for_many_files_by_its_name(folder):
    loaded: list[tuple[str | None, str | None]] = []

    def load(model: str | None, *, language: str | None) -> ScriptedTranscriber:
        loaded.append((model, language))
        return ScriptedTranscriber(ANSWER)

    assert main([str(folder / "first.wav")] * 3 + ["--model", "tiny.en"], load=load) == 0
    assert main([str(folder / "first.wav"), "--language", "en"], load=load) == 0
    assert loaded == [("tiny.en", None), (None, "en")]


def test_only_english_can_be_named_as_the_language(folder, capsys):
    with pytest.raises(SystemExit) as stopped:
        run_command(folder, "--language", "de")
    assert stopped.value.code == 2
    assert "choose from" in capsys.readouterr().err


def test_a_bad_file_is_reported_and_the_others_are_analysed(folder, capsys):
    (folder / "broken.wav").write_text("this is text")
    assert run_command(folder, "--json") == 2
    out, err = capsys.readouterr()
    assert [report["name"] for report in json.loads(out)] == ["first.wav"]
    assert err.startswith("broken.wav isn't a sound file")
    assert len(err.splitlines()) == 1


def test_an_unexpected_error_is_a_sentence_and_the_other_files_are_analysed(folder, capsys, monkeypatch):
    def changed(file):
        if file.name == "second.wav":
            raise TypeError("open() got an unexpected keyword argument 'options'")
        return from_file(file)

    monkeypatch.setattr("analysis.cli.command_line.from_file", changed)
    shutil.copy(folder / "first.wav", folder / "second.wav")
    assert run_command(folder, "--json") == 2
    out, err = capsys.readouterr()
    assert [report["name"] for report in json.loads(out)] == ["first.wav"]
    assert err.startswith(f"second.wav: {WENT_WRONG} (TypeError: open() got an unexpected keyword argument 'options').")
    assert err.endswith("Add --debug to see where it happened.\n")
    assert len(err.splitlines()) == 1
    with pytest.raises(TypeError):
        run_command(folder, "--debug")


def test_a_closed_output_pipe_ends_the_command_without_a_message(folder):
    code = (
        "import sys; from tests.analysis.cli.test_command_line import run_command; "
        f"sys.exit(run_command({str(folder / 'first.wav')!r}, '--json'))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(60) == 141
    process.stderr.close()


def read_one_sentence(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert len(err.splitlines()) == 1
    return err


def test_a_missing_file_is_a_sentence_and_exit_code_2(tmp_path, capsys):
    assert run_command(tmp_path / "none.wav") == 2
    assert "There's no file" in read_one_sentence(capsys)


def test_a_folder_without_recordings_is_a_sentence_and_exit_code_2(tmp_path, capsys):
    assert run_command(tmp_path) == 2
    assert "no recordings in the folder" in read_one_sentence(capsys)


def test_an_empty_folder_beside_a_good_file_does_not_stop_the_good_one(folder, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert run_command(tmp_path / "empty", folder / "first.wav", "--json") == 2
    out, err = capsys.readouterr()
    assert len(json.loads(out)) == 1
    assert "no recordings in the folder" in err


def test_a_table_is_never_written_over_a_recording(folder, capsys):
    before = (folder / "first.wav").read_bytes()
    assert run_command(folder, "--csv", folder / "first.wav") == 2
    assert "overwrite the recording" in read_one_sentence(capsys)
    assert (folder / "first.wav").read_bytes() == before


def test_an_unknown_question_is_a_sentence_with_the_nearest_ones(folder, capsys):
    assert run_command(folder, "--question", "tell_me_about_yourselv") == 2
    assert "Did you mean tell_me_about_yourself" in read_one_sentence(capsys)


@pytest.mark.parametrize("paths", [1, 2])
def test_an_unknown_model_is_reported_once(folder, capsys, paths):
    def load(_model: str | None, **_: object) -> ScriptedTranscriber:
        raise WeightsError("There is no model nano. Choose tiny.en or base.")

    assert main([str(folder / "first.wav")] * paths + ["--model", "nano"], load=load) == 2
    assert read_one_sentence(capsys) == "There is no model nano. Choose tiny.en or base.\n"


def test_speech_in_another_language_is_a_sentence_and_exit_code_2(folder, capsys):
    class Foreign(ScriptedTranscriber):
        def __call__(self, *_args: object, **_more: object):
            raise LanguageError("This sounds like Spanish. Answer in English.")

    assert main([str(folder / "first.wav")], load=lambda _model, **_: Foreign(ANSWER)) == 2
    assert read_one_sentence(capsys) == "This sounds like Spanish. Answer in English.\n"


def test_an_interrupt_ends_the_command_without_a_message(folder, capsys):
    def interrupted(_model: str | None, **_: object) -> ScriptedTranscriber:
        raise KeyboardInterrupt

    assert main([str(folder / "first.wav")], load=interrupted) == 130
    assert capsys.readouterr() == ("", "")


def test_a_csv_that_cannot_be_written_is_reported_before_the_analysis(folder, tmp_path, capsys):
    def never(_model: str | None, **_: object) -> ScriptedTranscriber:
        raise AssertionError("the model was loaded")

    assert main([str(folder), "--csv", str(tmp_path / "none" / "out.csv")], load=never) == 2
    assert "can't write to" in read_one_sentence(capsys)


def test_for_somebody_who_stutters_no_ums_are_counted(folder, capsys):
    assert run_command(folder / "first.wav", "--json", "--stutter") == 0
    report = from_json(json.loads(capsys.readouterr().out))
    assert report.get_finding("filler_sounds").value is None
    assert "um" not in [word.text for word in report.words]


@pytest.mark.parametrize("kind", ANNOTATION_FORMATS, ids=lambda kind: kind.key)
def test_words_and_marks_are_written_for_other_programs(folder, tmp_path, kind):
    out = tmp_path / f"out{kind.suffix}"
    assert run_command(folder / "first.wav", f"--{kind.key}", out) == 0
    assert "um" in out.read_text("utf-8")


def test_several_recordings_are_written_into_a_folder_each_under_its_name(folder, tmp_path):
    shutil.copy(folder / "first.wav", folder / "second.wav")
    shutil.copy(folder / "first.wav", folder / "second.mp3")
    assert run_command(folder, "--textgrid", tmp_path / "new" / "out", "--srt", tmp_path) == 0
    assert sorted(path.name for path in (tmp_path / "new" / "out").iterdir()) == [
        *("first.TextGrid", "second.mp3.TextGrid", "second.wav.TextGrid"),
    ]
    assert (tmp_path / "first.srt").is_file()


def test_a_recording_is_not_overwritten_by_what_is_written_about_it(folder, capsys):
    before = (folder / "first.wav").read_bytes()
    assert run_command(folder / "first.wav", "--textgrid", folder / "first.wav") == 2
    assert "would overwrite the recording" in read_one_sentence(capsys)
    assert (folder / "first.wav").read_bytes() == before


def test_times_of_a_written_answer_are_refused(tmp_path, capsys):
    (tmp_path / "draft.txt").write_text("I led the team.")
    assert main(["--text", str(tmp_path / "draft.txt"), "--vtt", str(tmp_path / "out.vtt")]) == 2
    assert "this one is written" in read_one_sentence(capsys)


def test_an_unknown_option_is_exit_code_2(capsys):
    with pytest.raises(SystemExit) as stopped:
        run_command("--frobnicate")
    assert stopped.value.code == 2


@pytest.mark.parametrize("alphabet", ["cp1252", "cp437", "ascii", "gbk", "utf-8"])
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_console_of_any_alphabet_gets_the_report(monkeypatch, tmp_path, alphabet, options):
    out = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(out, alphabet, write_through=True))
    path = tmp_path / "Zürich 面接 – “eins” ✓.wav"
    soundfile.write(path, synthesise(ANSWER).samples, SAMPLE_RATE)
    assert run_command(path, *options) == 0
    written = out.getvalue().decode(alphabet)
    assert ("Zürich 面接" if alphabet == "utf-8" or options else "rich") in (
        json.loads(written)["name"] if options else written
    )


def test_a_sign_that_a_console_lacks_becomes_its_nearest_plain_one():
    assert "“um” – naïve, 3 ✓ …".encode("ascii", "answer_aloud_plain") == b'"um" - naive, 3 + ...'
    assert "面".encode("cp1252", "answer_aloud_plain") == b"?"


@pytest.mark.parametrize("suffix", ["WAV", "caf", "w64", "aiff", "au", "mka"])
def test_a_folder_is_searched_for_every_kind_of_sound(tmp_path, suffix):
    (tmp_path / f"answer.{suffix}").write_bytes(b"sound")
    assert [file.name for file in find_recordings(tmp_path)] == [f"answer.{suffix}"]


def test_what_is_left_out_of_a_folder_is_named(folder, capsys):
    for name in ("notes.pdf", ".hidden", "answer"):
        (folder / name).write_bytes(b"no sound")
    assert run_command(folder) == 0
    told = capsys.readouterr().err
    assert "answer, notes.pdf." in told
    assert ".hidden" not in told


def test_a_table_begins_with_the_mark_that_spreadsheets_know_utf_8_by(folder, tmp_path):
    (folder / "first.wav").rename(folder / "Zürich 面接.wav")
    run_command(folder, "--csv", tmp_path / "out.csv")
    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfname,")
    assert "Zürich 面接.wav" in raw.decode("utf-8-sig")
