"""Queries and forms as text: `a=1&b=x%20y`."""

from collections.abc import Iterable, Mapping
from typing import Any

from ferrule_runtime.encode.pairs import Pair, pairs_of
from ferrule_runtime.encode.percent import quoted, quoted_name
from ferrule_runtime.omit import omit

# A comma between items stays a comma, as services that split by it expect; the others are not
# allowed to stand in a URL.
_QUERY_JOINERS = {"": "", "csv": ",", "pipes": "%7C", "spaces": "%20"}


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
    given = values.items() if isinstance(values, Mapping) else values
    for name, value in given:
        if value is omit:
            continue
        kind = type(value)
        if kind is str and not (formats and name in formats):
            try:
                parts.append(f"{quoted_name(name)}={quoted(value)}")
                continue
            except ValueError as error:
                reason = str(error)
            raise ValueError(f"{where}.{name}: {reason}")
        if kind is int and not (formats and name in formats):
            parts.append(f"{quoted_name(name)}={value}")
            continue
        flat = pairs_of(((name, value),), arrays, styles, formats, where)
        reason = ""
        try:
            parts += [_encoded(pair) for pair in flat]
        except TypeError:
            raise  # it tells the name already
        except ValueError as error:
            reason = str(error)
        if reason:
            raise ValueError(f"{where}.{name}: {reason.removeprefix(f'{where}.{name}: ')}")
    return "&".join(parts)


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
