"""Tells what an OpenAPI document cannot say, with the place in the spec."""

from __future__ import annotations

from msgspec import Struct, field

from ferrule.diagnostics import Report
from ferrule.forms.tree import Path, SpecTree


class Losses(Struct):
    """Gathers findings about one spec, each once."""

    tree: SpecTree
    report: Report
    _told: set[tuple[Path, str]] = field(default_factory=set)

    def tell(self, path: Path, message: str, advice: str | None = None) -> None:
        """One thing that the document leaves out or says by halves."""
        if (path, message) not in self._told:
            self._told.add((path, message))
            span = self.tree.key_span(path)
            self.report.add("export-lost", self.tree, span, message, help=advice)
