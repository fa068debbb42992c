"""Print reports in a terminal; everything can be read without colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.finding import Finding, Verdict
from analysis.marked_transcript import Token, TokenKind, mark_transcript
from analysis.measures.measure import Display
from analysis.measures.registry import MEASURES, list_measures_shown_in
from analysis.report import Report, Takeaway
from analysis.structure.element import ElementState
from analysis.structure.report_lines import CAVEAT, TITLE, ElementLine, list_element_lines
from analysis.wording import format_amount, format_bounds, format_number

VERDICT_TEXTS = {
    Verdict.FINE: Text("fine", "green"),
    Verdict.WATCH: Text("watch", "yellow"),
    Verdict.ACT: Text("act", "red"),
    Verdict.INFO: Text("info", "dim"),
    Verdict.UNDEFINED: Text("no value", "dim"),
}
TOKEN_FORMS = {  # of each kind: how it is written, its colour, and what the legend says
    TokenKind.WORD: ("{}", "", ""),
    TokenKind.FILLER_SOUND: ("[{}]", "yellow", "[um or uh]"),
    TokenKind.FILLER_WORD: ("{{{}}}", "cyan", "{filler word}"),
    TokenKind.REPETITION: ("~{}~", "magenta", "~repetition~"),
    TokenKind.PAUSE: ("({})", "blue", "(pause of 1 second or more)"),
}
INDENT = (0, 0, 0, 6)
MAX_MOMENTS = 3  # of a takeaway

Advise = Callable[[Takeaway], str | None]  # the advice that goes with a takeaway, with its source


def print_report(report: Report, advise: Advise, console: Console) -> None:
    """Print one whole report: recording quality, takeaways, themes, measures and transcript.

    Args:
        report: The report.
        advise: Returns the advice for a takeaway with its source; None if there is none.
        console: Where to print.
    """
    console.print(_make_title(report))
    for note in report.quality:
        console.print(_add_label("! ", "bold red", note.text))
    _print_takeaway("Keep: ", "bold green", report.strength, advise, console)
    _print_takeaway("Next: ", "bold yellow", report.next_step, advise, console)
    console.print()
    for group in report.groups if report.response else ():
        console.print(_add_label(f"{group.label}: ", "bold", group.detail))
    if report.response is not None:
        console.print(_make_measure_table(report.findings))
        _print_transcript(report, console)
        _print_structure(report, console)
    console.print(Text(f"{report.model}, formulas {report.formula_version}", "dim"))


def print_table(reports: Sequence[Report], console: Console) -> None:
    """Print several reports as a table, one row per report."""
    measures = list_measures_shown_in(Display.TABLE)
    table = Table("Recording", *(f"{measure.label} ({measure.unit})" for measure in measures), box=box.SIMPLE)
    table.add_column("Next step")
    for report in reports:
        cells = [_format_value_and_verdict(report.get_finding(measure.key)) for measure in measures]
        step = report.next_step
        table.add_row(Text(report.name), *cells, Text((step.target or step.text) if step else ""))
    console.print(table)


def _make_title(report: Report) -> Text:
    title = Text(f"{report.name}, {report.duration:.1f} s", "bold")
    return title.append(f"\n{report.question.text}", "italic") if report.question else title


def _add_label(label: str, style: str, text: str) -> Text:
    return Text(label, style).append(text, "not bold default")


def _print_takeaway(label: str, style: str, takeaway: Takeaway | None, advise: Advise, console: Console) -> None:
    if takeaway is None:
        return
    console.print()
    console.print(_add_label(label, style, takeaway.text))
    if takeaway.target is not None:
        console.print(Padding(_add_label("Goal: ", "bold", takeaway.target), INDENT))
    advice = advise(takeaway)
    if advice is not None:
        console.print(Padding(Text(advice), INDENT))
    if takeaway.moments:
        times = ", ".join(f"{span.start:.1f} s" for span in takeaway.moments[:MAX_MOMENTS])
        console.print(Padding(Text(f"Listen at {times}."), INDENT))
    if takeaway.detail:
        console.print(Padding(Text(takeaway.detail, "dim"), INDENT))


def _make_measure_table(findings: Sequence[Finding]) -> Table:
    table = Table("Measure", "Value", "Range", "", "Source", box=box.SIMPLE)
    for finding in findings:
        measure = MEASURES[finding.measure]
        source = finding.band.source if finding.band else measure.source
        table.add_row(
            Text(measure.label),
            Text(_format_value(finding)),
            Text(format_bounds(finding.band, measure) if finding.band else ""),
            VERDICT_TEXTS[finding.verdict],
            Text(source.name + ("" if source.is_evidence else " *")),
        )
    table.caption = "* advice or a definition, not from a study. In brackets: where the true rate lies, 95 % sure."
    table.caption_justify = "left"
    return table


def _format_value(finding: Finding) -> str:
    if finding.value is None:
        return "-"
    measure = MEASURES[finding.measure]
    text = format_amount(finding.value, measure)
    if finding.interval is None:
        return text
    low, high = finding.interval
    return f"{text} ({format_number(low, measure)} to {format_number(high, measure)})"


def _format_value_and_verdict(finding: Finding) -> Text:
    if finding.value is None:
        return Text("-")
    return Text(f"{format_number(finding.value, MEASURES[finding.measure])} ").append(VERDICT_TEXTS[finding.verdict])


def _print_structure(report: Report, console: Console) -> None:
    lines = list_element_lines(report)
    if not lines:
        return
    console.print()
    console.print(_add_label(f"{TITLE}. ", "bold", CAVEAT))
    for line in lines:
        console.print(Padding(_format_line(line), (0, 0, 0, 2)))


def _format_line(line: ElementLine) -> Text:
    part = line.part
    share = "" if line.share is None else f", {line.share:.0%} of the time"
    told = Text(f"{line.sign} {part.label}: {line.says}{share}", "dim" if part.state is ElementState.NOT_HEARD else "")
    if part.sentence is not None and part.span is not None:
        told.append(f", at {part.span.start:.1f} s: “{part.sentence}”")
    return told


def _print_transcript(report: Report, console: Console) -> None:
    transcript, legend = mark_for_terminal(report)
    console.print(transcript)
    if legend:
        console.print(Text(legend, "dim"))


def mark_for_terminal(report: Report) -> tuple[Text, str]:
    """Return the words and long pauses of a report with signs around them, and what the signs mean."""
    return write_tokens(mark_transcript(report))


def write_tokens(tokens: Iterable[Token]) -> tuple[Text, str]:
    """Return tokens with signs around them, without those that a terminal leaves out, and what the signs mean."""
    shown = [token for token in tokens if token.kind in TOKEN_FORMS]
    written = (Text(TOKEN_FORMS[token.kind][0].format(token.text), TOKEN_FORMS[token.kind][1]) for token in shown)
    found = {token.kind for token in shown}
    legend = (meaning for kind, (_, _, meaning) in TOKEN_FORMS.items() if meaning and kind in found)
    return Text(" ").join(written), ", ".join(legend)
