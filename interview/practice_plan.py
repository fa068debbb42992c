"""Plan the practice until an interview: evenly spaced days, and the questions of each.

Spaced practice is kept longer than practice in one go, and equal gaps do as well as growing ones (Latimier, Peyre &
Ramus 2021, 29 studies: g = .74 for spacing, g = .03 between the two). Questions of different kinds take turns. A
point made once comes back some days later under another question about the same thing (de Jong & Perfetti 2011).

Conventions: the last day is the one before the interview. The same arguments give the same plan, so it doesn't move
from day to day; what was missed moves to the next days, and what no longer fits is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from content.questions import Question
from interview.mock.questions import ENDING_QUESTION, OPENERS, OPENING_STAGE

MAX_SECONDS_PER_DAY = 15 * 60  # what the plan asks for at most; practice that is short gets done
MAX_DAYS = 10  # evenly spaced over whatever time is left
DAYS_IN_A_HURRY = 4  # up to this many days there is practice on each
TAKES_OF_A_NEW_QUESTION = 2  # the same answer again at once, shorter
SECONDS_BESIDE_A_TAKE = 60  # to read the question and the report; this app's reading
MIN_DAYS_UNTIL_AGAIN = 2  # before a point comes back under another question, where there are that many
FIRST_QUESTIONS = (*OPENERS[:1], "why_this_company", "greatest_weakness")  # asked in nearly every interview
# Asked only of those whose life has it: nobody else can answer them.
PERSONAL_QUESTIONS = frozenset(
    ("back_after_a_break", "change_of_direction", "gap_in_cv", "let_go", "moved_around", "overqualified", "work_sample")
)
DEFAULT_STAGE, SECOND_STAGE = "first", "second"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PlannedQuestion:
    """A question to answer on one day of a plan."""

    question: Question
    seconds: int  # with its takes and their reports
    again: Question | None = None  # the earlier question whose point it asks for once more
    is_done: bool = False


@dataclass(frozen=True)
class PracticeDay:
    """One day of a plan and what is practised on it."""

    day: date
    questions: tuple[PlannedQuestion, ...]

    @property
    def left(self) -> tuple[PlannedQuestion, ...]:
        """The questions that are still to answer."""
        return tuple(each for each in self.questions if not each.is_done)

    @property
    def seconds_left(self) -> int:
        """How long the rest takes."""
        return sum(each.seconds for each in self.left)


def space_days(first: date, interview: date) -> tuple[date, ...]:
    """Return the days to practise on: the first, the day before the interview, and evenly spaced ones between.

    None where the interview is on the first day or before it.
    """
    span = (interview - first).days - 1
    if span < 0:
        return ()
    many = max(min(span + 1, DAYS_IN_A_HURRY), min(span // 2 + 1, MAX_DAYS))
    if many == 1:
        return (first,)
    return tuple(first + round(place * span / (many - 1)) * _DAY for place in range(many))


def plan_practice(
    first: date, interview: date, stage: str, bank: Sequence[Question], field: str = "", seed: int = 0
) -> tuple[PracticeDay, ...]:
    """Plan the practice for an interview.

    Args:
        first: the day the plan was begun.
        interview: the day of the interview.
        stage: of the interview, a key of content.taxonomy().stages; empty for an ordinary first one.
        bank: the questions to choose from, without hidden ones.
        field: of work; questions of other fields are left out.
        seed: decides between questions that suit equally well.
    """
    days = space_days(first, interview)
    suitable = [each for each in bank if _suits(each, field)]
    ending = [_make_new(each) for each in suitable if each.id == ENDING_QUESTION]
    queue = _interleave(_choose(suitable, stage or DEFAULT_STAGE), seed)
    plan: list[PracticeDay] = []
    for day in days:
        last = ending if day == days[-1] else []
        today = _choose_again(plan, day, queue)
        while queue and _sum_seconds([*today, *last]) + estimate_seconds(queue[0]) <= MAX_SECONDS_PER_DAY:
            today.append(_make_new(queue.pop(0)))
        plan.append(PracticeDay(day, (*today, *last)))
    return tuple(plan)


def follow_plan(
    plan: Sequence[PracticeDay], answered: Mapping[str, AbstractSet[date]], today: date
) -> tuple[PracticeDay, ...]:
    """Return a plan as it stands: what is done, and what was missed moved to the days that are left.

    Args:
        plan: as it was made.
        answered: the days since its beginning on which each question was answered, by id.
        today: the current day.
    """
    marked = _mark_done(plan, answered)
    missed = [each for day in marked if day.day < today for each in day.left]
    coming = [day for day in marked if day.day >= today]
    if not missed:
        return marked
    past = [
        replace(day, questions=tuple(each for each in day.questions if each.is_done))
        for day in marked
        if day.day < today
    ]
    return (*(day for day in past if day.questions), *_refill(coming, missed))


def find_day(plan: Iterable[PracticeDay], today: date) -> PracticeDay | None:
    """Return the next day of a plan with something left on it, from today on; None if there is none."""
    return next((each for each in plan if each.day >= today and each.left), None)


def estimate_seconds(question: Question, takes: int = TAKES_OF_A_NEW_QUESTION) -> int:
    """Return how long a question takes on a day, in whole seconds, with the reports of its takes."""
    return round(takes * (question.target_seconds[1] + SECONDS_BESIDE_A_TAKE))


def _suits(question: Question, field: str) -> bool:
    is_short_enough = estimate_seconds(question) <= MAX_SECONDS_PER_DAY
    return question.suits(field) and is_short_enough and question.id not in PERSONAL_QUESTIONS


def _choose(suitable: Sequence[Question], stage: str) -> list[Question]:
    """Return the questions of a stage and what every interview opens with, the surest first."""
    stages = {stage} if stage == SECOND_STAGE else {stage, OPENING_STAGE}
    first = [each for key in FIRST_QUESTIONS for each in suitable if each.id == key]
    others = [each for each in suitable if each.stage in stages and each.id != ENDING_QUESTION]
    return [*first, *(each for each in others if each not in first)]


def _interleave(questions: Sequence[Question], seed: int) -> list[Question]:
    """Order questions so that kinds and topics take turns; the surest ones stay in front."""
    first = [each for each in questions if each.id in FIRST_QUESTIONS]
    rest = [each for each in questions if each not in first]
    Random(seed).shuffle(rest)  # noqa: S311 - variety, no secret
    ordered, topics, kinds = (
        list(first),
        Counter(each.competency for each in first),
        Counter(each.kind for each in first),
    )
    while rest:
        last = ordered[-1].kind if ordered else ""
        pick = min(rest, key=lambda each: (each.kind == last, topics[each.competency], kinds[each.kind]))
        rest.remove(pick)
        ordered.append(pick)
        topics[pick.competency] += 1
        kinds[pick.kind] += 1
    return ordered


def _choose_again(plan: Sequence[PracticeDay], day: date, queue: list[Question]) -> list[PlannedQuestion]:
    """Return the point that comes back on a day, if one was made some days ago; its new question leaves the queue."""
    back = {each.again.id for before in plan for each in before.questions if each.again}
    made = [(before.day, each.question) for before in plan for each in before.questions if not each.again]
    waiting = [(at, question) for at, question in made if question.id not in back]
    ripe = [question for at, question in waiting if (day - at).days >= MIN_DAYS_UNTIL_AGAIN]
    first = next(iter(ripe or [question for _, question in waiting]), None)
    if first is None:
        return []
    alike = [each for each in queue if each.competency == first.competency]
    if alike:
        queue.remove(alike[-1])  # from the end, which the plan may never reach
    other = alike[-1] if alike else first
    return [PlannedQuestion(other, estimate_seconds(other, takes=1), again=first)]


def _make_new(question: Question) -> PlannedQuestion:
    return PlannedQuestion(question, estimate_seconds(question))


def _sum_seconds(questions: Iterable[PlannedQuestion]) -> int:
    return sum(each.seconds for each in questions)


def _mark_done(plan: Sequence[PracticeDay], answered: Mapping[str, AbstractSet[date]]) -> tuple[PracticeDay, ...]:
    """Mark what was answered; a question that comes twice needs answers on two days."""
    asked: Counter[str] = Counter()
    marked = []
    for day in plan:
        questions = []
        for each in day.questions:
            asked[each.question.id] += 1
            is_done = len(answered.get(each.question.id, ())) >= asked[each.question.id]
            questions.append(replace(each, is_done=is_done))
        marked.append(replace(day, questions=tuple(questions)))
    return tuple(marked)


def _refill(coming: Sequence[PracticeDay], missed: Sequence[PlannedQuestion]) -> Iterator[PracticeDay]:
    """Yield the coming days with what was missed before what was planned; each stays within its time."""
    planned = [*missed, *(each for day in coming for each in day.left)]
    queue = [each for each in planned if each.question.id != ENDING_QUESTION]
    ending = [each for each in planned if each.question.id == ENDING_QUESTION]
    for day in coming:
        last = ending if day is coming[-1] else []
        today = [each for each in day.questions if each.is_done]
        while queue and _sum_seconds([*today, *last]) + queue[0].seconds <= MAX_SECONDS_PER_DAY:
            today.append(queue.pop(0))
        yield replace(day, questions=(*today, *last))
