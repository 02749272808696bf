"""How the words of a fan-out are read: which action and which field a source names."""

from __future__ import annotations

from collections.abc import Container, Iterator

from msgspec import Struct

from ferrule.forms.shape import Shape
from ferrule.forms.spec import METHODS, Action
from ferrule.words import ast


class Source(Struct, frozen=True):
    """`tickets.list.id`: the action `tickets.list`, and the way `id` inside its items."""

    action: str
    way: tuple[str, ...]


def source_of(template: ast.Template, actions: Container[str]) -> Source | None:
    """What a word of `each` names; None where it is a look-up, or names no action."""
    if not template.is_constant:
        return None
    parts = "".join(map(str, template.parts)).split(".")
    for size in range(len(parts), 0, -1):
        name = ".".join(parts[:size])
        if name in actions:
            return Source(name, tuple(parts[size:]))
    return None


def parameters_of(action: Action) -> Iterator[tuple[str, str, bool]]:
    """Each parameter at the top of a request: its place, its wire name, whether it is needed."""
    for method in METHODS:
        target = getattr(action, method)
        for part in target.parts if target is not None else ():
            if isinstance(part, ast.PathParam):
                yield "path", part.name, not part.is_optional
    for where, shape in (
        ("query", action.query),
        ("query", action.optional_query),
        ("header", action.headers),
        ("header", action.optional_headers),
        ("cookie", action.cookies),
        ("body", action.body),
        ("body", action.optional_body),
    ):
        for _, name, is_optional, each in shape.members if shape is not None else ():
            word = each.word
            is_given = word is None or word.constant is None
            has_default = each.default is not None or (
                word is not None and word.default is not None
            )
            if is_given and each.constant is None:
                yield where, name, not (is_optional or has_default)


def needed_inputs(action: Action) -> Iterator[tuple[str, bool]]:
    """Each declared input, and whether it is needed."""
    for key, shape in action.input.items():
        yield key.removesuffix("?"), not (key.endswith("?") or _has_default(shape))


def _has_default(shape: Shape) -> bool:
    word = shape.word
    return shape.default is not None or (word is not None and word.default is not None)
