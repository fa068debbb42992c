"""The plan of a mock interview, from which its questions are selected."""

from __future__ import annotations

from dataclasses import dataclass

from interview.validation import check_between, check_id, check_key, check_max_count

MAX_COMPETENCIES = 20


@dataclass(frozen=True)
class MockPlan:
    """Stage, length and competencies; the same plan and seed select the same questions from a bank."""

    id: str
    stage: str  # key of content.taxonomy().stages
    minutes: int = 10  # of answers and thinking together; a first try should be short
    competencies: tuple[str, ...] = ()  # keys of content.taxonomy().competencies; none: whatever the stage asks
    thinking: int = 15  # s before each answer
    interview: str | None = None
    seed: int = 0
    field: str = ""  # of work, a key of content.taxonomy().fields; empty: only what is asked in every job
    follow_ups: bool = True  # whether the interviewer asks on where something was not heard

    def __post_init__(self) -> None:
        check_id("The id of a plan", self.id)
        check_id("The interview of a plan", self.interview)
        check_key("The stage", self.stage)
        check_key("A competency", *self.competencies)
        if self.field:
            check_key("The field of work", self.field)
        check_max_count("The competencies", self.competencies, MAX_COMPETENCIES)
        check_between("The length in minutes", self.minutes, 5, 120)
        check_between("The thinking time in seconds", self.thinking, 0, 120)
