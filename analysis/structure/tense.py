"""What a story is told in: clauses of the past, who they are about, and what comes before and after the first deed.

A story that uses none of the wordings known here still has an order: the situation is told before somebody acts, and
what came of it at the end. Where only this order speaks for a part, it was perhaps heard.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.structure.rules import wording
from analysis.text.clauses import clauses, plain
from speech.transcript import Word, WordKind

_UNREAL = wording("would", "could", "should", "will", "i'd", "we'd", "if", "want", "wish")
LAST_PART = 0.6  # of the words, where an end is told
_PAST = re.compile(
    r"\b(?:was|were|had|did|didn't|wasn't|weren't|went|came|got|took|gave|made|said|told|found|left|kept|knew|saw"
    r"|thought"
    r"|felt|began|ran|wrote|sent|sold|lost|won|paid|met|stood|brought|bought|taught|built|chose|broke|fell|rose"
    r"|grew|drove"
    r"|held|led|heard|spoke|threw|became|has|have|now|\w{3,}ed)\b"
)
_OTHERS = re.compile(
    r"^(?:and |so |but |then |now |after that |in the end |at the end |that day "
    r"|(?:after|by|within|since|from) (?:\w+ ){1,3})*"
    r"(?:he|she|it|they|that|this"
    r"|nobody|everybody|everyone"
    r"|most|all|both|half|we|(?:the|our|my|their|his|her|its|a|an|every|each|no) \w+|\w+ (?:of|out of) (?:the"
    r"|them|\w+)|people"
    r"|customers|users|patients|traffic|sales|\w+ now|(?:\w+ )?\w+ percent)\b"
)

Clause = tuple[Word, ...]


def before(words: Sequence[Word], moment: float) -> Clause:
    """The first clause in the past that ends by a moment; () where there is none."""
    return next((clause for clause in _past(words) if clause[-1].end <= moment), ())


def ending(words: Sequence[Word], moment: float) -> Clause:
    """The last clause in the past after a moment that is about others or about all, near the end; () for none."""
    said = [word for word in words if word.kind is WordKind.WORD]
    late = said[int(LAST_PART * len(said))].start if said else 0.0
    found = [
        clause for clause in _past(words) if clause[0].start >= max(moment, late) and _OTHERS.search(_text(clause))
    ]
    return found[-1] if found else ()


def _past(words: Sequence[Word]) -> tuple[Clause, ...]:
    said = [word for word in words if word.kind is WordKind.WORD]
    return tuple(
        clause for clause in clauses(said) if _PAST.search(_text(clause)) and not _UNREAL.search(_text(clause))
    )


def _text(clause: Clause) -> str:
    return " ".join(plain(word) for word in clause)
