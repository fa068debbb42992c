"""Test the HTML report: it is complete and self-contained, and all text in it is escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from analysis.analyze import analyze
from analysis.finding import Finding
from analysis.measures.registry import MEASURES
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import QualityNote, Report, Takeaway
from app_pages.report.html_report import make_file_name, render_html_report
from speech.audio.encoding import encode_flac, encode_wav
from speech.transcript import Word, WordKind
from tests.support.answers import make_answer, make_silent_answer, synthesise
from tools.system_packages import find_chromium

QUESTION = AskedQuestion("about", "Tell me about “yourself”.", QuestionKind.ABOUT_YOU)
HEARD = make_answer("I led {um} the the team. (1.5) It worked, you know, {uh} and 25 percent came back.")
SOUND = synthesise(HEARD, "mine.wav")
REPORT = analyze(SOUND, HEARD, QUESTION)
FLAC = encode_flac(SOUND, {})
AT = datetime.fromisoformat("2026-03-01T09:05:00+05:45")
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onclick='alert(1)",
    "{{ 7 * 7 }}{% for x in () %}${7*7}",
    "<a href='javascript:alert(1)'>&lt;b&gt; &amp;amp;</a>",
    "<!-- --><![CDATA[ ]]>\u2028\0",
)
TAGS = {"html", "head", "meta", "title", "style", "body", "main", "header", "section", "footer", "div"}
TAGS |= {"h1", "h2", "h3", "p", "strong", "span", "ul", "li", "audio", "script", "details", "summary"}
TAGS |= {"button", "input", "label", "ol", "textarea"}  # for the listener


@dataclass
class ParsedPage(HTMLParser):
    """The elements, attributes and text that a parser finds in a page."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def parse_page(page: str) -> ParsedPage:
    reader = ParsedPage()
    reader.feed(page)
    reader.close()
    return reader


def make_hostile_report(text: str) -> Report:
    """Return a report in which everything that was said, typed or named is one text."""
    words = tuple(Word(text, at, at + 0.5, 0.9, kind) for at, kind in enumerate(WordKind))
    return replace(
        REPORT,
        name=text,
        question=replace(QUESTION, text=text),
        words=words,
        possible_fillers=(Word(text, 9.0, 9.5, 0.3, WordKind.FILLED_PAUSE),),
        model=text,
        settings=text,
        quality=(QualityNote("noisy", text),),
        strength=Takeaway("pace", text, text),
        findings=tuple(replace(found, detail=text) for found in REPORT.findings),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_spoken_and_typed_text_is_escaped(text):
    page = parse_page(render_html_report(make_hostile_report(text), FLAC, recorded_at=AT, notes=(text,)))
    harmless = parse_page(render_html_report(make_hostile_report("so"), FLAC, recorded_at=AT, notes=("so",)))
    assert [(tag, sorted(attributes)) for tag, attributes in page.tags] == [
        (tag, sorted(attributes)) for tag, attributes in harmless.tags
    ]
    wanted = text.replace("\0", "")
    at_least = len(make_hostile_report(text).words) + len(REPORT.findings)
    assert page.text.replace("\0", "").replace("\ufffd", "").count(" ".join(wanted.split())) > at_least


def test_the_page_has_only_plain_elements_without_handlers_styles_or_urls():
    page = parse_page(render_html_report(REPORT, FLAC, recorded_at=AT))
    assert {tag for tag, _ in page.tags} <= TAGS
    names = {name for _, attributes in page.tags for name in attributes}
    assert not [name for name in names if name.startswith("on") or name in ("style", "href", "action", "srcset")]
    assert [attributes["src"][:16] for _, attributes in page.tags if "src" in attributes] == ["data:audio/flac;"]


def test_the_content_security_policy_allows_only_the_pages_own_style_and_script():
    written = render_html_report(REPORT, FLAC)
    page = parse_page(written)
    (policy,) = (meta["content"] for meta in page.of("meta") if "http-equiv" in meta)
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    assert allowed.keys() == {"default-src", "style-src", "script-src", "media-src"}
    assert (allowed["default-src"], allowed["media-src"]) == ("'none'", "data:")
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", written, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert allowed[f"{tag}-src"] == f"'sha256-{digest}'"


@pytest.mark.parametrize(("sound", "kind"), [(FLAC, "audio/flac"), (encode_wav(SOUND), "audio/wav")])
def test_the_page_embeds_the_sound_unchanged(sound, kind):
    (audio,) = parse_page(render_html_report(REPORT, sound)).of("audio")
    begin, data = audio["src"].split(",")
    assert begin == f"data:{kind};base64"
    assert base64.b64decode(data) == sound


def test_without_a_sound_the_page_has_no_player_and_no_clickable_words():
    page = parse_page(render_html_report(REPORT))
    assert (page.of("audio"), page.of("script")) == ([], [])
    assert "Click a word" not in page.text


def test_a_sound_that_is_neither_flac_nor_wav_is_refused():
    with pytest.raises(ValueError, match="neither FLAC nor WAV"):
        render_html_report(REPORT, b"<svg>")


def test_the_transcript_holds_every_word_and_long_pause_in_order_with_its_times():
    spans = [
        attributes
        for attributes in parse_page(render_html_report(REPORT, FLAC)).of("span")
        if "data-start" in attributes
    ]
    starts = [float(span["data-start"]) for span in spans]
    assert starts == sorted(starts)
    words = [round(word.start, 3) for word in HEARD.words]
    assert [start for start, span in zip(starts, spans, strict=True) if span["class"] != "pause"] == words
    assert [span["class"] for span in spans].count("pause") == 1
    assert [span["class"] for span in spans].count("filler_sound") == 2


def test_marks_have_signs_besides_colours_and_a_legend():
    text = parse_page(render_html_report(REPORT)).text
    for shown in ("[um]", "[uh]", "↻ the", "(pause 1.5 s)", "um or uh", "repeated or restarted"):
        assert shown in text
    assert "possibly an um" not in text


def test_every_measure_comes_with_its_value_verdict_range_and_sources():
    text = parse_page(render_html_report(REPORT)).text
    for found in REPORT.findings:
        measure = MEASURES[found.measure]
        assert measure.label in text
        assert measure.definition in text
        assert found.detail in text
        assert measure.source.says in text
        assert found.band is None or found.band.source.says in text
    assert "Range: 120 to 170 words/min." in text
    assert "Evidence: Laske & DiGennaro Reed 2024" in text


def test_the_heading_has_the_question_the_date_and_the_model():
    page = parse_page(render_html_report(REPORT, recorded_at=AT, take=3, corrections=2, notes=("Slower at the end.",)))
    for fact in (
        "Tell me about “yourself”.",
        "01 March 2026, 09:05",
        "take 3",
        "Transcribed with the scripted model (none)",
        "with your 2 corrections",
        "Slower at the end.",
        REPORT.next_step.text,
        REPORT.next_step.target,
    ):
        assert fact in page.text


def test_a_silent_answer_has_a_page():
    nothing = make_silent_answer()
    page = parse_page(render_html_report(analyze(synthesise(nothing), nothing), FLAC))
    assert "We couldn’t hear any speech in this recording." in page.text
    assert page.text.count("– no value") == len(MEASURES)


def test_an_undefined_value_is_not_shown_as_a_number():
    unmeasured: tuple[Finding, ...] = tuple(replace(found, value=None) for found in REPORT.findings)
    page = parse_page(render_html_report(replace(REPORT, findings=unmeasured)))
    assert "None" not in page.text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tell me about “yourself”.", "answer-2026-03-01-tell-me-about-yourself.html"),
        ("../../etc/passwd\0 <b>", "answer-2026-03-01-etc-passwd-b.html"),
        ("🎙️", "answer-2026-03-01.html"),
    ],
)
def test_the_file_name_has_only_the_date_and_plain_words(text, name):
    assert make_file_name(replace(REPORT, question=replace(QUESTION, text=text)), AT) == name


@pytest.fixture(scope="module")
def chromium_page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--autoplay-policy=no-user-gesture-required"]
        )
        yield started.new_page()
        started.close()


@pytest.fixture
def opened(chromium_page: Page, tmp_path: Path) -> Iterator[Page]:
    """Open a page full of hostile text as a file; fail on browser errors and on any fetch."""
    report = replace(REPORT, name="".join(HOSTILE), question=replace(QUESTION, text="".join(HOSTILE)))
    (tmp_path / "answer.html").write_text(render_html_report(report, FLAC), encoding="utf-8")
    trouble: list[str] = []
    fetched: list[str] = []
    chromium_page.on("console", lambda message: trouble.append(message.text))
    chromium_page.on("pageerror", lambda error: trouble.append(str(error)))
    chromium_page.on("dialog", lambda dialog: trouble.append(dialog.message))
    chromium_page.on("request", lambda request: fetched.append(request.url[:5]))
    chromium_page.goto((tmp_path / "answer.html").as_uri())
    yield chromium_page
    assert trouble == []
    assert set(fetched) <= {"file:", "data:"}


def get_playing_position(page: Page) -> float:
    page.wait_for_function("!document.querySelector('audio').paused && document.querySelector('audio').currentTime > 0")
    return float(page.evaluate("document.querySelector('audio').currentTime"))


@pytest.mark.browser
def test_a_word_is_played_by_click_and_by_keyboard(opened: Page):
    word = opened.locator(".transcript .filler_sound", has_text="[uh]")
    start = float(word.get_attribute("data-start"))
    word.click()
    assert start - 0.3 < get_playing_position(opened) < start + 1.5
    opened.keyboard.press("Escape")
    opened.wait_for_function("document.querySelector('audio').paused")
    opened.keyboard.press("Home")
    opened.keyboard.press("ArrowRight")
    expect(opened.locator(".transcript [data-start]").nth(1)).to_be_focused()
    opened.keyboard.press("Enter")
    assert get_playing_position(opened) < start - 0.3


@pytest.mark.browser
def test_the_whole_sound_can_be_played(opened: Page):
    opened.wait_for_function("document.querySelector('audio').duration > 0")
    assert opened.evaluate("document.querySelector('audio').duration") == pytest.approx(SOUND.duration, abs=0.05)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(opened: Page, width: int):
    opened.set_viewport_size({"width": width, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_a_foreign_script_does_not_run(chromium_page: Page, tmp_path: Path):
    written = render_html_report(REPORT, FLAC)
    (tmp_path / "bad.html").write_text(
        written.replace("</main>", "<script>document.title = 'broken into'</script></main>"), encoding="utf-8"
    )
    chromium_page.goto((tmp_path / "bad.html").as_uri())
    assert "broken into" not in chromium_page.title()
    assert "Tell me about" in chromium_page.title()
