"""Lists and objects as one text, in the styles of paths, headers and cookies (RFC 6570)."""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from ferrule_runtime.encode.json import json_bytes
from ferrule_runtime.encode.scalars import scalar_text
from ferrule_runtime.omit import omit

_SEPARATORS = {
    "csv": ",",
    "pairs": ",",
    "pipes": "|",
    "spaces": " ",
    "tabs": "\t",
    "label": ".",
    "label_csv": ",",
    "matrix": ",",
    "matrix_repeat": ";",
}
# In these an object is `name=value` for each of its fields; in all others names and values in turn.
_NAMED = ("pairs", "label", "matrix_repeat")
_OUTER = frozenset(".,;=")


def is_compound(value: Any) -> bool:
    """Whether a value is a list or an object, and no single value."""
    kind = type(value)
    if kind is str or kind is int:
        return False
    return isinstance(value, (list, tuple, AbstractSet, Mapping)) or hasattr(kind, "model_dump")


def as_plain(value: Any) -> Any:
    """A model as the dict of what was set in it; everything else as it is."""
    if hasattr(type(value), "model_dump"):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return value


def styled_text(
    value: Any, name: str, style: str, form: Any, encode: Callable[[str], str] = str
) -> str:
    """A list, an object or a single value as one text; `encode` makes each piece safe.

    Raises ValueError for a style that is not for one text, TypeError for what is nested deeper.
    """
    value = as_plain(value)
    if style == "json":
        return encode(json_bytes(value, form if isinstance(form, Mapping) else None).decode())
    if style not in _SEPARATORS:
        raise ValueError(f"cannot be sent in the style {style!r} here")
    between = _SEPARATORS[style]
    separator = between if between in _OUTER else encode(between)
    if isinstance(value, Mapping):
        fields = [(encode(key), encode(text)) for key, text in fields_of(value, form)]
        if style in _NAMED:
            pieces = [f"{key}={text}" for key, text in fields]
        else:
            pieces = [each for pair in fields for each in pair]
    else:
        own = form if isinstance(form, str) else None
        pieces = [encode(scalar_text(each, own)) for each in items_of(value)]
        if style == "matrix_repeat":
            pieces = [f"{encode(name)}={each}" for each in pieces]
    text = separator.join(pieces)
    if style in ("label", "label_csv"):
        return f".{text}"
    if style == "matrix":
        return f";{encode(name)}={text}"
    return f";{text}" if style == "matrix_repeat" else text


def items_of(value: Any) -> list[Any]:
    """The items of a list that are not left out; a single value is a list of one."""
    if isinstance(value, (list, tuple, AbstractSet)):
        return [each for each in value if each is not omit]
    return [value]


def fields_of(value: Mapping[str, Any], form: Any) -> Iterator[tuple[str, str]]:
    """The names and texts of an object's fields; one that is left out or None is not there."""
    for key, inner in value.items():
        if inner is not omit and inner is not None:
            own = form.get(key) if isinstance(form, Mapping) else None
            yield scalar_text(key), scalar_text(inner, own)
