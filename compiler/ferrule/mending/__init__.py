"""Mends specs: applies the fixes that are safe, as edits of the text, and proves each of them."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from ferrule.diagnostics import Diagnostic, Report
from ferrule.forms.source import SourceFile
from ferrule.mending.edits import Edit, apart, applied, sure_edits
from ferrule.mending.proof import is_cleaner
from ferrule.pipeline import check_spec

__all__ = ["Mended", "mend"]

_MOST_ROUNDS = 50


class Mended(Struct, frozen=True):
    """A text after mending, and the findings that are gone, in the order of the work."""

    text: str
    applied: tuple[Diagnostic, ...]


def mend(source: SourceFile, is_wanted: Callable[[Diagnostic], bool] = bool) -> Mended:
    """Applies every fix that is sure, until none is left.

    A fix that does not make its finding go away, or would change anything else, is left alone.
    `is_wanted` chooses among the findings.
    """
    done: list[Diagnostic] = []
    refused: set[tuple[str, str, str]] = set()
    for _ in range(_MOST_ROUNDS):
        report = Report()
        check_spec(source, report)
        found = list(report)
        wanted = sure_edits(source, filter(is_wanted, found))
        edits = apart(edit for edit in wanted if _name(source, edit) not in refused)
        if not edits:
            break
        for attempt in [edits, *([edit] for edit in edits if len(edits) > 1)]:
            after = SourceFile(source.path, applied(source.text, attempt))
            if is_cleaner(source, found, attempt, after):
                source = after
                done += [edit.finding for edit in attempt]
                break
            if len(attempt) == 1:
                refused.add(_name(source, attempt[0]))
    return Mended(source.text, tuple(done))


def _name(source: SourceFile, edit: Edit) -> tuple[str, str, str]:
    """What a fix is known by while places move: its rule, its line, what it writes."""
    line = source.line(source.position(edit.span.start)[0])
    return edit.finding.rule, line, edit.text
