"""How results and lessons are worded in spoken answers, over plain lower-case text without punctuation."""

from __future__ import annotations

import re


def _any(*wordings: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(wordings)})\b")


_ACHIEVED = (
    "increased|reduced|saved|improved|grew|shipped|launched|delivered|won|achieved|exceeded|boosted|decreased|doubled"
    "|tripled|halved|finished|completed|succeeded|solved|resolved|fixed|eliminated|generated|earned|surpassed|cut"
    "|dropped|rose|went up|went down"
)
_WHO = "i|we|they|he|she|it|which|that|team|sales|revenue|costs?|users|customers|churn|errors|traffic"
_HOW = "also|finally|eventually|then|even|actually|quickly|successfully|ultimately|have|had|has"
_GOAL = "deadlines?|targets?|goals?|numbers?|quota|budget|milestones?"

RESULT = _any(
    "as a result",
    "the (?:end )?(?:result|outcome|impact|effect) (?:was|is|were)",
    "resulted in",
    "result of (?:this|that)",
    "(?:which|that|this|it) (?:led to|meant that|allowed us|helped us|enabled)",
    "ended up",
    "paid off",
    "in the end (?:we|i|it)",
    "(?:it|that|this|project|launch) was (?:a (?:big |great |huge )?success|successful)",
    "on time and",
    "under budget",
    "(?:was|got|were) (?:promoted|adopted|approved|accepted)",
    r"went from \S+ to",
    "(?:up|down|cut|reduced) (?:by|from)",
    f"(?:met|hit|beat) (?:the|our|my|every|all|its) (?:{_GOAL})",
    f"(?:{_WHO}) (?:(?:{_HOW}) )*(?:{_ACHIEVED})",
)
LESSON = _any(
    "i(?:'ve)? (?:have )?(?:learned|learnt) (?:that|to|how|from|a lot|the importance|not|never|two|three|one)",
    "what i (?:learned|learnt|took|realized|realised)",
    "taught me",
    "(?:the|my|a|big|biggest|main|key) (?:lesson|takeaway)s?",
    "i (?:realized|realised) (?:how important|the importance|the value|how much)",
    "looking back",
    "in hindsight",
    "in retrospect",
    "since then i",
    "from then on",
    "from that day",
    "next time",
    r"(?:do|done) (?:\w+ )?differently",
    "showed me (?:that|how)",
    "i came away",
    "(?:i now|now i) always",
    "made me (?:realize|realise|understand|a better)",
    "stuck with me",
)
# Near a result these say that it did not happen.
UNREAL = _any("would", "could", "should", "will", "not", "never", r"\w+n't", "if", "want", "wish", "hope")
