"""Findings, outlines and fixes in the words of the protocol."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path

from ferrule.diagnostics import Diagnostic, Severity
from ferrule.editing.documents import Target
from ferrule.editing.symbols import Symbol
from ferrule.forms.source import SourceFile, Span
from ferrule.language_server.positions import Positions

_SEVERITIES = {
    Severity.error: types.DiagnosticSeverity.Error,
    Severity.warning: types.DiagnosticSeverity.Warning,
    Severity.info: types.DiagnosticSeverity.Information,
}
_SYMBOLS = {
    "section": types.SymbolKind.Namespace,
    "model": types.SymbolKind.Class,
    "field": types.SymbolKind.Field,
    "action": types.SymbolKind.Method,
    "setting": types.SymbolKind.Property,
    "value": types.SymbolKind.Variable,
}
_NOWHERE = Span(0, 0)


def uri_of(file: Path) -> str:
    """The address of a file."""
    return from_fs_path(str(file)) or file.as_uri()


def diagnostic_of(finding: Diagnostic, source: SourceFile, places: Positions) -> types.Diagnostic:
    """A finding, with its help and the places that it names."""
    message = finding.message
    for more in (finding.label, finding.help):
        message += f"\n{more}" if more else ""
    related = [
        types.DiagnosticRelatedInformation(
            location=types.Location(uri_of(Path(home.path)), places.range(home, span)),
            message=text,
        )
        for home, span, text in finding.notes
        if home is not None and span is not None
    ]
    tags = [types.DiagnosticTag.Unnecessary] if finding.rule == "unused" else []
    return types.Diagnostic(
        range=places.range(source, finding.span or _NOWHERE),
        message=message,
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        source="ferrule",
        related_information=related or None,
        tags=tags or None,
    )


def location_of(target: Target, places: Positions) -> types.Location:
    """Where a name leads to."""
    return types.Location(uri_of(target.file), places.range(target.source, target.span))


def symbol_of(symbol: Symbol, source: SourceFile, places: Positions) -> types.DocumentSymbol:
    """A symbol with those inside it."""
    return types.DocumentSymbol(
        name=symbol.name or '""',
        kind=_SYMBOLS.get(symbol.kind, types.SymbolKind.Object),
        range=places.range(source, symbol.whole),
        selection_range=places.range(source, symbol.key),
        detail=symbol.detail or None,
        children=[symbol_of(inner, source, places) for inner in symbol.inner],
    )


def edits_of(
    changes: Iterable[tuple[Target, str]], places: Positions
) -> dict[str, list[types.TextEdit]]:
    """Changes by file."""
    found: dict[str, list[types.TextEdit]] = {}
    for target, text in changes:
        edit = types.TextEdit(places.range(target.source, target.span), text)
        found.setdefault(uri_of(target.file), []).append(edit)
    return found


def overlap(one: types.Range, other: types.Range) -> bool:
    """Whether two ranges touch."""

    def key(position: types.Position) -> tuple[int, int]:
        return position.line, position.character

    return key(one.start) <= key(other.end) and key(other.start) <= key(one.end)
