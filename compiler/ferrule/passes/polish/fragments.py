"""Reads one line of generated Python as pieces and bracket pairs, and lays it out by its width."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

WIDTH = 88
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"'
    r"|'(?:[^'\\]|\\.)*'"
    r"|[()\[\]{}]|, ?| \| |(?:[^\"'()\[\]{},| ]| (?!\|))+"
)
# Where a line could be broken beside commas and bars: then another than us must decide.
_OPERATOR = re.compile(
    r"(?:^|[ =])(?:if|else|for|in|is|not|and|or|lambda|await)\b|[-+*/%@<>&^~:]=|==|!="
    r"|[+*/%@<>&^~!;\\]|->"
)
_CLOSING = {"(": ")", "[": "]", "{": "}"}


class UncertainError(Exception):
    """It is not known how black would lay this out."""


class Group(Struct):
    """A bracket pair. `is_display` if nothing that it could belong to stands before it."""

    opening: str
    is_display: bool
    elements: list[list[str | Group]] = field(default_factory=list)
    has_end_comma: bool = False
    text: str = ""


Pieces = Sequence["str | Group"]


def width(text: str) -> int:
    """Columns that a text takes; at most that many where it is not plain ASCII."""
    return len(text) if text.isascii() else len(text) + sum(each > "\x7f" for each in text)


def fits(text: str, margin: int) -> bool:
    """Whether a text stands on one line. Raises UncertainError where that depends on a font."""
    if margin + width(text) <= WIDTH:
        return True
    if not text.isascii():
        raise UncertainError
    return False


def flat(pieces: Pieces) -> str:
    """The pieces on one line."""
    return "".join(each if isinstance(each, str) else each.text for each in pieces)


def has_plain_quotes(text: str) -> bool:
    """Whether black leaves every string of a line as it is."""
    return all(
        ("'" not in token or _keeps_single(token)) and '\\"' not in token
        for token in _TOKEN.findall(text)
        if token[0] in "\"'"
    )


def _keeps_single(token: str) -> bool:
    return token[0] == '"' or ('"' in token and "\\'" not in token)


def read(text: str) -> list[str | Group]:
    """The pieces of a line. Raises UncertainError for what is not made of closed pairs."""
    stack: list[tuple[Group, list[str | Group]]] = []
    top: list[str | Group] = []
    current = top
    position = 0
    for met in _TOKEN.finditer(text):
        if met.start() != position:
            raise UncertainError
        position = met.end()
        token = met[0]
        if token in _CLOSING:
            group = Group(token, _is_display(current))
            current.append(group)
            stack.append((group, current))
            current = []
            group.elements.append(current)
        elif token[0] in ")]}":
            current = _closed(stack, token)
        elif token[0] == "," and stack:
            current = []
            stack[-1][0].elements.append(current)
        else:
            current.append(token)
    if stack or position != len(text):
        raise UncertainError
    return top


def _is_display(before: Pieces) -> bool:
    if not before:
        return True
    last = before[-1]
    if not isinstance(last, str):
        return False
    return not (last[-1].isalnum() or last[-1] == "_")


def _closed(stack: list[tuple[Group, list[str | Group]]], token: str) -> list[str | Group]:
    if not stack:
        raise UncertainError
    group, outside = stack.pop()
    if _CLOSING[group.opening] != token:
        raise UncertainError
    if not group.elements[-1]:
        group.elements.pop()
        group.has_end_comma = bool(group.elements)
    if group.has_end_comma and (len(group.elements) > 1 or group.opening != "("):
        raise UncertainError
    group.text = f"{group.opening}{inside(group)}{token}"
    return outside


def inside(group: Group) -> str:
    """What stands between the brackets, on one line."""
    text = ", ".join(map(flat, group.elements))
    return f"{text}," if group.has_end_comma else text


def has_operators(pieces: Pieces) -> bool:
    """Whether the pieces could be broken at an operator other than a bar."""
    for number, each in enumerate(pieces):
        if isinstance(each, str) and each[0] not in "\"'" and each != " | ":
            follows = number > 0 and not isinstance(pieces[number - 1], str)
            if (follows and each.startswith(".")) or _OPERATOR.search(each) is not None:
                return True
    return False


def body(group: Group, margin: int) -> list[str]:
    """The lines inside a pair of brackets that was opened."""
    has_commas = len(group.elements) > 1
    if not (has_commas and group.is_display):
        text = inside(group)
        if fits(text, margin):
            return [" " * margin + text]
    if has_commas:
        return [line for each in group.elements for line in element(each, margin, ",")]
    return element(group.elements[0], margin, "," if group.has_end_comma else "")


def element(pieces: Pieces, margin: int, tail: str) -> list[str]:
    """The lines of one element inside brackets."""
    text = flat(pieces) + tail
    if fits(text, margin):
        return [" " * margin + text]
    if has_operators(pieces):
        raise UncertainError
    if " | " in pieces:
        return union(pieces, margin, tail)
    if not any(isinstance(each, Group) for each in pieces):
        return [" " * margin + text]
    return opened(pieces, margin, tail)


def union(pieces: Pieces, margin: int, tail: str = "") -> list[str]:
    """The lines of `A | B`, one member a line."""
    members: list[list[str | Group]] = [[]]
    for each in pieces:
        if each == " | ":
            members.append(["| "])
        else:
            members[-1].append(each)
    if any(isinstance(each, str) and "=" in each and each[0] not in "\"'" for each in pieces):
        raise UncertainError
    last = len(members) - 1
    return [
        line
        for number, member in enumerate(members)
        for line in element(member, margin, tail if number == last else "")
    ]


def opened(pieces: Pieces, margin: int, tail: str = "") -> list[str]:
    """The lines of pieces whose last pair of brackets is opened."""
    place = max(number for number, each in enumerate(pieces) if isinstance(each, Group))
    group = pieces[place]
    assert isinstance(group, Group)
    head = flat(pieces[:place]) + group.opening
    end = _CLOSING[group.opening] + flat(pieces[place + 1 :]) + tail
    if not group.elements or not fits(head, margin) or not fits(end, margin):
        raise UncertainError
    return [" " * margin + head, *body(group, margin + 4), " " * margin + end]
