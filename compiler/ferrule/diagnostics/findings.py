"""Findings about specs, each with its rule and place, and the report that collects them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from ferrule.diagnostics.rules import Severity
from ferrule.diagnostics.rules import rule as rule_named
from ferrule.forms.source import SourceFile, Span
from ferrule.forms.tree import SpecTree

Note = tuple[SourceFile | None, Span | None, str]


class Replacement(Struct, frozen=True):
    """A change that mends a finding: `text` takes the place of `span`.

    One that `is_sure` can be applied without asking anybody.
    """

    span: Span
    text: str
    is_sure: bool = False


class Diagnostic(Struct, frozen=True):
    """One finding.

    `message` says what was met and what was expected, `label` stands beside the caret, `help` is
    the guess or the fix in words, `notes` are related places (the first of two duplicates), `fix`
    is the fix as text. `source` and `span` are None where a finding has no file or no place.
    """

    rule: str
    severity: Severity
    source: SourceFile | None
    span: Span | None
    message: str
    help: str | None = None
    label: str | None = None
    notes: tuple[Note, ...] = ()
    fix: Replacement | None = None

    @property
    def path(self) -> str | None:
        """The file's name as the user gave it."""
        return self.source.path if self.source else None

    @property
    def position(self) -> tuple[int, int] | None:
        """The line and the column, both from 1."""
        return self.source.position(self.span.start) if self.source and self.span else None


class Report:
    """All findings of a run. Iterating gives them file by file in order of place."""

    def __init__(self) -> None:
        self._findings: dict[Diagnostic, None] = {}

    def add(
        self,
        rule: str,
        source: SourceFile | SpecTree | None,
        span: Span | None,
        message: str,
        *,
        help: str | None = None,  # noqa: A002 (the word for it in every compiler)
        label: str | None = None,
        notes: tuple[Note, ...] = (),
        fix: Replacement | None = None,
        severity: Severity | None = None,
    ) -> None:
        """Adds a finding. Its severity is the rule's unless given; a finding twice stands once."""
        file = source.source if isinstance(source, SpecTree) else source
        if isinstance(source, SpecTree) and span is not None:
            file, span = source.placed(span)
            if file is not source.source:
                fix = None  # whoever mends a spec mends one file
        default = rule_named(rule).severity
        self._findings[
            Diagnostic(rule, severity or default, file, span, message, help, label, notes, fix)
        ] = None

    def extend(self, findings: Iterable[Diagnostic]) -> None:
        """Adds findings made elsewhere."""
        self._findings.update(dict.fromkeys(findings))

    def __iter__(self) -> Iterator[Diagnostic]:
        files: dict[str | None, int] = {}
        for finding in self._findings:
            files.setdefault(finding.path, len(files))
        return iter(
            sorted(
                self._findings,
                key=lambda finding: (
                    files[finding.path],
                    (-1, -1) if finding.span is None else (finding.span.start, finding.span.end),
                ),
            )
        )

    def of(self, source: SourceFile) -> list[Diagnostic]:
        """The findings about one file."""
        return [finding for finding in self if finding.source is source]

    def __len__(self) -> int:
        return len(self._findings)

    @property
    def errors(self) -> list[Diagnostic]:
        """The findings that stop the pipeline, in order of place."""
        return [finding for finding in self if finding.severity is Severity.error]

    @property
    def warnings(self) -> list[Diagnostic]:
        """The findings that do not stop it, without notes, in order of place."""
        return [finding for finding in self if finding.severity is Severity.warning]

    @property
    def has_errors(self) -> bool:
        """Whether the pipeline has to stop."""
        return any(finding.severity is Severity.error for finding in self._findings)
