"""Plausible values for what a spec declares: small JSON bodies and arguments to copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ferrule.exports.openapi.schemas import type_of
from ferrule.forms.shape import Shape
from ferrule.words import ast

_DEEPEST = 4
_WORDS: dict[str, Any] = {
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "null": None,
    "datetime": "2024-05-01T12:00:00Z",
    "date": "2024-05-01",
    "time": "12:30:00",
    "duration": 60,
    "uuid": "6f1c3d2e-8a4b-4c5d-9e6f-7a8b9c0d1e2f",
    "url": "https://example.com",
    "email": "somebody@example.com",
    "decimal": "12.50",
    "bytes": "Li4u",
    "file": "@file.bin",
    "object": {},
    "any": "...",
}


def sample(shape: Shape, models: Mapping[str, Shape], name: str = "", depth: int = 0) -> Any:
    """A value that fits a declaration: its example, else something short."""
    if shape.example is not None:
        return shape.example
    if shape.constant is not None:
        return shape.constant
    if shape.enum:
        return next(iter(shape.enum.values() if isinstance(shape.enum, dict) else shape.enum))
    word = shape.word
    if word is not None and word.constant is not None:
        return "".join(str(part) for part in word.constant.parts if isinstance(part, str))
    type_ = type_of(shape)
    if type_ is not None:
        return sample_of_type(type_, models, name, depth)
    if shape.items is not None:
        return [sample_of_type(each, models, name, depth) for each in shape.items]
    if depth > _DEEPEST:
        return {}
    if shape.by is not None:
        first = next(iter(shape.members), None)
        return {} if first is None else sample(first[3], models, name, depth + 1)
    found: dict[str, Any] = {}
    for base in shape.is_also or ():
        inner = sample_of_type(base, models, name, depth + 1)
        found |= inner if isinstance(inner, dict) else {}
    for _, wire, is_optional, each in shape.members:
        has_default = each.default is not None or (each.word is not None and each.word.default)
        if not (is_optional or has_default or each.read_only):
            found[wire] = sample(each, models, wire, depth + 1)
    return {shape.wrap: found} if shape.wrap is not None else found


def sample_of_type(
    type_: ast.TypeExpr, models: Mapping[str, Shape], name: str = "", depth: int = 0
) -> Any:
    """A value of a type."""
    match type_:
        case ast.WordType(word=word):
            return _WORDS.get(word, name or "text")
        case ast.PatternType():
            return name or "text"
        case ast.RangeType(word=word, low=low):
            return (name or "text") if word == "string" else (low if low is not None else 1)
        case ast.EnumType(values=values):
            return values[0]
        case ast.ListType(item=item) | ast.StreamType(item=item):
            return [sample_of_type(item, models, name, depth + 1)] if depth <= _DEEPEST else []
        case ast.MapType(value=value):
            return {"name": sample_of_type(value, models, name, depth + 1)}
        case ast.ModelType(name=model):
            shape = models.get(model)
            if shape is None or depth > _DEEPEST:
                return {}
            return sample(shape, models, name, depth + 1)
        case ast.UnionType(members=members):
            return sample_of_type(members[0], models, name, depth)
