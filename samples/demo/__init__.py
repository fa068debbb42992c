"""A few weeks of practice for the demo: when each sample is answered, and what the recogniser heard in it.

`python -m samples.demo` writes the transcripts beside this module; the app needs no recogniser to
show them. The order shows a person improving: from um in every sentence to none, from rambling to
concise. No recording appears twice: the takes of a question are different ones, some of the same story
told again (`takes`, which only the demo has).
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

TRANSCRIPTS_PATH = Path(__file__).with_name("transcripts.json")
TAKES_FOLDER = Path(__file__).with_name("takes")


@dataclass(frozen=True)
class DemoPlanEntry:
    """When a sample is answered: how many days before today, and at what time."""

    sample: str  # its name
    days_ago: int
    at: time


@dataclass(frozen=True)
class DemoAnswer:
    """One answer of the demo: a sample, its transcript, and when it was given."""

    sample: Sample
    transcript: Transcript
    at: datetime  # with its zone


PLAN = (
    DemoPlanEntry("many_um_him", 34, time(18, 40)),
    DemoPlanEntry("about_first", 33, time(20, 15)),
    DemoPlanEntry("many_um_her", 31, time(19, 5)),
    DemoPlanEntry("filler_words", 29, time(18, 50)),
    DemoPlanEntry("priorities_second", 27, time(20, 5)),
    DemoPlanEntry("hesitant_start", 24, time(18, 35)),
    DemoPlanEntry("rambling", 22, time(19, 25)),
    DemoPlanEntry("slow_and_flat", 19, time(18, 35)),
    DemoPlanEntry("too_fast", 17, time(20, 10)),
    DemoPlanEntry("repetitions", 15, time(18, 30)),
    DemoPlanEntry("long_pauses", 12, time(19, 20)),
    DemoPlanEntry("numbers", 9, time(18, 45)),
    DemoPlanEntry("payment_short", 6, time(20, 0)),
    DemoPlanEntry("why_plain", 4, time(19, 10)),
    DemoPlanEntry("priorities_third", 2, time(18, 30)),
    DemoPlanEntry("calm_and_concise", 1, time(18, 55)),
)


def load_demo_samples() -> dict[str, Sample]:
    """Load the samples and the takes that only the demo has, by name; raises OSError or ValueError."""
    return {sample.name: sample for sample in (*samples.load(), *samples.load(TAKES_FOLDER))}


def make_demo_answers(now: datetime) -> tuple[DemoAnswer, ...]:
    """Return the answers of the demo relative to a moment, oldest first.

    Args:
        now: The current time, with its time zone.
    """
    known = load_demo_samples()
    heard = json.loads(TRANSCRIPTS_PATH.read_text(encoding="utf-8"))
    return tuple(
        DemoAnswer(
            known[moment.sample], transcript_json.from_json(heard[moment.sample]), _find_answer_time(moment, now)
        )
        for moment in PLAN
    )


def _find_answer_time(moment: DemoPlanEntry, now: datetime) -> datetime:
    return datetime.combine(now.date() - timedelta(days=moment.days_ago), moment.at, now.tzinfo)
