"""Texts for users keep to one voice: what no text may contain, each with its reason and a better wording."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from analysis.measures.registry import MEASURES
from analysis.progress.practice_days import Day
from analysis.progress.trend import Change, Trend, describe_change
from analysis.wording import format_count
from app_pages.data.disk_usage import KIND_NAMES, describe_documents
from app_pages.progress.practice_days import describe_days, describe_strip
from app_pages.ui.wording import get_unit_label

ROOT = Path(__file__).parent.parent
FOLDERS = ("analysis", "app_pages", "content", "interview", "services", "speech", "store")
BRITISH = (
    r"\b(analyz|paralyz|organiz|recogniz|realiz|prioritiz|summariz|apologiz|emphasiz|specializ|customiz|utiliz|minimiz|"
    r"maximiz|optimiz|generaliz|categoriz|criticiz|memoriz|finaliz|visualiz|authoriz|normaliz|standardiz|characteriz)\w*"
    r"|\b(color|behavior|favor|labor|honor|neighbor|humor|rumor)(s|ed|ing|ite|able|al)?\b"
    r"|\b(practiced|practicing|center|centers|gray|catalog|fulfill|fulfills|canceled|canceling|labeled|traveled|traveling)\b"
)


@dataclass(frozen=True)
class Rule:
    """A wording that no text for users has; the questions that interviewers ask may have some of them."""

    name: str
    pattern: str
    reason: str
    better: str
    example: str  # a text that breaks the rule
    holds_in_content: bool = True


RULES = (
    Rule("heard by", r"\bheard by\b", "the recogniser's view", "transcribed with", "heard by base"),
    Rule(
        "put right",
        r"\b(put|putting|puts)( \w+)? right\b",
        "translated",
        "correct",
        "Choose a word to put it right.",
        holds_in_content=False,
    ),
    Rule("of all", r"\b(first|last|best|most|worst|least) of all\b", "translated", "leave it out", "the last of all."),
    Rule(
        "a line", r"\b(one|words?|phrases?|days?|points?|dates?) a line\b", "translated", "one per line", "one a line"
    ),
    Rule(
        "measured",
        r"\b(re)?measuring\b|\b(not|are|is|was|were|been|be|really) measured\b|\bmeasure (it|this|the answer)\b"
        r"|\bmeasured (with|in|again|yet|by)\b",
        "a laboratory's word",
        "analyse",
        "Take 1, not measured yet",
    ),
    Rule(
        "told",
        r"\b(is|are|be|was|were) told\b",
        "nobody tells",
        "we say, you'll see",
        "would be told of a change",
        holds_in_content=False,
    ),
    Rule("whom", r"\bwhom\b", "written English", "who", "to whom you write", holds_in_content=False),
    Rule("hesitation", r"\bhesitations?\b", "one name for a thing", "ums", "Few sounds of hesitation."),
    Rule(
        "statistics",
        r"\bmedians?\b|\b95 % (interval|uncertainty)|confidence interval",
        "a statistic",
        "usually",
        "Median 3",
    ),
    Rule("chance", r"\bmore than chance\b", "hard to take in", "not just chance", "better, and more than chance"),
    Rule(
        "verdict",
        r"\bwell (above|below)\b|\ba little (above|below)\b|\binside the range\b|\bfor information\b",
        "does not say whether it is good",
        "good, slightly high, too high",
        "▲▲ well above",
    ),
    Rule("spelt", r"\bspelt\b", "nobody says it", "Name", "Name, as it is spelt"),
    Rule("mend", r"\bmend\b", "fix is plainer", "fix", "Mend the file and try again."),
    Rule(
        "came of it",
        r"\bwhat came of it\b",
        "used everywhere",
        "how it turned out",
        "an example with what came of it",
        holds_in_content=False,
    ),
    Rule("anew", r"\banew\b", "translated", "again", "Make it anew from its recording."),
    Rule(
        "last word",
        r"\bthe last word\b|\bas long as it is\b|\bas it stands\b",
        "translated",
        "can't be changed here",
        "has the last word as long as it is",
    ),
    Rule(
        "that is there",
        r"\bthat (are|is) there\b|\b(is|are|was|were) (there|here) already\b",
        "translated",
        "you already have",
        "Reports that are there stay.",
    ),
    Rule(
        "is no",
        r"\b(is|are) no (file|list|measure|number|place|sound file|recording|setting|text|day|question)\b",
        "translated",
        "isn't a",
        "This is no file.",
        holds_in_content=False,
    ),
    Rule(
        "may", r"\bthat you may (open|write|read)\b", "translated", "you're allowed to", "Check that you may open it."
    ),
    Rule(
        "find out",
        r"\bwithout finding out\b|\bto have \w+( \w+)? found out\b",
        "translated",
        "Assume English",
        "English, without finding out",
    ),
    Rule(
        "take in",
        r"\b(bring|brought|take) (it|them|questions|an export) (in|out)\b|\bbrought before\b",
        "translated",
        "import, export",
        "Bring them in",
    ),
    Rule("scale of time", r"\bscale of time\b", "translated", "Timelines", "On one scale of time"),
    Rule("machine", r"\b(this|another) machine\b", "one name for a thing", "this computer", "safe on this machine"),
    Rule("ellipsis", r"\w …$", "no space before it", "Saving…", "Saving …"),
    Rule("target", r"\btarget of (this|the)\b|\bTarget:", "one name for a thing", "goal", "The target of this take"),
    Rule(
        "resume",
        r"\bresum[eé]s?\b(?! (the|a|your|recording|where))",
        "British English",
        "CV",
        "Walk me through your resume.",
    ),
    Rule("spelling", BRITISH, "British spelling throughout", "analyse, organise, behaviour", "Analyze this color"),
    Rule("cannot", r"\bcannot\b", "contractions, as people speak", "can't", "The file cannot be read."),
    Rule(
        "not",
        r"\b(do|does|did|is|are|was|were|has|have|could|would|should|will) not\b(?! only)",
        "contractions, as people speak",
        "doesn't, wasn't",
        "The recording was not kept.",
        holds_in_content=False,
    ),
    Rule(
        "plural",
        r"\b1 (times|answers|takes|pauses|words|seconds|minutes|questions|days|corrections|notes|results)\b",
        "singular and plural",
        "format_count",
        "1 times",
    ),
    Rule("twice", r"\b(pauses|clusters|words|s|questions|answers) \1\b", "a unit once", "22", "22 pauses pauses"),
)

# What may stand although a rule's pattern finds it, by the reason.
ALLOWED = (
    "How this is measured",  # the fold where formulas and statistics may stand
    "What is measured",  # the name of a page, which is public
)

# Files whose words are not for users: what answers are searched for, and formulas.
NOT_FOR_USERS = (
    "analysis/structure/model/cues.py",
    "analysis/text/",
    "analysis/measures/fillers/discourse_markers.py",
    "analysis/report_schema.py",
    "content/data/sources.toml",
    "store/db/",
)

# Files that still break rules: empty it by and by, and add nothing.
PROGRAMMER_ERRORS = {"ValueError", "TypeError", "RuntimeError", "AssertionError", "KeyError", "AttributeError"}
NOT_SHOWN = {"formula", "key", "pattern"}  # keyword arguments
NOT_READ = {"id", "source", "section", "kind", "stage", "competency", "url"}  # entries of TOML


def read_python(source: str) -> Iterator[str]:
    """Yield the literals that can reach users: no docstrings, log lines, patterns or errors of programmers."""
    tree = ast.parse(source)
    hidden: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            hidden.add(id(node.value))
        if is_hidden(node):
            hidden |= {id(each) for each in ast.walk(node)}
        if isinstance(node, ast.JoinedStr) and id(node) not in hidden:
            yield "".join(each.value if isinstance(each, ast.Constant) else "{}" for each in node.values)
            hidden |= {id(each) for each in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in hidden:
            yield node.value


def is_hidden(node: ast.AST) -> bool:
    """Return whether nothing below a node is shown to users."""
    if isinstance(node, ast.keyword):
        return node.arg in NOT_SHOWN
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        owner = node.func.value
        return isinstance(owner, ast.Name) and owner.id in ("LOG", "re", "logging")
    return isinstance(node.func, ast.Name) and node.func.id in PROGRAMMER_ERRORS


def read_toml(source: str) -> Iterator[str]:
    """Yield the values of a file of content that are texts."""

    def walk(value: object, name: str) -> Iterator[str]:
        if isinstance(value, str) and name not in NOT_READ:
            yield value
        for key, each in value.items() if isinstance(value, dict) else ():
            yield from walk(each, key)
        for each in value if isinstance(value, list) else ():
            yield from walk(each, name)

    yield from walk(tomllib.loads(source), "")


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._skips = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skips = tag in ("style", "script")
        self.found += [
            value for name, value in attrs if value and name in ("aria-label", "title", "placeholder", "alt")
        ]

    def handle_endtag(self, tag: str) -> None:
        self._skips = False

    def handle_data(self, data: str) -> None:
        if not self._skips:
            self.found.append(data.strip())


def read_html(source: str) -> Iterator[str]:
    """Yield the texts of a template and what screen readers read."""
    parser = _Texts()
    parser.feed(re.sub(r"\{%.*?%\}", "", re.sub(r"\{\{.*?\}\}", "{}", source), flags=re.DOTALL))
    yield from filter(None, parser.found)


def read_javascript(source: str) -> Iterator[str]:
    """Yield the literals of a script."""
    without_comments = re.sub(r"(?m)(^|\s)//.*$", "", source)
    for found in re.finditer(r'"((?:[^"\\\n]|\\.)*)"|`([^`]*)`', without_comments):
        yield re.sub(r"\$\{[^}]*\}", "{}", found.group(1) or found.group(2) or "")


READERS: dict[str, Callable[[str], Iterator[str]]] = {
    ".py": read_python,
    ".toml": read_toml,
    ".html": read_html,
    ".js": read_javascript,
}


def list_files() -> list[str]:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in READERS]
    names = sorted(path.relative_to(ROOT).as_posix() for path in [*files, ROOT / "streamlit_app.py"])
    return [name for name in names if not name.startswith(NOT_FOR_USERS) and not name.endswith("report_notes.toml")]


def is_sentence(text: str) -> bool:
    """Return whether a literal is a text: no name in code, no pattern and no list of words to look for."""
    is_name = " " not in text and not text[:1].isupper()
    is_list = len(text.split()) > 12 and re.fullmatch(r"[a-z' \n-]*", text) is not None
    return not is_name and not is_list and not re.search(r"\(\?|\|\w|\\b", text)


def find_faults(name: str, source: str) -> list[str]:
    """Return what a file says that it should not, with the reason and a better wording."""
    faults = []
    for text in filter(is_sentence, READERS[Path(name).suffix](source)):
        for rule in RULES:
            is_asked = name.startswith("content/") and not rule.holds_in_content
            if is_asked or any(allowed in text for allowed in ALLOWED):
                continue
            found = re.search(rule.pattern, text, re.IGNORECASE)
            if found:
                faults.append(f"[{rule.name}] “{text}”: “{found.group()}” – {rule.reason}; better: {rule.better}")
    return faults


@pytest.mark.parametrize("name", list_files())
def test_every_text_for_users_keeps_to_the_words_of_this_app(name):
    faults = find_faults(name, (ROOT / name).read_text(encoding="utf-8"))
    assert not faults, "\n".join([name, *faults])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("app_pages/some.py", "TEXT = {0!r}"),
        ("app_pages/some.py", 'def show(n):\n    return f"{{n}}: {0}"'),
        ("app_pages/some.html", "<p>{0}</p>"),
        ("app_pages/some.html", '<p aria-label="{0}"></p>'),
        ("app_pages/some.js", 'say("{0}");'),
    ],
)
def test_a_bad_example_of_every_rule_is_found_in_every_kind_of_file(rule, name, form):
    assert any(fault.startswith(f"[{rule.name}]") for fault in find_faults(name, form.format(rule.example)))


def test_a_bad_example_is_found_in_content():
    assert len(find_faults("content/data/some.toml", '[[tip]]\ntext = "Mend your resume."')) == 2


def test_what_users_do_not_read_is_not_judged():
    source = '"""Measuring."""\nLOG.info("not measured yet")\nraise ValueError("it cannot be")\n'
    assert find_faults("app_pages/some.py", source) == []


def find_unruled_plurals(source: str) -> list[str]:
    """Return the f-strings in which a number stands before a plural, whatever the number is."""
    plural = re.compile(
        r" (answers|takes|words|pauses|times|questions|seconds|minutes|days|corrections|notes|results)\b"
    )
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            for value, after in zip(node.values, node.values[1:], strict=False):
                is_count = isinstance(value, ast.FormattedValue) and isinstance(after, ast.Constant)
                if is_count and plural.match(after.value) and not is_plural(value):
                    found.append(ast.unparse(node))
    return found


def is_plural(value: ast.FormattedValue) -> bool:
    """Return whether a value takes the plural always: a constant is more than 1, and so are "1.0 seconds"."""
    if value.format_spec is not None and ".1f" in ast.unparse(value.format_spec):
        return True
    names = [
        each.id if isinstance(each, ast.Name) else each.attr
        for each in ast.walk(value.value)
        if isinstance(each, ast.Name | ast.Attribute)
    ]
    return any(name.isupper() for name in names)


# Numbers that are always more than 1, and texts that no user reads.
ALWAYS_SEVERAL: dict[str, int] = {
    "analysis/measures/pace.py": 4,
    "analysis/progress/trend.py": 1,
    "app_pages/compare/choice.py": 1,
    "app_pages/mock/ask.py": 1,
    "app_pages/mock/page.py": 1,
    "app_pages/practice/question_picker.py": 1,
    "app_pages/progress/page.py": 4,
    "app_pages/progress/recurring_phrases.py": 3,
    "interview/thank_you/checks/review.py": 1,
    "services/analyze.py": 1,
    "speech/audio/recording.py": 1,
}


@pytest.mark.parametrize("name", [name for name in list_files() if name.endswith(".py")])
def test_counts_are_written_by_the_one_helper_that_knows_the_singular(name):
    found = find_unruled_plurals((ROOT / name).read_text(encoding="utf-8"))
    assert len(found) <= ALWAYS_SEVERAL.get(name, 0), found


def test_a_count_without_the_helper_is_found():
    assert find_unruled_plurals('f"{many} answers so far"') != []
    assert find_unruled_plurals('f"{MAX_ANSWERS} answers so far"') == []
    assert find_unruled_plurals("f\"{format_count(many, 'answer')} so far\"") == []


def describe_missing(missing: int) -> str:
    return describe_change(Trend("speaking_rate", Change.TOO_FEW, None, None, 0, 3, missing, None, is_ratio=False))


def describe_practice(many: int) -> str:
    return describe_days(format_count(many, "answer"), [date(2026, 3, day) for day in range(1, many + 1)])


def describe_weeks(many: int) -> str:
    return describe_strip([[Day(date(2026, 3, 2), 0)]] * many)


def describe_saved(many: int) -> str:
    return describe_documents(dict.fromkeys([*KIND_NAMES, "hidden_question"], many))


@pytest.mark.parametrize("render", [describe_missing, describe_practice, describe_weeks, describe_saved])
def test_one_is_singular_and_two_are_plural(render):
    assert not has_one_of_several(render(1))
    assert not re.search(r"\b2 (\w+ )?(answer|day|week|interview|debrief|person|note)\b(?! )", render(2))


def has_one_of_several(text: str) -> bool:
    return re.search(r"\b1 (more )?(?!s\b)\w+[^s]s\b", text) is not None


def test_one_of_several_is_found():
    assert has_one_of_several("said 1 times")
    assert has_one_of_several("1 more answers")
    assert not has_one_of_several("1 more answer in 1 s")


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.key)
def test_no_unit_repeats_the_name_of_its_measure(measure):
    unit = get_unit_label(measure)
    assert not unit or f" {unit} " not in f" {measure.label.lower()} "
