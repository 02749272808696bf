"""Tells findings about names, each with the places where the names are given."""

from __future__ import annotations

from msgspec import Struct

from ferrule import naming
from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile, Span
from ferrule.forms.tree import Path, SpecTree


class Teller(Struct, frozen=True):
    """Adds findings about keys of the spec. Without a tree they have no place."""

    report: Report
    tree: SpecTree | None

    def named(self, wanted: str, text: str, path: Path, *, fix: str) -> str:
        """The Python name as wanted; a finding where `text` gave none."""
        if naming.is_name(wanted):
            return wanted
        self.report.add(
            "bad-name",
            *self._at(path),
            f"`{text}` has no letter or digit that a name in Python could be made of",
            help=fix,
        )
        return f"unnamed_{sum(map(ord, text))}"

    def collision(self, name: str, what: str, path: Path, earlier: Path, *, fix: str) -> None:
        """Two things of one scope that would have one Python name."""
        source, span = self._at(earlier)
        self.report.add(
            "python-name-clash",
            *self._at(path),
            f"the {what} would be called `{name}` in Python, as another one already is",
            help=fix,
            notes=((source, span, f"the other `{name}` stands here"),),
        )

    def _at(self, path: Path) -> tuple[SourceFile | None, Span | None]:
        if self.tree is None:
            return (None, None)
        return self.tree.placed(self.tree.key_span(path))
