"""Header and cookie lines from values, closed to line breaks."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ferrule_runtime.encode.scalars import scalar_text
from ferrule_runtime.omit import omit

_is_token = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+").fullmatch
_has_control = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]").search
_has_cookie_break = re.compile(r"[\x00-\x1f\x7f;]").search


def header_lines(
    values: Mapping[str, Any] | Iterable[tuple[str, Any]],
    formats: Mapping[str, Any] | None = None,
) -> Iterator[tuple[bytes, bytes]]:
    """Ready lines; lists are joined by commas, `omit` and None are left out.

    Raises ValueError for a name that is no token and for a value with a line break or NUL.
    """
    given = values.items() if isinstance(values, Mapping) else values
    for name, value in given:
        if value is not omit and value is not None:
            form = formats.get(name) if formats else None
            yield header_name(name), header_value(value, name, form)


def header_name(name: str) -> bytes:
    """The name as bytes; raises ValueError where it is no token (RFC 9110)."""
    if not _is_token(name):
        raise ValueError(f"{name!r} cannot be the name of a header")
    return name.encode("ascii")


def header_value(value: Any, name: str = "", form: str | None = None) -> bytes:
    """The value as bytes: ASCII, or UTF-8 where there is more. Outer blanks are cut."""
    if isinstance(value, (list, tuple, set, frozenset)):
        text = ",".join(_text(item, name, form) for item in value if item is not omit)
    else:
        text = _text(value, name, form)
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
) -> bytes:
    """The value of a Cookie header, `a=1; b=2`; empty when everything is left out."""
    parts: list[bytes] = []
    given = values.items() if isinstance(values, Mapping) else values
    for name, value in given:
        if value is omit or value is None:
            continue
        if not _is_token(name):
            raise ValueError(f"{name!r} cannot be the name of a cookie")
        text = _text(value, name, formats.get(name) if formats else None)
        if _has_cookie_break(text):
            raise ValueError(f"cookie.{name}: a semicolon or a control character is inside")
        parts.append(name.encode("ascii") + b"=" + header_value(text, name))
    return b"; ".join(parts)


def _text(value: Any, name: str, form: str | None) -> str:
    try:
        return scalar_text(value, form)
    except (TypeError, ValueError) as error:
        kind, reason = type(error), str(error)
    raise (TypeError if kind is TypeError else ValueError)(f"header.{name}: {reason}")
