"""Collects what an import has to tell, and finds the places when all is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile, Span
from ferrule.forms.tree import Path
from ferrule.imports.openapi.documents import Document

_MOST_EXAMPLES = 3


class Told(Struct, frozen=True):
    """One thing to tell: a rule, a place in a document, what was met and what came of it."""

    rule: str
    document: Document | None
    path: Path
    message: str
    advice: str | None = None
    operation: str | None = None


class _Tally(Struct):
    first: Told
    count: int = 0
    examples: list[str] = field(default_factory=list)


class Teller:
    """Takes what is to be told, while the operation that it is about is known."""

    def __init__(self) -> None:
        self.operation: str | None = None
        self._told: dict[tuple[str, int, Path, str], Told] = {}
        self._tallies: dict[tuple[str, str], _Tally] = {}
        self._of_texts: list[tuple[SourceFile, Span | None, str]] = []

    def tell(
        self,
        rule: str,
        document: Document | None,
        path: Path,
        message: str,
        advice: str | None = None,
    ) -> None:
        """One finding. The same about the same place stands once."""
        key = (rule, id(document), path, message)
        if key not in self._told:
            self._told[key] = Told(rule, document, path, message, advice, self.operation)

    def count(
        self, rule: str, what: str, document: Document | None, path: Path, example: str = ""
    ) -> None:
        """One of many alike: told once, with their number. `what` has a `{count}`."""
        first = Told(rule, document, path, what, None, None)
        tally = self._tallies.setdefault((rule, what), _Tally(first))
        tally.count += 1
        if example and example not in tally.examples and len(tally.examples) < _MOST_EXAMPLES:
            tally.examples.append(example)

    def of_text(self, source: SourceFile, span: Span | None, message: str) -> None:
        """What is wrong with a whole file."""
        self._of_texts.append((source, span, message))

    def about(self, operation: str) -> list[Told]:
        """What was told about one operation, in order."""
        return [each for each in self._told.values() if each.operation == operation]

    @property
    def all(self) -> list[Told]:
        """Everything with a place of its own."""
        return list(self._told.values())

    def finish(self, report: Report) -> None:
        """Put everything into the report, with places."""
        for source, span, message in self._of_texts:
            report.add("import-unreadable-part", source, span, message)
        tallied = list(self._tallied())
        _locate([*self._told.values(), *tallied])
        for each in (*self._told.values(), *tallied):
            message = f"{each.operation}: {each.message}" if each.operation else each.message
            document = each.document
            report.add(
                each.rule,
                None if document is None else document.source,
                None if document is None else document.span(each.path),
                message,
                help=each.advice,
            )

    def _tallied(self) -> Iterator[Told]:
        for tally in self._tallies.values():
            first = tally.first
            more = ", …" if tally.count > len(tally.examples) else ""
            shown = f": {', '.join(tally.examples)}{more}" if tally.examples else ""
            message = first.message.format(count=tally.count) + shown
            yield Told(first.rule, first.document, first.path, message)


def _locate(told: Iterable[Told]) -> None:
    """Look all places of a document up together."""
    by_document: dict[int, tuple[Document, list[Path]]] = {}
    for each in told:
        if each.document is not None:
            by_document.setdefault(id(each.document), (each.document, []))[1].append(each.path)
    for document, paths in by_document.values():
        document.locate(paths)
