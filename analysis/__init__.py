"""Turn the words and the sound of an answer into numbers.

Everything here is a pure function, and every target band names its source. The public names below
are imported when they are first used:

    from analysis import MEASURES, Finding, Report, analyze
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.analyze import analyze as analyze
    from analysis.finding import Finding as Finding
    from analysis.measures.registry import MEASURES as MEASURES
    from analysis.question import AskedQuestion as AskedQuestion
    from analysis.question import QuestionKind as QuestionKind
    from analysis.report import Report as Report

__all__ = ["MEASURES", "AskedQuestion", "Finding", "QuestionKind", "Report", "analyze"]

_DEFINED_IN = {
    "analyze": "analysis.analyze",
    "Finding": "analysis.finding",
    "MEASURES": "analysis.measures.registry",
    "AskedQuestion": "analysis.question",
    "QuestionKind": "analysis.question",
    "Report": "analysis.report",
}


class _Package(ModuleType):
    """Keep `analyze` the function, even after the module of the same name has been imported."""

    def __setattr__(self, name: str, value: object) -> None:
        """Set an attribute; where Python would set the module `analyze`, set its function instead."""
        is_module = name == "analyze" and isinstance(value, ModuleType)
        super().__setattr__(name, getattr(value, name) if is_module else value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    """Import a public name the first time it is used (PEP 562)."""
    if name not in _DEFINED_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_DEFINED_IN[name]), name)
