"""Python types as sets of what they admit, and whether one admits more than another."""

from __future__ import annotations

import ast
import re
from enum import Enum

from msgspec import Struct

# What callers call these: the strictness is about the answers of the service.
_STRICT = re.compile(r"\bStrict(Bool|Int|Float|Str|Bytes)\b")
_NOTHING = ("Omit", "omit")


class Relation(Enum):
    """How a new type stands to an old one."""

    same = "same"
    wider = "wider"
    narrower = "narrower"
    other = "other"


class Member(Struct, frozen=True):
    """One member of a union: a name or a generic with its arguments; `text` says it in Python."""

    text: str
    origin: str
    arguments: tuple[Type, ...] = ()


class Type(Struct, frozen=True):
    """A union. `known` are the values that an open enum names: others are admitted too."""

    members: frozenset[Member]
    known: frozenset[str]
    text: str


def type_of(node: ast.expr | None) -> Type:
    """The type that an annotation says."""
    if node is None:
        return Type(frozenset(), frozenset(), "Any")
    members, literals = set[Member](), set[str]()
    _collect(node, members, literals)
    is_open = any(member.origin == "str" for member in members)
    if not is_open:
        members |= {Member(value, f"Literal {value}") for value in literals}
    return Type(frozenset(members), frozenset(literals if is_open else ()), _text(node))


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.BinOp):
        parts = [part for part in (_text(node.left), _text(node.right)) if part]
        return " | ".join(parts)
    text = _STRICT.sub(lambda found: found[1].lower(), ast.unparse(node))
    return "" if text in _NOTHING else text


def _collect(node: ast.expr, members: set[Member], literals: set[str]) -> None:
    if isinstance(node, ast.BinOp):
        _collect(node.left, members, literals)
        _collect(node.right, members, literals)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        _collect(ast.parse(node.value, mode="eval").body, members, literals)
    elif isinstance(node, ast.Subscript):
        origin = ast.unparse(node.value)
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if origin == "Literal":
            literals |= {ast.unparse(each) for each in inner}
        elif origin in ("Required", "NotRequired"):
            _collect(inner[0], members, literals)
        else:
            arguments = tuple(type_of(each) for each in inner)
            members.add(Member(ast.unparse(node), origin, arguments))
    elif ast.unparse(node) not in _NOTHING:
        members.add(Member(ast.unparse(node), ast.unparse(node)))


def relation(old: Type, new: Type) -> Relation:
    """Whether the new type admits more, less, the same, or something else."""
    is_wide = _covers(new, old)
    is_narrow = _covers(old, new)
    if is_wide and is_narrow:
        return Relation.same
    if is_wide:
        return Relation.wider
    return Relation.narrower if is_narrow else Relation.other


def _covers(outer: Type, inner: Type) -> bool:
    return all(any(_admits(each, member) for each in outer.members) for member in inner.members)


def _admits(outer: Member, inner: Member) -> bool:
    if outer.origin == "Any" or outer.text == inner.text:
        return True
    if outer.origin == "str" and inner.origin.startswith("Literal '"):
        return True
    return (
        outer.origin == inner.origin
        and len(outer.arguments) == len(inner.arguments) > 0
        and all(map(_covers, outer.arguments, inner.arguments))
    )
