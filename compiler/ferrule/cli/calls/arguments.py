"""Turns words such as `page_size=20` and `comment.body:='"hi"'` into the arguments of a method."""

from __future__ import annotations

import inspect
import json
import os
import sys
import types
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID

import click
from typing_extensions import get_type_hints, is_typeddict

from ferrule.naming import argument

_SCALARS = (bool, int, float, Decimal, UUID, datetime, date, time, timedelta)
_OF_WALKS = ("checkpoint", "start")


def parameters(method: Callable[..., Any]) -> dict[str, Any]:
    """The arguments of a method by name, each with its type."""
    signature = inspect.signature(method)
    names = [name for name in signature.parameters if name != "self"]
    written = {name: method.__annotations__.get(name, Any) for name in names}
    holder = type("Arguments", (), {"__annotations__": written})
    try:
        return get_type_hints(holder, _names_of(method), include_extras=True)
    except NameError:
        return dict.fromkeys(names, Any)


def _names_of(method: Callable[..., Any]) -> dict[str, Any]:
    return dict(inspect.unwrap(getattr(method, "__func__", method)).__globals__)


def required(method: Callable[..., Any]) -> list[str]:
    """The arguments that a method cannot do without."""
    given = inspect.signature(method).parameters.values()
    return [each.name for each in given if each.default is inspect.Parameter.empty]


def arguments(method: Callable[..., Any], words: Iterable[str], data: str | None) -> dict[str, Any]:
    """The arguments that the words and the JSON object `data` give.

    `name=text` is read as the type of the argument, `name:=json` as JSON, `name=@file` is the text
    of a file (for an argument that takes files: the file itself), `name.inner=text` a part of an
    object; a name twice makes a list. Raises click.UsageError.
    """
    known = parameters(method)
    found: dict[str, Any] = {}
    for name, value in _data(data).items():
        found[_known_name(name, known)] = value
    for word in words:
        _put(found, known, word)
    missing = [name for name in required(method) if name not in found]
    if missing:
        raise click.UsageError(
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing; "
            f"this action takes {_listed(known)}"
        )
    return found


def _data(data: str | None) -> Mapping[str, Any]:
    if data is None:
        return {}
    text = sys.stdin.read() if data == "-" else _text(data)
    found = _json(text, "--data")
    if not isinstance(found, dict):
        raise click.UsageError("--data takes a JSON object: the arguments by name")
    return found


def _put(found: dict[str, Any], known: Mapping[str, Any], word: str) -> None:
    name, mark, text = word.partition("=")
    is_json = name.endswith(":")
    path = _path(name.removesuffix(":"), known)
    if not mark or not path[0]:
        raise click.UsageError(f"`{word}` is no argument: write name=value, or name:=JSON")
    type_: Any = known[path[0]]
    holder, key = found, path[0]
    for part in path[1:]:
        inner = holder.setdefault(key, {})
        if not isinstance(inner, dict):
            raise click.UsageError(f"`{key}` is given as a whole and in parts")
        holder, key, type_ = inner, part, _type_inside(type_, part)
    value = _json(_text(text), name) if is_json else _value(text, type_, name)
    if key in holder and _is_list(type_):
        earlier = holder[key]
        holder[key] = [*earlier, *value] if isinstance(value, list) else [*earlier, value]
    elif key in holder:
        raise click.UsageError(f"`{name.removesuffix(':')}` is given twice")
    else:
        holder[key] = value


def _path(name: str, known: Mapping[str, Any]) -> list[str]:
    """The argument and the parts inside it. A name with dots may be one argument."""
    if name in known or argument(name) in known:
        return [_known_name(name, known)]
    first, *rest = name.split(".")
    return [_known_name(first, known), *rest]


def _known_name(name: str, known: Mapping[str, Any]) -> str:
    if name in known:
        return name
    if argument(name) in known:
        return argument(name)
    from ferrule.diagnostics.nearness import near

    meant = near(name, known)
    guess = f"did you mean `{meant}`?" if meant else f"it takes {_listed(known)}"
    raise click.UsageError(f"this action has no argument `{name}`; {guess}")


def _listed(known: Mapping[str, Any]) -> str:
    return ", ".join(name for name in known if name not in _OF_WALKS) or "no arguments"


# --- values ---


def _members(type_: Any) -> list[Any]:
    """The types of a union, without what stands for nothing."""
    if get_origin(type_) in (Union, types.UnionType):
        return [inner for each in get_args(type_) for inner in _members(each)]
    origin = get_origin(type_)
    if origin is not None and hasattr(type_, "__metadata__"):
        return _members(get_args(type_)[0])
    is_nothing = type_ is type(None) or getattr(type_, "__name__", "") == "Omit"
    return [] if is_nothing else [type_]


def _is_list(type_: Any) -> bool:
    return any(_item_type(member) is not None for member in _members(type_))


def _item_type(member: Any) -> Any:
    """The type of the items of a list or sequence, None for another type."""
    origin = get_origin(member) or member
    is_list = isinstance(origin, type) and origin.__name__ in ("list", "Sequence", "Iterable")
    return (get_args(member) or (Any,))[0] if is_list else None


def _is_file(member: Any) -> bool:
    return (get_origin(member) or member) in (os.PathLike, bytes)


def _type_inside(type_: Any, part: str) -> Any:
    for member in _members(type_):
        if is_typeddict(member):
            found = get_type_hints(member).get(part)
            if found is not None:
                return found
    return Any


def _text(text: str) -> str:
    """The text itself; of `@path` the text of that file."""
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise click.UsageError(f"{text[1:]} cannot be read: {reason}") from None


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise click.UsageError(f"{name.removesuffix(':')} is not JSON: {error}") from None


def _value(text: str, type_: Any, name: str) -> Any:
    members = _members(type_)
    if any(map(_is_file, members)):
        return Path(text.removeprefix("@"))
    text = _text(text)
    for member in members:
        if get_origin(member) is Literal:
            for choice in get_args(member):
                if str(choice) == text:
                    return choice
    if str in members or any(get_origin(member) is Literal for member in members):
        return text
    for scalar in (each for each in _SCALARS if each in members):
        found = _scalar(text, scalar)
        if found is not None:
            return found[0]
    for member in members:
        item = _item_type(member)
        if item is not None:
            return _json(text, name) if text.startswith("[") else _items(text, item, name)
    if any(member in _SCALARS for member in members):
        kinds = " or ".join(member.__name__ for member in members if member in _SCALARS)
        raise click.UsageError(f"{name} takes {kinds}, met `{text}`")
    return _object_or_text(text, members, name)


def _scalar(text: str, scalar: type) -> tuple[Any] | None:
    from pydantic import TypeAdapter, ValidationError

    try:
        return (TypeAdapter(scalar).validate_strings(text),)
    except ValidationError:
        return None


def _items(text: str, item: Any, name: str) -> list[Any]:
    return [_value(part.strip(), item, name) for part in text.split(",") if part.strip()]


def _object_or_text(text: str, members: list[Any], name: str) -> Any:
    """JSON, where it is some; other text only where anything goes."""
    if text[:1] in ("{", "["):
        return _json(text, name)
    if Any in members or not members:
        try:
            return json.loads(text)
        except ValueError:
            return text
    raise click.UsageError(f"{name} takes an object: {name}='{{…}}' as JSON, or {name}.part=value")
