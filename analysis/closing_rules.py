"""What the closing minutes may hold, by its wording.

The rules look at one sentence, or at one question: whether next steps and timing were asked, whether a question is one
the website answers, whether thanks and interest were expressed, and whether the job was pressed for or taken for
granted. tests/data/closing.toml has twenty examples each way for each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from re import Pattern

from analysis.heard_rules import wording


class Check(StrEnum):
    """What is listened for."""

    NEXT_STEPS = "next_steps"
    TIMING = "timing"
    WEBSITE = "website"
    PRESSING = "pressing"
    THANKS = "thanks"
    INTEREST = "interest"


@dataclass(frozen=True)
class ClosingRule:
    """One check: its label, where it listens, and the wordings."""

    label: str
    in_questions: bool  # only in what was asked; else in everything said
    wording: Pattern[str]
    unless: Pattern[str] | None = None


_PROCESS = "process|procedure|interviews?|interviewing|hiring|application|recruiting|recruitment|selection"
_SOON = "weeks?|days?|month|months|friday|monday|tuesday|wednesday|thursday|date|timeline|timeframe|time frame|timing"
_DECIDE = "decide|decision|choose|make (?:a|your|the) (?:decision|choice)|get back"
_DECIDE += "|let (?:me|us|people|candidates) know|be in touch"
_COMPANY = "company|organi[sz]ation|firm|business|agency|charity|campaign|startup|here"

NEXT_STEPS = ClosingRule(
    "Next steps asked",
    True,
    wording(
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
    wording(
        "your next steps? as a (?:company|team)",
        "next steps? (?:for|of|in|on|with) (?:the |your |that |this )?(?:product|project|roadmap|app|team"
        "|company|platform|migration|campaign|rollout)",
    ),
)
TIMING = ClosingRule(
    "Timing asked",
    True,
    wording(
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
    wording(
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
    True,
    wording(
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
    wording(
        "website (?:says|said|mentions|does not|doesn't|shows)",
        "(?:read|saw|seen|noticed|heard) (?:on|in|that|about|your)",
        "besides",
        "beyond (?:what|the)",
    ),
)
PRESSING = ClosingRule(
    "Pressing for the job",
    False,
    wording(
        "(?:did|have|do) i (?:get|got|get it|have) (?:the|this) (?:job|position|role|offer)",
        "(?:did|have) i (?:pass|passed|make it|made it|convinced? you|get in|won)",
        "(?:am|so am) i (?:hired|in|the one|your (?:man|woman|candidate|favou?rite|first choice))",
        "(?:will|are|would) you (?:going to )?(?:hire|take|choose|pick|employ) me",
        "(?:you|you'd|you'll) (?:have to|must|should|need to|had better|better|would be (?:crazy|mad|foolish"
        "|wrong)|won't|will not) (?:\\w+ ){0,3}(?:hire|take|choose|pick|employ|find)(?: (?:me|anyone|anybody"
        "|somebody|a better))",
        "when (?:do|can|will|should) i (?:start|begin|sign|move in)(?: here| working| the job| then)?$",
        "(?:see you|i'll see you|i will see you) (?:on )?(?:monday|at work|in the office|next week at work"
        "|on my first day)",
        "(?:where is my|which is my|what's my|where will my|my new) (?:desk|office|laptop)(?: (?:will|going))?",
        "(?:once|when|as soon as|after|the day) i(?:'ve)? (?:start|started|begin|am working|work|have the job"
        "|join|joined|take over) (?:here|for you|this job|next month|on monday|with you)?,? ?(?:i(?:'ll| will"
        "| am going to| want| expect)|we(?:'ll| will))",
        "(?:i|i'm) (?:already |clearly |obviously |definitely |the )*(?:the )?(?:best|right|perfect|ideal"
        "|only) (?:one|person|choice|candidate)(?: for| you| here|$)",
        "(?:nobody|no one|none of the others) (?:else )?(?:is|will be|could be|can be) (?:as good|better|as qualified)",
        "(?:can|could) you (?:just )?(?:give|offer) me the (?:job|position|role|offer)",
        "(?:give|offer) me the (?:job|position|role|offer)",
        "(?:i|i'm) (?:assume|assuming|take it|taking it|sure|certain|guess) (?:that )?(?:i|i've|i'm|the job is"
        "|it's|that i) (?:have|got|get|mine|the job|in|hired|passed|will get|am hired)",
        "(?:decide|tell me|say yes|answer|offer|decision|know) (?:right )?(?:now|here and now"
        "|today)(?: please)?(?: whether| if|$)",
        "(?:consider|think of) (?:myself|me) (?:hired|part of the team already|as hired)",
        "the job is (?:mine|already mine|as good as mine)",
        "what(?:'s| is| are) (?:keeping you from|stopping you from|stopping you|the holdup)",
        "i expect (?:an|the|your) (?:offer|contract)(?: \\w+){0,3}",
        "(?:send|give) me (?:the|my|a) contract",
    ),
    wording(
        "if i (?:get|got|were|was|am)",
        "(?:not|don't|didn't|won't) (?:want to|mean to|presume|assume)",
        "what would (?:make|help)",
        "(?:should|would) i be (?:hired|chosen|offered)",
        "were i",
        "what (?:kind|sort|does)",
        "look(?:s|ing)? for",
    ),
)
THANKS = ClosingRule(
    "Thanks expressed",
    False,
    wording(
        "thank(?:s| you)",
        "(?:i|we) (?:\\w+ ){0,2}appreciat(?:e|ed)",
        "(?:i'm|i am|very|really|so|truly) (?:\\w+ )?(?:grateful|thankful|obliged)",
        "much appreciated",
        "(?:kind|good|nice|generous|lovely) of you",
    ),
    wording(
        "thanks? to(?! you)",
        "(?:to|would|will|should|could|must|didn't|never|not|and|they|she|he|customers|people|who|nobody|can|i'd"
        "|usually|always|team|clients?|users?) thank(?:ed)?(?! you\\b| you$)",
        "thanks?-? ?you (?:note|letter|card|email|mail|message)s?",
        "(?:say|said|saying|says|send|sent|write|wrote) (?:a )?thank(?:s| you)",
        "no(?:,)? thank(?:s| you)",
        "they (?:really )?appreciate",
        "thanks? giving",
        "would appreciate",
        "i'd appreciate",
        "(?:thanked|thanks) (?:us|me|him|her|them|my)",
        "appreciate (?:feedback|criticism|honesty|it when|when|people|good|clear|colleagues)",
        "(?:he|she|they|client|customer|boss|manager|team) (?:was|were) (?:\\w+ )?(?:grateful|thankful)",
        "(?:was|were) (?:\\w+ )?(?:grateful|thankful)",
    ),
)
INTEREST = ClosingRule(
    "Interest expressed",
    False,
    wording(
        "(?:i'd|i would|i'm|i am|would) (?:\\w+ ){0,2}(?:love|like|be (?:happy|glad|delighted|thrilled|excited"
        "|proud|honou?red)|welcome|enjoy) (?:the (?:chance|opportunity)|this (?:chance|opportunity|job|role)"
        "|(?:to )?(?:work|working|join|joining|be(?:ing)? part|do(?:ing)? this|contribute|contributing|be on"
        "|help|be working|take|start|build|building|come)(?:ing)?)",
        "(?:i'm|i am|i'm still|i was|makes me|made me|got me|me) (?:\\w+ ){0,3}(?:interested|excited|keen"
        "|enthusiastic|thrilled|eager|motivated)(?! in \\w+ (?:at|in) (?:school|college|university))(?: (?:in"
        "|about|to|on|by|for) (?!know|hear|see how|ask|find out|learn whether)(?:\\w+ ){0,4}\\w+)?",
        "(?:this|the|your) (?:\\w+ )?(?:role|job|position|work|team|company|mission|place|project|conversation"
        "|organi[sz]ation) (?:is|sounds|seems|looks|feels|has) (?:\\w+ ){0,4}(?:exactly what|just what|what i"
        "|made for|right for me|like (?:a )?(?:great|good|perfect)|great|exciting|fascinating|wonderful|the one"
        "|like the place|like somewhere|a place|even more|convinced|where i)",
        "(?:i|i'd|i would) (?:\\w+ ){0,3}(?:really |very much )?want (?:this|to (?:work (?:here|for you|with you"
        "|on this)|join|be part|do this|be here|contribute))",
        "(?:even )?more (?:interested|excited|convinced|keen|sure)(?: \\w+){0,3} (?:than|now|after|that|about|in)",
        "(?:i|we) (?:\\w+ ){0,2}(?:hope|hoping) (?:that )?(?:we|i|to|we'll|i'll|we will"
        "|i can)(?: \\w+){0,3} (?:work|join|be part|continue|working|meet again|see you again|do this)",
        "look(?:ing)? forward to (?:working|joining|the chance|being|contributing|helping|maybe working"
        "|hopefully working|continuing|the next|hearing|meeting)",
        "can see myself",
        "picture myself",
        "imagine (?:myself )?working",
        "(?:you|this company|this team|it|this) (?:are|is|remains?|stays?) (?:still )?(?:my|the) (?:first|top"
        "|favou?rite|clear first) (?:choice|option|wish)",
        "i(?:'d| would) (?:accept|say yes|take (?:it|the job|this job))",
        "my kind of (?:work|place|team|problem)",
        "exactly (?:what|where|the (?:kind|sort|thing|place|work)) i(?:'m| am|'d| would|'ve| have| want)?",
    ),
    wording(
        "(?:not|never|isn't|wasn't|don't|no longer|less|hardly|neither) (?:\\w+ ){0,3}(?:interested|excited|keen"
        "|sure|want|love|like|thrilled|eager)",
        "(?:are|were|is|was) (?:you|they|he|she|customers|users|people|clients|your)",
        "(?:they|he|she|you|customers|users|people|clients|students) (?:\\w+ )?(?:are|were|was|is|seemed) ",
        "another (?:company|offer|job|role)",
        "my (?:last|previous|old|former|current) (?:job|company|role|team)",
        "would you",
        "do you",
        "you'd",
        "anyone",
        "people who",
        "somebody who",
        "used to",
        "if you (?:are|were)",
    ),
)
RULES: Mapping[Check, ClosingRule] = {
    Check.NEXT_STEPS: NEXT_STEPS,
    Check.TIMING: TIMING,
    Check.WEBSITE: WEBSITE,
    Check.PRESSING: PRESSING,
    Check.THANKS: THANKS,
    Check.INTEREST: INTEREST,
}
