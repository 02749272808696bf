"""Spells types as Python: as pydantic reads them, as signatures show them, as callers give them."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field
from msgspec.structs import replace

from ferrule.forms.code import Code
from ferrule.passes.resolve.types import (
    NULL,
    Declarations,
    Enumeration,
    ListOf,
    MapOf,
    Named,
    ObjectDecl,
    OneOf,
    Plain,
    Scalar,
    StreamOf,
    TupleOf,
    Type,
    members_of,
)
from ferrule.python_text import NONE, call, either, index, literal, name

_HOMES = {
    "typing": "Annotated Any Literal TypeAlias Unpack overload Final",
    "typing_extensions": "NotRequired TypeAliasType TypedDict",
    "collections.abc": "Mapping Sequence",
    "datetime": "date datetime time timedelta",
    "decimal": "Decimal",
    "os": "PathLike",
    "uuid": "UUID",
    "functools": "cached_property",
    "ferrule_runtime.models": (
        "Base64Bytes Base64UrlBytes BlankIsNull BooleanText ClosedModel Date DateFormat DateTime "
        "DateTimeFormat Duration EpochDateTime EpochMillisDateTime Field HexBytes IntegerText "
        "IsoDuration MillisDuration Model NumberNan NumberText Rfc2822DateTime StrictBool "
        "StrictFloat StrictInt Tag Time TimeFormat by_tag"
    ),
    "ferrule_runtime.files": "FileInput",
    "ferrule_runtime.omit": "Omit omit unless_omitted",
    "ferrule_runtime.jobs": "AsyncJob Job",
    "ferrule_runtime.sweep": "AsyncSweep Sweep",
    "ferrule_runtime.pager": "AsyncPager Pager",
    "ferrule_runtime.streams": "AsyncDownload AsyncStream Download Stream",
    "ferrule_runtime.client": "AsyncClient ClientOptions SyncClient",
    "ferrule_runtime.resources": "AsyncResource Lazy Resource",
    "ferrule_runtime.twins": (
        "as_async as_async_download as_async_job as_async_pager as_async_stream as_async_sweep "
        "as_raw as_raw_async as_raw_async_bound as_raw_bound as_raw_page as_raw_page_bound"
    ),
    "ferrule_runtime.testing": "MockResource MockService Mocked MockedPart",
}
LIBRARY_NAMES = frozenset(word for words in _HOMES.values() for word in words.split())
_LIBRARY = {word: module for module, words in _HOMES.items() for word in words.split()}

# The word of the language: as pydantic reads it, as a signature shows it.
_WORDS = {
    "string": ("str", "str"),
    "text": ("str", "str"),
    "email": ("str", "str"),
    "url": ("str", "str"),
    "secret": ("str", "str"),
    "redirect": ("str", "str"),
    "integer": ("StrictInt", "int"),
    "number": ("StrictFloat", "float"),
    "boolean": ("StrictBool", "bool"),
    "datetime": ("DateTime", "datetime"),
    "date": ("Date", "date"),
    "time": ("Time", "time"),
    "duration": ("Duration", "timedelta"),
    "uuid": ("UUID", "UUID"),
    "decimal": ("Decimal", "Decimal"),
    "bytes": ("Base64Bytes", "bytes"),
    "file": ("Base64Bytes", "bytes"),
    "any": ("Any", "Any"),
}
_FORMATTED = {
    ("integer", "text"): "IntegerText",
    ("number", "text"): "NumberText",
    ("number", "nan"): "NumberNan",
    ("boolean", "text"): "BooleanText",
    ("datetime", "epoch"): "EpochDateTime",
    ("datetime", "epoch_ms"): "EpochMillisDateTime",
    ("datetime", "rfc2822"): "Rfc2822DateTime",
    ("duration", "iso8601"): "IsoDuration",
    ("duration", "ms"): "MillisDuration",
    ("bytes", "base64url"): "Base64UrlBytes",
    ("bytes", "hex"): "HexBytes",
}
_PATTERNED = {"datetime": "DateTimeFormat", "date": "DateFormat", "time": "TimeFormat"}
_BUILTIN = frozenset(("str", "int", "float", "bool", "bytes", "list", "dict", "tuple", "object"))

# What a class body must not hide from the annotations inside it.
ANNOTATION_NAMES = _BUILTIN | frozenset(each for each in _LIBRARY if each[:1].islower())


class ClassNames(Struct, frozen=True):
    """What each declared type is called, as read and as given, and in which module it stands."""

    reads: dict[str, str]
    gives: dict[str, str]
    modules: dict[str, str]
    taken: frozenset[str]


class Spelling(Struct, frozen=True):
    """Spells types for one class body, whose own names are `hidden` from its annotations."""

    names: ClassNames
    declarations: Declarations
    hidden: frozenset[str] = field(default_factory=frozenset)
    tells_forms: bool = True
    # What was spelled before, in whatever class body.
    _spelled: dict[tuple[object, ...], Code] = field(default_factory=dict)

    def hiding(self, hidden: frozenset[str]) -> Spelling:
        """The same, inside a class body with these names."""
        return replace(self, hidden=hidden & ANNOTATION_NAMES)

    def of_signatures(self) -> Spelling:
        """The same, without wire forms: an operation tells them of its arguments."""
        return replace(self, tells_forms=False)

    def library(self, word: str) -> Code:
        """A name of Python or the runtime; under an alias where something of the package has it."""
        is_taken = word in self.hidden or word in self.names.taken
        if word in _BUILTIN:
            return name(word, "builtins", f"_{word}") if is_taken else name(word)
        return name(word, _LIBRARY[word], f"_{word}" if is_taken else "")

    def once(self, what: str, type_: Type, *more: object, spell: Callable[[], Code]) -> Code:
        """What `spell` gives, kept for the next of the same: much in a package is alike."""
        if not _is_alike(type_):
            return spell()
        key = (self.hidden, self.tells_forms, what, type_, more)
        found = self._spelled.get(key)
        if found is None:
            found = self._spelled[key] = spell()
        return found

    def read(self, type_: Type) -> Code:
        """As pydantic reads an answer."""
        return self._union(type_, self._read_member, self._read_group)

    def shown(self, type_: Type) -> Code:
        """As a signature shows what a call gives."""
        return self.once("shown", type_, spell=lambda: self._union(type_, self._shown_member, None))

    def given(self, type_: Type) -> Code:
        """As a caller gives it."""
        return either(*self.given_alternatives(type_))

    def given_alternatives(self, type_: Type) -> list[Code]:
        """The members of what a caller gives."""
        members = members_of(type_)
        return [part for member in members for part in self._given_member(member)]

    def _union(
        self,
        type_: Type,
        spell: Callable[[Type], list[Code]],
        group: Callable[[list[Type]], Code] | None,
    ) -> Code:
        if not isinstance(type_, OneOf):
            return either(*spell(type_))
        members = type_.members
        objects = [each for each in members if self._is_object(each)]
        if group is None or len(objects) < 2:
            return either(*(part for member in members for part in spell(member)))
        rest = [member for member in members if member not in objects]
        return either(group(objects), *(part for member in rest for part in spell(member)))

    # --- as pydantic reads

    def _read_member(self, type_: Type) -> list[Code]:
        match type_:
            case Plain():
                return [self._read_word(type_)]
            case Enumeration():
                return self._values(type_, checked=True)
            case ListOf(item=item):
                return [index(self.library("list"), self.read(item))]
            case MapOf(value=value):
                return [index(self.library("dict"), self.library("str"), self.read(value))]
            case TupleOf(items=items):
                return [index(self.library("tuple"), *map(self.read, items))]
            case Named(key=key):
                return [self._declared(self.names.reads, key)]
            case StreamOf(item=item):
                return [self.read(item)]
            case OneOf():
                return [self.read(type_)]

    def _read_word(self, type_: Plain) -> Code:
        if type_ == NULL:
            return NONE
        if type_.word == "object":
            return index(self.library("dict"), self.library("str"), self.library("Any"))
        form = type_.format or ""
        if "%" in form and type_.word in _PATTERNED:
            pattern = call(self.library(_PATTERNED[type_.word]), literal(form))
            return index(self.library("Annotated"), self.library(type_.word), pattern)
        formatted = _FORMATTED.get((type_.word, form))
        return self.library(formatted or _WORDS.get(type_.word, ("Any", "Any"))[0])

    def _read_group(self, objects: list[Type]) -> Code:
        """Objects without a tag: told apart by constants, then required fields, then order."""
        ordered = sorted(objects, key=self._rank)
        members = either(*(part for each in ordered for part in self._read_member(each)))
        mode = call(self.library("Field"), union_mode=literal("left_to_right"))
        return index(self.library("Annotated"), members, mode)

    def _rank(self, type_: Type) -> tuple[int, int]:
        resolved = self.declarations.resolved(type_)
        if not isinstance(resolved, Named):
            return (0, 0)
        members = self.declarations.all_members(resolved.key)
        constants = [each for each in members if each.is_fixed and not each.is_optional]
        required = [each for each in members if not each.is_optional and not each.has_default]
        return (-len(constants), -len(required))

    def _is_object(self, type_: Type) -> bool:
        resolved = self.declarations.resolved(type_)
        if isinstance(resolved, Named):
            return isinstance(self.declarations[resolved.key], ObjectDecl)
        return isinstance(resolved, MapOf) or resolved == Plain("object")

    # --- as signatures show

    def _shown_member(self, type_: Type) -> list[Code]:
        match type_:
            case Plain():
                return [self._shown_word(type_)]
            case Enumeration():
                return self._values(type_, checked=False)
            case ListOf(item=item):
                return [index(self.library("list"), self.shown(item))]
            case MapOf(value=value):
                return [index(self.library("dict"), self.library("str"), self.shown(value))]
            case TupleOf(items=items):
                return [index(self.library("tuple"), *map(self.shown, items))]
            case StreamOf(item=item):
                return [self.shown(item)]
            case OneOf():
                return [self.shown(type_)]
            case Named(key=key):
                return [self._declared(self.names.reads, key)]

    def _shown_word(self, type_: Plain) -> Code:
        if type_ == NULL:
            return NONE
        if type_.word == "object":
            return index(self.library("dict"), self.library("str"), self.library("Any"))
        return self.library(_WORDS.get(type_.word, ("Any", "Any"))[1])

    # --- as callers give

    def _given_member(self, type_: Type) -> list[Code]:
        match type_:
            case Plain(word="object"):
                return [index(self.library("Mapping"), self.library("str"), self.library("Any"))]
            case Plain(word="file"):
                return [self.library("FileInput")]
            case Plain():
                return [self._given_word(type_)]
            case Enumeration():
                return self._values(type_, checked=False)
            case ListOf(item=item):
                return [index(self.library("Sequence"), self.given(item))]
            case MapOf():
                return self._given_map(type_)
            case TupleOf(items=items):
                return [index(self.library("tuple"), *map(self.given, items))]
            case StreamOf(item=item):
                return self.given_alternatives(item)
            case OneOf():
                return self.given_alternatives(type_)
            case Named(key=key):
                return self._given_declared(key)

    def _given_word(self, type_: Plain) -> Code:
        """By the name that tells the wire form, where that is not the usual one."""
        is_usual = (type_.word, type_.format or "") not in _FORMATTED
        is_usual = is_usual and "%" not in (type_.format or "")
        if is_usual or type_.format == "nan" or not self.tells_forms:
            return self._shown_word(type_)
        return self._read_word(type_)

    def _given_map(self, type_: MapOf) -> list[Code]:
        value, text = self.given(type_.value), self.library("str")
        mapping = index(self.library("Mapping"), text, value)
        if not type_.keeps_repeats:
            return [mapping]
        pair = index(self.library("tuple"), text, value)
        return [mapping, index(self.library("Sequence"), pair)]

    def _given_declared(self, key: str) -> list[Code]:
        declared = self._declared(self.names.gives, key)
        found = self.declarations.by_key.get(key)
        rest = self.declarations.rest_of(key) if isinstance(found, ObjectDecl) else None
        if rest is not None:
            # A TypedDict admits no other keys: a plain map does.
            mapping = self.library("Mapping")
            return [declared, index(mapping, self.library("str"), self.given(rest))]
        return [declared]

    # --- in all three

    def _declared(self, classes: dict[str, str], key: str) -> Code:
        if key not in classes:
            return self.library("Any")
        return name(classes[key], f".{self.names.modules[key]}")

    def _values(self, type_: Enumeration, *, checked: bool) -> list[Code]:
        """`Literal["a", "b"] | str`."""
        spelled = [
            each for each in type_.values if not isinstance(each, float) and each is not None
        ]
        kinds = list(dict.fromkeys(map(_kind, type_.values)))
        parts = [index(self.library("Literal"), *map(literal, spelled))] if spelled else []
        for kind in kinds:
            if kind == "null":
                parts.append(NONE)
            elif not type_.is_closed or kind == "number":
                parts.append(self.library(_WORDS[kind][0 if checked else 1]))
        return parts


def _kind(value: Scalar) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return kinds.get(type(value), "null")


def _is_alike(type_: Type) -> bool:
    """Whether an equal type is the same type: an enumeration of 1 equals one of true."""
    while isinstance(type_, ListOf):
        type_ = type_.item
    return isinstance(type_, Plain | Named)
