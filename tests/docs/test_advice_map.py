from pathlib import Path

import pytest

from content.checklists import get_item, load_checklists
from content.follow_up_rules import get_rule, list_rules
from content.questions import get_question
from content.questions_to_ask import load_question_templates
from content.questions_to_avoid import load_avoidance_rules
from content.sources import load_sources
from tests.docs import advice_map
from tests.docs.advice_map import ROOT, describe_carrier, read_documents, read_pieces

SEEDS = ROOT.parent / "shared" / "seeds"
DOCUMENTS = {key: source for key, source in load_sources().items() if not source.is_study}
CARRIERS = sorted({carrier for piece in read_pieces() for carrier in piece.by})
# What an answer is searched for, known by its id once the rules are there.
SEARCHED_FOR = {"heard": "star.py", "closing": "closing*.py"}
CITING = {
    "question": lambda id_: get_question(id_).citation,
    "checklist": lambda id_: get_item(id_).citation,
    "followup": lambda id_: get_rule(id_).citation,
    "asking": lambda id_: load_question_templates().templates[id_].citation,
    "against": lambda id_: load_avoidance_rules()[id_].citation,
}


@pytest.mark.parametrize("carrier", CARRIERS)
def test_every_carrier_of_advice_exists(carrier):
    kind = carrier.partition(":")[0]
    assert kind in advice_map.CARRIER_DESCRIPTIONS
    if kind not in SEARCHED_FOR or any((ROOT / "analysis" / "structure").glob(SEARCHED_FOR[kind])):
        assert describe_carrier(carrier)


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
def test_a_missing_carrier_is_detected(carrier):
    assert describe_carrier(carrier) is None


def test_every_section_of_every_document_has_advice_in_document_order():
    found = list(dict.fromkeys((piece.source, piece.section) for piece in read_pieces()))
    assert found == [(key, section) for key, source in DOCUMENTS.items() for section in source.sections]
    assert len(read_pieces()) >= 200


def test_every_piece_has_a_carrier_and_none_is_listed_twice():
    assert all(piece.by and len(set(piece.by)) == len(piece.by) for piece in read_pieces())
    assert len({(piece.source, piece.says) for piece in read_pieces()}) == len(read_pieces())


def test_every_section_has_a_carrier_that_cites_it():
    cited = {
        (piece.source, piece.section, str(CITING[kind](name)))
        for piece in read_pieces()
        for kind, _, name in (carrier.partition(":") for carrier in piece.by)
        if kind in CITING
    }
    for key, source in DOCUMENTS.items():
        for section in source.sections:
            assert (key, section, f"{source.title}: {section}") in cited


def test_every_checklist_item_rule_and_warning_carries_advice():
    wanted = {f"checklist:{each.id}" for checklist in load_checklists() for each in checklist.items}
    wanted |= {f"followup:{each.id}" for each in list_rules()}
    wanted |= {f"against:{each}" for each in load_avoidance_rules()}
    wanted |= {f"asking:{each.id}" for each in load_question_templates().templates.values() if each.always}
    assert wanted - set(CARRIERS) == set()


def test_no_line_is_listed_both_as_advice_and_as_not_advice():
    for key, document in read_documents().items():
        with_advice = {piece.line for piece in read_pieces() if piece.source == key}
        assert not with_advice & document.not_advice.keys()
        assert with_advice | document.not_advice.keys() <= set(range(1, document.lines + 1))


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the documents themselves are not in the project")
def test_every_non_empty_line_of_the_documents_is_accounted_for():
    files = sorted(SEEDS.glob("*.txt"))
    assert len(files) == len(read_documents())
    for path, (key, document) in zip(files, read_documents().items(), strict=True):
        lines = path.read_text(encoding="utf-8").splitlines()
        written = {place for place, line in enumerate(lines, start=1) if line.strip()}
        with_advice = {piece.line for piece in read_pieces() if piece.source == key}
        assert (key, written) == (key, with_advice | document.not_advice.keys())
        assert len(lines) == document.lines


def test_the_advice_page_is_up_to_date():
    assert Path(advice_map.PAGE).read_text(encoding="utf-8") == advice_map.make_page()
