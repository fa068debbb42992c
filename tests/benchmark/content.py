"""How well what an answer contains is heard: F1 of each element, on writers left out, looked-at texts and other hands.

Whole writers are left out: a model is fitted to all others, with the thresholds that are shipped, and meets the answers
of those left out for the first time. The looked-at texts lie beside the checkout (`coach/texts.json`) and were looked
at while the rules were written, and when more answers were written to learn from. The answers of other hands
(`answers/*.json`, as many files as hands) were written without knowledge of the rules, and each is asked its question.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.measures.hedges import find_hedges
from analysis.measures.repetition import find_repetitions
from analysis.question import AskedQuestion, QuestionKind
from analysis.structure.early_answer import MAX_SECONDS_EARLY, find_point
from analysis.structure.element import ElementState
from analysis.structure.model.regression import ContentModel, load_content_model
from analysis.structure.understanding import AnswerContent, Content, understand, understand_with
from speech.transcript import WordKind
from tests.benchmark.clips import CHECKOUT
from tools.content_training.corpus import MarkedAnswer, load_answers, load_pointed_answers, timed_words
from tools.content_training.fitting import FeatureTable, fit, may_hold
from tools.content_training.point import point_rows
from tools.content_training.train import CLAUSE_KEYS, FOLDS, SENTENCE_KEYS, leave_writers_out

LOOKED_AT = CHECKOUT.parent / "shared" / "coach" / "texts.json"
OTHER_HANDS = Path(__file__).parent / "answers"
OPEN_TASK = AskedQuestion("own", "How many people use it?", QuestionKind.TECHNICAL)
CLOSING = AskedQuestion("own", "Do you have any questions for us?", QuestionKind.CLOSING)
_CLOSING_KEYS = {"n": "next_steps", "t": "timing", "w": "website", "p": "pressing", "k": "thanks", "i": "interest"}
_STORY_KEYS = {"situation": "situation", "task": "task", "action": "action", "res": "result", "num": "number"}
_STORY_KEYS |= {"les": "lesson"}
_MARKED = re.compile(r"\[(?P<filler>[^\]]*)\]|\{(?P<plain>[^}]*)\}|~[^~]*~")


@dataclass
class ContentTally:
    """What was told against what is true, for each element."""

    counts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, key: str, *, told: bool, true: bool, is_possible: bool = False) -> None:
        """Count one answer; what is possible counts as not told and is named apart."""
        self.counts[key]["right" if told and true else "false" if told else "missed" if true else "none"] += 1
        self.counts[key]["possible"] += is_possible

    def add_counts(self, key: str, told: int, true: int) -> None:
        """Count a text in which something comes several times."""
        self.counts[key].update(right=min(told, true), false=max(0, told - true), missed=max(0, true - told))

    def rows(self) -> Iterator[str]:
        """Yield a line for each element: precision, recall, F1 and the counts."""
        yield f"{'element':13}{'P':>6}{'R':>6}{'F1':>6}{'right':>7}{'false':>7}{'missed':>7}{'possible':>9}"
        for key, found in self.counts.items():
            precision = found["right"] / max(found["right"] + found["false"], 1)
            recall = found["right"] / max(found["right"] + found["missed"], 1)
            f1 = f_score(found)
            numbers = "".join(f"{found[name]:7}" for name in ("right", "false", "missed"))
            yield f"{key:13}{precision:6.2f}{recall:6.2f}{f1:6.2f}{numbers}{found['possible']:9}"


def f_score(found: Mapping[str, int]) -> float:
    """Return the harmonic mean of precision and recall, 0 where nothing is right."""
    wrong = found.get("false", 0) + found.get("missed", 0)
    right = 2 * found.get("right", 0)
    return right / (right + wrong) if right else 0.0


def measure_left_out() -> ContentTally:
    """Return how writers are heard whom the model has not met."""
    clauses, sentences = leave_writers_out("clauses"), leave_writers_out("sentences")
    tally = ContentTally()
    for out, clause_model in clauses.items():
        models = _as_shipped("clauses", clause_model), _as_shipped("sentences", sentences[out])
        for answer in load_answers():
            if answer.writer in out:
                _add(tally, understand_with(*models, answer.words, _asked(answer)), answer)
    _add_early_answers(tally)
    return tally


def _add_early_answers(tally: ContentTally) -> None:
    """Count answers to questions of writers whom the model of the point has not met."""
    answers = load_pointed_answers()
    table = FeatureTable.make(point_rows(answers))
    for writer in sorted({answer.writer for answer in answers if not answer.is_story}):
        fitted, _ = fit(table, ("point",), {writer})
        for answer in answers:
            if answer.writer == writer:
                where = find_point(answer.words, answer.question, fitted)
                told = where is not None and where.start <= MAX_SECONDS_EARLY
                tally.add("early_answer", told=told, true=answer.point <= MAX_SECONDS_EARLY)


def _as_shipped(name: str, model: ContentModel) -> ContentModel:
    """A model with the thresholds of the one that is shipped."""
    shipped = load_content_model(name)
    return ContentModel(model.keys, model.places, model.weights, model.bias, shipped.heard, shipped.possible)


def _asked(answer: MarkedAnswer) -> AskedQuestion | None:
    return {"clarify": OPEN_TASK, "close": CLOSING}.get(answer.listen)


def _add(tally: ContentTally, content: AnswerContent, answer: MarkedAnswer) -> None:
    for key in (*CLAUSE_KEYS, *SENTENCE_KEYS):
        if may_hold(key, answer.listen) and (key != "clarifying" or answer.listen == "clarify"):
            state = content.state(Content(key))
            tally.add(
                key,
                told=state is ElementState.HEARD,
                true=key in answer.held,
                is_possible=state is ElementState.POSSIBLE,
            )


def measure_looked_at(path: Path = LOOKED_AT) -> ContentTally:
    """Return how the looked-at texts are heard."""
    texts: Mapping[str, Sequence[Mapping[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    tally = ContentTally()
    for story in texts["stories"]:
        _add_gold(tally, story["text"], {key: story["gold"][name] for name, key in _STORY_KEYS.items()}, None)
    for project in texts["projects"]:
        _add_gold(tally, project["text"], project["gold"], None)
    for asked in texts["clarifying"]:
        _add_gold(tally, asked["text"], {"clarifying": asked["gold"]}, OPEN_TASK)
    for closing in texts["closings"]:
        _add_gold(tally, closing["text"], {key: closing["gold"][name] for name, key in _CLOSING_KEYS.items()}, CLOSING)
    _add_early_and_words(tally, texts)
    return tally


def _add_early_and_words(tally: ContentTally, texts: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Count answers that came early or late, and sentences with hedges, repetitions and filler words."""
    for early in texts.get("early", ()):
        question = AskedQuestion("own", early["question"], QuestionKind(early["kind"]))
        _add_gold(tally, early["text"], {"early_answer": early["gold"]}, question)
    for hedged in texts.get("hedges", ()):
        tally.add_counts("hedges", len(find_hedges(timed_words(hedged["text"]))), hedged["gold"])
    for repeated in texts.get("repetitions", ()):
        text = re.sub(r"[()~]", "", repeated["marked"].replace(" )", ")"))
        tally.add_counts("repetitions", len(find_repetitions(timed_words(text))), repeated["gold"])
    for filled in texts.get("filler_words", ()):
        _add_fillers(tally, filled["marked"])


def _add_gold(tally: ContentTally, text: str, gold: Mapping[str, int | None], question: AskedQuestion | None) -> None:
    content = understand(timed_words(text), question)
    for key, truth in gold.items():
        if truth is not None:
            state = content.state(Content(key))
            tally.add(
                key, told=state is ElementState.HEARD, true=bool(truth), is_possible=state is ElementState.POSSIBLE
            )


def _add_fillers(tally: ContentTally, marked: str) -> None:
    """Count a sentence in which [filler] and {plain} uses are marked."""
    words = timed_words(re.sub(r"[\[\]{}~]", "", marked))
    for found in _MARKED.finditer(marked):
        if found["filler"] is None and found["plain"] is None:
            continue
        before = re.sub(r"[\[\]{}~]", "", marked[: found.start()])
        first = len(before.split())
        among = words[first : first + len(re.sub(r"[\[\]{}~]", "", found[0]).split())]
        told = any(word.kind in (WordKind.DISCOURSE_MARKER, WordKind.FILLED_PAUSE) for word in among)
        tally.add("filler_words", told=told, true=found["filler"] is not None)


def measure_other_hand(path: Path) -> ContentTally:
    """Return how the answers of another hand are heard, each with its question.

    Args:
        path: a JSON file with any of "stories" and "projects" (question, text, gold by the keys of `Content`),
            "clarifying" (question, text, gold 0 or 1), "closings" (text, gold by key), "early" (kind, question, text,
            gold 0 or 1), "hedges" (text, gold a number), "repetitions" (marked, gold a number) and "filler_words"
            (marked as in the looked-at texts). A gold of null is not judged.
    """
    texts: Mapping[str, Sequence[Mapping[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    tally = ContentTally()
    for name, kind in (("stories", QuestionKind.BEHAVIOURAL), ("projects", QuestionKind.TECHNICAL)):
        for told in texts.get(name, ()):
            _add_gold(tally, told["text"], told["gold"], AskedQuestion("own", told["question"], kind))
    for asked in texts.get("clarifying", ()):
        question = AskedQuestion("own", asked["question"], QuestionKind.TECHNICAL)
        _add_gold(tally, asked["text"], {"clarifying": asked["gold"]}, question)
    for closing in texts.get("closings", ()):
        _add_gold(tally, closing["text"], closing["gold"], CLOSING)
    _add_early_and_words(tally, texts)
    return tally


def add_up(tallies: Sequence[ContentTally]) -> ContentTally:
    """Return the counts of several tallies as one."""
    total = ContentTally()
    for tally in tallies:
        for key, found in tally.counts.items():
            total.counts[key].update(found)
    return total


def report_other_hands(folder: Path = OTHER_HANDS) -> list[str]:
    """Return the lines on answers of other hands: each hand, and all together; none without files."""
    hands = {path.stem: measure_other_hand(path) for path in sorted(folder.glob("*.json"))}
    lines: list[str] = []
    for name, tally in hands.items():
        lines += ["", f"Answers of other hands: {name}", *tally.rows()]
    if len(hands) > 1:
        lines += ["", f"Answers of other hands: all {len(hands)}", *add_up(list(hands.values())).rows()]
    return lines


def report(texts: Path = LOOKED_AT) -> str:
    """Return the figures of all sets as tables; of the looked-at texts and of other hands only where they are there."""
    lines = [f"Writers left out ({FOLDS} parts)", *measure_left_out().rows()]
    if texts.exists():
        lines += ["", "Looked-at texts", *measure_looked_at(texts).rows()]
    return "\n".join([*lines, *report_other_hands()])
