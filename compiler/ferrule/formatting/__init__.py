"""Gives a spec its one canonical layout; keys, values, their order and comments stay."""

from __future__ import annotations

from ferrule.diagnostics import Report
from ferrule.formatting.layout import Block, layout_of
from ferrule.formatting.remarks import attach, tidy
from ferrule.formatting.writing import written
from ferrule.forms.comments import comments_of
from ferrule.forms.outline import say_the_same
from ferrule.forms.source import SourceFile
from ferrule.forms.tree import SpecTree
from ferrule.passes.parse import parse

__all__ = ["formatted"]


def formatted(source: SourceFile, report: Report) -> str | None:
    """The text in canonical layout. What is no YAML is told, and None returns.

    Formatting the result again changes nothing.
    """
    tree = parse(source, report)
    if tree is None or report.has_errors:
        return None
    text = _laid_out(tree)
    _require_same(tree, text)
    return text


def _laid_out(tree: SpecTree) -> str:
    root = layout_of(tree)
    assert isinstance(root, Block), "a spec is a map"
    attach(root, comments_of(tree.source, tree.root), tree.source)
    return written(root)


def _require_same(before: SpecTree, text: str) -> None:
    """Whatever is lost here is lost for good, so that it is looked at once more."""
    after = parse(SourceFile(before.source.path, text), Report())
    if after is None or not say_the_same(before, after):
        raise AssertionError("formatting would change what the spec says")
    if _comments(before) != _comments(after):
        raise AssertionError("formatting would lose a comment")


def _comments(tree: SpecTree) -> list[str]:
    return sorted(tidy(comment.text) for comment in comments_of(tree.source, tree.root))
