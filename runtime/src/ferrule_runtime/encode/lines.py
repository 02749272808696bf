"""Header and cookie lines from values, closed to line breaks."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ferrule_runtime.encode.scalars import scalar_text
from ferrule_runtime.encode.styles import (
    as_plain,
    fields_of,
    is_compound,
    items_of,
    styled_text,
)
from ferrule_runtime.omit import omit

_is_token = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+").fullmatch
_has_control = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]").search
_has_cookie_break = re.compile(r"[\x00-\x1f\x7f;]").search


def header_lines(
    values: Mapping[str, Any] | Iterable[tuple[str, Any]],
    formats: Mapping[str, Any] | None = None,
    styles: Mapping[str, str] | None = None,
) -> Iterator[tuple[bytes, bytes]]:
    """Ready lines; lists are joined by commas or as `styles` say, `omit` and None are left out.

    Raises ValueError for a name that is no token and for a value with a line break or NUL.
    """
    given = values.items() if isinstance(values, Mapping) else values
    for name, value in given:
        if value is not omit and value is not None:
            form = formats.get(name) if formats else None
            style = styles.get(name, "csv") if styles else "csv"
            yield header_name(name), header_value(value, name, form, style)


def header_name(name: str) -> bytes:
    """The name as bytes; raises ValueError where it is no token (RFC 9110)."""
    if not _is_token(name):
        raise ValueError(f"{name!r} cannot be the name of a header")
    return name.encode("ascii")


def header_value(value: Any, name: str = "", form: Any = None, style: str = "csv") -> bytes:
    """The value as bytes: ASCII, or UTF-8 where there is more. Outer blanks are cut."""
    text = _text(value, f"header.{name}", form, style)
    if _has_control(text):
        raise ValueError(f"header.{name}: a line break or another control character is inside")
    try:
        return text.strip(" \t").encode()
    except UnicodeEncodeError:
        pass
    raise ValueError(f"header.{name}: holds a lone surrogate, which is not text")


def cookie_line(
    values: Mapping[str, Any] | Iterable[tuple[str, Any]],
    formats: Mapping[str, Any] | None = None,
    styles: Mapping[str, str] | None = None,
) -> bytes:
    """The value of a Cookie header, `a=1; b=2`; empty when everything is left out.

    A list is one cookie, its items joined by commas, or as `styles` say: with `repeat` each item
    is a cookie of the same name, with `spread` each field of an object is one of its own name.
    """
    parts: list[bytes] = []
    given = values.items() if isinstance(values, Mapping) else values
    for name, value in given:
        if value is omit or value is None:
            continue
        style = styles.get(name, "csv") if styles else "csv"
        form = formats.get(name) if formats else None
        parts += [_cookie(*pair, name) for pair in _cookies(name, value, form, style)]
    return b"; ".join(parts)


def _cookies(name: str, value: Any, form: Any, style: str) -> Iterator[tuple[str, str]]:
    where = f"cookie.{name}"
    if style == "repeat":
        for each in items_of(value):
            yield name, _text(each, where, form)
        return
    value = as_plain(value)
    if style == "spread" and isinstance(value, Mapping):
        yield from _fields(value, where, form)
        return
    yield name, _text(value, where, form, "csv" if style == "spread" else style)


def _cookie(name: str, text: str, parameter: str) -> bytes:
    if not _is_token(name):
        raise ValueError(f"{name!r} cannot be the name of a cookie")
    if _has_cookie_break(text):
        raise ValueError(f"cookie.{parameter}: a semicolon or a control character is inside")
    return name.encode("ascii") + b"=" + header_value(text, name)


def _fields(value: Mapping[str, Any], where: str, form: Any) -> list[tuple[str, str]]:
    try:
        return list(fields_of(value, form))
    except (TypeError, ValueError) as error:
        kind, reason = type(error), str(error)
    raise (TypeError if kind is TypeError else ValueError)(f"{where}: {reason}")


def _text(value: Any, where: str, form: Any, style: str = "csv") -> str:
    try:
        if style != "csv" or is_compound(value):
            return styled_text(value, where.partition(".")[2], style, form)
        return scalar_text(value, form)
    except (TypeError, ValueError) as error:
        kind, reason = type(error), str(error)
    raise (TypeError if kind is TypeError else ValueError)(f"{where}: {reason}")
