"""Words and sound to numbers: pure functions, every band with its source.

What other programs use stands here and is imported when it is first asked for:

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

_MADE_IN = {
    "analyze": "analysis.analyze",
    "Finding": "analysis.finding",
    "MEASURES": "analysis.measures.registry",
    "AskedQuestion": "analysis.question",
    "QuestionKind": "analysis.question",
    "Report": "analysis.report",
}


class _Package(ModuleType):
    """This package, in which `analyze` is the function also after its module of the same name was imported."""

    def __setattr__(self, name: str, value: object) -> None:
        """Set what Python sets when it has imported a module, and the function in the place of its module."""
        is_module = name == "analyze" and isinstance(value, ModuleType)
        super().__setattr__(name, getattr(value, name) if is_module else value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for (PEP 562)."""
    if name not in _MADE_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MADE_IN[name]), name)
