"""Select the questions of a mock interview: an opener first, the usual ending question last.

Conventions: a question takes the midpoint of its target length plus the thinking time. Questions
never practised come first, recently practised ones last; ties are broken at random, the same way
for the same plan and seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from content.questions import Question, get_question
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun, MockStep

OPENERS = ("tell_me_about_yourself", "walk_through_resume", "new_face_at_the_table")
OPENING_STAGE = "screen"  # its openers suit every stage, those of other stages only their own
ENDING_QUESTION = "questions_for_us"
MANAGING = "people"  # a competency
CLOSING = "closing"  # a stage, and the kind of question asked in it
RECENT_PERIOD = timedelta(days=7)
# The easy ones first, as interviewers do.
KINDS_IN_ORDER = ("screening", "about_you", "motivation", "behavioural", "technical", CLOSING)


def select_questions(
    plan: MockPlan, bank: Sequence[Question], practised: Mapping[str, datetime], now: datetime
) -> tuple[Question, ...]:
    """Select the questions to ask, in order.

    The questions fit the length of the plan and leave no room for another; as many of its competencies
    as fit are covered; those of other fields of work are left out. A plan for the closing minutes has no opener.

    Args:
        plan: stage, length and competencies.
        bank: the questions of the content and of the user, without hidden ones.
        practised: when each question was last answered, by its id.
        now: with a zone.
    """
    suitable = [each for each in bank if _suits(each, plan)]
    ranked = _rank(suitable, practised, now, Random(plan.seed))  # noqa: S311 - variety, no secret
    ending = next((each for each in ranked if each.id == ENDING_QUESTION), None) or get_question(ENDING_QUESTION)
    opener = None if plan.stage == CLOSING else _find_opener(plan, ranked)
    chosen = [each for each in (opener, ending) if each is not None]
    left = 60 * plan.minutes - sum(estimate_seconds(each, plan) for each in chosen)
    others = [each for each in ranked if each not in chosen and _is_asked(each, plan)]
    middle = _cover(plan, others, {each.competency for each in chosen}, left)
    middle = _fill(plan, others, middle, left - sum(estimate_seconds(each, plan) for each in middle))
    rank = {each.id: place for place, each in enumerate(ranked)}
    middle.sort(key=lambda each: (_get_kind_order(each.kind), rank[each.id]))
    return (*([opener] if opener else []), *middle, ending)


def estimate_seconds(asked: Question, plan: MockPlan) -> float:
    """Return how long one question takes in a plan, in seconds, with the thinking time."""
    return sum(asked.target_seconds) / 2 + plan.thinking


def find_missing_competencies(plan: MockPlan, chosen: Sequence[Question]) -> tuple[str, ...]:
    """Return the competencies of the plan that no chosen question is about.

    There was no time, or no question, for them.
    """
    covered = {each.competency for each in chosen}
    return tuple(each for each in plan.competencies if each not in covered)


def make_run(
    plan: MockPlan,
    chosen: Sequence[Question],
    id: str,  # noqa: A002 - the field's name
    now: datetime,
    worded: Callable[[Question], str] = Question.fill_slots,
) -> MockRun:
    """Make a run of the chosen questions, none answered yet.

    Args:
        plan: the plan they were selected by.
        chosen: the questions, in order.
        id: of the run.
        now: the start, with its zone.
        worded: returns the text of a question with its placeholders filled.
    """
    steps = tuple(MockStep(each.id, worded(each), each.kind) for each in chosen)
    return MockRun(id, plan.id, steps, now, interview=plan.interview)


def _rank(bank: Sequence[Question], practised: Mapping[str, datetime], now: datetime, chance: Random) -> list[Question]:
    drawn = [(_rank_staleness(practised.get(each.id), now), chance.random(), each) for each in bank]
    return [each for *_, each in sorted(drawn, key=lambda draw: draw[:2])]


def _rank_staleness(last: datetime | None, now: datetime) -> int:
    if last is None:
        return 0
    return 2 if now - last < RECENT_PERIOD else 1


def _suits(asked: Question, plan: MockPlan) -> bool:
    """Return whether the field of the plan asks a question; who practises managing people may work anywhere."""
    return asked.suits(plan.field) or asked.competency == MANAGING in plan.competencies


def _find_opener(plan: MockPlan, ranked: Sequence[Question]) -> Question | None:
    suits = [each for each in ranked if each.id in OPENERS and each.stage in (plan.stage, OPENING_STAGE)]
    suits += [each for each in ranked if each.competency == "introduction" and each.stage == plan.stage]
    suits += [each for each in ranked if each.kind == "about_you" and each.stage in (plan.stage, OPENING_STAGE)]
    return suits[0] if suits else None


def _is_asked(asked: Question, plan: MockPlan) -> bool:
    if asked.kind == CLOSING and plan.stage != CLOSING:
        return asked.competency in plan.competencies
    return asked.stage == plan.stage or asked.competency in plan.competencies


def _cover(plan: MockPlan, others: Sequence[Question], covered: set[str], left: float) -> list[Question]:
    """Select one question per competency, leaving room for the shortest on each of the later ones.

    Args:
        plan: the plan.
        others: the questions to select from, best first.
        covered: competencies that need no further question.
        left: the seconds left.
    """
    options = {key: _find_on_competency(key, plan, others) for key in plan.competencies if key not in covered}
    wanted = [key for key in options if options[key]]
    chosen: list[Question] = []
    for place, key in enumerate(wanted):
        reserve = sum(min(estimate_seconds(each, plan) for each in options[other]) for other in wanted[place + 1 :])
        fits = [each for each in options[key] if estimate_seconds(each, plan) <= left - reserve]
        fits = fits or [each for each in options[key] if estimate_seconds(each, plan) <= left]
        if fits:
            chosen.append(fits[0])
            left -= estimate_seconds(fits[0], plan)
    return chosen


def _find_on_competency(competency: str, plan: MockPlan, others: Sequence[Question]) -> list[Question]:
    about = [each for each in others if each.competency == competency]
    return [each for each in about if each.stage == plan.stage] or about


def _fill(plan: MockPlan, others: Sequence[Question], chosen: list[Question], left: float) -> list[Question]:
    """Add questions while there is room: competencies of the plan first, none of them too often."""
    chosen = list(chosen)
    while fits := [each for each in others if each not in chosen and estimate_seconds(each, plan) <= left]:
        often = Counter(each.competency for each in chosen)
        tiers = [(_get_tier(each, plan), often[each.competency]) for each in fits]
        chosen.append(fits[tiers.index(min(tiers))])
        left -= estimate_seconds(chosen[-1], plan)
    return chosen


def _get_tier(asked: Question, plan: MockPlan) -> int:
    wanted, here = asked.competency in plan.competencies, asked.stage == plan.stage
    if wanted and here:
        return 0
    return 1 if wanted else 2


def _get_kind_order(kind: str) -> int:
    return KINDS_IN_ORDER.index(kind) if kind in KINDS_IN_ORDER else len(KINDS_IN_ORDER)
