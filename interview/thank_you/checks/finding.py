"""What was found in a note: by which rule of the content, and a sentence that says what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from content.follow_up_rules import Rule, rule


class NoteVerdict(StrEnum):
    """GOOD follows the rule; LOOK may be meant, and only the writer can tell; CHANGE goes against the rule."""

    GOOD = "good"
    LOOK = "look"
    CHANGE = "change"


@dataclass(frozen=True)
class NoteFinding:
    """One finding. `excerpt` is the part of the note it is about; None: the whole of it, or something not there."""

    rule_id: str  # in content/data/follow_up_rules.toml, or one of note_names, note_gaps, note_alike
    verdict: NoteVerdict
    sentence: str
    excerpt: str | None = None

    @property
    def rule(self) -> Rule | None:
        """The rule with its source; None for what no document says: names spelt rightly, and gaps filled in."""
        return None if self.rule_id in _OWN else rule(_CARRIED_BY.get(self.rule_id, self.rule_id))

    @property
    def cited(self) -> str:
        """The rule by its title and source."""
        return f"{self.rule.title} ({self.rule.citation})" if self.rule else "This app's own check"


_OWN = frozenset({"note_names", "note_gaps"})
_CARRIED_BY = {"note_alike": "note_to_everyone"}  # which wants something of its own in each note


def good(rule_id: str, sentence: str) -> NoteFinding:
    """The rule is followed."""
    return NoteFinding(rule_id, NoteVerdict.GOOD, sentence)


def look(rule_id: str, sentence: str, excerpt: str | None = None) -> NoteFinding:
    """Something to look at."""
    return NoteFinding(rule_id, NoteVerdict.LOOK, sentence, excerpt)


def change(rule_id: str, sentence: str, excerpt: str | None = None) -> NoteFinding:
    """Something to change."""
    return NoteFinding(rule_id, NoteVerdict.CHANGE, sentence, excerpt)
