"""Proves declarations: types that mean something where they stand, options that fit them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from msgspec import Struct, field

from ferrule.forms.reading import fields_of
from ferrule.forms.shape import ArrayStyle, Shape
from ferrule.forms.tree import Path
from ferrule.passes.check.context import Context, did_you_mean, listed, nearest, quoted
from ferrule.passes.check.models import Models, check_composition
from ferrule.passes.check.scope import parts_of, type_of
from ferrule.words import ast

_PARAMETERS = frozenset({"path", "query", "headers", "cookies", "input"})
_OBJECTS = frozenset({"body", "model", "envelope", "query", "headers", "cookies", "input"})
_EVERYWHERE = _PARAMETERS | _OBJECTS | {"settings"}

# Where a word means something; words that are not here mean something everywhere but in a setting.
_WORD_PLACES = {
    "secret": frozenset({"settings"}),
    "json_secret": frozenset({"settings"}),
    "file": frozenset({"settings", "body", "input"}),
    "none": frozenset({"returns", "headers", "query", "cookies"}),
    "redirect": frozenset({"returns"}),
    "text": frozenset({"returns", "body"}),
}
_SETTING_WORDS = frozenset(
    {
        "boolean",
        "date",
        "datetime",
        "decimal",
        "duration",
        "email",
        "file",
        "integer",
        "json_secret",
        "number",
        "secret",
        "string",
        "time",
        "url",
        "uuid",
    }
)
_SINGLE_PLACES = frozenset({"path", "headers", "cookies"})
_WORD_HELP = {
    "secret": "secrets are given by the installer: declare it under `settings:`",
    "json_secret": "a key file is given by the installer: declare it under `settings:`",
    "text": "write `string`",
    "none": "write `null`, or mark what may be left out: `name?`",
    "file": "files are sent, in a body",
}
_STYLE_HELP = "a `.style` says how an object becomes one text: csv, pairs, json …"
# Styles that mean something in a place; in all others stand those of queries.
_STYLES: dict[str, tuple[str, ...]] = {
    "path": (
        "csv", "pairs", "pipes", "spaces", "tabs", "label", "label_csv", "matrix", "matrix_repeat",
        "json",
    ),
    "headers": ("csv", "pairs", "pipes", "spaces", "json"),
    "cookies": ("csv", "repeat", "spread", "pairs", "pipes", "json"),
}  # fmt: skip
_QUERY_STYLES: tuple[str, ...] = get_args(ArrayStyle)
_IN = {"path": "a path", "headers": "a header", "cookies": "a cookie", "query": "a query"}
_IN |= {"body": "a body", "input": "an input"}
# Where an option means something, by the name of the field of `Shape`.
_OPTION_KEYS = {each.name: key for key, each in fields_of(Shape).items()}
_OPTION_PLACES = {
    "strip": frozenset({"settings"}),
    "wrap": frozenset({"body"}),
    "part": frozenset({"body"}),
    "document": frozenset({"body"}),
    "operation": frozenset({"body"}),
    "style": _PARAMETERS | {"body"},
    "by": frozenset({"model", "body", "envelope"}),
    "otherwise": frozenset({"model", "body", "envelope"}),
    "is_also": frozenset({"model", "body"}),
    "is_closed": frozenset({"model", "body"}),
    "one_of_fields": frozenset({"model", "body"}),
    "rest": _OBJECTS,
    "extends_timeout": _PARAMETERS | {"body"},
    "read_only": frozenset({"model", "body"}),
    "write_only": frozenset({"model", "body"}),
    "blank_is_null": frozenset({"model", "envelope"}),
    "items": _OBJECTS,
    "constant": _EVERYWHERE - {"settings"},
    "python_name": _EVERYWHERE - {"settings"},
}
_AT_TOP = frozenset({"wrap", "document", "operation"})
_NUMBER_WORDS = frozenset({"integer", "number", "decimal"})
_TEXT_WORDS = frozenset({"string", "text", "url", "email", "secret", "any"})
_KIND_WORDS = {"boolean": "true or false", "integer": "a whole number", "number": "a number"}


# Types that are written like models elsewhere, and are no names that a model would have.
_LIKE_MODELS = {
    "any": "any", "bool": "boolean", "boolean": "boolean", "datetime": "datetime",
    "dict": "map(any)", "float": "number", "int": "integer", "integer": "integer",
    "list": "list(any)", "none": "null", "null": "null", "number": "number", "str": "string",
    "string": "string",
}  # fmt: skip
_BOUNDS = frozenset({"minimum", "maximum", "pattern", "min_length", "max_length"})
_GIVEN = frozenset({"enum", "default"})


class Declarations(Struct):
    """Checks declarations one by one, and gathers the models that are used."""

    context: Context
    models: Models
    used_models: set[str] = field(default_factory=set)

    def check(self, shape: Shape, path: Path, where: str, *, is_top: bool = False) -> None:
        """Check one declaration and all that is inside it. `where` is the kind of place."""
        word = shape.word
        if word is not None:
            if word.type is not None:
                self.check_type(word.type, path, where)
            elif word.constant is not None and where != "headers":
                self._check_quotes(word.constant, path)
            return
        options = shape.said
        if shape.type is not None:
            is_styled = shape.style is not None
            self.check_type(shape.type, (*path, ".type"), where, is_styled=is_styled)
            if shape.fields:
                message = "either a type in `.type` or fields stand here, not both"
                self.context.at_key("exactly-one", (*path, ".type"), message)
        if options != {"fields"}:
            self._check_options(shape, path, where, options, is_top)
        if where == "settings" and shape.fields is not None:
            self._tell_object_setting(shape, path)
            return
        for key, each in (shape.fields or {}).items():
            self.check(each, (*path, key), "model" if where == "model" else where)

    def _check_quotes(self, constant: ast.Template, path: Path) -> None:
        """Quotes around a constant, which are sent: its author has most likely meant none."""
        text = "".join(part for part in constant.parts if isinstance(part, str))
        if len(text) > 1 and len(constant.parts) == 1 and text[0] == text[-1] and text[0] in "\"'":
            message = f"the quotes are a part of this constant: {quoted(text)}"
            advice = f"write `= {text[1:-1]}`" if text[1:-1] else 'the empty text is `"="`'
            advice += ", or `{.const: …}` where the service wants the quotes"
            self.context.inside("quoted-constant", path, constant, message, help=advice)

    def check_type(
        self, type_: ast.TypeExpr, path: Path, where: str, *, is_styled: bool = False
    ) -> None:
        """Check the type in the word at the path, and every type inside it.

        `is_styled` says that there is a `.style`: an object in a path, a header or a cookie has
        one.
        """
        if isinstance(type_, ast.WordType) and where in _EVERYWHERE:
            self._check_word(type_, path, where)  # by far the most common case
            return
        for part in parts_of(type_):
            if isinstance(part, ast.ModelType):
                self._check_model(part, path, where, is_styled)
            elif isinstance(part, ast.WordType):
                self._check_word(part, path, where, is_styled)
            elif isinstance(part, ast.StreamType):
                self._check_stream(part, type_, path, where)
            elif isinstance(part, ast.MapType) and part.keeps_repeats and where not in _OBJECTS:
                self._tell_type(part, path, "`pairs(T)`", "write `map(T)`")
            elif isinstance(part, ast.MapType) and where in ("path", "cookies") and not is_styled:
                self._tell_type(part, path, "a map", _STYLE_HELP)

    def _check_word(
        self, part: ast.WordType, path: Path, where: str, is_styled: bool = False
    ) -> None:
        places = _WORD_PLACES.get(part.word)
        if where == "settings":
            if part.word not in _SETTING_WORDS:
                self._tell_type(part, path, quoted(part.word), "settings are single values")
        elif places is not None and where not in places:
            self._tell_type(part, path, quoted(part.word), _WORD_HELP.get(part.word))
        elif part.word == "object" and where in _SINGLE_PLACES and not is_styled:
            self._tell_type(part, path, quoted(part.word), _STYLE_HELP)

    def _check_model(
        self, part: ast.ModelType, path: Path, where: str, is_styled: bool = False
    ) -> None:
        self.used_models.add(part.name)
        if part.name not in self.models:
            known = self.context.names("models")
            if part.name in known:
                return  # it is there, and what is wrong with it has been told
            message = f"there is no model {quoted(part.name)}"
            meant = nearest(part.name, known)
            self.used_models.add(meant or "")
            if meant is not None and meant.lower() == part.name.lower():
                return  # the model's own name is not one, which has been told
            advice = _word_for(part.name) or did_you_mean(part.name, known)
            advice = advice or "declare it under `models:`"
            self.context.inside("unknown-model", path, part, message, help=advice)
        elif where == "settings":
            self._tell_type(part, path, "a model", "a single value stands here")
        elif where in _SINGLE_PLACES and not is_styled and self.models.is_object(part):
            self._tell_type(part, path, "a model", _STYLE_HELP)

    def _check_stream(
        self, part: ast.StreamType, whole: ast.TypeExpr, path: Path, where: str
    ) -> None:
        if where != "returns":
            self._tell_type(part, path, f"`{part.kind}(T)`", "it says how an answer is read")
        elif part is not whole and not _packs(whole, part):
            self._tell_type(part, path, f"`{part.kind}(T)` inside another type", None)
        elif part.kind in ast.PACKINGS and not _is_packable(part.item):
            advice = f"write {part.kind}(bytes), {part.kind}(csv(T)) or {part.kind}(lines(T))"
            self._tell_type(part.item, path, f"this type in a {part.kind} file", advice)

    def _tell_type(self, node: ast.Node, path: Path, what: str, advice: str | None) -> None:
        message = f"{what} means nothing here"
        self.context.inside("type-not-here", path, node, message, help=advice)

    def _tell_object_setting(self, shape: Shape, path: Path) -> None:
        name = quoted(path[-1])
        advice = None
        for key in shape.fields or ():
            if f".{key}" in ("." + option for option in ("type", "doc", "default", "example")):
                advice = f"the options of a setting begin with a dot: `.{key}`"
                break
        message = f"the setting {name} is a map of fields; a setting is a single value"
        self.context.at_key("wrong-type", path, message, help=advice)

    def _check_options(
        self, shape: Shape, path: Path, where: str, options: frozenset[str], is_top: bool
    ) -> None:
        for name in options:
            places = _OPTION_PLACES.get(name)
            if places is not None and (where not in places or (name in _AT_TOP and not is_top)):
                alias = _OPTION_KEYS[name]
                message = f"`{alias}` means nothing here"
                self.context.at_key("option-not-here", (*path, alias), message)
        for type_ in (*(shape.is_also or ()), *(shape.items or ())):
            key = ".is" if shape.is_also and type_ in shape.is_also else ".items"
            number = (shape.is_also or shape.items or []).index(type_)
            self.check_type(type_, (*path, key, number), where)
        for key, one in ((".else", shape.otherwise), (".rest", shape.rest)):
            if one is not None:
                self.check_type(one, (*path, key), where)
        if where in ("model", "body", "envelope"):
            check_composition(self.context, self.models, shape, path)
        if shape.style is not None and where in _OPTION_PLACES["style"]:
            self._check_style(shape.style, path, where)
        if not options.isdisjoint(_BOUNDS):
            self._check_bounds(shape, path)
        if not options.isdisjoint(_GIVEN):
            self._check_given(shape, path)

    def _check_style(self, style: str, path: Path, where: str) -> None:
        styles = _STYLES.get(where, _QUERY_STYLES)
        if style not in styles:
            message = f"the style {quoted(style)} means nothing in {_IN[where]}"
            advice = f"here it is {listed(styles)}"
            self.context.at_value("option-not-here", (*path, ".style"), message, help=advice)

    def _check_bounds(self, shape: Shape, path: Path) -> None:
        kinds = set(self._words(type_of(shape)))
        for name, fits, what in (
            ("minimum", _NUMBER_WORDS, "numbers"),
            ("maximum", _NUMBER_WORDS, "numbers"),
            ("pattern", _TEXT_WORDS, "text"),
            ("min_length", _TEXT_WORDS | {"list"}, "text and lists"),
            ("max_length", _TEXT_WORDS | {"list"}, "text and lists"),
        ):
            if getattr(shape, name) is not None and kinds and not kinds & (fits | {"any"}):
                alias = _OPTION_KEYS[name]
                message = f"`{alias}` is for {what}"
                self.context.at_key("option-not-here", (*path, alias), message)
        for low, high, alias in (
            (shape.minimum, shape.maximum, ".max"),
            (shape.min_length, shape.max_length, ".max_length"),
        ):
            if low is not None and high is not None and low > high:
                message = f"no value lies between {low} and {high}"
                self.context.at_value("out-of-range", (*path, alias), message)

    def _words(self, type_: ast.TypeExpr | None) -> Iterable[str]:
        """The words that a type comes down to, as far as options care."""
        members = ast.members_of(type_)
        for member in members:
            if isinstance(member, ast.WordType | ast.RangeType):
                yield "any" if member.word == "null" and len(members) == 1 else member.word
            elif isinstance(member, ast.PatternType):
                yield "string"
            elif isinstance(member, ast.EnumType):
                yield "string" if isinstance(member.values[0], str) else "integer"
            elif isinstance(member, ast.ListType | ast.MapType):
                yield "list"
            else:
                yield "any"

    def _check_given(self, shape: Shape, path: Path) -> None:
        """The values that an author gives in the long form: a default, an enum."""
        type_ = type_of(shape)
        values = _enum_values(shape)
        if values is not None:
            if not values:
                self.context.at_key("missing-key", (*path, ".enum"), "`.enum` needs values")
            if isinstance(type_, ast.EnumType):
                message = "the values of an enum are said once: in `.type` or in `.enum`"
                self.context.at_key("exactly-one", (*path, ".enum"), message)
        if shape.default is None or type_ is None:
            return
        if values and shape.default not in values:
            message = f"the default {quoted(shape.default)} is not one of {listed(values)}"
            self.context.at_value("bad-default", (*path, ".default"), message)
            return
        members = ast.members_of(type_)
        if not any(self._fits(shape.default, each) for each in members):
            expected = " or ".join(dict.fromkeys(map(self._kind, members)))
            message = f"the default is not {expected}"
            self.context.at_value("bad-default", (*path, ".default"), message)

    def _fits(self, value: Any, type_: ast.TypeExpr) -> bool:
        if isinstance(type_, ast.EnumType):
            return value in type_.values or (not type_.is_closed and isinstance(value, str))
        if isinstance(type_, ast.ListType):
            return isinstance(value, list) or value == "[]"
        if isinstance(type_, ast.MapType):
            return isinstance(value, dict) or value == "{}"
        word = getattr(type_, "word", "any")
        if word == "boolean":
            return isinstance(value, bool)
        if word == "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        if word == "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        if isinstance(type_, ast.PatternType) or word in _TEXT_WORDS - {"any"}:
            return isinstance(value, str)
        return True

    def _kind(self, type_: ast.TypeExpr) -> str:
        if isinstance(type_, ast.EnumType):
            return f"one of {listed(type_.values)}"
        if isinstance(type_, ast.ListType | ast.MapType):
            return "a list" if isinstance(type_, ast.ListType) else "a map"
        return _KIND_WORDS.get(getattr(type_, "word", ""), "text")


def _word_for(name: str) -> str | None:
    """The built-in type that was meant by what is written like a model: `String`, `None`."""
    word = _LIKE_MODELS.get(name.lower())
    return f"write `{word}`" if word else None


def _packs(whole: ast.TypeExpr, part: ast.StreamType) -> bool:
    return isinstance(whole, ast.StreamType) and whole.kind in ast.PACKINGS and whole.item is part


def _is_packable(type_: ast.TypeExpr) -> bool:
    if isinstance(type_, ast.StreamType):
        return type_.kind in ("lines", "csv")
    return isinstance(type_, ast.WordType) and type_.word == "bytes"


def _enum_values(shape: Shape) -> list[Any] | None:
    if shape.enum is None:
        return None
    return list(shape.enum.values()) if isinstance(shape.enum, dict) else shape.enum
