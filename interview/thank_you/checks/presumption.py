"""Find phrases that take the job or the decision for granted.

Only statements about this job count: "when I joined Acme" is about the past; "I would look forward
to working with you", and anything after "if" or "hope", presumes nothing.
"""

from __future__ import annotations

import re
from functools import cache

# What stands for what in the patterns below; HERE is also this company by its name. A space is one or a line break.
_PLACEHOLDERS = {
    "JOB": r"(?:job|role|position|post)",
    "ON_DAY": r"(?:on (?:monday|tuesday|wednesday|thursday|friday)\b|next (?:week|month)\b)",
    "HERE": r"(?:(?:at |with |for )?(?:here|you|your|the team|COMPANY)(?!\w))",
    "WILL": r"(?:'ll| will)(?: soon)?",
    "SURE": r"(?:i know|i'm sure|i am sure|i'm certain|i am certain|no doubt|obviously|of course)(?: that)?",
}
_PRESUMPTIONS = (
    r"when i (?:start|begin|join)(?: work(?:ing)?)? (?:HERE|ON_DAY)",
    r"(?:once|as soon as|after) i(?:'m| am| have been|'ve been) (?:on board|hired|on your team|in the JOB)",
    r"(?:once|as soon as) i(?: have|'ve)? (?:join(?:ed)?|start(?:ed)?|begin|begun) HERE",
    r"my (?:new|future) (?:JOB|team|colleagues|boss|manager|desk|office|employer|company)\b",
    r"as your (?:new|next|future) (?!step|stage|round)\w+",
    r"(?<!would )(?<!'d )look(?:ing)? forward to (?:working|starting|joining|collaborating|my (?:first|new))\b",
    r"(?<!would )(?<!'d )look(?:ing)? forward to being (?:part|on|a member) of\b",
    r"(?:can't|cannot) wait to (?:start|join|begin|work|get to work)\b",
    r"(?<!would be )(?<!'d be )(?:excited|thrilled|delighted|happy|glad) to (?:start HERE|(?:be )?join|be starting)",
    r"see you (?:on my first day|at work|(?:at|in) the office)",
    r"(?:on|before|until|from|for) my first (?:day|week|month)(?! at (?!COMPANY)| of| as| there)",
    r"SURE (?:i|you)(?:'ve| have|WILL)? (?:got|get|won|hire|offer|choose|pick|be hiring|be offering)\b",
    r"(?:the|this) JOB is (?:already |as good as )?mine\b",
    r"you (?:won't|will not|can't|cannot) find (?:anyone|anybody|someone|somebody|a) (?:better|more|as)\b",
    r"i(?:'m| am)(?: clearly| obviously)? the (?:perfect|ideal|best|only|right) (?:candidate|person|choice|fit|one)\b",
    r"i(?: deserve|'m entitled to| am entitled to) (?:this|the|your) JOB\b",
    r"iWILL (?:be joining|join) HERE",
    r"iWILL (?:be starting|start)(?: work)? (?:HERE|ON_DAY)",
    r"iWILL be (?:working HERE|part of your|on your team|your (?:new|next))",
    r"weWILL (?:work|be working) together",
    r"my start(?:ing)? date\b|when (?:should|can|do|may|shall) i start\b",
    r"i(?:'ll| will| shall)? (?:happily |gladly )?accept (?:the|your|this) (?:JOB|offer)\b",
    r"(?:when|once|after) you(?:'ve| have)? (?:hired?|chosen?|choose) me\b",
)
_CONDITIONAL = re.compile(
    r"\b(?:if|hope|hoping|wish|should you|were to|in case|chance|opportunity|whether)\b", re.IGNORECASE
)
_SENTENCE_ENDS = re.compile(r"\A[^\n]*\n|[.!?]\s|\n\s*\n")  # of the greeting, a sentence, a paragraph


def find_presumptions(text: str, company: str = "") -> tuple[str, ...]:
    """Return the phrases of a note that presume the job is already the writer's, in order.

    Args:
        text: the note.
        company: its name, which counts like "here"; empty if unknown.
    """
    plain = text.replace("’", "'")
    found = {match.span() for pattern in _compile_patterns(company) for match in pattern.finditer(plain)}
    spans = [span for span in found if not _is_conditional(plain, span[0]) and not _is_inside_another(span, found)]
    return tuple(text[start:end].strip() for start, end in sorted(spans))


def _is_conditional(text: str, at: int) -> bool:
    """Whether the sentence has "if", "hope" or the like before this index."""
    begins = max((end.end() for end in _SENTENCE_ENDS.finditer(text, 0, at)), default=0)
    return _CONDITIONAL.search(text, begins, at) is not None


def _is_inside_another(span: tuple[int, int], spans: set[tuple[int, int]]) -> bool:
    return any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in spans)


@cache
def _compile_patterns(company: str) -> tuple[re.Pattern[str], ...]:
    called = r"\s".join(map(re.escape, company.split())) or "here"
    return tuple(re.compile(rf"\b(?:{_expand_placeholders(words, called)})", re.IGNORECASE) for words in _PRESUMPTIONS)


def _expand_placeholders(words: str, company: str) -> str:
    for name, pattern in _PLACEHOLDERS.items():
        words = words.replace(name, pattern)
    return words.replace(" ", r"\s").replace("COMPANY", company)
