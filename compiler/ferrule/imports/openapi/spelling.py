"""Spells types and fields as a spec writes them, and names what needs a name on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field

from ferrule.imports.openapi.model_names import (
    ModelNames,
    component_candidates,
    inline_candidates,
)
from ferrule.imports.openapi.python_names import name_fields
from ferrule.imports.openapi.scalars import const_word, default_of, enum_word, merged
from ferrule.imports.openapi.types import (
    ANY,
    NULL,
    Const,
    Enum,
    Facts,
    Field,
    ListOf,
    MapOf,
    Object,
    OneOf,
    Ref,
    Tagged,
    Tuple,
    Type,
    Word,
    admits_null,
    members_of,
    without_null,
)
from ferrule.imports.openapi.usage import Usage
from ferrule.imports.plain_text import doc_text
from ferrule.imports.spec_text import flow_text
from ferrule.words import WordError, parse_param

_LONGEST_ENUM_IN_PLACE = 72
_LONGEST_EXAMPLE = 60
_ROOM = 90
"""How long a declaration on one line may be, behind its indentation."""

_MOST_FIELDS_IN_PLACE = 8
_MOST_FIELDS_BY_CHANCE = 4
"""How many fields things of different kinds may have in common: an id, what became of it."""

_MOST_LEVELS_IN_PLACE = 2
_NO_WORD = re.compile(r"[\W_]+")
_PATTERNED = ("string", "url", "email", "enum")


class Speller(Struct):
    """Writes types as words and declarations; `models` are those that came up, in order."""

    usage: Usage
    names: ModelNames
    models: dict[str, Any] = field(default_factory=dict)
    of_component: dict[str, str] = field(default_factory=dict)
    _of_shape: dict[Any, str] = field(default_factory=dict)
    _waiting: list[tuple[str, Type, str | None]] = field(default_factory=list)
    _in_place: dict[str, bool] = field(default_factory=dict)

    def name_components(self) -> None:
        """Name everything that has a name in the document and is used, before all else."""
        for key in self.usage.order:
            component = self.usage.schemas.components[key]
            if not self._stands_in_place(key):
                self.of_component[key] = self.names.take(component_candidates(component.name))
                if isinstance(component.made.type, Object):
                    shape = self.usage.canon(component.made.type)
                    if len(component.made.type.fields) > 1:
                        self._of_shape.setdefault(shape, self.of_component[key])

    def finish(self) -> dict[str, Any]:
        """Spell the models that are waiting, and those that come up with them."""
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            for name, type_, doc in waiting:
                self.models[name] = self._model(name, type_, doc)
        return self.models

    # --- words

    def word(self, type_: Type) -> str:
        """A type as one word; what does not fit into one becomes a model."""
        match type_:
            case Word(text=text):
                return text
            case Enum():
                return self._enum_word(type_)
            case Const(value=value):
                return self.word(const_word(value))
            case ListOf(item=item):
                return f"list({self.word(item)})"
            case MapOf(value=value):
                return f"map({self.word(value)})"
            case OneOf(members=members):
                whole = merged(self._in_place_of(members))
                if not isinstance(whole, OneOf):
                    return self.word(whole)
                words = dict.fromkeys(self.word(each) for each in whole.members)
                return "any" if "any" in words else " | ".join(words)
            case Ref(key=key):
                return self._ref_word(key)
            case Object():
                return self._inline_name(type_)
            case Tagged() | Tuple():
                hint = type_.hint if isinstance(type_, Tagged) else ("Pair",)
                return self._new(("type", id(type_)), type_, inline_candidates(hint, None))

    def _in_place_of(self, members: Iterable[Type]) -> list[Type]:
        """The members of a union, those whose names are not written as what they come to."""
        found: list[Type] = []
        for each in members:
            known = self.usage.schemas.components.get(each.key) if isinstance(each, Ref) else None
            if known is None or not self._stands_in_place(known.key):
                found.append(const_word(each.value) if isinstance(each, Const) else each)
                continue
            inner = known.made.type
            found += self._in_place_of(members_of(inner))
        return found

    def _enum_word(self, type_: Enum) -> str:
        word = enum_word(type_.values) if not type_.names else None
        if word is not None:
            return word
        return self._new(("enum", type_), type_, ["Choice", "Value"])

    def _ref_word(self, key: str) -> str:
        component = self.usage.schemas.components.get(key)
        if component is None:
            return "any"
        if self._stands_in_place(key):
            return self.word(component.made.type)
        name = self.of_component.get(key)
        if name is None:
            name = self.of_component[key] = self.names.take(component_candidates(component.name))
        if name not in self.models:
            self.models[name] = {}
            self._waiting.append((name, component.made.type, component.made.facts.doc))
        return name

    def _stands_in_place(self, key: str) -> bool:
        """Whether a named schema is written where it is used: short values that stand once."""
        known = self._in_place.get(key)
        if known is None:
            known = self._in_place[key] = self._can_stand_in_place(key)
        return known

    def _can_stand_in_place(self, key: str) -> bool:
        component = self.usage.schemas.components[key]
        type_ = component.made.type
        if self.usage.schemas.keeps_names:
            return False
        if isinstance(type_, Ref):
            return True
        if component.is_recursive:
            return False
        if isinstance(type_, Word | Const | ListOf | MapOf):
            return True
        is_once = self.usage.refs[key] == 1
        if isinstance(type_, Enum):
            word = enum_word(type_.values) if not type_.names else None
            return word is not None and is_once and len(word) <= _LONGEST_ENUM_IN_PLACE
        if isinstance(type_, OneOf):
            plain = all(isinstance(each, Ref | Word) for each in type_.members)
            return is_once and plain and len(type_.members) <= 4
        return False

    def _inline_name(self, type_: Object) -> str:
        candidates = inline_candidates(type_.hint, type_.title)
        return self._new(self._shape_of(type_), type_, candidates)

    def _shape_of(self, type_: Object) -> Any:
        """The shape of something without a name, apart from that of a component of another kind."""
        shape = self.usage.canon(type_)
        known = self._of_shape.get(shape)
        if known is None:
            return shape
        key = next((key for key, name in self.of_component.items() if name == known), None)
        component = self.usage.schemas.components[key].made.type if key is not None else None
        is_apart = isinstance(component, Object) and _are_told_apart(type_, component)
        return ("apart", shape) if is_apart else shape

    def _new(self, shape: Any, type_: Type, candidates: Iterable[str]) -> str:
        """The name of something without one; what has the same shape has the same name."""
        known = self._of_shape.get(shape)
        if known is None:
            known = self._of_shape[shape] = self.names.take(candidates)
        if known not in self.models and not self._is_component(known):
            self.models[known] = {}
            doc = type_.doc if isinstance(type_, Object | Tagged) else None
            self._waiting.append((known, type_, doc))
        elif known not in self.models:
            key = next(key for key, name in self.of_component.items() if name == known)
            self._ref_word(key)
        return known

    def _is_component(self, name: str) -> bool:
        return name in self.of_component.values()

    # --- models

    def _model(self, name: str, type_: Type, doc: str | None) -> Any:
        text = doc_text(doc)
        match type_:
            case Object():
                return self.object(type_, doc=doc, level=0)
            case Tagged():
                return self._tagged(type_)
            case Enum():
                return self._enum_model(type_, text)
            case Tuple(items=items):
                return _with_doc({".items": [self.word(each) for each in items]}, text)
            case OneOf(members=members):
                others = [each for each in members if each != Ref(self._key_of(name))]
                word = self.word(OneOf(tuple(others)) if len(others) > 1 else others[0])
                return {".type": word, ".doc": text} if text else word
            case _:
                word = self.word(type_)
                return {".type": word, ".doc": text} if text else word

    def _key_of(self, name: str) -> str:
        return next((key for key, known in self.of_component.items() if known == name), "")

    def _enum_model(self, type_: Enum, text: str | None) -> Any:
        word = enum_word(type_.values) if not type_.names else None
        if word is not None:
            return {".type": word, ".doc": text} if text else word
        return _with_doc(_enum_options(type_), text)

    def _tagged(self, type_: Tagged) -> Any:
        found: dict[str, Any] = {}
        text = doc_text(type_.doc)
        if text:
            found[".doc"] = text
        found[".by"] = type_.tag
        for value, case in type_.cases.items():
            found[value] = self.word(case)
        if type_.otherwise is not None:
            found[".else"] = self.word(type_.otherwise)
        return found

    def object(self, type_: Object, *, doc: str | None, level: int) -> dict[str, Any]:
        """An object with its fields."""
        self.usage.settler.settle(type_)
        found: dict[str, Any] = {}
        text = doc_text(doc or type_.doc)
        if text:
            found[".doc"] = text
        if type_.bases:
            words = [self.word(base) for base in type_.bases]
            found[".is"] = words[0] if len(words) == 1 else words
        if type_.one_of_fields:
            found[".one_of_fields"] = list(type_.one_of_fields)
        python_names = name_fields(self.usage.settler, type_)
        found.update(self.fields(type_.fields.values(), python_names, level=level))
        if type_.rest is not None:
            found[".rest"] = self.word(type_.rest)
        return found

    def fields(
        self, fields: Iterable[Field], python_names: dict[str, str], *, level: int = 0
    ) -> dict[str, Any]:
        """Fields with their declarations, by the keys that a spec has for them."""
        found: dict[str, Any] = {}
        for each in fields:
            key = field_key(each)
            if key is None:
                continue
            made = self.declaration(each, level=level)
            name = python_names.get(each.name) or each.python_name
            if name is not None:
                made = long_form(made)
                made[".py"] = name
            found[key] = made
        return found

    # --- declarations

    def declaration(self, each: Field, *, level: int = 0, is_parameter: bool = False) -> Any:
        """A field in one word, or with what else is said of it."""
        type_, facts = each.type, each.facts
        plain = without_null(type_)
        has_null = admits_null(type_) and type_ not in (ANY, NULL)
        options = self._options(each, plain, is_parameter)
        if isinstance(plain, Object) and not has_null and self._can_nest(plain, level):
            inner = self.object(plain, doc=facts.doc, level=level + 1)
            options.pop(".doc", None)
            return {**_first(inner), **options, **_rest(inner)}
        if isinstance(plain, Const) and not has_null:
            if each.is_optional or (is_parameter and each.is_optional):
                return self._with_options(self.word(const_word(plain.value)), options, facts, type_)
            return _constant(plain, options)
        if isinstance(plain, Enum) and (plain.names or enum_word(plain.values) is None):
            enum = _enum_options(plain)
            if has_null:
                enum = {".type": f"{_kinds_word(plain)} | null", **enum}
            return {**enum, **options}
        if isinstance(plain, Tuple) and not has_null:
            return {".items": [self.word(item) for item in plain.items], **options}
        return self._with_options(self.word(type_), options, facts, type_)

    def _can_nest(self, type_: Object, level: int) -> bool:
        """Whether an object is small and stands once, so that it needs no name."""
        self.usage.settler.settle(type_)
        if level >= _MOST_LEVELS_IN_PLACE or type_.bases or not type_.fields:
            return False
        shape = self.usage.canon(type_)
        is_single = self.usage.shapes[shape] <= 1 and self._shape_of(type_) not in self._of_shape
        return is_single and len(type_.fields) <= _MOST_FIELDS_IN_PLACE

    def _options(self, each: Field, plain: Type, is_parameter: bool) -> dict[str, Any]:
        """What is said of a field besides its type, by dot keys in the order of writing."""
        facts = each.facts
        text = doc_text(facts.doc)
        word = self.word(plain) if isinstance(plain, Word | Enum) else ""
        is_list = isinstance(plain, ListOf)
        reason = facts.deprecated and (doc_text(facts.deprecated) or "deprecated")
        said: dict[str, Any] = {
            ".doc": None if text and says_nothing(text, each.name) else text,
            ".pattern": facts.pattern if word.startswith(_PATTERNED) else None,
            ".min_length": facts.low if is_list else None,
            ".max_length": facts.high if is_list else None,
            ".read_only": (facts.is_read_only and not is_parameter) or None,
            ".write_only": (facts.is_write_only and not is_parameter) or None,
            ".deprecated": reason,
            ".style": each.style,
            ".part": None if each.part is None else {"type": each.part},
            ".blank_is_null": each.blank_is_null or None,
        }
        options = {key: value for key, value in said.items() if value is not None}
        if _is_worth_showing(facts.example, plain, is_parameter or bool(options)):
            self._add_example(options, word, each)
        return options

    def _add_example(self, options: dict[str, Any], word: str, each: Field) -> None:
        """Show an example where the declaration stays on one line with it."""
        wanted = {**options, ".example": each.facts.example}
        line = flow_text({".type": word, **wanted})
        if line is not None and len(line) + len(each.name) <= _ROOM:
            options[".example"] = each.facts.example
        else:
            each.node.counted("{count} examples of single values are left out")

    def _with_options(self, word: str, options: dict[str, Any], facts: Facts, type_: Type) -> Any:
        default = facts.default if facts.has_default else None
        if default is not None:
            default = default_of(default, self._behind(without_null(type_)))
        if default is not None:
            together = with_default(word, default)
            if together is None:
                options = {".default": default, **options}
            else:
                word = together
        return {".type": word, **options} if options else word

    def _behind(self, type_: Type) -> Type:
        if isinstance(type_, Ref):
            component = self.usage.schemas.components.get(type_.key)
            if component is not None and isinstance(component.made.type, Enum | Word):
                return component.made.type
        return type_


def with_default(word: str, default: Any) -> str | None:
    """`integer = 20`; None where the default does not read as itself behind the word."""
    if isinstance(default, bool):
        texts = ["true" if default else "false"]
    elif isinstance(default, int | float):
        texts = [repr(default)]
    else:
        escaped = default.replace('"', '""')
        texts = [default, f'"{escaped}"']
    for text in texts:
        together = f"{word} = {text}"
        if not text or text != text.strip() or "\n" in text or not text.isprintable():
            continue
        try:
            read = parse_param(together)
        except WordError:
            continue
        value = None if read.default is None else read.default.value
        if value == default and type(value) is type(default):
            return together
    return None


def field_key(each: Field) -> str | None:
    """The key of a field: its name, and the mark of what may be left out.

    None, which is told, for a name that a spec cannot hold.
    """
    if each.name.startswith("."):
        each.node.lost(f"a name that begins with a dot, such as `{each.name}`, is Ferrule's")
        return None
    if each.name.endswith("?") and not each.is_optional:
        message = f"`{each.name}` ends with the mark of what may be left out: it may be left out"
        each.node.tell("import-degraded", message)
        return f"{each.name}?"
    return f"{each.name}?" if each.is_optional else each.name


def long_form(made: Any) -> dict[str, Any]:
    """A declaration as a map that takes more options."""
    if isinstance(made, dict):
        return made
    if str(made).startswith("= "):
        return {".const": str(made)[2:].replace("$$", "$")}
    return {".type": made}


def _constant(plain: Const, options: dict[str, Any]) -> Any:
    value = plain.value
    if isinstance(value, str) and not options and _fits_constant(value):
        return f"= {value.replace('$', '$$')}"
    return {".const": value, **options}


def _fits_constant(value: str) -> bool:
    return bool(value) and value == value.strip() and value.isprintable() and value.isascii()


def _enum_options(type_: Enum) -> dict[str, Any]:
    if type_.names:
        return {".enum": dict(zip(type_.names, type_.values, strict=True))}
    return {".enum": list(type_.values)}


def _kinds_word(type_: Enum) -> str:
    words = dict.fromkeys(
        "boolean" if isinstance(each, bool) else "string" if isinstance(each, str) else "number"
        for each in type_.values
    )
    return " | ".join(words)


def _with_doc(found: dict[str, Any], text: str | None) -> dict[str, Any]:
    return {**found, ".doc": text} if text else found


def _first(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key == ".doc"}


def _rest(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if key != ".doc"}


def says_nothing(text: str, name: str) -> bool:
    """Whether a description only repeats a name."""
    if len(text) > 2 * len(name) + 40:
        return False

    plain = _bare_words(name)
    return bool(plain) and _bare_words(text) == plain


def _bare_words(text: str) -> str:
    words = _NO_WORD.sub(" ", text.lower()).split()
    return "".join(word for word in words if word not in ("the", "a", "an"))


def _is_worth_showing(example: Any, plain: Type, is_long: bool) -> bool:
    """Whether an example is a short value of the type, and the declaration is a long one."""
    if not is_long or not isinstance(plain, Word) or isinstance(example, bool):
        return False
    if not isinstance(example, str | int | float) or len(str(example)) > _LONGEST_EXAMPLE:
        return False
    if plain.text.startswith("string") and not isinstance(example, str):
        return False
    text = str(example)
    return bool(text.strip()) and text.isprintable()


def _are_told_apart(one: Object, other: Object) -> bool:
    """Whether two small objects have the same fields and no field of which the same is said."""
    docs = [(each.facts.doc, other.fields[name].facts.doc) for name, each in one.fields.items()]
    both = [(own, its) for own, its in docs if own and its]
    return len(docs) <= _MOST_FIELDS_BY_CHANCE and bool(both) and all(a != b for a, b in both)
