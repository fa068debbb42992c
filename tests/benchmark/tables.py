"""Scores as Markdown tables: one overall, one per group of clips and one per group of people, without empty columns.

Beside each figure stand the ends of its 95 % interval, where several people were heard: see `scoring.bootstrap`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from operator import add

from tests.benchmark.borders import Borders
from tests.benchmark.matching import Hits
from tests.benchmark.scoring import Score, bootstrap
from tests.benchmark.truth import Result
from tests.benchmark.wording import Wording

Scores = Sequence[Score]
Column = tuple[str, Callable[[Scores], str]]

SPONTANEOUS_GROUPS = "gms"  # groups over which precision, recall and F1 are reported
COUNTED_GROUPS = "gsr"  # groups over which the word count is reported
GROUPS = {
    "g": "g: spontaneous speech, human transcripts",
    "m": "m: one phrase, planted um and uh",
    "s": "s: press answer, improvised test, conversation",
    "r": "r: read speech without fillers",
    "p": "p: pauses marked by hand",
    "n": "n: shower noise (rough transcript), interview without truth",
    "z": "z: noise, silence, drums, a mostly silent answer",
    "x": "x: not English",
    "samples": "samples: synthetic answers with exact truth",
    "own": "own: the clips of this folder",
}


def hits(scores: Scores) -> Hits | None:
    """Sum the hits of filled pauses over clips with known fillers; None without any."""
    known = [score.fillers for score in scores if score.fillers is not None]
    return reduce(add, known) if known else None


def words(scores: Scores) -> tuple[Wording, ...]:
    """Return the word counts of clips with an exact transcript."""
    return tuple(score.words for score in scores if score.words is not None and not score.is_rough)


def pauses(scores: Scores) -> Borders | None:
    """Sum the pause borders over clips with known pauses; None without any."""
    known = [score.pauses for score in scores if score.pauses is not None]
    return reduce(add, known) if known else None


def false_rate(scores: Scores) -> float | None:
    """Return false fillers per minute over clips with known fillers; None without any."""
    known = [score for score in scores if score.fillers is not None]
    minutes = sum(score.seconds for score in known) / 60
    return sum(score.fillers.false for score in known if score.fillers) / minutes if minutes else None


def count_error(scores: Scores) -> float | None:
    """Return the mean absolute error of the word count as a share of the true count; None without any."""
    errors = [abs(known.count_error) for known in words(scores) if known.count_error is not None]
    return sum(errors) / len(errors) if errors else None


def _select_groups(scores: Scores, groups: str) -> Scores:
    return [score for score in scores if score.group in groups]


def _share(value: float) -> str:
    return f"{value:.2f}"


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def _signed_percent(value: float) -> str:
    return f"{100 * value:+.1f} %"


def _rate(value: float) -> str:
    return f"{value:.1f}"


def _milliseconds(value: float) -> str:
    return f"{1000 * value:.0f}"


def _figure(value: Callable[[Scores], float | None], form: Callable[[float], str]) -> Callable[[Scores], str]:
    """Return a cell with a figure and its interval; empty where the figure is not known."""

    def cell(scores: Scores) -> str:
        found = value(scores)
        if found is None:
            return ""
        ends = bootstrap(scores, value)
        return form(found) + (f" ({form(ends[0])} to {form(ends[1])})" if ends else "")

    return cell


def _hit_columns(of: Callable[[Scores], Hits | None], prefix: str = "") -> tuple[Column, ...]:
    def count(show: Callable[[Hits], str]) -> Callable[[Scores], str]:
        def cell(scores: Scores) -> str:
            found = of(scores)
            return "" if found is None else show(found)

        return cell

    def share(take: Callable[[Hits], float | None]) -> Callable[[Scores], str]:
        def value(scores: Scores) -> float | None:
            found = of(scores)
            return None if found is None else take(found)

        return _figure(value, _share)

    return (
        (f"{prefix}found", count(lambda h: f"{h.found} of {h.found + h.missed}")),
        (f"{prefix}false", count(lambda h: str(h.false))),
        (f"{prefix}precision", share(lambda h: h.precision)),
        (f"{prefix}recall", share(lambda h: h.recall)),
        (f"{prefix}F1", share(lambda h: h.f1)),
    )


def _word_columns() -> tuple[Column, ...]:
    def total(scores: Scores) -> Wording:
        return reduce(add, words(scores), Wording())

    return (
        ("word count off", _figure(count_error, _percent)),
        ("in total", _figure(lambda scores: total(scores).count_error, _signed_percent)),
        ("words deleted", _figure(lambda scores: total(scores).deleted_share, _percent)),
        ("WER", _figure(lambda scores: total(scores).error_rate, _percent)),
    )


def _pause_columns() -> tuple[Column, ...]:
    def count(show: Callable[[Borders], str]) -> Callable[[Scores], str]:
        def cell(scores: Scores) -> str:
            found = pauses(scores)
            return "" if found is None else show(found)

        return cell

    def mean(scores: Scores) -> float | None:
        found = pauses(scores)
        return None if found is None else found.mean

    return (
        ("pauses found", count(lambda b: f"{b.found} of {b.true}")),
        ("border error ms, mean", _figure(mean, _milliseconds)),
        ("worst", count(lambda b: "" if b.worst is None else _milliseconds(b.worst))),
        ("0.5 s missed", count(lambda b: f"{b.long_missed} of {b.long_true}")),
        ("0.5 s false", count(lambda b: str(b.long_false))),
    )


def _filler_words(scores: Scores) -> Hits | None:
    known = [score.filler_words for score in scores if score.filler_words is not None]
    return reduce(add, known) if known else None


def _format_invented(scores: Scores) -> str:
    silent = [score for score in scores if score.invented is not None]
    return " + ".join(str(score.invented) for score in silent)


def _format_heard_counts(scores: Scores) -> str:
    return ", ".join(f"{score.heard_words} ({score.heard_fillers})" for score in scores)


def _format_languages(scores: Scores) -> str:
    return ", ".join("refused" if score.said else score.language or "?" for score in scores)


def _format_rough_errors(scores: Scores) -> str:
    errors = (score.words.error_rate for score in scores if score.is_rough and score.words)
    return ", ".join(_percent(error) for error in errors if error is not None)


WHOLE: tuple[Column, ...] = (
    *(
        (name, lambda scores, cell=cell: cell(_select_groups(scores, SPONTANEOUS_GROUPS)))
        for name, cell in _hit_columns(hits)
    ),
    ("false a minute, read", lambda scores: _figure(false_rate, _rate)(_select_groups(scores, "r"))),
    ("false on z", lambda scores: _hit_columns(hits)[1][1](_select_groups(scores, "z"))),
    ("invented without speech", _format_invented),
    *((name, lambda scores, cell=cell: cell(_select_groups(scores, COUNTED_GROUPS))) for name, cell in _word_columns()),
    *((name, lambda scores, cell=cell: cell(_select_groups(scores, "p"))) for name, cell in _pause_columns()[1:]),
)
GROUP: tuple[Column, ...] = (
    *_hit_columns(hits),
    ("false a minute", _figure(false_rate, _rate)),
    *_word_columns(),
    *_pause_columns(),
    *_hit_columns(_filler_words, "filler words: "),
    ("invented without speech", _format_invented),
)
PEOPLE: tuple[Column, ...] = (
    ("people", lambda scores: str(len({score.speaker for score in scores}))),
    ("clips", lambda scores: str(len(scores))),
    *_hit_columns(hits),
    ("false a minute", _figure(false_rate, _rate)),
    *_word_columns()[2:],
    *_hit_columns(_filler_words, "filler words: "),
)
LISTED: tuple[Column, ...] = (  # for groups of a few clips without exact truth
    ("false fillers", _hit_columns(hits)[1][1]),
    ("invented without speech", _format_invented),
    ("rough WER", _format_rough_errors),
    ("words (fillers) written, clip by clip", _format_heard_counts),
    ("language", _format_languages),
)


def table(results: Sequence[Result], columns: Sequence[Column], groups: str | None = None) -> str:
    """Return a Markdown table with one row per system.

    Args:
        results: Results of the systems.
        columns: Titles, and functions from scores to cells.
        groups: Group of the clips to include; None: all.
    """
    rows = [
        (result, [score for score in result.scores if groups is None or score.group == groups]) for result in results
    ]
    cells = [[result.missing] if result.missing else [show(scores) for _, show in columns] for result, scores in rows]
    filled = [n for n in range(len(columns)) if any(len(row) > n and row[n] for row in cells if len(row) > 1)]
    lines = ["| system | " + " | ".join(columns[n][0] for n in filled) + " |", "|---" * (len(filled) + 1) + "|"]
    for (result, _), row in zip(rows, cells, strict=True):
        shown = [result.missing, *[""] * (len(filled) - 1)] if result.missing else [row[n] for n in filled]
        lines.append("| " + " | ".join([result.entry.title, *shown]) + " |")
    return "\n".join(lines)


def report(results: Sequence[Result]) -> str:
    """Return the overall table, then one for every group that was run, and one for every trait of people."""
    present = {score.group for result in results for score in result.scores}
    parts = [table(results, WHOLE)] if present & set("gmsrpnzx") else []
    for group, title in GROUPS.items():
        if group in present:
            columns = LISTED if group in "nzx" else GROUP
            names = sorted({s.clip for r in results for s in r.scores if s.group == group})
            parts.append(f"**{title}** ({len(names)}: {', '.join(names)})\n\n" + table(results, columns, group))
    return "\n\n".join([*parts, *_list_people(results)])


def _list_people(results: Sequence[Result]) -> Iterator[str]:
    """Yield a table for every value of every trait that the truth names: men, women, accents."""
    scores = [score for result in results for score in result.scores]
    named = sorted({(trait, value) for score in scores for trait, value in score.traits.items()})
    for trait, value in named:
        chosen = [
            replace(result, scores=tuple(score for score in result.scores if score.traits.get(trait) == value))
            for result in results
        ]
        yield f"**{trait}: {value}**\n\n" + table(chosen, PEOPLE)
