"""The structure of the code stays within its limits, and each figure is counted correctly."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from tools.structure import (
    ROOT,
    Module,
    Structure,
    build_import_graph,
    describe,
    examine,
    find_cyclic_modules,
    find_shared_class_names,
    find_single_importers,
    measure_function_lengths,
    read_modules,
)

# What was aimed at, and reached: no more than this.
MAX_FILES_PER_FOLDER = 20
MAX_SINGLE_IMPORTERS = 60
MAX_SHARED_CLASS_NAMES = 0
MAX_MEDIAN_FUNCTION_LINES = 8


@pytest.fixture(scope="module")
def structure() -> Structure:
    return examine(read_modules())


def test_no_folder_of_the_app_has_too_many_files(structure: Structure) -> None:
    assert max(structure.files_per_folder.values()) <= MAX_FILES_PER_FOLDER


def test_the_number_of_modules_with_one_importer_does_not_grow(structure: Structure) -> None:
    assert len(structure.single_importers) <= MAX_SINGLE_IMPORTERS


def test_there_are_no_import_cycles(structure: Structure) -> None:
    assert structure.cyclic_modules == frozenset()


def test_the_number_of_shared_class_names_does_not_grow(structure: Structure) -> None:
    assert len(structure.shared_class_names) <= MAX_SHARED_CLASS_NAMES


def test_functions_are_short(structure: Structure) -> None:
    assert structure.median_function_lines <= MAX_MEDIAN_FUNCTION_LINES


def list_top_level_names(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def find_names_defined_twice(module: Module) -> list[str]:
    return [name for name, times in Counter(list_top_level_names(module.tree)).items() if times > 1]


def test_no_module_defines_a_name_twice() -> None:
    assert {module.name: found for module in read_modules() if (found := find_names_defined_twice(module))} == {}


@pytest.mark.parametrize("second", ["A = 2", "A: int = 2", "def A(): ...", "class A: ..."])
def test_a_name_that_is_defined_twice_is_found(second: str) -> None:
    assert find_names_defined_twice(Module("m", ".", f"A = 1\nB = 2\n{second}")) == ["A"]


def test_nothing_is_imported_relatively() -> None:
    found = [path for path in ROOT.glob("[a-z]*/**/*.py") if "\nfrom ." in path.read_text(encoding="utf-8")]
    assert found == []


MODULES = (
    Module("a", ".", "import a.b\nfrom a import c"),
    Module("a.b", "a", "def late():\n    from a.c import Thing"),
    Module("a.c", "a", "class Thing: ...\nclass _Own: ..."),
    Module("d", ".", "import os\nfrom a.b import late\nclass Thing: ...\nclass _Own: ..."),
)


def test_imports_are_found_at_any_depth_and_attributed_to_the_module() -> None:
    graph = build_import_graph((*MODULES, Module("e", ".", "from a import c, number")))
    assert graph["a.b"] == {"a.c"}
    assert graph["d"] == {"a.b"}
    assert graph["a"] == {"a.b", "a.c"}
    assert graph["e"] == {"a", "a.c"}


def test_a_module_with_one_importer_is_listed_with_it() -> None:
    graph = {"a": frozenset({"b", "c"}), "b": frozenset({"c"}), "c": frozenset[str]()}
    assert find_single_importers(graph) == {"b": "a"}


def test_the_modules_of_a_cycle_are_found() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}, "e": set()}
    assert find_cyclic_modules({name: frozenset(names) for name, names in graph.items()}) == {"b", "c"}


def test_public_classes_of_one_name_are_found() -> None:
    assert find_shared_class_names(MODULES) == {"Thing": ("a.c", "d")}


def test_the_length_of_a_function_counts_from_its_def_to_its_end() -> None:
    source = dedent("""
        @decorated
        def outer():
            def inner():
                return 1

            return inner

        async def other(): ...
    """)
    assert sorted(measure_function_lengths(Module("m", ".", source).tree)) == [1, 2, 5]


def test_the_figures_are_printed_with_their_names() -> None:
    text = describe(examine(MODULES))
    assert "files in the largest folder: 2" in text
    assert "modules with exactly one importer: 0" in text
    assert "  Thing: a.c, d" in text
    assert "app code: 10 lines" in text


def test_modules_are_read_by_their_dotted_names(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "__init__.py").write_text("")
    (tmp_path / "folder" / "one.py").write_text("ONE = 1")
    (tmp_path / "start.py").write_text("")
    found = read_modules(tmp_path, ("folder", "start.py"))
    assert [(each.name, each.folder) for each in found] == [
        ("folder", "folder"),
        ("folder.one", "folder"),
        ("start", "."),
    ]
