"""Wording rules for an answer about a project: problem, data, tools and methods, results."""

from __future__ import annotations

import re

from analysis.structure.outcome_wording import RESULT as ACHIEVED
from analysis.structure.rules import UNREAL, WordingRule, compile_wording

_THINGS = (
    "data|datasets?|data sets?|logs?|records?|surveys?|interviews?|spreadsheets?|csv|tables|rows|samples?|responses"
    "|measurements?|readings|transcripts?|tickets?|reviews|invoices|images|recordings|figures|files?|clicks"
    "|answers|emails"
    "|reports?|receipts|forms|sheets|photos|articles|documents|scans?|queries|orders|messages|letters|posts"
    "|comments|pictures|calls|ledgers|videos|statistics|questionnaires|essays|scores|codes|payments|transactions"
    "|alarms|turns|mistakes|trips|labels|numbers"
    "|contracts|sentences|purchases|sessions|entries|prices|temperatures|coordinates|journeys"
)
_INSPECTED = (
    "went through|looked (?:at|through)|read|collected|gathered|counted|sorted|compared|analy[sz]ed|typed|rated|checked"
    "|labell?ed|coded|took|got|pulled|downloaded|exported|queried|measured|tested|trained|evaluated"
)
_LARGE_QUANTITY = (
    r"(?:(?:\w+ )?(?:hundred|thousand|million)|(?:thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|dozens of"
    r"|\d[\d,]*\d)"
)
_PROBES = "probes?|sensors?|loggers?|cameras?|trackers?|tags?|thermometers?|counters?|meters?|microphones?|detectors?"
_GATHERED = (
    "used|had|have|got|took|scraped|noted|put|wrote down|borrowed|lined up|traced|logged|tracked|asked"
    "|listened to|watched|loaded|labell?ed|collected|gathered|pulled|looked at|analy[sz]ed|exported|downloaded|read"
    "|went through|cleaned|merged|combined|imported|queried|counted|compared|sorted|weighted|recorded|measured"
)
_TOOLS = (
    "python|pandas|numpy|sql|excel|tableau|power bi|spark|airflow|docker|kubernetes|aws|azure|java|javascript"
    "|typescript|postgres|mysql|mongodb|tensorflow|pytorch|scikit-learn|sklearn|git|github|jenkins"
    "|terraform|figma"
    "|jira|matlab|stata|spss|bigquery|snowflake|dbt|kafka|redis|django|flask|fastapi|spring boot|golang|rust"
    "|c plus plus"
    "|ruby|rails|php|vue|angular|svelte|qgis|arcgis|sap|wordpress|bash|linux|arduino|raspberry pi|photoshop"
    "|autocad|kotlin|looker|grafana|prometheus|selenium|pytest|google sheets|google analytics"
)
_ALSO_COMMON = "react|swift"  # tools whose names are everyday words as well
_METHODS = (
    "regressions?|random forests?|decision trees?|cluster(?:ing|s)?|cross-validation|a b tests?|ab tests?|experiments?"
    "|neural networks?|classifiers?|models?|algorithms?|simulations?|scripts?|pipelines?|dashboards?|prototypes?"
    "|crawlers?"
    "|unit tests|queries|query|databases?|containers?|caches?|cached|api|framework|library|statistical tests?|formula"
    "|heuristics?|maps?|sensors?|spread sheets?|page|website|site|checklists?|glossary|questionnaires?"
    "|text messages|reminders?|time series|forecasts?|spreadsheet|app|questionnaire|microservices?|form"
)
_MADE = (
    "used|built|wrote|made|created|trained|fit|fitted|ran|tried|applied|set up|chose|implemented|designed|started with"
    "|went with|picked|deployed|developed|coded|programmed|switched to|moved to|combined|tested|sent"
)

PROBLEM = WordingRule(
    "problem",
    "Problem",
    compile_wording(
        r"the (?:\w+ )?(?:problem|question|challenge|issue|trouble|difficulty|hard part|hardest part"
        r"|mystery) (?:was|is|i had|that|were|we|they"
        r"|with|there"
        r"|behind)",
        "(?:goal|aim|idea|point|purpose|project|task) was to",
        "(?:to|wanted to|trying to|needed to|try to|supposed to) (?:find out|figure out|understand|know|predict)",
        "(?:we|they|he|she|nobody|no one|client|boss|manager|team|people) (?:didn't know|had no idea|no idea"
        "|knew (?:why|how|which|whether)|could tell)",
        "(?:took|taking) (?:us |them |me )?(?:too long|forever|ages|hours|days|weeks|(?:like )?(?:\\w+|\\d+) minutes)",
        "(?:kept|kept on) (?:crashing|failing|losing|breaking|missing|leaving|complaining|timing out)",
        "(?:was|were) (?:too slow|broken|unreliable|a mess|wrong|always late|losing|leaving|out of date|off by)",
        "(?:wasn't|weren't|didn't|doesn't) work(?:ing)?",
        "(?:there was no way|struggled|struggling|had trouble|suffered from)",
        r"(?:took|needed|cost|spent) (?:\w+ ){0,4}(?:every|each|per|a) (?:\w+ )?(?:day|night|week|friday|monday"
        r"|month|time)",
        "spent (?:every|each|hours|days|half|a lot of time|most of)",
        r"(?:needed|took) (?:\w+ ){0,2}(?:minutes|hours|days|weeks)",
        r"(?:had|needed|wanted) to (?:move|migrate|replace|save|reduce|speed up|shorten|cut|get rid|show|prove"
        r"|estimate|decide)",
        r"was (?:about|for|on) (?:predicting|finding|detecting|reducing|understanding|replacing|estimating|measuring)",
        r"(?:one|two|three|\d+|half|a third|most|a lot|many) (?:in|out of|of) (?:\w+ ){1,4}(?:had (?:a|an|no)"
        r"|were (?:wrong|missing|late|lost|empty)|failed)",
        r"(?:always|often) (?:had )?(?:too (?:much|many|little|few|late)|late|wrong|missing|out of stock)",
        r"(?:so|and) (?:it|they|we) (?:was|were) never",
        r"(?:couldn't|could not|can't) (?:see|tell|find|know|trust|compare|say|keep up)",
        r"that (?:returned|showed|gave|produced) (?:nonsense|wrong|errors|nothing|garbage)",
        r"(?:complained|complaints|complaining) (?:about|that)",
        "(?:wanted|liked|asked|needed) to know",
        r"(?:waited|waiting|waste[ds]?|threw away|thrown away|lost) (?:\w+ )?(?:\w+ )?(?:minutes|hours|days|weeks"
        r"|meals|money|food|time)",
        r"the (?:issue|trouble|catch|pain) (?:was|is)",
        r"(?:wanted|needed) (?:fewer|less|more|better|faster|cheaper) \w+",
        r"(?:couldn't|could not|didn't) (?:explain|understand|find)",
        r"(?:got lost|queued|broke down|burned all|was down|stopped (?:at|every|working))",
        "lost (?:a lot of )?(?:money|customers|users|time|orders)",
    ),
    hears=(
        "The problem was that nobody trusted the numbers.",
        "we wanted to find out why people were leaving",
        "So, um, the nightly build took forty minutes.",
        "The question behind it was which bus stops are used at all.",
        "Our old importer kept crashing on Mondays.",
        "The goal was to predict who would cancel.",
        "there was no way to see which orders were late",
        "The website was too slow on phones.",
    ),
    ignores=(
        "No problem at all, I can start on Monday.",
        "I like to solve problems.",
        "We used Python and a small database.",
        "It was done in ten minutes.",
        "That is a good question.",
        "I had four colleagues.",
        "My manager wanted a report.",
    ),
)
DATA = WordingRule(
    "data",
    "Data",
    compile_wording(
        rf"(?:{_GATHERED}) (?:\S+ ){{0,6}}(?:{_THINGS})",
        r"(?:the|our|their|my|this|that) (?:\w+ ){0,2}(?:data|dataset|data set|logs|records) "
        r"(?:was|were|came|contained|had|from|on|about|of|we|i|is|and)",
        r"(?:hundred|thousand|million|\d[\d,]*k?) (?:\w+ ){0,2}(?:rows|records|samples|responses|entries"
        r"|interviews|images|tickets|files)",
        r"(?:years|months|weeks|days) of (?!work|holiday|waiting|my|experience)\w+",
        r"based on (?:\S+ ){0,4}(?:data|logs|records|surveys?|interviews|figures)",
        "(?:training|test|sensor|survey|customer|sales|usage|public|census|historical) data",
        (
            rf"(?:{_INSPECTED}) (?:\S+ ){{0,5}}{_LARGE_QUANTITY} "
            r"(?!percent|times|minutes|hours|days|euros|dollars|lines)\w+s"
        ),
        r"(?:people|\w+s) (?:filled (?:it|them|one|that) in|answered it|replied to it|responded)",
        rf"(?:buried|mounted|put|placed|installed|attached|hung|hid) (?:\S+ ){{0,4}}(?:{_PROBES})",
        "(?:noted|wrote down|recorded|logged|counted|measured) (?:every|each|how (?:many|much|long|often|far))",
        "(?:scraped|transcribed|annotated)",
        "the input (?:was|were|came)",
    ),
    hears=(
        "We had the click logs of two years.",
        "I used, um, public census data.",
        "The data came from three old systems.",
        "there were two million rows in it",
        "I read about four hundred interviews.",
        "It was based on their sales records.",
        "I went through the training data by hand.",
        "I went through about two hundred leases.",
        "So, um, thirty-one teachers filled it in.",
        "We mounted a small sensor at each door.",
        "I noted every call for two weeks.",
        "I scraped those from the public register.",
        "We counted how many left before the end.",
    ),
    ignores=(
        "I am a data scientist.",
        "I joined the data team in May.",
        "We used Java and a queue.",
        "The company is very data driven.",
        "We had a meeting every day.",
        "I would love to work with data.",
        "He kept a record time in swimming.",
        "It took two hundred hours in total.",
        "We got thirty percent more visitors.",
        "I put the plates on the table.",
        "We had eighty guests.",
        "I measured myself against the best.",
        "I read every day.",
    ),
    unless=compile_wording("would", "want", "love to", "data (?:scientist|analyst|engineer|team|driven|science)"),
)
TOOLS = WordingRule(
    "tools",
    "Tools and methods",
    compile_wording(
        rf"(?:{_TOOLS})", rf"(?:in|with|used?|using) (?:{_ALSO_COMMON})", rf"(?:{_MADE}) (?:\S+ ){{0,6}}(?:{_METHODS})"
    ),
    hears=(
        "I wrote it in Python with pandas.",
        "We trained a random forest on it.",
        "So I built, um, one small database with a form.",
        "I ran a simple regression first.",
        "we set up a dashboard in Tableau",
        "I moved the tests into containers, and used Docker for it.",
        "We tried two different models.",
        "The page was written in React.",
    ),
    ignores=(
        "I talked to my manager about it.",
        "The problem was the slow website.",
        "I have never used Kubernetes.",
        "I would build a model of it.",
        "We had a good time.",
        "She is a role model for me.",
        "I don't know SQL.",
        "Last spring I had two launches.",
        "I watched how people react.",
        "They want a swift reply.",
    ),
    unless=compile_wording("never", r"\w+n't", "would", "i'd", "will", "want", "learn", "instead of", "role model"),
)
RESULTS = WordingRule(
    "results",
    "Results",
    re.compile(
        ACHIEVED.pattern
        + "|"
        + compile_wording(
            "(?:it )?now (?:takes|takes about|runs|needs|uses|works|looks|costs|has|gives|finds|is|are|reads|get"
            "|gets|use)",
            r"(?:the|our|every|each) \w+ (?:now|still|today) \w+",
            r"(?:they|she|he|we|everyone|everybody|people) (?:now|still|today|only) (?:\w+ ){0,2}\w+",
            r"(?:that|this|which|it) (?:gave|saved|meant|made|brought|let|freed|spared|paid) (?:\w+)",
            r"(?:not a single|not one|none of the) \w+",
            r"(?:rose|fell|dropped|grew|climbed|shrank|sank|went (?:down|up)|came down) (?:from|by|to|below|above) \w+",
            r"(?:after|since|from) (?:that|then)(?: on)?,? (?:\w+ ){0,3}\w+",
            r"by (?:the )?(?:spring|summer|autumn|winter|end|christmas|january|february|march|april|june|july|august"
            r"|september|october|november|december|noon|evening) (?:\w+ ){0,3}\w+",
            r"(?:were|was|got|is|are) (?:live|in production|adopted|rolled out|switched over|published|in use)",
            r"(?:went|goes) (?:live|out|through|into production)",
            r"(?:a|by a|about a|one) (?:third|half|quarter|fifth|tenth) (?:of|less|more|fewer)",
            "(?:it )?turned out (?:that)?",
            "(?:we|i) found (?:out )?that",
            "(?:accuracy|precision|error|recall) (?:of|was|went|rose|fell)",
            "(?:still|now) (?:use|uses|used|using|runs?|in use)",
            "it (?:worked|works)",
            "(?:fell|dropped|rose|grew|went (?:up|down|from)) (?:\\w+ ){0,2}(?:by|from|to)",
            "(?:was|were) done in (?:about )?\\w+",
            "(?:more|fewer|less) (?:people|users|customers|of them )?\\w* ?(?:stayed|came|left|bought|signed|called)",
            "percent more \\w+",
            "after that (?:nobody|no one|everyone|everybody)",
            "in (?:one day|a day|an hour|minutes) (?:and not|instead of)",
        ).pattern
    ),
    hears=(
        "In the end it was done in about ten minutes.",
        "As a result, errors went down by half.",
        "It turned out that most had forgotten their password.",
        "They still use it every morning.",
        "about eleven percent more stayed",
        "We shipped it in June.",
        "The error dropped from twelve points to two.",
    ),
    ignores=(
        "I would have reduced the cost.",
        "The data came from three systems.",
        "We want to increase sales.",
        "We wrote a script in Python.",
        "The result of the test is due.",
        "It didn't reduce anything.",
        "My role was to lead the team.",
    ),
    unless=UNREAL,
)
PROJECT = (PROBLEM, DATA, TOOLS, RESULTS)
