"""Parses texts in which a place is marked, for tests that say what is found and where."""

from typing import Any

from ferrule.diagnostics import Diagnostic, Report, Span
from ferrule.forms.source import SourceFile
from ferrule.forms.tree import SpecTree
from ferrule.passes.parse import parse

OPEN, CLOSE = "‹", "›"


def marked(text: str) -> tuple[str, Span]:
    """The text without its marks, and the place between them."""
    start = text.index(OPEN)
    end = text.index(CLOSE) - 1
    return text.replace(OPEN, "").replace(CLOSE, ""), Span(start, end)


def parsed(text: str, *, depth_limit: int = 100) -> tuple[SpecTree | None, list[Diagnostic]]:
    """The tree, or none, and all findings."""
    report = Report()
    tree = parse(SourceFile("spec.yaml", text), report, depth_limit=depth_limit)
    return tree, list(report)


def tree_of(text: str) -> SpecTree:
    """The tree of a text that nothing is wrong with."""
    tree, found = parsed(text)
    assert tree is not None, [finding.message for finding in found]
    assert not found
    return tree


def data_of(text: str) -> dict[str, Any]:
    """The values of such a text."""
    return tree_of(text).data


def findings_of(text: str) -> list[Diagnostic]:
    """What is wrong with a text that has no tree."""
    tree, found = parsed(text)
    assert tree is None
    assert found
    return found


def fixed(text: str, finding: Diagnostic) -> str:
    """The text after the fix that a finding offers."""
    assert finding.fix is not None
    span = finding.fix.span
    return text[: span.start] + finding.fix.text + text[span.end :]
