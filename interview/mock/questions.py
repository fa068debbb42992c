"""Which questions a mock interview asks: an opener first, the one question nearly every interview ends on last.

Conventions: a question takes the middle of its target length and the thinking time. What was never practised comes
first, then what was not practised lately; among equals chance decides, the same way for the same plan and seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from content.questions import Question, question
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun, MockStep

OPENERS = ("tell_me_about_yourself", "walk_through_resume", "new_face_at_the_table")
OPENING_STAGE = "screen"  # its openers suit every stage, those of other stages only their own
ENDING = "questions_for_us"
CLOSING = "closing"  # a stage, and the kind of question asked in it
LATELY = timedelta(days=7)
# The easy ones first, as interviewers do.
KINDS_IN_ORDER = ("screening", "about_you", "motivation", "behavioural", "technical", CLOSING)


def choose(
    plan: MockPlan, bank: Sequence[Question], practised: Mapping[str, datetime], now: datetime
) -> tuple[Question, ...]:
    """The questions to ask, in order; `practised` tells when each was last answered, by its id.

    The bank is what the content has and the user added, without what is hidden. The questions fit the length of the
    plan and leave no room for another; as many of its competencies as fit are among them. A plan for the closing
    minutes has no opener.
    """
    ranked = _ranked(bank, practised, now, Random(plan.seed))  # noqa: S311 - variety, no secret
    ending = next((each for each in ranked if each.id == ENDING), None) or question(ENDING)
    opener = None if plan.stage == CLOSING else _opener(plan, ranked)
    chosen = [each for each in (opener, ending) if each is not None]
    left = 60 * plan.minutes - sum(seconds(each, plan) for each in chosen)
    others = [each for each in ranked if each not in chosen and _is_asked(each, plan)]
    middle = _cover(plan, others, {each.competency for each in chosen}, left)
    middle = _fill(plan, others, middle, left - sum(seconds(each, plan) for each in middle))
    rank = {each.id: place for place, each in enumerate(ranked)}
    middle.sort(key=lambda each: (_place(each.kind), rank[each.id]))
    return (*([opener] if opener else []), *middle, ending)


def seconds(asked: Question, plan: MockPlan) -> float:
    """How long one question takes in a plan."""
    return sum(asked.target_seconds) / 2 + plan.thinking


def not_covered(plan: MockPlan, chosen: Sequence[Question]) -> tuple[str, ...]:
    """The competencies of the plan that no chosen question is about, for want of time or of questions."""
    covered = {each.competency for each in chosen}
    return tuple(each for each in plan.competencies if each not in covered)


def begin(
    plan: MockPlan,
    chosen: Sequence[Question],
    id: str,  # noqa: A002 - the field's name
    now: datetime,
    worded: Callable[[Question], str] = Question.asked,
) -> MockRun:
    """A run of the chosen questions, none answered yet; `worded` fills their gaps."""
    steps = tuple(MockStep(each.id, worded(each), each.kind) for each in chosen)
    return MockRun(id, plan.id, steps, now, interview=plan.interview)


def _ranked(
    bank: Sequence[Question], practised: Mapping[str, datetime], now: datetime, chance: Random
) -> list[Question]:
    drawn = [(_staleness(practised.get(each.id), now), chance.random(), each) for each in bank]
    return [each for *_, each in sorted(drawn, key=lambda draw: draw[:2])]


def _staleness(last: datetime | None, now: datetime) -> int:
    if last is None:
        return 0
    return 2 if now - last < LATELY else 1


def _opener(plan: MockPlan, ranked: Sequence[Question]) -> Question | None:
    suits = [each for each in ranked if each.id in OPENERS and each.stage in (plan.stage, OPENING_STAGE)]
    suits += [each for each in ranked if each.competency == "introduction" and each.stage == plan.stage]
    suits += [each for each in ranked if each.kind == "about_you" and each.stage in (plan.stage, OPENING_STAGE)]
    return suits[0] if suits else None


def _is_asked(asked: Question, plan: MockPlan) -> bool:
    if asked.kind == CLOSING and plan.stage != CLOSING:
        return asked.competency in plan.competencies
    return asked.stage == plan.stage or asked.competency in plan.competencies


def _cover(plan: MockPlan, others: Sequence[Question], covered: set[str], left: float) -> list[Question]:
    """One question for each competency, the last ones kept in reach by leaving room for their shortest."""
    options = {key: _about(key, plan, others) for key in plan.competencies if key not in covered}
    wanted = [key for key in options if options[key]]
    chosen: list[Question] = []
    for place, key in enumerate(wanted):
        reserve = sum(min(seconds(each, plan) for each in options[other]) for other in wanted[place + 1 :])
        fits = [each for each in options[key] if seconds(each, plan) <= left - reserve]
        fits = fits or [each for each in options[key] if seconds(each, plan) <= left]
        if fits:
            chosen.append(fits[0])
            left -= seconds(fits[0], plan)
    return chosen


def _about(competency: str, plan: MockPlan, others: Sequence[Question]) -> list[Question]:
    about = [each for each in others if each.competency == competency]
    return [each for each in about if each.stage == plan.stage] or about


def _fill(plan: MockPlan, others: Sequence[Question], chosen: list[Question], left: float) -> list[Question]:
    """Add questions while there is room, those of the plan's competencies first and none of them too often."""
    chosen = list(chosen)
    while fits := [each for each in others if each not in chosen and seconds(each, plan) <= left]:
        often = Counter(each.competency for each in chosen)
        tiers = [(_tier(each, plan), often[each.competency]) for each in fits]
        chosen.append(fits[tiers.index(min(tiers))])
        left -= seconds(chosen[-1], plan)
    return chosen


def _tier(asked: Question, plan: MockPlan) -> int:
    wanted, here = asked.competency in plan.competencies, asked.stage == plan.stage
    if wanted and here:
        return 0
    return 1 if wanted else 2


def _place(kind: str) -> int:
    return KINDS_IN_ORDER.index(kind) if kind in KINDS_IN_ORDER else len(KINDS_IN_ORDER)
