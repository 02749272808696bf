"""Writes an import as the text of a spec: a new one, or one merged into what its author has."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile
from ferrule.forms.tree import SpecTree
from ferrule.imports.spec_text import comment_lines, spec_text

_ROUNDS = 8
STATE_HEADING = (
    "What was imported last: it tells what an author has changed. Keep it with the spec.",
)


class Renewed(Struct):
    """The text of a spec, and what a merge has done to its actions and models.

    `state` is the text of the import by itself, which the next merge compares with; `conflicts` is
    what author and document have both changed.
    """

    text: str
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    state: str = ""


def read_tree(name: str, text: str, report: Report) -> SpecTree | None:
    """The values of a spec that stands already. None, with findings, where it cannot be read."""
    from ferrule.passes.parse import parse

    own = Report()
    tree = parse(SourceFile(name, text), own)
    report.extend(own)
    return None if own.has_errors else tree


def renewed(
    data: dict[str, Any],
    heading: tuple[str, ...],
    mine: SpecTree | None,
    base: SpecTree | None,
    report: Report,
) -> Renewed:
    """The spec of an import.

    `mine` is the author's spec where there is one, `base` what was imported the last time.
    """
    body = spec_text(data)
    state = comment_lines(STATE_HEADING) + body
    if mine is None:
        return Renewed(comment_lines(heading) + body, state=state)
    from ferrule.imports.merging import Merge

    kept: frozenset[str] = frozenset()
    models = data.get("models") or {}
    for _ in range(_ROUNDS):
        told = Report()
        merge = Merge(mine, told, kept)
        text = merge.text(None if base is None else base.data, data)
        lacking = _unknown_models(mine.source.path, text, models) - kept
        if not lacking:
            break
        kept |= lacking
    report.extend(told)
    conflicts = [each.message for each in told]
    return Renewed(text, merge.added, merge.changed, merge.removed, conflicts, state)


def _unknown_models(name: str, text: str, models: dict[str, Any]) -> frozenset[str]:
    """Models that a merged spec needs, that the author took out, and that the document has."""
    from ferrule.passes.check import check
    from ferrule.passes.parse import parse

    report = Report()
    tree = parse(SourceFile(name, text), report)
    if tree is None:
        return frozenset()
    check(tree, report)
    missing = [each for each in report if each.rule == "unknown-model"]
    said = " ".join(each.message for each in missing)
    own = tree.data.get("models") or {}
    return frozenset(each for each in models if each not in own and f"`{each}`" in said)
