"""Edits of a text: those that findings are sure of, and how several are applied at once."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from ferrule.diagnostics import Diagnostic
from ferrule.forms.source import SourceFile, Span

# Rules whose every fix is the one way to write what was meant.
SURE_RULES = frozenset(
    {
        "bad-escape",
        "colon-in-value",
        "cut-value",
        "full-width-character",
        "key-not-nfc",
        "non-breaking-space",
        "smart-quote",
        "tab-indentation",
        "torn-value",
        "unused-suppression",
        "version-number",
        "wrong-type",
        "zero-width-character",
    }
)


class Edit(Struct, frozen=True):
    """Text that takes the place of a stretch, and the finding that asks for it."""

    span: Span
    text: str
    finding: Diagnostic


def sure_edits(source: SourceFile, findings: Iterable[Diagnostic]) -> list[Edit]:
    """The edits that need no second thought."""
    return [
        Edit(finding.fix.span, finding.fix.text, finding)
        for finding in findings
        if finding.fix is not None
        and finding.source == source
        and (finding.fix.is_sure or finding.rule in SURE_RULES)
    ]


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order of place, without those that touch an earlier one."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.span, edit.text)):
        if not kept or edit.span.start > kept[-1].span.end:
            kept.append(edit)
    return kept


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits that do not touch each other."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def moved(place: int, edits: Iterable[Edit]) -> int:
    """Where a place outside of all edits stands after them."""
    return place + sum(
        len(edit.text) - (edit.span.end - edit.span.start)
        for edit in edits
        if edit.span.end <= place
    )
