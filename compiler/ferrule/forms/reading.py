"""Reads plain values as forms, by the annotations of their fields, and tells all faults at once.

What may stand in a field is what its annotation says: forms, maps, lists, choices, plain scalars,
words (`Read`) and short forms (`Widen`). The members of a union differ by the kind of the YAML
value, so that a fault is about one of them. A reader is made when a spec first has what it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeGuard, TypeVar, Union, cast, get_args, get_origin

from msgspec import Meta
from msgspec.structs import FieldInfo, fields

from ferrule.forms.fields import Apart, Fault, FaultyError, Form, Read, Widen, refuse_kind

FormType = TypeVar("FormType", bound=Form)
Reader = Callable[[Any], Any]

_TEXT, _NUMBER, _LIST, _MAP = "text", "a number", "a list", "a map"
_PLAIN = {str: _TEXT, int: "a whole number", bool: "true or false"}


def read_form(form: type[FormType], value: object) -> FormType:
    """A value as a form. Raises FaultyError with everything that is wrong with it."""
    found: Any = _form_reader(form)(value)
    return cast("FormType", found)


@cache
def fields_of(form: type[Form]) -> dict[str, FieldInfo]:
    """What a form has, by the key of each that an author writes."""
    return {each.encode_name: each for each in fields(form) if each.name != "said"}


def is_form(annotation: object) -> TypeGuard[type[Form]]:
    """Whether an annotation is a form class."""
    return isinstance(annotation, type) and issubclass(annotation, Form)


def reader_of(annotation: Any) -> Reader:
    """What reads a value as an annotation says."""
    if annotation is Any:
        return _as_it_is
    if is_form(annotation):
        return _form_reader(annotation)
    if annotation in _PLAIN:
        return _plain(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _annotated(*arguments)
    if origin is dict:
        return map_of(reader_of(arguments[1]))
    if origin is list:
        return list_of(reader_of(arguments[0]))
    if origin is Literal:
        return _choice(frozenset(arguments))
    if origin in (Union, UnionType):
        return _union(arguments)
    raise TypeError(f"no form can have {annotation}")


def map_of(read: Reader) -> Reader:
    """What reads a map whose values `read` reads."""

    def read_map(value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            refuse_kind(_MAP)
        return dict(_entries(value.items(), read))

    return read_map


def list_of(read: Reader) -> Reader:
    """What reads a list whose entries `read` reads."""

    def read_list(value: object) -> list[Any]:
        if not isinstance(value, list):
            refuse_kind(_LIST)
        return [each for _, each in _entries(enumerate(value), read)]

    return read_list


def member_for(members: tuple[Any, ...], value: object) -> Any:
    """The member of a union that a value of its kind is read as; None where there is none."""
    real = [member for member in members if member is not NoneType]
    if len(real) == 1:
        return real[0]
    kind = _kind_of_value(value)
    return next((member for member in real if _kind_of(member) == kind), None)


def _entries(values: Iterable[tuple[Any, Any]], read: Reader) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    faults: list[Fault] = []
    for key, each in values:
        try:
            found.append((key, read(each)))
        except FaultyError as error:
            faults += error.under(key)
    if faults:
        raise FaultyError(faults)
    return found


def _as_it_is(value: object) -> object:
    return value


def _plain(kind: type) -> Reader:
    def read_plain(value: object) -> object:
        # `true` is no number, although Python says that it is one.
        if type(value) is not kind:
            refuse_kind(_PLAIN[kind])
        return value

    return read_plain


def _choice(words: frozenset[str]) -> Reader:
    def read_choice(value: object) -> object:
        if not isinstance(value, str) or value not in words:
            raise FaultyError([Fault("choice")])
        return value

    return read_choice


def _annotated(inner: Any, *said: object) -> Reader:
    first, *others = said
    if isinstance(first, Read):
        read = first.read
    elif isinstance(first, Apart):
        read = partial(_read_apart, first)
    else:
        read, others = reader_of(inner), [first, *others]
    for each in others:
        if isinstance(each, Meta):
            read = _limited(read, each)
        elif isinstance(each, Widen):
            read = _widened(read, each)
    return read


def _read_apart(apart: Apart, value: object) -> Form:
    return read_form(apart.form, value)


def _widened(read: Reader, widening: Widen) -> Reader:
    widen, kinds = widening.widen, widening.kinds

    def read_widened(value: object) -> Any:
        if kinds and not isinstance(value, kinds):
            refuse_kind(widening.expected)
        return read(widen(value))

    return read_widened


def _limited(read: Reader, limits: Meta) -> Reader:
    def read_limited(value: object) -> Any:
        found = read(value)
        if limits.ge is not None and found < limits.ge:
            raise FaultyError([Fault("range", expected=f"at least {limits.ge}")])
        if limits.le is not None and found > limits.le:
            raise FaultyError([Fault("range", expected=f"at most {limits.le}")])
        if limits.min_length is not None and len(found) < limits.min_length:
            expected = "some text" if isinstance(found, str) else "at least one entry"
            raise FaultyError([Fault("range", expected=expected)])
        return found

    return read_limited


def _union(members: tuple[Any, ...]) -> Reader:
    readers = {_kind_of(each): reader_of(each) for each in members if each is not NoneType}
    only = next(iter(readers.values())) if len(readers) == 1 else None
    is_optional = NoneType in members

    def read_member(value: object) -> Any:
        if value is None and is_optional:
            return None
        read = only or readers.get(_kind_of_value(value))
        if read is None:
            refuse_kind(" or ".join(kind for kind in _KINDS if kind in readers))
        return read(value)

    return read_member


_KINDS = (_TEXT, _NUMBER, _LIST, _MAP)


def _kind_of(annotation: Any) -> str:
    """The kind of the values that a member of a union is for."""
    if is_form(annotation):
        return _MAP
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        is_word = any(isinstance(each, Read) for each in arguments[1:])
        return _TEXT if is_word else _kind_of(arguments[0])
    if origin in (dict, list):
        return _MAP if origin is dict else _LIST
    return _TEXT if annotation is str or origin is Literal else _NUMBER


def _kind_of_value(value: object) -> str:
    if isinstance(value, str):
        return _TEXT
    if isinstance(value, list):
        return _LIST
    return _MAP if isinstance(value, dict) else _NUMBER


class _FormReader:
    """Reads a form. What reads a field is made when the first spec has it."""

    def __init__(self, form: type[Form]):
        self._form = form
        self._fields = fields_of(form)
        self._required = [key for key, each in self._fields.items() if each.required]
        self._readers: dict[str, tuple[str, Reader]] = {}

    def __call__(self, value: object) -> Form:
        data = self._form.spread(value)
        given: dict[str, Any] = {}
        faults: list[Fault] = []
        for key, each in data.items():
            known = self._readers.get(key) or self._learnt(key)
            if known is None:
                if not key.startswith("x-"):
                    faults.append(Fault("unknown", (key,)))
                continue
            name, read = known
            try:
                given[name] = read(each)
            except FaultyError as error:
                faults += error.under(key)
        for key in self._required:
            if key not in data:
                faults += FaultyError([Fault("missing")]).under(key)
        if faults:
            raise FaultyError(faults)
        return self._form(**given, said=frozenset(given))

    def _learnt(self, key: str) -> tuple[str, Reader] | None:
        field = self._fields.get(key)
        if field is None:
            return None
        self._readers[key] = known = (field.name, reader_of(field.type))
        return known


_form_reader = cache(_FormReader)
