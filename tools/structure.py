"""Print figures about the code's structure: `python -m tools.structure`.

Reads the app's Python files (folders of APP) without running them: files per folder, modules with
exactly one importer, import cycles, classes of one name in two modules, length of functions, and
lines.
"""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
APP = ("speech", "analysis", "content", "interview", "store", "services", "app_pages", "samples", "streamlit_app.py")

Graph = Mapping[str, frozenset[str]]  # a module, and the modules of this project that it imports


@dataclass(frozen=True)
class Module:
    """One Python file: its dotted name, its folder, and its source."""

    name: str
    folder: str
    source: str

    @property
    def tree(self) -> ast.Module:
        """The syntax tree of the source."""
        return ast.parse(self.source)


@dataclass(frozen=True)
class Structure:
    """The figures of a code base."""

    files_per_folder: Mapping[str, int]
    single_importers: Mapping[str, str]  # a module that one other imports, and that one
    cyclic_modules: frozenset[str]
    shared_class_names: Mapping[str, tuple[str, ...]]  # a name, and the modules that define a class of it
    median_function_lines: float  # a function from its def to its end, with its docstring
    lines: int  # of all files, blank ones and comments too


def read_modules(root: Path = ROOT, places: Iterable[str] = APP) -> tuple[Module, ...]:
    """Return the modules of some folders and files, in alphabetical order."""
    files = [
        path for place in places for path in ([root / place] if place.endswith(".py") else (root / place).rglob("*.py"))
    ]
    return tuple(
        Module(
            _to_dotted_name(path.relative_to(root)), path.parent.relative_to(root).as_posix(), path.read_text("utf-8")
        )
        for path in sorted(files)
    )


def examine(modules: Iterable[Module]) -> Structure:
    """Compute the figures of some modules."""
    modules = tuple(modules)
    graph = build_import_graph(modules)
    lengths = [length for module in modules for length in measure_function_lengths(module.tree)]
    return Structure(
        files_per_folder=dict(Counter(module.folder for module in modules).most_common()),
        single_importers=find_single_importers(graph),
        cyclic_modules=find_cyclic_modules(graph),
        shared_class_names=find_shared_class_names(modules),
        median_function_lines=median(lengths) if lengths else 0,
        lines=sum(len(module.source.splitlines()) for module in modules),
    )


def build_import_graph(modules: Iterable[Module]) -> Graph:
    """Return for each module the others that it imports, anywhere in its code."""
    modules = tuple(modules)
    known = {module.name for module in modules}
    return {module.name: frozenset(_find_imports(module.tree, known) - {module.name}) for module in modules}


def find_single_importers(graph: Graph) -> dict[str, str]:
    """Return the modules that exactly one other module imports, with that module."""
    importers: defaultdict[str, list[str]] = defaultdict(list)
    for name, imported in graph.items():
        for other in imported:
            importers[other].append(name)
    return {name: found[0] for name, found in sorted(importers.items()) if len(found) == 1}


def find_cyclic_modules(graph: Graph) -> frozenset[str]:
    """Return the modules that import themselves through others, and those between two cycles."""
    left = dict(graph)
    while True:  # what imports nothing that is left, or is imported by nothing that is left, is in no cycle
        wanted = {name for names in left.values() for name in names}
        kept = {name: names & left.keys() for name, names in left.items() if names & left.keys() and name in wanted}
        if kept == left:
            return frozenset(left)
        left = kept


def find_shared_class_names(modules: Iterable[Module]) -> dict[str, tuple[str, ...]]:
    """Return public class names that more than one module defines."""
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for module in modules:
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(module.name)
    return {name: tuple(found) for name, found in sorted(homes.items()) if len(found) > 1}


def measure_function_lengths(tree: ast.Module) -> list[int]:
    """Return how many lines each function has, from its def to its end."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [(node.end_lineno or node.lineno) - node.lineno + 1 for node in functions]


def describe(structure: Structure) -> str:
    """Format the figures as text."""
    folder, files = next(iter(structure.files_per_folder.items()))
    single, shared = structure.single_importers, structure.shared_class_names
    return "\n".join(
        (
            f"files in the largest folder: {files} ({folder})",
            f"modules with exactly one importer: {len(single)}",
            *(f"  {name} <- {importer}" for name, importer in single.items()),
            f"modules in import cycles: {len(structure.cyclic_modules)}",
            *(f"  {name}" for name in sorted(structure.cyclic_modules)),
            f"names of classes defined more than once: {len(shared)}",
            *(f"  {name}: {', '.join(homes)}" for name, homes in shared.items()),
            f"median function: {structure.median_function_lines:g} lines",
            f"app code: {structure.lines} lines",
        )
    )


def _to_dotted_name(path: Path) -> str:
    return path.as_posix().removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _find_imports(tree: ast.Module, known: Container[str]) -> set[str]:
    """Return the known modules that a file imports; for `from folder import module` only the module."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name in known}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {name for name in inside if name in known}
            found |= modules
            if len(modules) < len(inside) and node.module in known:
                found.add(node.module)
    return found


if __name__ == "__main__":
    print(describe(examine(read_modules())))
