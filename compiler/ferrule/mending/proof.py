"""Proves that a text is better after edits, and the same where they are not."""

from __future__ import annotations

from collections.abc import Iterable

from ferrule.diagnostics import Diagnostic, Report
from ferrule.forms.comments import comments_of
from ferrule.forms.outline import outline
from ferrule.forms.source import SourceFile, Span
from ferrule.forms.tree import SpecTree
from ferrule.mending.edits import Edit, moved
from ferrule.passes.parse import parse
from ferrule.pipeline import check_spec


def is_cleaner(
    before: SourceFile, found: Iterable[Diagnostic], edits: list[Edit], after: SourceFile
) -> bool:
    """Whether the findings of the edits are gone, and nothing else was touched.

    A text that was YAML stays YAML, with the same keys, values and comments but for those under the
    edits. One that was not has fewer faults, or becomes YAML.
    """
    first, second = _tree(before), _tree(after)
    if first is not None and (second is None or not _differ_only_there(first, second, edits)):
        return False
    report = Report()
    check_spec(after, report)
    if first is None and second is None and len(report) >= len(list(found)):
        return False
    left = {(finding.rule, finding.span, finding.message) for finding in report}
    return not any(_as_it_would_stay(edit, edits) in left for edit in edits)


def _tree(source: SourceFile) -> SpecTree | None:
    return parse(source, Report())


def _as_it_would_stay(edit: Edit, edits: list[Edit]) -> tuple[str, Span | None, str]:
    """How the finding would look if the edit had not helped."""
    span, others = edit.finding.span, [each for each in edits if each is not edit]
    if span is not None:
        span = Span(moved(span.start, others), moved(span.end, others))
    return edit.finding.rule, span, edit.finding.message


def _differ_only_there(before: SpecTree, after: SpecTree, edits: list[Edit]) -> bool:
    ours, theirs = outline(before), outline(after)
    spans = [edit.span for edit in edits]
    return (
        len(ours) == len(theirs)
        and all(
            one.says_the_same(other) or (one.kind == other.kind and _is_under(one.span, spans))
            for one, other in zip(ours, theirs, strict=True)
        )
        and _comments(before, spans) == _comments(after, [_new(edit, edits) for edit in edits])
    )


def _comments(tree: SpecTree, but: list[Span]) -> list[str]:
    return [
        comment.text
        for comment in comments_of(tree.source, tree.root)
        if not _is_under(comment.span, but)
    ]


def _new(edit: Edit, edits: list[Edit]) -> Span:
    """Where the text of an edit stands after all of them."""
    start = moved(edit.span.start, [each for each in edits if each is not edit])
    return Span(start, start + len(edit.text))


def _is_under(span: Span, edits: list[Span]) -> bool:
    return any(edit.start < span.end and span.start < edit.end for edit in edits)
