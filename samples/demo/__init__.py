"""A few weeks of practice made of the samples: which is answered when, and what the recogniser really heard in each.

`python -m samples.demo` writes the transcripts beside this module again; the app needs no recogniser to show them. The
order is that of a person who gets better: from um in every sentence to none, from rambling to concise. Some samples
come more than once, as takes of the same question.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

import samples
from samples import Sample
from speech import transcript_json
from speech.transcript import Transcript

TRANSCRIPTS = Path(__file__).with_name("transcripts.json")


@dataclass(frozen=True)
class Moment:
    """When a sample is answered: so many days before today, at a time of that day."""

    sample: str  # its name
    days_ago: int
    at: time


@dataclass(frozen=True)
class DemoAnswer:
    """One answer of the demo: a sample, what was heard in it, and when it counts as given."""

    sample: Sample
    transcript: Transcript
    at: datetime  # with its zone


PLAN = (
    Moment("many_um_him", 33, time(18, 40)),
    Moment("many_um_her", 32, time(20, 15)),
    Moment("filler_words", 30, time(19, 5)),
    Moment("many_um_her", 28, time(18, 50)),
    Moment("many_um_him", 26, time(19, 25)),
    Moment("filler_words", 24, time(18, 35)),
    Moment("many_um_her", 22, time(20, 10)),
    Moment("rambling", 19, time(18, 30)),
    Moment("too_fast", 17, time(20, 5)),
    Moment("slow_and_flat", 15, time(19, 20)),
    Moment("repetitions", 12, time(18, 35)),
    Moment("hesitant_start", 10, time(18, 45)),
    Moment("repetitions", 9, time(20, 0)),
    Moment("long_pauses", 7, time(19, 10)),
    Moment("numbers", 5, time(18, 30)),
    Moment("calm_and_concise", 3, time(18, 55)),
    Moment("calm_and_concise", 2, time(19, 0)),
    Moment("numbers", 1, time(18, 40)),
)


def answers(now: datetime) -> tuple[DemoAnswer, ...]:
    """The demo as seen from a moment with a zone, oldest answer first."""
    known = {sample.name: sample for sample in samples.load()}
    heard = json.loads(TRANSCRIPTS.read_text(encoding="utf-8"))
    return tuple(
        DemoAnswer(known[moment.sample], transcript_json.from_json(heard[moment.sample]), _when(moment, now))
        for moment in PLAN
    )


def _when(moment: Moment, now: datetime) -> datetime:
    return datetime.combine(now.date() - timedelta(days=moment.days_ago), moment.at, now.tzinfo)
