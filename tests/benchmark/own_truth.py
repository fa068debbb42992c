"""Read what was really said from the files people have: Praat TextGrids and CHAT transcripts.

A TextGrid has a tier of words ("words", or one that ends so for each speaker), and may have the other tiers that
`answer-aloud analyze --textgrid` writes, corrected by hand: "filled pauses", "filler words", "pauses". A tier
"uncertain" holds sounds that count neither way. CHAT marks um as "&-um"; times of words come from %wor, else the time
of the utterance stands for each of its words. `people.csv` (columns: clip, speaker, and any others such as gender and
accent) says who speaks.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from speech.segment import Segment
from tests.benchmark.tokens import is_hesitation, normalize_word

TRUTH_SUFFIXES = (".json", ".TextGrid", ".cha")
PEOPLE_FILE = "people.csv"
NOT_SAID = re.compile(r"[<\[{(#].*|sil|sp|spn|xxx|yyy|www", re.IGNORECASE)  # labels for silence, noise, laughter

Timed = tuple[str, Segment]


@dataclass(frozen=True)
class OwnTruth:
    """What a file of truth says; None where it says nothing."""

    words: tuple[Timed, ...]  # hesitations among them; the time of an utterance where that of the word is not known
    has_times: bool = True
    fillers: tuple[Segment, ...] | None = None
    filler_words: tuple[Timed, ...] | None = None
    pauses: tuple[Segment, ...] | None = None
    disputed: tuple[Segment, ...] = ()
    speaker: str | None = None
    traits: Mapping[str, str] = field(default_factory=dict)  # of the speaker: gender, accent


def read_textgrid(path: Path) -> OwnTruth:
    """Read a TextGrid in the long or short text format; needs the package praatio.

    Raises:
        ValueError: It has no tier of words.
    """
    from praatio import textgrid  # of the developers' packages

    grid = textgrid.openTextgrid(str(path), includeEmptyIntervals=False, duplicateNamesMode="rename")
    tiers = {
        tier.name.lower(): [(entry.label, Segment(entry.start, entry.end)) for entry in tier.entries]
        for tier in grid.tiers
        if isinstance(tier, textgrid.IntervalTier)
    }
    spoken = [name for name in tiers if name.endswith(("words", "word")) and name != "filler words"]
    if not spoken:
        raise ValueError(f"{path.name} has no tier called words. It has {', '.join(tiers)}.")
    fillers, phrases, pauses = (tiers.get(name) for name in ("filled pauses", "filler words", "pauses"))
    return OwnTruth(
        words=tuple(sorted((timed for name in spoken for timed in _split(tiers[name])), key=lambda one: one[1])),
        fillers=None if fillers is None else tuple(span for _, span in fillers),
        filler_words=None if phrases is None else tuple(_split(phrases)),
        pauses=None if pauses is None else tuple(span for _, span in pauses),
        disputed=tuple(span for _, span in tiers.get("uncertain", [])),
    )


def _split(labelled: Iterable[Timed]) -> Iterator[Timed]:
    """Yield the words of labels that may hold several, without labels for what is no word."""
    for label, span in labelled:
        yield from ((word, span) for word in label.split() if not NOT_SAID.fullmatch(word))


def read_chat(path: Path) -> OwnTruth:
    """Read a CHAT transcript (.cha)."""
    lines = re.sub(r"\n[ \t]+", " ", path.read_text("utf-8-sig")).splitlines()
    words: list[tuple[str, Segment | None]] = []
    said_by: Counter[str] = Counter()
    for line in lines:
        speaker, _, text = line.partition("\t")
        if speaker.startswith("*"):
            utterance, span = _read_utterance(text)
            words += [(word, span) for word in utterance]
            said_by[speaker.strip("*:")] += len(utterance)
            spoken = len(utterance)
        elif speaker == "%wor:" and (found := _read_word_times(text)):
            words[len(words) - spoken :] = found
    who = said_by.most_common(1)[0][0] if said_by else None
    timed = tuple((word, span) for word, span in words if span is not None)
    has_times = len(timed) == len(words)
    return OwnTruth(
        timed if has_times else tuple((word, Segment(0.0, 0.0)) for word, _ in words),
        has_times,
        speaker=f"{path.stem} {who}" if who else None,
        traits=_read_traits(lines, who),
    )


def _read_utterance(text: str) -> tuple[list[str], Segment | None]:
    """Return the words of an utterance and its time."""
    bullet = re.search(r"\x15(\d+)_(\d+)\x15", text)
    text = re.sub(r"\x15[^\x15]*\x15", " ", text)
    text = re.sub(r"\[[^\]]*\]|[<>]|\+\S*|&[=*]\S*|‡|„", " ", text)  # codes, marks of overlap, events
    words = [cleaned for token in text.split() if (cleaned := _clean(token)) and not NOT_SAID.fullmatch(cleaned)]
    return words, Segment(int(bullet[1]) / 1000, int(bullet[2]) / 1000) if bullet else None


def _clean(token: str) -> str:
    """Return a word without the signs of CHAT; empty for what is no word: pauses, cut-off sounds, punctuation."""
    if re.fullmatch(r"\([.\d:]*\)", token) or token.startswith(("&+", "&~", "0")):
        return ""
    token = re.sub(r"^&-", "", token).split("@")[0]
    token = re.sub(r"[()↑↓≠:^ˈˌ]", "", token).replace("_", " ").split(" ")[0]  # drawn sounds: u:m
    return token if normalize_word(token) else ""


def _read_word_times(text: str) -> list[Timed]:
    found = re.findall(r"(\S+) +\x15(\d+)_(\d+)\x15", text)
    timed = [(_clean(word), Segment(int(start) / 1000, int(end) / 1000)) for word, start, end in found]
    return [(word, span) for word, span in timed if word]


def _read_traits(lines: Iterable[str], who: str | None) -> dict[str, str]:
    """Return what the @ID line of a speaker names: language|corpus|code|age|sex|group|..."""
    for line in lines:
        parts = line.partition("\t")[2].split("|")
        if line.startswith("@ID") and len(parts) > 5 and parts[2] == who:
            return {name: value for name, value in (("gender", parts[4]), ("group", parts[5])) if value}
    return {}


def read_people(path: Path) -> dict[str, dict[str, str]]:
    """Return by clip who speaks and what is known of them; empty where there is no such file."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row.pop("clip"): {name: value for name, value in row.items() if value} for row in csv.DictReader(file)}


def time_fillers(truth: OwnTruth) -> tuple[Segment, ...] | None:
    """Return when the hesitations of a truth are; None where only their number is known."""
    if truth.fillers is not None or not truth.has_times:
        return truth.fillers
    return tuple(span for word, span in truth.words if is_hesitation(word))
