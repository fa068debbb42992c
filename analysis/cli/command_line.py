"""The main job without a browser: `python -m analysis FILE_OR_FOLDER...`.

`--text FILE` reads a written answer instead, "-" from standard input: what it contains, without numbers of speech.

One file gives its whole report; several files or a folder give a table. `--json` prints one object for one file and an
array for several or a folder (analysis/report.schema.json). Exit code 2 when anything could not be done, with a
sentence on standard error; what could be done is still printed.
"""

from __future__ import annotations

import argparse
import codecs
import difflib
import io
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, TaskID

from analysis.annotations import ANNOTATION_FORMATS, AnnotationFormat
from analysis.cli.terminal import print_report, print_table
from analysis.cli.written_report import show_written_answer
from analysis.csv_table import CSV_ENCODING, write_csv
from analysis.question import AskedQuestion
from analysis.report import Report, Takeaway
from analysis.serialization import to_json
from analysis.written_answer import written_answer_to_json
from content import questions
from content.advice import find_advice
from services.analyze import analyze_recording, check_draft
from services.asked_questions import find_asked_question
from services.job_queue import Running
from speech import whisper
from speech.asr.language import ENGLISH
from speech.audio.recording import SOUND_FILE_SUFFIXES, from_file
from speech.errors import AnswerAloudError, UnexpectedError, WeightsError
from speech.transcript import Transcriber
from speech.unexpected import explain

STANDARD_INPUT = "-"
MAX_NAMES_LISTED = 8  # of files in a sentence
PLAIN_SIGNS = {  # what stands for the signs that a console cannot write
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2013": "-",
    "\u2014": "-",
    "\u2026": "...",
    "\u2191": "^",
    "\u2192": "->",
    "\u2193": "v",
    "\u2713": "+",
    "\u25b2": "^",
    "\u25bc": "v",
    "\u00d7": "x",
}


class UsageError(AnswerAloudError):
    """The command line asks for something that does not exist or cannot be done."""


class LoadTranscriber(Protocol):
    """Loads a transcriber by model name; None is the default model, and a language of None is detected."""

    def __call__(self, model: str | None, *, language: str | None) -> Transcriber: ...  # noqa: D102


def main(
    argv: Sequence[str] | None = None, load: LoadTranscriber = whisper.load, program: str = "python -m analysis"
) -> int:
    """Run the command line and return its exit code.

    Args:
        argv: The arguments after the command; None: those of the process.
        load: Loads the transcriber.
        program: The command as typed, for the help text.
    """
    _write_on_any_console()
    parser = _make_parser(program)
    options = parser.parse_args(argv)
    if not options.paths and options.text is None:
        parser.error("the following arguments are required: FILE_OR_FOLDER, or --text FILE")
    try:
        code = _run(options, load) if options.text is None else _run_text(options)
        sys.stdout.flush()
        return code
    except AnswerAloudError as error:
        return _print_error(error)
    except KeyboardInterrupt:
        return 130  # what shells expect of a command stopped by Ctrl-C
    except BrokenPipeError:  # whoever read the output, such as `head`, has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is not written at the exit either
        return 141  # what shells expect of a command stopped by a closed pipe
    except Exception as error:
        if options.debug:
            raise
        return _print_error(_make_unexpected_error(error))


def _write_on_any_console() -> None:
    """Have signs that a console's alphabet lacks written as their nearest plain ones, rather than end in an error."""
    codecs.register_error("answer_aloud_plain", _replace_signs)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="answer_aloud_plain")


def _replace_signs(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_to_plain, error.object[error.start : error.end])), error.end


def _to_plain(sign: str) -> str:
    letters = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return PLAIN_SIGNS.get(sign) or letters or "?"


def _make_parser(program: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(program, description="Get an honest report on spoken answers.")
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="FILE_OR_FOLDER", help="a recording, or a folder of them"
    )
    parser.add_argument(
        "--text", metavar="FILE", help="read a written answer instead of recordings; - reads standard input"
    )
    parser.add_argument("--question", metavar="ID", help="the question you answered, such as tell_me_about_yourself")
    parser.add_argument("--json", action="store_true", help="print JSON: an object for one file, an array for several")
    parser.add_argument("--csv", type=Path, metavar="OUT", help="write a table with one row per file")
    for kind in ANNOTATION_FORMATS:
        parser.add_argument(
            f"--{kind.key}",
            type=Path,
            metavar="OUT",
            help=f"write the words and marks with their times as {kind.name}; for several files, into a folder",
        )
    parser.add_argument("--model", metavar="NAME_OR_FOLDER", help="the model that transcribes, such as tiny.en or base")
    parser.add_argument("--language", choices=[ENGLISH], help="assume every answer is in English, without checking")
    parser.add_argument(
        "--stutter",
        action="store_true",
        help="you stutter: count no ums, restarts or pauses, and give no advice on them",
    )
    parser.add_argument("--debug", action="store_true", help="show a traceback for unexpected errors")
    return parser


def _run(options: argparse.Namespace, load: LoadTranscriber) -> int:
    question = None if options.question is None else find_question(options.question)
    several = len(options.paths) > 1 or options.paths[0].is_dir()
    annotated = [(kind, out) for kind in ANNOTATION_FORMATS if (out := getattr(options, kind.key)) is not None]
    if options.csv:
        _check_writable(options.csv)
    for _, out in annotated:
        _check_writable(out, is_folder=several or out.is_dir())
    failures: list[AnswerAloudError] = []
    files = list(_find_files(options.paths, failures))
    transcriber = cache(lambda: load(options.model, language=options.language))
    reports = list(_analyze_files(files, question, transcriber, failures, options))
    if reports:
        _print_reports(reports, several, options.json)
    if reports and options.csv:
        _write_table(reports, options.csv)
    for kind, out in annotated:
        _write_annotations(kind, reports, out)
    for failure in failures:
        _print_error(failure)
    return 2 if failures else 0


def _run_text(options: argparse.Namespace) -> int:
    """Read a written answer and print what it contains."""
    if options.paths:
        raise UsageError("Name either recordings or --text with one file, not both.")
    if any(getattr(options, kind.key) for kind in ANNOTATION_FORMATS):
        raise UsageError(
            "Times are for spoken answers, and this one is written. Leave out --textgrid, --vtt and so on."
        )
    if options.csv:
        raise UsageError("A table is for spoken answers, and this one is written. Leave out --csv.")
    question = None if options.question is None else find_question(options.question)
    answer = check_draft(_read_text(options.text), question)
    if options.json:
        print(json.dumps(written_answer_to_json(answer), indent=1))
    else:
        name = "Standard input" if options.text == STANDARD_INPUT else Path(options.text).name
        show_written_answer(answer, name, question, Console())
    return 0


def _read_text(name: str) -> str:
    """Return the text of a file, or of standard input; raises UsageError where it cannot be read."""
    try:
        raw = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"We can't read {name} ({error.strerror}). Name a text file that exists.") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        named = "Standard input" if name == STANDARD_INPUT else f"The file {name}"
        raise UsageError(f"{named} isn't plain text in UTF-8. Save it as UTF-8.") from None


def find_question(id_: str) -> AskedQuestion:
    """Return a question by its id; raises UsageError where there is none."""
    try:
        return find_asked_question(id_)
    except KeyError:
        near = difflib.get_close_matches(id_, [known.id for known in questions.load_questions()])
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise UsageError(
            f"There's no question called {id_}.{hint} You'll find all of them in content/data/questions.toml."
        ) from None


def _find_files(paths: Sequence[Path], failures: list[AnswerAloudError]) -> Iterator[Path]:
    for path in paths:
        try:
            yield from find_recordings(path)
        except UsageError as error:
            failures.append(error)


def find_recordings(path: Path) -> list[Path]:
    """Return the path of a file, or the sound files inside a folder sorted by name.

    Raises:
        UsageError: The folder cannot be read, or has no sound files.
    """
    try:
        inside = sorted(path.iterdir()) if path.is_dir() else None
    except OSError as error:
        raise UsageError(
            f"We can't read the folder {path} ({error.strerror}). Name one you're allowed to open."
        ) from None
    if inside is None:
        return [path]
    seen = [file for file in inside if file.is_file() and not file.name.startswith(".")]
    found = [file for file in seen if file.suffix.lower() in SOUND_FILE_SUFFIXES]
    if not found:
        raise UsageError(f"There are no recordings in the folder {path}. Name a folder with sound files in it.")
    left_out = [file.name for file in seen if file not in found]
    if left_out:
        print(f"Left out, because their names aren't those of sound files: {_list_names(left_out)}.", file=sys.stderr)
    return found


def _list_names(names: Sequence[str]) -> str:
    """Return the first of several names, and how many more there are."""
    more = len(names) - MAX_NAMES_LISTED
    return ", ".join(names[:MAX_NAMES_LISTED]) + (f" and {more} more" if more > 0 else "")


def _analyze_files(
    files: Sequence[Path],
    question: AskedQuestion | None,
    transcriber: Callable[[], Transcriber],
    failures: list[AnswerAloudError],
    options: argparse.Namespace,
) -> Iterator[Report]:
    """Yield a report for each file that can be measured; add the errors of the others to `failures`."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        for file in files:
            bar = bars.add_task(escape(file.name), total=1.0)
            try:
                yield analyze_recording(
                    from_file(file), transcriber, question, partial(_show_progress, bars, bar), stutters=options.stutter
                ).report
            except WeightsError:
                raise  # the next file would meet the same
            except AnswerAloudError as error:
                failures.append(error)
            except Exception as error:
                if options.debug:
                    raise
                failures.append(_make_unexpected_error(error, file.name))
            bars.remove_task(bar)


def _show_progress(bars: Progress, bar: TaskID, running: Running) -> None:
    bars.update(bar, completed=running.share)


def _print_reports(reports: Sequence[Report], several: bool, as_json: bool) -> None:
    if as_json:
        whole = [to_json(report) for report in reports]
        for found in [whole] if several else whole:
            print(json.dumps(found, indent=1, allow_nan=False))
    elif several:
        print_table(reports, Console())
    else:
        for report in reports:
            print_report(report, _find_advice, Console())


def _find_advice(takeaway: Takeaway) -> str | None:
    found = find_advice(takeaway.measure, takeaway.side.value) if takeaway.side else None
    return None if found is None else f"{found.text} ({found.citation})"


def _check_writable(path: Path, *, is_folder: bool = False) -> None:
    """Check before the long work that a file can be written and would not overwrite a recording.

    Args:
        path: The file; or the folder of several, which is made where it is missing.
        is_folder: Whether several files are written into `path`.

    Raises:
        UsageError: It cannot, or it would.
    """
    if path.suffix.lower() in SOUND_FILE_SUFFIXES:
        raise UsageError(f"This would overwrite the recording {path}. Name a file with another ending, such as .csv.")
    try:
        if is_folder:
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.open("a").close()
    except OSError as error:
        raise make_write_error(path, error) from None


def _write_annotations(kind: AnnotationFormat, reports: Sequence[Report], out: Path) -> None:
    """Write each report in a format: to a file, or into a folder under the name of its recording."""
    stems = [Path(report.name).stem for report in reports]
    for report, stem in zip(reports, stems, strict=True):
        name = stem if stems.count(stem) == 1 else report.name  # "one.wav" beside "one.mp3"
        path = out / f"{name}{kind.suffix}" if out.is_dir() else out
        try:
            path.write_text(kind.write(report), "utf-8", newline="\n")
        except OSError as error:
            raise make_write_error(path, error) from None


def _write_table(reports: Sequence[Report], path: Path) -> None:
    try:
        with path.open("w", encoding=CSV_ENCODING, newline="") as out:
            write_csv(reports, out)
    except OSError as error:
        raise make_write_error(path, error) from None


def make_write_error(path: Path, error: OSError) -> UsageError:
    """Return an error that says why a table can't be written."""
    return UsageError(f"We can't write to {path} ({error.strerror}). Choose another place.")


def _make_unexpected_error(error: Exception, name: str = "") -> UnexpectedError:
    """Return an error with a sentence for the user, made from one that was not foreseen.

    Args:
        error: The error.
        name: The file that it happened with; "": none in particular.
    """
    return UnexpectedError(f"{name + ': ' if name else ''}{explain(error)} Add --debug to see where it happened.")


def _print_error(error: AnswerAloudError) -> int:
    print(error, file=sys.stderr)
    return 2
