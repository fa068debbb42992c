"""One finding of the review of a note: the rule, the verdict, and a sentence on what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from content.follow_up_rules import FollowUpRule, get_rule


class NoteVerdict(StrEnum):
    """GOOD follows the rule, CHANGE breaks it, LOOK may be intended: only the writer knows."""

    GOOD = "good"
    LOOK = "look"
    CHANGE = "change"


@dataclass(frozen=True)
class NoteFinding:
    """One finding. `excerpt` is the part of the note it concerns; None: all of it, or something missing."""

    rule_id: str  # in content/data/follow_up_rules.toml, or one of note_names, note_gaps, note_alike
    verdict: NoteVerdict
    sentence: str
    excerpt: str | None = None

    @property
    def rule(self) -> FollowUpRule | None:
        """The rule with its source; None for the app's own checks: spelling of names, unfilled gaps."""
        return None if self.rule_id in _OWN_RULES else get_rule(_SOURCE_RULES.get(self.rule_id, self.rule_id))

    @property
    def citation(self) -> str:
        """The title and source of the rule."""
        return f"{self.rule.title} ({self.rule.citation})" if self.rule else "This app's own check"


_OWN_RULES = frozenset({"note_names", "note_gaps"})
_SOURCE_RULES = {"note_alike": "note_to_everyone"}  # which wants something of its own in each note


def approve(rule_id: str, sentence: str) -> NoteFinding:
    """Make a finding that says the rule is followed."""
    return NoteFinding(rule_id, NoteVerdict.GOOD, sentence)


def flag_for_review(rule_id: str, sentence: str, excerpt: str | None = None) -> NoteFinding:
    """Make a finding that asks the writer to check something.

    Args:
        rule_id: the rule.
        sentence: what to check.
        excerpt: the part of the note it concerns; None for all of it, or something missing.
    """
    return NoteFinding(rule_id, NoteVerdict.LOOK, sentence, excerpt)


def flag_for_change(rule_id: str, sentence: str, excerpt: str | None = None) -> NoteFinding:
    """Make a finding that asks the writer to change something.

    Args:
        rule_id: the rule.
        sentence: what to change.
        excerpt: the part of the note it concerns; None for all of it, or something missing.
    """
    return NoteFinding(rule_id, NoteVerdict.CHANGE, sentence, excerpt)
