from pathlib import Path

import pytest

from content.checklists import checklists, item
from content.follow_up_rules import rule, rules
from content.questions import question
from content.questions_to_ask import asking
from content.questions_to_avoid import all_against
from content.sources import sources
from tests.docs import advice_map
from tests.docs.advice_map import ROOT, documents, pieces, told

SEEDS = ROOT.parent / "shared" / "seeds"
DOCUMENTS = {key: source for key, source in sources().items() if not source.is_study}
CARRIERS = sorted({carrier for piece in pieces() for carrier in piece.by})
# What an answer is searched for, known by its id once the rules are there.
SEARCHED_FOR = {"heard": "star.py", "closing": "closing*.py"}
CITING = {
    "question": lambda id_: question(id_).citation,
    "checklist": lambda id_: item(id_).citation,
    "followup": lambda id_: rule(id_).citation,
    "asking": lambda id_: asking().templates[id_].citation,
    "against": lambda id_: all_against()[id_].citation,
}


@pytest.mark.parametrize("carrier", CARRIERS)
def test_what_carries_a_piece_of_advice_exists(carrier):
    kind = carrier.partition(":")[0]
    assert kind in advice_map.TOLD
    if kind not in SEARCHED_FOR or any((ROOT / "analysis" / "structure").glob(SEARCHED_FOR[kind])):
        assert told(carrier)


@pytest.mark.parametrize(
    "carrier",
    [
        "question:no_such",
        "checklist:",
        "kept:no_such",
        "kept:debrief.no_such",
        "page:no_such",
        "rumour:x",
        "heard:xyzzy",
    ],
)
def test_a_carrier_that_does_not_exist_is_noticed(carrier):
    assert told(carrier) is None


def test_there_are_pieces_for_every_section_of_every_document_in_its_order():
    found = list(dict.fromkeys((piece.source, piece.section) for piece in pieces()))
    assert found == [(key, section) for key, source in DOCUMENTS.items() for section in source.sections]
    assert len(pieces()) >= 200


def test_no_piece_is_without_a_carrier_and_none_is_told_twice():
    assert all(piece.by and len(set(piece.by)) == len(piece.by) for piece in pieces())
    assert len({(piece.source, piece.says) for piece in pieces()}) == len(pieces())


def test_every_section_is_carried_by_something_that_cites_it():
    cited = {
        (piece.source, piece.section, str(CITING[kind](name)))
        for piece in pieces()
        for kind, _, name in (carrier.partition(":") for carrier in piece.by)
        if kind in CITING
    }
    for key, source in DOCUMENTS.items():
        for section in source.sections:
            assert (key, section, f"{source.title}: {section}") in cited


def test_every_list_entry_rule_and_warning_carries_some_advice():
    wanted = {f"checklist:{each.id}" for checklist in checklists() for each in checklist.items}
    wanted |= {f"followup:{each.id}" for each in rules()}
    wanted |= {f"against:{each}" for each in all_against()}
    wanted |= {f"asking:{each.id}" for each in asking().templates.values() if each.always}
    assert wanted - set(CARRIERS) == set()


def test_no_line_holds_advice_and_none_at_once():
    for key, document in documents().items():
        with_advice = {piece.line for piece in pieces() if piece.source == key}
        assert not with_advice & document.not_advice.keys()
        assert with_advice | document.not_advice.keys() <= set(range(1, document.lines + 1))


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the documents themselves are not in the project")
def test_every_line_of_the_documents_that_is_not_empty_is_accounted_for():
    files = sorted(SEEDS.glob("*.txt"))
    assert len(files) == len(documents())
    for path, (key, document) in zip(files, documents().items(), strict=True):
        lines = path.read_text(encoding="utf-8").splitlines()
        written = {place for place, line in enumerate(lines, start=1) if line.strip()}
        with_advice = {piece.line for piece in pieces() if piece.source == key}
        assert (key, written) == (key, with_advice | document.not_advice.keys())
        assert len(lines) == document.lines


def test_the_page_in_the_docs_is_up_to_date():
    assert Path(advice_map.PAGE).read_text(encoding="utf-8") == advice_map.markdown()
