"""Looks at the trees and faults of words: without offsets, and at what the offsets point."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import replace

from ferrule.words import WordError
from ferrule.words.ast import Node


def bare(tree: Any) -> Any:
    """The tree with all offsets at 0, for comparison with one built by hand."""
    if isinstance(tree, tuple):
        return tuple(bare(each) for each in tree)
    if not isinstance(tree, Struct):
        return tree
    inner = {field: bare(getattr(tree, field)) for field in tree.__struct_fields__}
    if isinstance(tree, Node):
        inner |= {"start": 0, "end": 0}
    return replace(tree, **inner)


def nodes(tree: Any) -> Iterator[Node]:
    """Every node of a tree, itself first."""
    if isinstance(tree, tuple):
        for each in tree:
            yield from nodes(each)
    elif isinstance(tree, Node):
        yield tree
        for field in tree.__struct_fields__:
            yield from nodes(getattr(tree, field))


def fault(parse: Callable[[str], object], text: str) -> WordError:
    """The fault that the parser finds in the text, which must have one."""
    with pytest.raises(WordError) as caught:
        parse(text)
    return caught.value


def expect_fault(parse: Callable[[str], object], text: str, message: str, pointed_at: str) -> None:
    """The parser refuses the text in these words, and points at this part of it."""
    found = fault(parse, text)
    assert message in found.message
    assert text[found.start : found.end] == pointed_at
