"""Wording rules for a STAR story about one's own behaviour: situation, task, action, result."""

from __future__ import annotations

import re

from analysis.structure.project import RESULTS
from analysis.structure.rules import UNREAL, WordingRule, compile_wording

_DID = (
    r"decided|talked|called|wrote|built|made(?! (?:a|the|an|my) (?:\w+ )?(?:mistake|error))|set up|organi[sz]ed"
    r"|asked|started(?! (?:late|at|as|in|out)\b)|began|created|sat|went|met|suggested"
    "|proposed|listened|explained|showed|moved|looked|changed|designed|ran|planned|split|scheduled|checked|tested|gave"
    "|sent|told|offered|reached out|brought|put|drafted|stood up|stepped in|drove|read|added|fixed|rewrote"
    "|apologi[sz]ed|invited"
    r"|prepared|stayed|spoke|helped|introduced|negotiated|collected|took(?! (?:a|the) (?:\w+ )?job)|tried"
    r"|reviewed|pulled|mapped|booked|printed"
    "|reported|stopped|assigned|found(?! out)|kept|followed up|emailed|phoned|taught|trained|used(?! to\b)|cut"
    "|cached|refused|said|rang|drew|got in|let|swapped|spent|chose|led|held|stood|bought|sold|threw|came up"
)
_STATES = (
    r"(?:want|need|lik|lov|hat|work|liv|studi|learn|realis|realiz|notic|join|fail|miss|believ|hop|worri|seem"
    r"|enjoy|retir|start"
    r"|graduat|struggl|suffer|fear|wish|turn|end|happen|disagre|feel)\w*"
)
_THEN = "then|so|also|just|first|simply|quickly|immediately|finally|even|always|therefore|actually"
_ASKERS = "boss|manager|lead|client|customer|director|professor|team|company|ceo|they|he|she"

SITUATION = WordingRule(
    "situation",
    "Situation",
    compile_wording(
        "(?:back )?when (?:i|we) (?:was|were|worked|started|joined|had|got|took|did)",
        "(?:at|in|with|for) my (?:last|previous|first|old|current|former) (?:\\w+ ){0,2}(?:job|company|role|team"
        "|position|"
        "internship|place|employer|school|project|year|hospital|office|shop)",
        "(?:last|this) (?:year|summer|spring|autumn|fall|winter|month|week)",
        "(?:one|two|three|four|five|six|ten|few|couple of|\\d+) (?:years?|months|weeks) ago",
        "(?:i|we) (?:was|were) (?:working|leading|running|managing|teaching|volunteering|interning|in the middle"
        "|about to"
        "|building|preparing|in charge|part of|short|a volunteer)",
        "there (?:was|were) (?:\\w+ ){0,2}(?:a|an|this|one|no|two|three|some|conflict|client|customer|project)",
        "(?:we|i) had (?:a|an|two|three|four|five|this|one|\\d+) (?:\\w+ ){0,3}(?:who|that|which|call|people"
        "|client|customer|"
        "colleague|class|supplier|deadline|project|projects|outage|patient|conflict|and|month|weeks?|days?|release)",
        "(?:during|in) (?:my|the|our) (?:internship|studies|thesis|pandemic|first year|second year|hackathon"
        "|final year)",
        "the (?:biggest|hardest|worst|toughest) (?:\\w+ )?(?:i|conflict|mistake|challenge)",
        "(?:our|the) (?:release|launch|event|server|website|shop|budget) (?:was|went|had)",
        "it was (?:a|the|our) (?:report|wedding|friday|monday|project|big|small|release|week|saturday)",
        "at the (?:library|shop|hospital|school|restaurant|office|bank|store|time|agency|startup|company) (?:i"
        "|we|where)",
        "used to (?:work|be|run)",
        r"(?:one|two|three|four|five|ten|few|couple of|some|\d+) (?:summers|winters|days|nights) (?:ago|before)",
        r"when (?:our|the|my|a|an|one|somebody|someone) \w+",
        r"(?:half|most|all|none|some|two|three|one|many) of (?:the|my|our|them) (?:\w+ )?(?:was|were|had|didn't|left)",
        r"(?:we|they) had (?:no|only|just|too|lost|to)",
        r"(?:the|our|my|a) \w+(?: \w+)? (?:was|were) (?:\w+ )?(?:chaos|late|missing|down|broken|out|angry|upset"
        r"|sick|ill|full|new"
        r"|about|going|off|empty|losing|unhappy|always|closed|flooded|behind)",
        r"(?:my|our|the) (?:boss|manager|lead|client|customer|colleague|team|director|neighbour|patient"
        r"|supplier) (?:wanted"
        r"|called|shouted|refused|left|quit|asked|complained|disagreed|said|did not|didn't|came)",
        r"an? (?:\w+ )?(?:client|customer|patient|colleague|student|guest|user|parent"
        r"|supplier) (?:\w+ )?(?:called|came|refused"
        r"|shouted|wrote|complained|left|wanted|asked|arrived|got|was|had|sent|who)",
        r"nobody (?:wanted|knew|would|had|was)",
        r"(?:had|made|missed) (?:a|an|the) (?:conflict|mistake|deadline|problem|disagreement|error|argument|accident)",
    ),
    hears=(
        "In my last job we had a big release every Friday.",
        "When I worked at a bank, two people left at once.",
        "So, um, last summer I was a volunteer.",
        "Two years ago I had four projects at the same time.",
        "there was this client who called every day",
        "I was leading a team of five nurses.",
        "We had a customer that wanted everything at once.",
    ),
    ignores=(
        "I called her the same day.",
        "As a result, everyone stayed.",
        "I learned that listening comes first.",
        "I am a very organised person.",
        "So I wrote a plan.",
        "When I grow into the role, I will lead.",
        "There is always a way.",
    ),
    unless=compile_wording("would", "will", "if"),
)
TASK = WordingRule(
    "task",
    "Task",
    compile_wording(
        "my (?:task|job|role|responsibility|goal|part|assignment|mission) (?:there |then )?(?:was|is)",
        "(?:i|we) (?:was|were) (?:asked|supposed|told|responsible|in charge|assigned|expected|tasked|meant)",
        r"(?:i|we) (?:had|needed) to(?! (?:say|laugh|smile|admit)\b)",
        "the (?:goal|aim|objective|deadline|target|task|challenge) was",
        f"(?:{_ASKERS}) (?:asked|wanted|needed|expected|told) (?:me|us) to",
        "(?:was|were) (?:up to|on) (?:me|us) to",
        "(?:it|that) (?:was|fell to) (?:my job|my turn|me to)",
        "had to be (?:done|ready|finished|delivered|sent|solved)",
        "due (?:on|in|by|at|the)",
        "wanted to (?:ship|redo|launch|cut|save|finish|change|move|keep|fix|win|drop)",
        r"(?:head|boss|manager|lead|director|client|customer|chef|teacher|owner|principal"
        r"|supervisor)(?: \w+)? asked (?:me|us)",
        r"(?:i|we) only had (?:\w+ )?(?:\w+ )?(?:hours|days|weeks|minutes|months)",
        r"(?:was|were) (?:only )?(?:\w+ )?(?:days|weeks|hours) (?:away|left)",
    ),
    hears=(
        "My job was to find a date that suited everyone.",
        "I had to tell the customer the truth.",
        "The goal was, um, to be ready by June.",
        "my boss asked me to write the report alone",
        "I was responsible for the budget.",
        "It was up to me to decide.",
        "We needed to save half of the time.",
    ),
    ignores=(
        "I have to say, it was fun.",
        "I called the office.",
        "In my last job we had a big release.",
        "We had two dogs.",
        "It had rained all night.",
        "I like the task list in your product.",
        "I needed help.",
        "I had to laugh.",
    ),
    unless=compile_wording("would", "if", "will"),
)
ACTION = WordingRule(
    "action",
    "Action",
    compile_wording(
        f"(?:i|we) (?:(?:{_THEN}) )*(?:{_DID})",
        "what (?:i|we) did",
        "(?:the )?first thing (?:i|we) did",
        f"(?:i|we) \\w+ (?:\\w+ ){{0,6}}and (?:{_DID})",
        rf"(?:i|we) (?:(?:{_THEN}) )*(?!{_STATES})\w{{2,}}ed",
    ),
    hears=(
        "So I sat down with her and listened.",
        "I, um, called the council's office right away.",
        "Then I wrote a plan for the week.",
        "we split the work into four parts",
        "What I did was simple.",
        "First I asked each of them what they needed.",
        "I stood up and made a list on the whiteboard.",
    ),
    ignores=(
        "I would call her first.",
        "I was very nervous.",
        "As a result, everyone stayed.",
        "In my last job there were five of us.",
        "My task was hard.",
        "I made a mistake.",
        "I didn't ask anyone.",
        "She called me at night.",
        "We started late that day because of rain.",
        "I took a job in Ohio.",
    ),
    unless=compile_wording(UNREAL.pattern, "when i (?:started|began|went|took)"),
)
RESULT = WordingRule(
    "result",
    "Result",
    re.compile(
        RESULTS.wording.pattern
        + "|"
        + compile_wording(
            "(?:thanked|praised|promoted) (?:us|me)",
            "sold out",
            r"(?:has|have|had) (?:\w+ )?(?:stayed|been|worked|used|kept|come|become|grown) (?:\w+ ){0,3}(?:since"
            r"|ever since|again)",
            r"(?:went|came|got) (?:out |back |home |through |off )?(?:on time|well|fine|smoothly|safely|in time)",
            r"(?:most|all|both|everyone|everybody|nearly all|almost all)(?: of them| \w+)? (?:came|got"
            r"|stayed|agreed|signed"
            r"|passed|left|paid|ordered|thanked|liked|loved)",
            r"(?:\w+|\d+) (?:out )?of (?:the |them |all )?(?:\w+|\d+)(?: of them)? (?:ordered|came|stayed|signed"
            r"|agreed|passed|paid|left|said)",
            r"i got (?:\w+|\d+) (?:out )?of (?:\w+|\d+)",
            r"in the end (?:\w+ )?\w+",
            r"(?:he|she|they) (?:kept it|agreed|accepted|apologi[sz]ed|changed (?:it|them|his|her|their)|stayed"
            r"|signed|said yes|paid)",
            r"(?:stayed|is|are|remained) (?:\w+ )?(?:friends|with us|in the team|a customer|customers)",
            r"we lost (?:only )?(?:\w+ )?\w+ (?:out )?of",
            "(?:was|were) (?:very |really |so |quite )?(?:happy|satisfied|thrilled|grateful|impressed"
            "|relieved) (?:with|about|in|and|at|that)",
            "(?:we|i|they) (?:won|came (?:first|second|third)|passed|got it|made it|handed in|kept|signed"
            "|renewed|booked)",
            "nobody (?:got hurt|noticed|complained|left|was hurt|waited)",
            "only (?:\\w+ )(?:customers?|people|users?|patients?) (?:complained|left|noticed|called)",
            "passed without",
            "(?:booked|hired|asked) (?:us|me) (?:again|to do the|back)",
            "(?:since then|ever since|to this day|from then on)",
            "(?:he|she|they|we) (?:now|today) (?:\\w+ ){0,2}(?:work|check|trust|use|do|talk|have|get|is|are)",
            "and (?:he's|she's|they're|we're|he is|she is) now",
            "that (?:i )?still (?:work|use|have)",
            "(?:shipped|delivered|finished|done|given) (?:\\w+ ){0,2}(?:on time|in time|early|after|before"
            "|a week|the \\w+day)",
        ).pattern
    ),
    hears=(
        "Nobody got hurt and all the medication was given on time.",
        "In the end we agreed on a date, and it worked.",
        "The customer was, um, very happy with it.",
        "We came second out of thirty teams.",
        "and since then we talk every Monday",
        "As a result, the team stayed together.",
        "My boss thanked us the next morning.",
    ),
    ignores=(
        "I would be happy in this team.",
        "I asked her what she needed.",
        "There was a conflict in my team.",
        "I am happy to be here today.",
        "My goal was to win.",
        "If we won, we could stay.",
        "It didn't work.",
    ),
    unless=UNREAL,
)
STORY = (SITUATION, TASK, ACTION, RESULT)
