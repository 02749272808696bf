"""What is known of an answer's shape: types of JSON, made from declarations, merged, and walked."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from ferrule.forms.shape import Shape
from ferrule.forms.tree import Path
from ferrule.passes.check.models import Models
from ferrule.passes.check.scope import type_of
from ferrule.words import ast

Kind = Literal["text", "a number", "true or false", "null", "a list", "an object"]
Step = str | int | None
"""A key, an index, or None for every entry."""


class Plain(Struct, frozen=True):
    """A single value of one of the kinds; `members` are its only known values."""

    kinds: frozenset[Kind]
    members: tuple[str | int, ...] = ()
    is_closed: bool = False


class Record(Struct, frozen=True):
    """An object: its fields, each with whether it may be absent. Open: there may be others."""

    fields: dict[str, tuple[JsonType, bool]]
    is_open: bool = False
    name: str = "the answer"


class Sequence(Struct, frozen=True):
    """A list of like items."""

    item: JsonType


class Mapping(Struct, frozen=True):
    """An object whose keys are not known and whose values are alike."""

    value: JsonType


class Choice(Struct, frozen=True):
    """One of several."""

    members: tuple[JsonType, ...]


class Named(Struct, frozen=True):
    """A model, looked up when it is needed: models may hold themselves."""

    name: str


class Unknown(Struct, frozen=True):
    """Nothing is declared."""


JsonType = Plain | Record | Sequence | Mapping | Choice | Named | Unknown
UNKNOWN = Unknown()
OPEN = Record({}, is_open=True)
NULL = Plain(frozenset({"null"}))
TEXT = Plain(frozenset({"text"}))
NUMBER = Plain(frozenset({"a number"}))
TRUTH = Plain(frozenset({"true or false"}))
TEXT_OR_NUMBER = Plain(frozenset({"text", "a number"}))

_NUMBERS = ("epoch", "epoch_ms", "seconds", "ms")
_TEXT_WORDS = frozenset(
    {
        "boolean",
        "bytes",
        "date",
        "datetime",
        "duration",
        "email",
        "integer",
        "number",
        "secret",
        "string",
        "text",
        "time",
        "url",
        "uuid",
    }
)


class Walked(Struct, frozen=True):
    """Where a path leads. `is_possible` is None where what is declared does not tell.

    Where it is impossible, `reason` says why and `step` counts the steps before the impossible
    one; `near` are the names that may have been meant.
    """

    is_possible: bool | None
    type: JsonType = UNKNOWN
    may_be_absent: bool = False
    reason: str = ""
    step: int = 0
    near: tuple[str, ...] = ()


class AnswerTypes(Struct, frozen=True):
    """Makes types from the declarations of one spec, and walks them."""

    models: Models
    _of_models: dict[str, JsonType] = field(default_factory=dict)

    # --- from declarations ---

    def of_type(self, type_: ast.TypeExpr | None) -> JsonType:
        """The JSON that a declared type stands for."""
        match type_:
            case ast.WordType():
                return _of_word(type_)
            case ast.EnumType(values=values, is_closed=is_closed):
                kind: Kind = "text" if isinstance(values[0], str) else "a number"
                return Plain(frozenset({kind}), values, is_closed)
            case ast.PatternType():
                return TEXT
            case ast.RangeType(word=word):
                return TEXT if word == "string" else NUMBER
            case ast.ModelType(name=name):
                return Named(name) if self.models.can_follow(name) else UNKNOWN
            case ast.ListType(item=item):
                return Sequence(self.of_type(item))
            case ast.MapType(value=value):
                return Mapping(self.of_type(value))
            case ast.UnionType(members=members):
                return Choice(tuple(self.of_type(each) for each in members))
            case ast.StreamType(kind="xml", item=item):
                return self.of_type(item)
        return UNKNOWN

    def of_shape(self, shape: Shape, path: Path, name: str = "the answer") -> JsonType:
        """The JSON that a declaration stands for."""
        if shape.word is not None and shape.word.constant is not None:
            return TEXT
        if shape.enum is not None:
            values = tuple(shape.enum.values() if isinstance(shape.enum, dict) else shape.enum)
            plain = tuple(each for each in values if isinstance(each, str | int))
            kinds: set[Kind] = {"text" if isinstance(each, str) else "a number" for each in plain}
            return Plain(frozenset(kinds), plain) if len(plain) == len(values) else UNKNOWN
        if shape.constant is not None:
            return _of_constant(shape.constant)
        if shape.items is not None:
            return Sequence(Choice(tuple(self.of_type(each) for each in shape.items)))
        if shape.by is not None:
            return self._of_tagged(shape)
        type_ = type_of(shape)
        if type_ is not None:
            made = self.of_type(type_)
            return Choice((made, TEXT)) if shape.blank_is_null else made
        fields = self.models.fields(shape, path)
        return Record(
            {
                wire: (self.of_shape(each, where, f"`{wire}`"), may_be_absent)
                for wire, may_be_absent, each, where in fields.values()
            },
            is_open=shape.rest is not None or not fields,
            name=name,
        )

    def _of_tagged(self, shape: Shape) -> JsonType:
        branches = [self.of_type(type_of(each)) for each in (shape.fields or {}).values()]
        # Without `.else` an unknown tag is kept as it comes.
        branches.append(self.of_type(shape.otherwise) if shape.otherwise else UNKNOWN)
        return Choice(tuple(branches))

    def expand(self, type_: JsonType) -> JsonType:
        """The type that a model's name stands for; any other type as it is."""
        while isinstance(type_, Named):
            made = self._of_models.get(type_.name)
            if made is None:
                shape = self.models.spec.models[type_.name]
                made = self.of_shape(shape, ("models", type_.name), f"`{type_.name}`")
                self._of_models[type_.name] = made
            type_ = made
        return type_

    # --- walking ---

    def walk(self, type_: JsonType, steps: tuple[Step, ...], number: int = 0) -> Walked:
        """Follow the steps from `number` on."""
        if number == len(steps):
            return Walked(True, type_)
        type_ = self.expand(type_)
        step = steps[number]
        match type_:
            case Record():
                return self._walk_record(type_, steps, number)
            case Sequence(item=item):
                if isinstance(step, str):
                    return Walked(False, reason="a list stands here: write [0] or [*]", step=number)
                return _absent(self.walk(item, steps, number + 1))
            case Mapping(value=value):
                if isinstance(step, int):
                    return Walked(False, reason="an object stands here, not a list", step=number)
                return _absent(self.walk(value, steps, number + 1))
            case Choice(members=members):
                return self._walk_choice(members, steps, number)
            case Plain(kinds=kinds):
                what = " or ".join(sorted(kinds))
                return Walked(False, reason=f"{what} stands here, with nothing inside", step=number)
        return Walked(None)

    def _walk_record(self, type_: Record, steps: tuple[Step, ...], number: int) -> Walked:
        step = steps[number]
        if isinstance(step, int):
            return Walked(False, reason="an object stands here, not a list", step=number)
        if step is None:
            return Walked(None)
        found = type_.fields.get(step)
        if found is not None:
            walked = self.walk(found[0], steps, number + 1)
            return _absent(walked) if found[1] else walked
        if type_.is_open:
            return Walked(None)
        near = tuple(type_.fields)
        return Walked(False, reason=f"{type_.name} has no field `{step}`", step=number, near=near)

    def _walk_choice(
        self, members: tuple[JsonType, ...], steps: tuple[Step, ...], number: int
    ) -> Walked:
        real = [each for each in members if self.expand(each) != NULL]
        walks = [self.walk(each, steps, number) for each in real]
        possible = [walk for walk in walks if walk.is_possible is not False]
        if not possible:
            return walks[0] if walks else Walked(False, reason="null stands here", step=number)
        if any(walk.is_possible is None for walk in possible):
            return Walked(None)
        may_be_absent = len(real) < len(members) or len(possible) < len(walks)
        return Walked(
            True,
            (
                possible[0].type
                if len(possible) == 1
                else Choice(tuple(walk.type for walk in possible))
            ),
            may_be_absent or any(walk.may_be_absent for walk in possible),
        )

    def plains(self, type_: JsonType) -> list[JsonType]:
        """The type without names and choices: what it can be in the end."""
        type_ = self.expand(type_)
        if isinstance(type_, Choice):
            return [end for member in type_.members for end in self.plains(member)]
        return [type_]

    def kinds(self, type_: JsonType) -> frozenset[Kind] | None:
        """The kinds of value that a type can be; None where nothing is known."""
        found: set[Kind] = set()
        for end in self.plains(type_):
            match end:
                case Plain(kinds=kinds):
                    found |= kinds
                case Sequence():
                    found.add("a list")
                case Record() | Mapping():
                    found.add("an object")
                case _:
                    return None
        return frozenset(found)

    # --- merging ---

    def merge(self, one: JsonType, other: JsonType) -> JsonType | str:
        """Both in one; where they cannot both be true, the place where they differ, as text."""
        one, other = self.expand(one), self.expand(other)
        if one == other or isinstance(other, Unknown):
            return one
        if isinstance(one, Unknown):
            return other
        if isinstance(one, Record) and isinstance(other, Record):
            return self._merge_records(one, other)
        if isinstance(one, Sequence) and isinstance(other, Sequence):
            item = self.merge(one.item, other.item)
            return f"[*]{item}" if isinstance(item, str) else Sequence(item)
        mine, others = self.kinds(one), self.kinds(other)
        if mine is None or others is None or mine & others:
            return other
        return ""

    def _merge_records(self, one: Record, other: Record) -> JsonType | str:
        fields = dict(one.fields)
        for name, (type_, may_be_absent) in other.fields.items():
            if name in fields:
                merged = self.merge(fields[name][0], type_)
                if isinstance(merged, str):
                    return f".{name}{merged}"
                fields[name] = (merged, may_be_absent and fields[name][1])
            else:
                fields[name] = (type_, may_be_absent)
        return Record(fields, one.is_open and other.is_open, one.name)


def placed(type_: JsonType, steps: tuple[Step, ...]) -> JsonType:
    """An answer of which only this is known: that the type stands at the end of the steps."""
    for step in reversed(steps):
        if isinstance(step, str):
            type_ = Record({step: (type_, False)}, is_open=True)
        elif isinstance(step, int):
            type_ = Sequence(type_)
        else:
            return UNKNOWN
    return type_


def _absent(walked: Walked) -> Walked:
    if walked.is_possible is True and not walked.may_be_absent:
        return Walked(True, walked.type, True)
    return walked


def _of_word(type_: ast.WordType) -> JsonType:
    word, written = type_.word, type_.format
    if word == "boolean" and written is None:
        return TRUTH
    if word in ("null", "none"):
        return NULL
    if word == "object":
        return OPEN
    if word == "decimal":
        return TEXT_OR_NUMBER
    if word in ("integer", "number") and written != "text":
        return NUMBER
    if word == "duration" and written is None:
        return TEXT_OR_NUMBER
    if written in _NUMBERS:
        return NUMBER
    return TEXT if word in _TEXT_WORDS else UNKNOWN


def _of_constant(value: object) -> JsonType:
    if isinstance(value, bool):
        return TRUTH
    if isinstance(value, str):
        return Plain(frozenset({"text"}), (value,))
    return NUMBER
