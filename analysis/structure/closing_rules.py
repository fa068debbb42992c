"""The checks of a closing, and the rules for its statements: pressing, thanks and interest.

A rule looks for wordings in one sentence or, in `closing_question_topics`, in one question.
tests/data/closing.toml has twenty positive and twenty negative examples for each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from re import Pattern

from analysis.structure.rules import compile_wording


class Check(StrEnum):
    """What a closing is checked for."""

    NEXT_STEPS = "next_steps"
    TIMING = "timing"
    WEBSITE = "website"
    PRESSING = "pressing"
    THANKS = "thanks"
    INTEREST = "interest"


@dataclass(frozen=True)
class ClosingRule:
    """One check: its label, the wordings that match it, and the wordings that cancel a match."""

    label: str
    wording: Pattern[str]
    unless: Pattern[str] | None = None


PRESSING = ClosingRule(
    "Pressing for the job",
    compile_wording(
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
    compile_wording(
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
    compile_wording(
        "thank(?:s| you)",
        "(?:i|we) (?:\\w+ ){0,2}appreciat(?:e|ed)",
        "(?:i'm|i am|very|really|so|truly) (?:\\w+ )?(?:grateful|thankful|obliged)",
        "much appreciated",
        "(?:kind|good|nice|generous|lovely) of you",
    ),
    compile_wording(
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
    compile_wording(
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
    compile_wording(
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
SENTENCE_RULES: Mapping[Check, ClosingRule] = {
    Check.PRESSING: PRESSING,
    Check.THANKS: THANKS,
    Check.INTEREST: INTEREST,
}
