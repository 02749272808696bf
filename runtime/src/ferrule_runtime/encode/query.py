"""Queries and forms as text: `a=1&b=x%20y`."""

from collections.abc import Iterable, Mapping
from typing import Any

from ferrule_runtime.encode.pairs import Pair, pairs_of
from ferrule_runtime.encode.percent import is_plain, quoted, quoted_name
from ferrule_runtime.omit import omit

# A comma between items stays a comma, as services that split by it expect; the others are not
# allowed to stand in a URL.
_QUERY_JOINERS = {"": "", "csv": ",", "pipes": "%7C", "spaces": "%20", "tabs": "%09"}


def query_text(
    values: Mapping[str, Any] | Iterable[tuple[str, Any]],
    arrays: str = "repeat",
    styles: Mapping[str, Any] | None = None,
    formats: Mapping[str, Any] | None = None,
    where: str = "query",
) -> str:
    """The query without `?`; empty when everything is left out. Pairs may repeat a name.

    Raises ValueError and TypeError that tell the parameter's name and not its value.
    """
    parts: list[str] = []
    is_map = type(values) is dict or isinstance(values, Mapping)
    given: Any = values.items() if is_map else values  # type: ignore[union-attr]
    for name, value in given:
        if value is omit:
            continue
        if not (formats and name in formats):
            kind = type(value)
            if kind is int:
                parts.append(f"{quoted_name(name)}={value}")
                continue
            if kind is str and is_plain(value):
                parts.append(f"{quoted_name(name)}={value}")
                continue
        parts += _parts_of(name, value, arrays, styles, formats, where)
    return "&".join(parts)


def _parts_of(
    name: str,
    value: Any,
    arrays: str,
    styles: Mapping[str, Any] | None,
    formats: Mapping[str, Any] | None,
    where: str,
) -> list[str]:
    reason = ""
    style = styles.get(name, arrays) if styles else arrays
    has_form = formats is not None and name in formats
    try:
        if not has_form and (type(value) is str or (style == "repeat" and _is_texts(value))):
            texts = [value] if type(value) is str else value
            return [f"{quoted_name(name)}={quoted(str(text))}" for text in texts]
        flat = pairs_of(((name, value),), arrays, styles, formats, where)
        return [_encoded(pair) for pair in flat]
    except TypeError:
        raise  # it tells the name already
    except ValueError as error:
        reason = str(error)
    raise ValueError(f"{where}.{name}: {reason.removeprefix(f'{where}.{name}: ')}")


def _is_texts(value: Any) -> bool:
    """Whether this is a list of plain texts and numbers, as nearly every list of a query is."""
    return type(value) in (list, tuple) and all(type(item) in (str, int) for item in value)


def _encoded(pair: Pair) -> str:
    name, texts, style = pair
    return f"{quoted_name(name)}={_QUERY_JOINERS[style].join(map(quoted, texts))}"


def form_bytes(
    values: Mapping[str, Any] | Iterable[tuple[str, Any]],
    arrays: str = "repeat",
    styles: Mapping[str, Any] | None = None,
    formats: Mapping[str, Any] | None = None,
) -> bytes:
    """The body of application/x-www-form-urlencoded, nested values by the style for lists."""
    text = query_text(values, arrays, styles, formats, where="body")
    # The one difference to a query: in a form a blank is a plus.
    return text.replace("%20", "+").encode("ascii")
