"""Puts values where places look for them, so that what reads an answer finds them there."""

from __future__ import annotations

import re
from typing import Any

from ferrule_runtime.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Constant,
    Count,
    Exists,
    In,
    Length,
    Not,
    Truthy,
)
from ferrule_runtime.places import (
    ANY,
    As,
    BodyPlace,
    HeaderPlace,
    LinkPlace,
    Matching,
    Place,
    StatusPlace,
    TextPlace,
)


class NotMockable(ValueError):
    """A place or condition that no answer can be made for; the test must write the answer."""


class MockAnswer:
    """An answer that is being written: status, headers and a body of JSON, or of XML."""

    __slots__ = ("body", "content", "headers", "is_xml", "links", "status")

    def __init__(self, status: int = 200, *, is_xml: bool = False) -> None:
        self.status = status
        self.is_xml = is_xml
        self.headers: dict[str, str] = {}
        self.links: list[str] = []
        self.body: Any = None
        # Bytes instead of JSON.
        self.content: bytes | None = None

    def put(self, place: Any, value: Any) -> None:
        """Write a value where the place reads it. Raises NotMockable."""
        if place is None:
            self.body = value
        elif isinstance(place, BodyPlace):
            self.body = _with(self.body, place.steps, value)
        elif isinstance(place, HeaderPlace):
            self.headers[place.name] = _text(value)
        elif isinstance(place, LinkPlace):
            self.links.append(f'<{_text(value)}>; rel="{place.rel}"')
        elif isinstance(place, StatusPlace):
            self.status = int(value)
        elif isinstance(place, TextPlace):
            self.content = _text(value).encode()
        elif isinstance(place, As):
            self.put(place.place, value)
        elif isinstance(place, Matching):
            self.put(place.place, _text_around(place.pattern, _text(value)))
        else:
            raise NotMockable(f"no answer can be made up for {place}")

    def satisfy(self, condition: Any, holds: bool) -> None:
        """Write what makes a condition true, or false. Raises NotMockable."""
        if isinstance(condition, Not):
            self.satisfy(condition.condition, not holds)
        elif isinstance(condition, (AllOf, AnyOf)):
            # One of them is enough to make the one false and the other true.
            several = isinstance(condition, AllOf) is holds
            parts = condition.conditions if several else condition.conditions[:1]
            for part in parts:
                self.satisfy(part, holds)
        elif isinstance(condition, Truthy):
            self._make_truthy(condition.operand, holds)
        elif isinstance(condition, In):
            first = condition.choices[0]
            self._compare("equal", condition.left, first, holds)
        elif isinstance(condition, Comparison):
            self._compare(condition.name, condition.left, condition.right, holds)
        else:
            raise NotMockable(f"no answer can be made up for {condition!r}")

    def _make_truthy(self, operand: Any, holds: bool) -> None:
        if isinstance(operand, (Exists, Count, Length)):
            if holds:
                self.put(operand.place, ["x"] if isinstance(operand, Count) else "x")
        elif isinstance(operand, HeaderPlace):
            if holds:
                self.put(operand, "true")
        elif isinstance(operand, Place):
            self.put(operand, holds)
        elif bool(getattr(operand, "value", None)) is not holds:
            raise NotMockable("a constant is what it is")

    def _compare(self, name: str, left: Any, right: Any, holds: bool) -> None:
        if isinstance(left, Constant) and not isinstance(right, Constant):
            name, left, right = _TURNED.get(name, name), right, left
        if not isinstance(left, Place) or not isinstance(right, Constant):
            raise NotMockable("an answer is made up for a place and a constant only")
        value, opposite = _example(name, right.value)
        self.put(left, value if holds else opposite)

    def lines(self) -> list[tuple[bytes, bytes]]:
        """The headers as they travel."""
        headers = dict(self.headers)
        if self.links:
            headers["Link"] = ", ".join(self.links)
        if not any(name.lower() == "content-type" for name in headers):
            media = "application/xml" if self.is_xml else "application/json"
            headers["Content-Type"] = media if self.content is None else "text/plain"
        return [(name.encode("latin-1"), value.encode()) for name, value in headers.items()]

    def bytes(self) -> bytes:
        """The body as it travels."""
        from ferrule_runtime.encode.json import json_bytes

        if self.content is not None:
            return self.content
        if self.is_xml:
            from ferrule_runtime.encode.xml import xml_bytes

            return xml_bytes(self.body)
        return b"" if self.body is None and self.status == 204 else json_bytes(self.body)


_TURNED = {
    "less": "greater",
    "less_equal": "greater_equal",
    "greater": "less",
    "greater_equal": "less_equal",
}


def _example(name: str, constant: Any) -> tuple[Any, Any]:
    """A value for which a comparison with the constant holds, and one for which it does not."""
    if name in ("less", "greater") and isinstance(constant, (int, float)):
        return (constant - 1, constant) if name == "less" else (constant + 1, constant)
    if name in ("less_equal", "greater_equal") and isinstance(constant, (int, float)):
        other = constant + 1 if name == "less_equal" else constant - 1
        return constant, other
    if name in ("equal", "contains", "starts", "ends"):
        return constant, _other(constant)
    if name == "unequal":
        return _other(constant), constant
    raise NotMockable(f"no answer can be made up for a comparison by {name!r}")


def _other(constant: Any) -> Any:
    if isinstance(constant, bool):
        return not constant
    if isinstance(constant, (int, float)):
        return constant + 1
    return f"not-{constant}" if isinstance(constant, str) and constant else "x"


def _text(value: Any) -> str:
    from ferrule_runtime.encode.scalars import scalar_text

    return scalar_text(value)


def _text_around(pattern: str, part: str) -> str:
    """A text in which the search finds just this part."""
    search = re.compile(pattern, re.ASCII).search
    literal = re.sub(r"\\(.)", r"\1", re.sub(r"\([^()]*\)", lambda _: part, pattern, count=1))
    for text in (part, literal.strip("^$"), f"/{part}", f"{part}/", f" {part} "):
        match = search(text)
        if match is not None and (match[1] if match.re.groups else match[0]) == part:
            return text
    raise NotMockable(f"no text can be made up in which {pattern!r} finds the value")


def _with(tree: Any, steps: tuple[Any, ...], value: Any) -> Any:
    """The tree with a value at the end of the steps; a wildcard takes one item of a list each."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if step is ANY:
        if not isinstance(value, list):
            raise NotMockable("a wildcard collects: give a list")
        items = tree if isinstance(tree, list) and len(tree) == len(value) else [None] * len(value)
        return [_with(item, rest, each) for item, each in zip(items, value, strict=True)]
    if isinstance(step, int):
        items = list(tree) if isinstance(tree, list) else []
        place = step if step >= 0 else max(len(items) + step, 0)
        items += [None] * (place + 1 - len(items))
        items[place] = _with(items[place], rest, value)
        return items
    fields = dict(tree) if isinstance(tree, dict) else {}
    fields[step] = _with(fields.get(step), rest, value)
    return fields
