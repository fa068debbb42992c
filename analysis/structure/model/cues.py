"""Families of wordings that mean the same, which the content model weighs and combines: a decision, a contact, a duty.

A cue alone decides nothing: "when" and a decision ask for the timing, a process and what is left of it ask for the next
steps. Patterns look at plain lower-case text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations

_CUES: Mapping[str, str] = {
    # closing minutes
    "stage": (
        "process|procedure|rounds?|stages?|steps?|interviews?|conversations?|meetings?|panel|tests?|tasks?|exercise"
        "|presentation|references?|assessment|trial|practical|take-home|checks?|application|recruitment|hiring"
        "|selection|loop|design round|process like|homework|case study|committee|background|samples|tour|certificates"
        "|second interview|hoops|medical|trial shift|look like for someone|candidates?|hear from"
    ),
    "left": (
        "next|after (?:this|that|today|our|you|the interview|we)|from here|following|remain(?:s|ing)?|left|to come"
        "|still|ahead|further|more|another|second|final|last stage|subsequent|beyond this|afterwards|from now|once we"
        "|now|from this point|rest of|between now|going forward|come back|what follows|comes? after|here on"
        "|on my side|on your side|what then|once you've|after you've|if (?:you|it) (?:like|do|goes?)|see me again"
        "|meet next|take(?:s)? it on|on from here|wait now|is that it|on your end|this point|see each other again"
        "|where it ends|was this all|in the chain|before (?:a"
        "|the) decision|before you|before someone"
    ),
    "proceed": (
        "happens?|proceed|continue|go on|goes on|move forward|comes|works?|look like|looks like|go from|expect"
        "|follows|plan from|ahead"
    ),
    "decider": (
        "who (?:else )?(?:decides?|makes|has|takes|signs|will decide|is going to decide)|final (?:word|say|decision"
        "|call)|decision rest|rests? with|(?:persons|people) decide|sign off|whose decision|decision (?:made"
        "|yourself)|make the decision|signs? off|has to agree|go to the head|agree before|choosing between"
        "|choose between|going to choose|how (?:do|are|will) you (?:choose|choosing|pick)|takes it (?:on )?from"
    ),
    "prepare": (
        "prepar(?:e|ing)|read before|bring|brush up|send you|anything else (?:you )?(?:need|from)|need from me"
        "|get ready|do anything else|like me to do next|move this along|from me now"
    ),
    "contact": (
        "hear(?: back| from| owt| anything| something| whether| either)?|get back|be in touch|get in touch|check in"
        "|call(?:ing)?|phone|phoning|ring|email|let (?:me|us|people|candidates|everyone) know|inform(?:ed)?|contact"
        "|follow up|find out|know (?:more|whether|if|either)|notif(?:y|ied)|will you know|i(?:'d)? know|feedback"
        "|response|reply|answer|result|news|chase"
    ),
    "decision": (
        "decid(?:e|es|ing|ed)|decision|settled?|wrap (?:this|it|things) up|make up your minds?|mak(?:e|ing) (?:the|a"
        "|your) (?:call|choice|offers?)|make its offers|fill(?:ed|ing)?|shortlist|confirmation|choose|conclude"
        "|close this position|confirm|interviews are finished|done with interviews|seen everybody|for hiring"
        "|looking to (?:move|fill)|take place|the process|in the process"
    ),
    "when": (
        "when(?:'s|'ll)?|how (?:soon|long|quickly|fast|many days|much time)|by when|till when|until when|what (?:day"
        "|date)|which (?:month|week|day|date)|(?:this|next|of the|which|from|or) (?:days?|weeks?|months?|monday"
        "|tuesday|wednesday|thursday|friday|today|tonight|tomorrow|christmas|summer|easter|date|day|deadline|timeline"
        "|time ?frames?|timescales?|timing|schedule|january|february|march|april|june|july|august|september|october"
        "|november|december)|how urgent|how far along|in a hurry|what point|quick decision|will it be long"
        "|how many (?:weeks|days|months)|time-wise|as far as dates|cut-off|timetable|expected time|how fast"
        "|before (?:the|that|christmas|friday|monday|easter)|by (?:spring|summer|monday|friday|the end|what)"
        "|this side of"
    ),
    "time": (
        "days?|weeks?|months?|monday|tuesday|wednesday|thursday|friday|today|tonight|tomorrow|christmas|summer|easter"
        "|date|day|deadline|timeline|time ?frames?|timescales?|timing|schedule|january|february|march|april|june|july"
        "|august|september|october|november|december"
    ),
    "start": (
        "start(?:ing|s)?|begin|join(?:ing)?|in post|in the seat|in place|on the ground|on board|joining date"
        "|start date|need (?:somebody|someone|them|a person)|want (?:somebody|someone)"
    ),
    "of the work": (
        "project|product|roadmap|launch|platform|release|migration|team|customers?|users?|features?|release|deadline"
        "|planning|rewrite|campaign|regulation|law|system|kubernetes|market|roll ?out|app|budget|branches|training"
        "|interns?|on-call|code|people who|person in (?:the|this) role|last person|budget|strategy|the garden"
        "|the kitchen|children|nurse|school year|busiest|each shift|every (?:morning|day)|salaries|clients|breaks"
        "|review|trainees|product|museum|books|department|pilot|complaints?|lease|season|patients?|bugs?|merger|ticket"
        "|supplier|shifts?|rota|building|new starter|first month|day to day|step up|couple of years|bill|staff|drivers?"
    ),
    "organisation": (
        "company|organi[sz]ation|firm|business|agency|charity|council|institute|enterprise|hospital|school|trust"
        "|outfit|you (?:guys|lot|all|people|actually)|youse|your lot|place"
    ),
    "does": (
        r"(?:does|do|is it that|did) .{0,30}\b(?:do|does|make|makes|sell|sells|produce|offer|offers|provide|practise"
        "|work on)|(?:company|firm|business|organi[sz]ation) (?:is )?(?:into|about)|what do (?:you|youse|they)|sells?"
        "|makes?|products?|services?|in what business|business you're in"
    ),
    "facts": (
        "history|founded?|founder|started|set up|how (?:old|big|large)|how many (?:people|employees|staff|offices"
        "|branches|rooms|pupils|persons|countries|students)|where (?:is|are|'s)|where's|offices?|head ?office"
        "|headquarters|based|locations?|countries|mission|values|website|overview|turnover|owns?|who are your"
        "|competitors|tell me (?:a (?:bit|little) )?about (?:the|your) (?:company|firm|organi[sz]ation|business)"
        "|brief me|present me|been around|about your company|size of|customers abroad|only work in|bigger group"
        "|part of a|brands|who runs|in charge of the whole|main product|which year|opened|kind of food"
        r"|come to you for|story of the|belong to you|are you an? \w+|how many \w+ (?:do you|are|does|have)"
        r"|do you (?:also|only|have) .{0,20}\b(?:shops?|offices?|branches|customers|stores|office)|pays for it"
        "|specialised|purpose of"
    ),
    "the job": (
        "responsibilities|duties|job title|job description|what (?:is|was) (?:the|this) (?:role|job|position|post)"
        "|role (?:is|again)|job (?:again|involve|about)|involve|applied for|be doing all day|would i be doing"
        "|which role|what's the (?:job|position|role)|what is the (?:job|position|role)|expected to do|duties"
        "|job itself|job called|interviewing for|be doing"
    ),
    "again": ("again|anyway|exactly|actually|even|remind me|didn't (?:look|have time)|if i may ask|couldn't find"),
    "informed": (
        "i (?:saw|read|noticed|heard|understand|know|see|looked)|you(?:'ve| have)? (?:said|mentioned|told|talked)"
        "|your (?:annual )?(?:report|blog|site|website) (?:says|talks|mentions|has)|on your (?:site|website|blog"
        "|page)|earlier|in the news|your mission (?:mentions|says)"
    ),
    "get it": (
        "(?:got|get|have|land|pass(?:ed)?) (?:it|this|the job|the role|the part|the position|the offer|in)|(?:it's"
        "|it is|be|already) mine|i(?:'m| am) (?:basically |already )?(?:hired|in|through|selected|chosen|the one"
        "|accepted)|am i (?:in|through|hired|the)|i pass|did i|have i|was i|do i have|is it a yes|that's a yes|a yes"
        "|stand a chance|chances|am i ahead|nailed|good as done|the offer|payroll|first (?:day|week)|a deal|signed"
        "|give notice|have i convinced|job's mine|i sign|won this|looking good|settles it"
    ),
    "hire me": (
        "hire|hiring me|pick me|choose me|select me|take me|(?:give|offer) me|giv(?:e|ing) me|say yes|want me|need me"
        "|find (?:anyone|anybody|someone|somebody|a better|another|any) ?|offer|contract|appointment|offer letter"
        "|gave me the job|found (?:your|somebody|someone)|somebody (?:else|more)|hiring somebody|get me|your (?:man"
        "|woman|librarian|new colleague)|me only|decide right here|straight to the offer|turned down others"
    ),
    "demand": (
        "must|have to|should just|you'd be (?:mad|crazy|wrong|making|daft|silly)|just (?:give|hire|say|send|tell)"
        "|insist|beg|please|come on|right now|today|on the spot|before i leave|don't let me down|you (?:will|won't"
        "|would) not|you won't|you will not|regret|expect|let's not|stop looking|need to see (?:anyone|anybody)"
        "|why not|skip the rest|promise me|answer (?:from you )?(?:now|before)|your decision|lucky to get"
        "|no need to look|disappoint|hearing your"
    ),
    "sure of it": (
        "already|basically|obviously|clearly|i assume|i'm assuming|i take it|i trust|i'm sure|i am sure|sure you"
        "|i know|i'm guessing|when i start|once i start|when i join|after i start|see you (?:on|at|all|in|monday"
        "|there)|i'll see you|i'll be seeing|start(?:ing)? (?:next|on|tomorrow|monday)|my (?:desk|laptop|office"
        "|contract|start)|where will i|told my|handed my notice|from monday|can't wait to start|settles it"
    ),
    "best": (
        "best (?:person|candidate|one|choice|fit|you|applicant)|the best|better (?:than|one)|nobody (?:who|else"
        "|better)|right (?:person|hire|one|man|woman)|person (?:that )?you need|anyone better|fewer|other candidates"
        "|others|strongest|more suited|fits this better|perfect|overqualified|answer to your problem|do better"
        "|done (?:really )?well|stand a chance"
    ),
    "how i did": (
        "how did i|did i do|do (?:okay|ok|well|alright|enough)|done enough|good enough|went well|was that (?:good"
        "|okay|alright|all right)|bombed|my chances|do you think i|think i've"
    ),
    "keen": (
        "keen(?:er)?|excited|thrilled|delighted|interested|enthusiastic|eager|motivated|stoked|fired up"
        "|passionate about this|honou?red|privilege|jump at|heartbeat|relish|up for it|willing to join|interests? me"
        "|interest (?:for|in)|appeals?|attractive|dream|fell in love|first choice|top of my list|ticks"
        "|certain that i want|convinced|confirmed|strengthened|even more|more than|picture myself|see myself"
        "|imagine (?:myself|very well)|hope (?:to|we|i|very|that)|hoping|look(?:ing)? forward to (?:working|joining"
        "|being|contributing)|waiting for|proud to|interest has|all for it|all in|want(?:ed)? (?:it|a job|this)"
        "|kind of (?:place|work)|right place|like the sound|suit me|even better|heart is set|gladly|over the moon|joy"
        "|goal since|(?:why|reason) i applied|believe in what you|grow in|choose this|count me|in the running"
        "|been looking for|work i enjoy|the more i (?:hear|know|see)|ma(?:de|kes) me (?:want|even|more)|place where i"
        "|nowhere i'd rather|have me|chuffed|glad to|great to work|serious about|i want to be"
    ),
    "would love": (
        r"(?:i'd|i would|i'd really|it would be|it will be|would) (?:\w+ ){0,2}(?:love|like|be|enjoy|give|accept"
        "|rather|jump|fit|relish|say yes|take it)|i will be very happy|pleasure for me|mean the world"
    ),
    "want": "i (?:do |really |just |very much |would |honestly )*want|i want|i'm in|i need this",
    "work here": (
        "work(?:ing)? (?:here|for you|with you|on this|there|in your|together|at a)|(?:be )?part of (?:it|the|this"
        "|your)|join(?:ing)?(?: you| your| the| this)?|contribute|this (?:role|job|position|one|opportunity|chance"
        "|team|place)|the (?:role|job|position|post|chance|opportunity)|want to be|fit right in|be here|do this"
        "|doing this|here"
    ),
    "thanking": (
        "thank(?:s| you)|thankful|grateful|appreciat(?:e|ed)|obliged|cheers|ta|much obliged|gratitude|(?:kind|good"
        "|nice|generous|lovely) (?:of|from) you|can't thank"
    ),
    "told of thanks": (
        "thanked|thanks to|thank (?:my|the customers|our|them|him|her|everyone who)|grateful that|any thanks"
    ),
    "of our talk": (
        "your time|today|talk(?:ing)?|speak(?:ing)?|seeing me|having me|meeting|conversation|interview|afternoon"
        "|opportunity|patience|chance to|explaining|showing|making time|fitting me in|questions|the tea|so much"
    ),
    "they": (
        "(?:they|he|she|customers?|patients?|manager|boss|clients?|team|we|everyone) (?:was|were|had|did|got|are|is"
        "|would)"
    ),
    "past": "was|were|had|did|worked|used to|made|came|went|asked",
    # asking back
    "mean": (
        r"(?:do|did|does|would|what) (?:you|we|it|i) mean|mean(?:ing)? by|you mean|when you say|by \w+ (?:do )?you"
        "|define|counts? as|counted"
    ),
    "assume": (
        "i(?:'m| am)? (?:going to |will |gonna )?assum(?:e|ing)|i'll assume|let me assume|can (?:i|we) (?:say|assume"
        "|take)|should i (?:assume|take|think|include)|let's say|i'm taking that|safe to assume|okay if i"
        "|my understanding|am i right|stop me|correct me|unless you|tell me if|tell me otherwise"
    ),
    "clarify": (
        "clarif(?:y|ies)|just to (?:be sure|check|confirm|clarify)|to be sure|to be clear|so i'm clear|before i"
        "|can i (?:just |quickly )?(?:ask|check)|could i (?:just )?(?:ask|check)|may i ask|let me (?:ask|make sure"
        "|check)|make sure i|repeat|rephrase|say (?:a little |a bit )?more about|understand (?:right|the question)"
        "|understood|not sure i follow|did not get you|question back|first question|got the question|permit myself"
        "|to ask"
    ),
    "scope": (
        "including|include[ds]?|only|or (?:just|only|also|is it|the|a|both|new|per|one)|per (?:day|year|person|week"
        r"|month)|in total|the whole|which (?:\w+ )|how (?:many|much|accurate|precise)|what(?:'s| is) the (?:budget"
        "|goal|time|aim)|limit|constraints?|budget|audience|trying to|who are we|optimising|rough|exact|fixed|allowed"
        "|for (?:this|one)|are we|is (?:this|that|it)|would (?:that|it|this) be|does that|are you (?:asking|talking"
        "|after|thinking)"
    ),
    "want to know": (
        "i(?:'d| would) (?:first |also |just )?(?:want|need|like) to (?:know|ask|understand|check|clarify)"
    ),
    "my plan": (
        "i(?:'d| would| will) (?:first |then |probably |just |go |look |start |begin |take |check |ask )|then i"
        "|i'd start"
    ),
    "rhetorical": (
        "answer your question|you know what i mean|looking for|you imagine|would have thought|makes sense"
        "|wouldn't you|isn't it|how would i do|why would"
    ),
    # stories
    "duty": (
        "my (?:job|task|responsibility|role|part|goal|target|aim|number|mission|brief|turn|mistake so)|up to me"
        "|fell to me|(?:was|is|be|landed|being) (?:all )?on me|on my head|responsib(?:le|ility)|in charge|accountable"
        "|tasked|assigned|expected|supposed to|had to|needed to|must|mine to|left (?:me|to me)|no one (?:else )?to"
        "|nobody (?:else )?to|brought in (?:specifically )?to|asked me (?:to|if)|told me (?:to|that i)|wanted me to"
        "|ask me to|demanded me|gave me (?:a|one|two|three|the job|until)|given (?:a|the) (?:task|job|week|month)"
        r"|was to|the goal was|the aim was|the target was|the brief was|i was (?:the )?(?:\w+ )?(?:lead|manager"
        "|captain|coordinator|charge|deputy|head|only one|one who|team lead)|i'd (?:just )?taken over|my boss said"
        "|i was asked|i was told"
    ),
    "learned": (
        "learn(?:ed|t|ing)?|lesson|taught me|take ?away|took (?:away )?from|what i took|reali[sz]ed (?:that|how)"
        "|understood|understand that|made me (?:understand|see|realise|realize)|reminded me|showed me|looking back"
        "|in hindsight|these days i|since then i|now i always|i now|next time|never again|came away|convinced that"
        "|differently|from then on i|ever since i|i always|from that day|what stayed with me|that thing|the moral"
        "|stuck with me"
    ),
    "insight": (
        r"that's (?:the bit|what i|how i|when i|why i|the thing)|it's why|which is (?:why|when)|moral|rule|lessons?"
        "|dawned|hammered|(?:drove|drives|brought|brings) (?:it )?home|left me with|(?:kept|carry|carried) with me"
        "|carry|stay(?:ed|s)? with me|stuck|sticks|(?:came|come|coming) (?:back )?to (?:see|appreciate|understand"
        "|realise|realize|believe|that)|opened my eyes|changed (?:how|the way)|(?:made|making|makes) me (?:a|an|more"
        "|think"
        "|see|much|far|realise|realize)|humbled|grew up|grown up|taught|teaches|understood|(?:understand"
        "|know) now|now know"
        "|the day i|(?:walked|came|went) away|came out of it|habit|used to (?:think|believe)|drummed"
    ),
    "nowadays": (
        "these days|nowadays|ever since|any ?more|no longer|every (?:single )?time|each time|from (?:then|that day) on"
        "|to this day|up to (?:today|now)|each morning|now|since then|from now on|first now|always|since"
    ),
    "regret": (
        r"should(?:n't| not)?(?:'ve| have)|wish i(?:'d| had)|(?:i'd|i would)(?: not| never)? have|wouldn't have"
        r"|if i (?:did|had|were|was|could) .{0,24}\b(?:again|over)|to do (?:it )?over|do over"
        r"|too (?:late|long|proud|soon)"
        "|my mistake|hindsight|retrospect|looking back|knowing what i|another time|younger self|again|differently"
        "|other way|twice|only .{0,20}once|longer than i|earlier|sooner"
    ),
    "never more": (
        r"never (?:again|since|once|leave|send|trust|promise|go|skip)"
        r"|(?:haven't|hasn't|i've never|i have never) .{0,30}"
        r"\bsince|(?:i'd"
        r"|i would|i'll|i will|i won't|wouldn't|would not|don't|will not|won't) .{0,24}\b(?:again|any ?more)"
        "|i(?:'d| would)? never"
    ),
    "outcome": (
        "in the end|at the end|finally|eventually|as a result|result|turned out|ended up|since then|since that"
        "|after that|ever since|from then|now|today|these days|still|managed|could|within|by the (?:end|time|next"
        "|summer)|afterwards|later|never|nobody|not one|only|no one|without"
    ),
    "change": (
        "from|down|up|by|more|less|fewer|twice|half|halved|doubled|third|percent|over|under|back|on time|early|signed"
        "|renewed|passed|won|approved|adopted|saved|dropped|fell|rose|improved|increased|reduced|happy|thanked"
        "|satisfied|apologi[sz]ed|agreed|stayed|kept|accepted|fixed|solved|finished|completed|delivered|shipped"
        "|launched"
    ),
    "trouble": (
        "problem|issue|broke|broken|angry|complain(?:ed|ing|ts)?|failing|failed|late|missing|left|crashed?|down|error"
        "|mistake|conflict|disagree(?:d|ment)?|argument|delay(?:s|ed)?|stuck|lost|short|behind|cut|sick|ill|leaving"
        "|refused|wrong|couldn't agree|didn't|wouldn't|no (?:budget|money|time|idea|one)|nobody|slow|too (?:much|many"
        "|long)"
    ),
    "once": (
        r"last (?:year|summer|spring|winter|autumn|month|week|job|company|\w+)|ago|before \w+ years|when i (?:was"
        "|worked|started|joined)|when we|one (?:day|night|time|of my|customer|client|of our)|once|first (?:day|job"
        "|year)|back in|during|at the time|in my (?:last|previous|former|old|first|second|final|current)|my previous"
        "|at my|there was|we had|i had|one time|in (?:january|february|march|april|may|june|july|august|september"
        r"|october|november|december|20\d\d|lockdown)|two (?:days|weeks|months|years)|inherited|took over"
    ),
    "list": (
        r"i've (?:\w+ )?(?:managed|led|delivered|worked|done|been|built|run|had|always)|i have (?:managed|led"
        "|extensive|delivered|experience)"
    ),
    "habit": (
        "usually|always|normally|every (?:day|week|friday|month)|generally|often|i'm (?:a|very|the)|i am (?:a|very"
        "|somebody)|i (?:work|love|like|believe|care|put|use|stay|get|listen)"
    ),
    "unreal": "would|i'd|will|if|could|should|they'd|we'd|might",
    # projects
    "wondering": (
        "didn't know|don't know|had no idea|no idea|couldn't (?:say|tell|work out|figure)|nobody (?:knew|could"
        "|trusted|had)|no one (?:knew|could)|wanted to (?:know|find out|understand|see)|want to know"
        "|the (?:main )?(?:question|problem|issue|thing) (?:was|is)|asked (?:why|whether|how)|asking whether|whether"
        "|suspected|why"
    ),
    "gathered": (
        "collected?|pulled|took|used|had|exported|downloaded|scraped|gathered|logged|wrote down|counted|recorded|read"
        "|went (?:through|back|round)|looked at|interviewed|surveyed|surveys?|watched|labelled|labeled|tagged|tracked"
        "|linked|dug out|audited|compared|followed up|kept a|timed|charted|walked|called|recovered|analyze"
    ),
    "records": (
        "data|logs?|records?|invoices|notes|responses|interviews|transcripts|images|photos?|rows|register|receipts"
        "|survey|questionnaire|figures|results|traces|queries|tickets|sessions|recordings|transactions|counts|census"
        "|accounts|emails|scenes|samples|readings|sets|sales|complaints|orders|cohorts?|history|clicks|returns|file"
        r"|spreadsheet of|months of|years of|hours of|weeks of|reports|incident|attendance|every \w+ (?:for|we)"
    ),
    "method": (
        "excel|spreadsheet|sheets?|python|sql|r|stan|model|regression|classifier|forest|network|cnn|clustering"
        "|k-means|segment(?:ed|ation)|forecast|test(?:s|ed|ing)?|a b|ab|split|chart|pivot|script|tableau|power bi"
        "|looker|qgis|map|database|app|form|dashboard|cache|batched|profil(?:ed|er)|algorithm|analysis|cycles|control"
        "|trial(?:led|ed)?|experiment|pipeline|vba|automated|scanners?|barcode|index(?:es)?|search|coded|funnel"
        "|zapier|access|docker|terraform|kubernetes|java|react|go|postgres|spark|correlation"
        "|difference-in-differences|boosting|bayesian|prototype|interface|tool|rebuilt|programmed|held-out|validated"
        "|bm25|eval|swapped|ranker"
    ),
}
CUES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"(?<![\w'])(?:{pattern})(?![\w'-])") for name, pattern in _CUES.items()
}


def find_cues(text: str) -> tuple[str, ...]:
    """Return the names of the families that have a wording in a plain text."""
    return tuple(name for name, pattern in CUES.items() if pattern.search(text))


def pair_cues(cues: tuple[str, ...]) -> Iterator[str]:
    """Yield a name for every two cues that stand together."""
    return (f"{first} + {second}" for first, second in combinations(cues, 2))
