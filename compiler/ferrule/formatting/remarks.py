"""Finds for each comment the entry that it is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ferrule.formatting.layout import Block, Entry, Remark, Text, flow_on_line
from ferrule.forms.comments import Comment
from ferrule.forms.source import SourceFile

_UNSPACED = re.compile(r"#(?=[^\s#!])")


def tidy(text: str) -> str:
    """A comment with a blank behind its mark; `#!` and rows of marks stay."""
    return _UNSPACED.sub("# ", text, count=1) if _UNSPACED.match(text) else text


def attach(root: Block, comments: Iterable[Comment], source: SourceFile) -> None:
    """Hands every comment to an entry, or to the end of a block, so that none is left."""
    attacher = _Attacher(root, source)
    for comment in comments:
        attacher.attach(comment)


class _Attacher:
    def __init__(self, root: Block, source: SourceFile):
        self.root = root
        self.source = source
        self.entries = sorted(root.entries_below(), key=lambda entry: entry.start)
        self.starts = [entry.start for entry in self.entries]
        self.flows = [block for block in _blocks(root) if block.is_flow]
        # Between two entries a comment does not go deeper than the one before it.
        self.gap = -1
        self.deepest: Block | None = None

    def attach(self, comment: Comment) -> None:
        number = bisect_right(self.starts, comment.span.start)
        before = self.entries[number - 1] if number else None
        after = self.entries[number] if number < len(self.entries) else None
        if comment.is_alone:
            self._alone(comment, before, after, number)
        else:
            self._beside(comment, before, after)

    def _beside(self, comment: Comment, before: Entry | None, after: Entry | None) -> None:
        entry = before
        while entry is not None and entry.around.is_flow and entry.around.end <= comment.span.start:
            entry = entry.around.owner
        if entry is None:
            self._lead(after, comment, is_apart=False)
        elif _needs_room(entry, comment):
            _put_above(entry, comment, is_apart=False)
        else:
            if entry.trailing is not None:
                _put_above(entry, entry.trailing, is_apart=False)
            entry.trailing = comment

    def _alone(self, comment: Comment, before: Entry | None, after: Entry | None, gap: int) -> None:
        is_apart = comment.line > 1 and not self.source.line(comment.line - 1).strip()
        if before is not None and _is_inside(comment, before.value):
            _put_above(before, comment, is_apart=is_apart)
            return
        flow = self._flow_around(comment)
        if flow is not None and (after is None or after.start >= flow.end):
            flow.footers.append(Remark(tidy(comment.text), is_apart))
            return
        block = None if flow is not None else self._ended(comment, before, after, gap)
        if block is None:
            self._lead(after, comment, is_apart=is_apart)
        else:
            block.footers.append(Remark(tidy(comment.text), is_apart))

    def _flow_around(self, comment: Comment) -> Block | None:
        """The innermost `{ }` or `[ ]` in which the comment stands."""
        around = [b for b in self.flows if b.start < comment.span.start < b.end]
        return max(around, key=lambda block: block.start, default=None)

    def _ended(
        self, comment: Comment, before: Entry | None, after: Entry | None, gap: int
    ) -> Block | None:
        """The block that the comment closes: as deep as it is indented; None if it opens one."""
        if gap != self.gap:
            self.gap, self.deepest = gap, None
        ended = [] if before is None else list(_ended_between(before, after))
        if self.deepest is not None:
            ended = ended[ended.index(self.deepest) :] if self.deepest in ended else []
        column = comment.span.start - self.source.line_starts[comment.line - 1]
        if after is not None and column <= after.column:
            ended = []
        fitting = [block for block in ended if block.column <= column]
        if after is None:
            fitting = fitting or ended[-1:]
        self.deepest = fitting[0] if fitting else self.root
        return fitting[0] if fitting else None

    def _lead(self, entry: Entry | None, comment: Comment, *, is_apart: bool) -> None:
        if entry is None:
            self.root.footers.append(Remark(tidy(comment.text), is_apart))
            return
        _put_above(entry, comment, is_apart=is_apart)


def _put_above(entry: Entry, comment: Comment, *, is_apart: bool) -> None:
    """Makes the last of the comments above an entry; it may have stood behind its key or mark.

    Nothing stands between the marks of items that begin on one line: above the first, then.
    """
    while entry is entry.around.entries[0]:
        owner = entry.around.owner
        if owner is None or owner.key is not None:
            break
        entry = owner
    if comment.span.start > entry.start:
        is_apart, entry.is_apart = entry.is_apart, False
    entry.leading.append(Remark(tidy(comment.text), is_apart))


def _needs_room(entry: Entry, comment: Comment) -> bool:
    """Whether something else will stand on the line of an item's mark."""
    if entry.key is not None or not isinstance(entry.value, Block):
        return False
    return comment.span.start < entry.value.end or flow_on_line(entry) is None


def _is_inside(comment: Comment, value: Block | Text) -> bool:
    """Whether the comment stands between a key and its single value."""
    return isinstance(value, Text) and comment.span.start < value.start


def _blocks(block: Block) -> Iterator[Block]:
    yield block
    for entry in block.entries:
        if isinstance(entry.value, Block):
            yield from _blocks(entry.value)


def _ended_between(before: Entry, after: Entry | None) -> Iterator[Block]:
    """The blocks that end between two neighbours, from the inside out; at last the root."""
    block: Block | None = before.around
    while block is not None:
        if after is not None and block.start <= after.start < block.end:
            return
        if not block.is_flow:
            yield block
        block = None if block.owner is None else block.owner.around
