"""Nested values as flat pairs of names and texts, in the style that a service wants for lists."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from ferrule_runtime.encode.json import DEEPEST, json_bytes
from ferrule_runtime.encode.scalars import scalar_text
from ferrule_runtime.omit import omit

STYLES = (
    "repeat", "csv", "brackets", "indexed", "pipes", "spaces", "tabs", "deep", "spread", "json"
)  # fmt: skip
"""Styles for queries and forms; `label` and `matrix` belong to paths."""

JOINERS = {"csv": ",", "pipes": "|", "spaces": " ", "tabs": "\t"}
"""Styles that make one parameter of a list, and what stands between its items."""

Pair = tuple[str, list[str], str]
"""A name, its texts, and the style that joins them; one text where the style is no joining one."""


def pairs_of(
    values: Mapping[str, Any] | Iterable[tuple[str, Any]],
    arrays: str = "repeat",
    styles: Mapping[str, Any] | None = None,
    formats: Mapping[str, Any] | None = None,
    where: str = "query",
) -> Iterator[Pair]:
    """Every parameter as a flat pair, in order.

    `styles` and `formats` are by name, for fields inside a parameter again by name. Raises
    ValueError and TypeError that tell the name.
    """
    given = values.items() if isinstance(values, Mapping) else values
    for name, value in given:
        if value is omit:
            continue
        style = styles.get(name, arrays) if styles else arrays
        form = formats.get(name) if formats else None
        failed: Exception | None = None
        try:
            yield from _flat(name, value, style, form, arrays, 0)
        except (TypeError, ValueError) as error:
            failed = error
        if failed is not None:
            kind = TypeError if isinstance(failed, TypeError) else ValueError
            raise kind(f"{where}.{name}: {failed}")


def _flat(name: str, value: Any, styles: Any, form: Any, arrays: str, depth: int) -> Iterator[Pair]:
    if depth > DEEPEST:
        raise ValueError(f"may be nested {DEEPEST} deep, and must not hold itself")
    kind = type(value)
    if kind is str or kind is int:
        yield name, [scalar_text(value, form if isinstance(form, str) else None)], ""
        return
    if hasattr(kind, "model_dump"):
        value = value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    is_map = isinstance(value, Mapping)
    style = styles if isinstance(styles, str) else arrays
    if not is_map and not isinstance(value, (list, tuple, AbstractSet)):
        yield name, [scalar_text(value, form if isinstance(form, str) else None)], ""
        return
    if style not in STYLES:
        raise ValueError(f"cannot be sent in the style {style!r} here")
    if style == "json":
        content = json_bytes(value, form if isinstance(form, Mapping) else None)
        yield name, [content.decode()], ""
    elif style in JOINERS:
        yield name, list(_joined(value, form)), style
    elif is_map:
        yield from _of_map(name, value, styles, form, arrays, depth)
    else:
        yield from _of_list(name, value, styles, form, arrays, depth)


def _joined(value: Any, form: Any) -> Iterator[str]:
    """The texts that one separator joins; an object gives its names and values in turn."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if inner is not omit:
                yield scalar_text(key)
                yield scalar_text(inner, form.get(key) if isinstance(form, Mapping) else None)
        return
    for item in value:
        if item is not omit:
            yield scalar_text(item, form if isinstance(form, str) else None)


def _of_map(
    name: str, value: Any, styles: Any, form: Any, arrays: str, depth: int
) -> Iterator[Pair]:
    for key, inner in value.items():
        if inner is omit:
            continue
        below = form.get(key) if isinstance(form, Mapping) else form
        style = styles.get(key, arrays) if isinstance(styles, Mapping) else styles
        field = scalar_text(key)
        if styles == "spread":
            yield from _flat(field, inner, "repeat", below, arrays, depth + 1)
        else:
            yield from _flat(f"{name}[{field}]", inner, style, below, arrays, depth + 1)


def _of_list(
    name: str, value: Any, styles: Any, form: Any, arrays: str, depth: int
) -> Iterator[Pair]:
    style = styles if isinstance(styles, str) else arrays
    for index, item in enumerate([item for item in value if item is not omit]):
        if style == "indexed" or not _is_scalar(item):
            # `a[][b]=1&a[][c]=2` reads as one object here and as two there; an index is clear.
            yield from _flat(f"{name}[{index}]", item, styles, form, arrays, depth + 1)
        elif style in ("brackets", "deep"):
            yield f"{name}[]", [scalar_text(item, form if isinstance(form, str) else None)], ""
        else:
            yield name, [scalar_text(item, form if isinstance(form, str) else None)], ""


def _is_scalar(value: Any) -> bool:
    if type(value) in (str, int):
        return True
    return not isinstance(value, (Mapping, list, tuple, AbstractSet)) and not hasattr(
        type(value), "model_dump"
    )
