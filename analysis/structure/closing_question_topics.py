"""Rules for the topics of closing questions: next steps, timing, and what the website answers."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.structure.closing_rules import Check, ClosingRule
from analysis.structure.rules import compile_wording

_PROCESS = "process|procedure|interviews?|interviewing|hiring|application|recruiting|recruitment|selection"
_SOON = "weeks?|days?|month|months|friday|monday|tuesday|wednesday|thursday|date|timeline|timeframe|time frame|timing"
_DECIDE = "decide|decision|choose|make (?:a|your|the) (?:decision|choice)|get back"
_DECIDE += "|let (?:me|us|people|candidates) know|be in touch"
_COMPANY = "company|organi[sz]ation|firm|business|agency|charity|campaign|startup|here"

NEXT_STEPS = ClosingRule(
    "Next steps asked",
    compile_wording(
        "next steps?",
        "comes? after (?:this|today|that)",
        "steps? (?:are|is|come|comes|that|after|from here|left|remain)",
        r"what (?:comes|is|happens|'s) next(?! (?:on|for|in|with) (?:your|the) (?!process|hiring|interview))",
        "what's next",
        "happens? (?:next|now|after (?:this|today|that|the|our|you)|from here|on your (?:side|end))",
        r"(?:rest|remainder|remaining part|next (?:stage|round|part|phase|interview)|other stages?"
        r"|further (?:rounds?|steps?|interviews?))",
        rf"(?:what does|how does|how will|how is|what is) (?:the|your) (?:\w+ ){{0,3}}(?:{_PROCESS})(?! (?:of"
        rf"|for) (?:the )?(?:work|code|design|data|review))",
        rf"(?:{_PROCESS}) (?:look|looks|continue|continues|go|goes|work|works|from here|after)",
        "(?:where|how) do (?:we|you|things|i) go (?:on )?from here",
        "how (?:do|does|will) (?:we|it|this|things|that) (?:continue|proceed|go on|move forward)",
        "(?:will|would|is) there (?:be |going to be )?(?:another|a second|a further|a final|more|one more"
        "|any more|an assessment|a task|a test|a technical)(?: \\w+)? (?:interviews?|rounds?|task|test"
        "|assessment|conversation|stages?|steps?|talk|part)",
        "(?:background|reference) checks?",
        "there going to be (?:a|an|another) (?:\\w+ )?(?:test|task|interview|round|assessment)",
        "(?:expect|coming) (?:from here|moving forward|going forward|after today|after this)",
        "whom? (?:else )?(?:will|would|should) i (?:meet|talk to|speak)",
        "(?:meet|speak to|talk to|see) (?:anyone|anybody|somebody|someone|other people) (?:else"
        "|from the team)? ?(?:after|next|before)",
        "who (?:else )?(?:decides(?! (?:what|which|how|on))|makes the decision|is involved in the decision)",
        "(?:need|do you need) (?:anything|something) (?:else|more|further) from me",
    ),
    compile_wording(
        "your next steps? as a (?:company|team)",
        "next steps? (?:for|of|in|on|with) (?:the |your |that |this )?(?:product|project|roadmap|app|team"
        "|company|platform|migration|campaign|rollout)",
    ),
)
TIMING = ClosingRule(
    "Timing asked",
    compile_wording(
        r"when (?:can|could|should|will|would|might|may|do|are|is) (?:i|you|we|they|it|a decision|the decision"
        r"|your decision)(?: \w+){0,4} (?:hear|expect|know|learn|decide|get|be in touch|let|make|made|an answer"
        r"|deciding|planning|hoping|back|contact|call)",
        rf"(?:by )?when (?:\w+ ){{0,6}}(?:{_DECIDE})",
        "by when",
        rf"how (?:long|soon|quickly|fast) (?:\w+ ){{0,6}}(?:{_PROCESS}|{_DECIDE}|hear|answer|wait|know|respond|fill)",
        "time ?(?:line|frame|scale|table)s?(?! of the project)",
        "hear (?:back|from you|something|anything|whether|if|about)",
        rf"(?:what|which) (?:\w+ )?(?:{_SOON}) (?:\w+ ){{0,5}}(?:{_DECIDE}|hear|answer|expect|call)",
        rf"(?:{_DECIDE}) (?:\w+ ){{0,4}}(?:by|within|this week|next week|soon|until|before)",
        "(?:expect|get) (?:an answer|a reply|a response|a decision|your (?:answer|decision|call)|news)",
        "when (?:\\w+ ){0,4}(?:fill|start|filled|starting|begin)(?: \\w+){0,3} (?:position|role|job|post"
        "|somebody|someone|person|date)?",
        "(?:start|starting) date",
        "when (?:\\S+ ){0,6}(?:person|somebody|someone|me) to (?:start|begin)",
        "(?:date|day) (?:\\w+ ){0,5}(?:decision|answer)",
        "idea of the timing",
        "when (?:\\S+ ){0,6}be in touch",
        "when (?:\\w+ ){0,3}(?:next|second|final) (?:round|stage|interview|step)",
        "(?:wait|waiting) (?:for|until|before)(?: \\w+){0,3} (?:call|calling|ask|asking|follow|following|answer"
        "|hear|email)",
    ),
    compile_wording(
        "when (?:did|was|were) (?:you|the|your)",
        "hear (?:back )?(?:from|about) (?:your )?(?:customers|users|clients|the team|the project|the product)",
        "(?:project|product|release|roadmap|launch|migration|rewrite|campaign|feature)(?:'s)? (?:time ?line"
        "|time ?frame|schedule)",
        "time ?line (?:of|for|on) (?:the |your |that |this )?(?:project|product|release|roadmap|launch|migration"
        "|rewrite|campaign|rebuild)",
        "make (?:technical |product |design |architecture )?decisions",
        "decide (?:what|which|how|on (?:what|which|features|priorities))",
        "how long have you",
    ),
)
WEBSITE = ClosingRule(
    "A question the website answers",
    compile_wording(
        rf"what (?:does|do|is it) (?:(?:your|the|this) (?:{_COMPANY})|you|you guys|you all"
        rf"|your {_COMPANY}) (?:actually |really |exactly |even |basically |guys )?(?:do|does|make|sell|produce"
        rf"|offer|about)(?! (?!again$|here$|exactly$|anyway$|all day$))",
        rf"what (?:is|are) (?:the|your|this) (?:{_COMPANY}(?:'s)?|company's|firm's)? ?(?:mission|values|vision"
        rf"|products?|services?|slogan|motto|name)(?: statement)?(?! (?:team|manager|roadmap|process|strategy"
        rf"|owner|meeting|review)\b)",
        rf"(?:tell me|say|explain|know|hear|learn) (?:something |more |a bit |a little "
        rf"|me )?(?:about )?(?:what )?(?:(?:your|the|this) (?:{_COMPANY})|you guys) (?:does|do|is|in general"
        rf"|as a company|history|sells?|makes?)",
        rf"(?:tell me|say|explain|know|hear|learn) (?:something |more |a bit |a little |me )?about (?:your|the"
        rf"|this) (?:{_COMPANY})$",
        rf"(?:when|who|what year) (?:was|were|did|is) (?:the|your|this) (?:{_COMPANY}) (?:founded|started|begin"
        rf"|start|set up|established)",
        "who (?:founded|started|set up|is the (?:ceo|founder|boss|head|director|owner|president))",
        rf"(?:how (?:big|large|old)) (?:is|are) (?:the|your|this) (?:{_COMPANY})",
        r"how many (?:people|employees|staff|offices|locations|branches|countries|customers|clients"
        r"|users)(?: \w+){0,3} (?:does|do|are|have|in|work)(?! (?:on|in) (?:the|this|my) (?:team|project)| on\b"
        r"| the team)",
        "where (?:is|are) (?:your|the|this) (?:\\w+ )?(?:offices?|headquarters|branches|company|firm|head office"
        "|locations?)(?: located| based)?",
        "where are you (?:based|located)",
        "(?:which|what|in which|how many) (?:countries|cities|markets|products|services|industries|sectors"
        "|languages)(?: \\w+){0,2} (?:are|do|does|is) (?:you|the company|your company|it|they)",
        "(?:do|does) (?:you|the company|your company) have (?:a|an) (?:website|blog|app|newsletter|product)",
        "what (?:kind|sort|type) of (?:company|organi[sz]ation|firm|business|products?|services?|customers"
        "|clients) (?:is|are|do|does)(?: (?:this|it|you|your company|the company))?",
        "what is (?:this|the|your) (?:job|role|position|company|firm|organi[sz]ation) (?:about|again|exactly|called)",
        "what (?:job|role|position) is this",
        "what (?:are|were) (?:the )?(?:opening hours|office hours)",
        "what would i (?:even |actually )?be (?:applying for|hired for)",
        "(?:who are|name) your (?:main |biggest )?(?:competitors|customers|clients)$",
        "do you (?:have|also have) (?:an? )?(?:office|offices) (?:in|abroad)",
    ),
    compile_wording(
        "website (?:says|said|mentions|does not|doesn't|shows)",
        "(?:read|saw|seen|noticed|heard) (?:on|in|that|about|your)",
        "besides",
        "beyond (?:what|the)",
    ),
)
QUESTION_RULES: Mapping[Check, ClosingRule] = {
    Check.NEXT_STEPS: NEXT_STEPS,
    Check.TIMING: TIMING,
    Check.WEBSITE: WEBSITE,
}
