"""Words and sound to numbers: pure functions, every band with its source.

What other programs use stands here: from analysis import analyze, Report, Finding, MEASURES.
"""

from analysis.analyze import analyze
from analysis.finding import Finding
from analysis.measures.registry import MEASURES
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report

__all__ = ["MEASURES", "AskedQuestion", "Finding", "QuestionKind", "Report", "analyze"]
