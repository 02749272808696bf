"""Lays generated Python out as black would, where it is certain what black would do.

What the templates write is one statement a line. A line that is too long is opened at its brackets;
a statement that would ask for more than that is left to black.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from ferrule.passes.polish.asking import formatted_alone
from ferrule.passes.polish.empty_lines import EmptyLines, Kind
from ferrule.passes.polish.fragments import (
    Group,
    Line,
    Span,
    UncertainError,
    fits,
    has_plain_quotes,
    read,
)
from ferrule.passes.polish.proof import (
    FUTURE,
    has_distinct_names,
    has_names,
    has_plain_words,
    is_docstring,
    is_python,
    is_python_shape,
)
from ferrule.passes.polish.spacing import is_well_spaced, masked, shape_of

_DEF = re.compile(r"(?:async )?def \w+")
_TARGET = re.compile(r"[\w.]+")
_REMEMBERED = 1 << 15


class LaidOut(Struct, frozen=True):
    """A text as black would write it.

    `is_proven` if a compiler would accept it; else only the compiler can tell.
    """

    text: str
    is_proven: bool = True


class _Alike:
    """What is known of all statements of one shape at one depth."""

    __slots__ = ("awaits", "has_names", "is_bound", "is_certain", "kind")

    def __init__(self, shape: str, margin: int) -> None:
        self.kind = Kind(shape, margin)
        self.is_certain = is_well_spaced(shape) and not _has_idle_parentheses(shape)
        if ",)" in shape:
            read(shape)
        self.awaits = "await " in shape
        self.is_bound = shape.startswith("return")
        self.has_names = has_names(self.kind, shape)


@lru_cache(_REMEMBERED)
def _alike(shape: str, margin: int) -> _Alike:
    return _Alike(shape, margin)


class _Statement:
    """A statement of the templates as lines of a module, with all that is known of it alone."""

    __slots__ = ("awaits", "has_context", "is_proven", "kind", "text")

    def __init__(self, line: str) -> None:
        code = line.lstrip(" ")
        if not code:
            raise UncertainError
        margin = len(line) - len(code)
        self.awaits = self.has_context = False
        self.is_proven = True
        if code.startswith('"""'):
            self.kind = Kind(code, margin)
            self.text = _docstring(line, margin)
            self.has_context = not is_docstring(line)
            self.is_proven = not self.has_context
            return
        if code[0] == "#":
            self.kind = Kind(code, margin)
            if not code.startswith("# ") or code != code.rstrip():
                raise UncertainError
            self.text = f"{line}\n"
            return
        try:
            self._lay_out(line, code, margin)
        except UncertainError:
            self.kind = Kind(code, margin)
            self.text = formatted_alone(line, self.kind)
            self.has_context = True
            self.is_proven = False

    def _lay_out(self, line: str, code: str, margin: int) -> None:
        if ("'" in code or '\\"' in code) and not has_plain_quotes(code):
            raise UncertainError
        plain = masked(code)
        shape = shape_of(plain)
        alike = _alike(shape, margin)
        if not alike.is_certain:
            raise UncertainError
        self.kind, self.awaits = alike.kind, alike.awaits
        if fits(code, margin):
            self.text = f"{line}\n"
            made = shape
        else:
            self.text = "\n".join([*_lines_of(code, plain, margin), ""])
            made = shape_of(masked(self.text.strip(" \n")))
        if alike.has_names and not has_distinct_names(self.kind, plain, shape):
            self.is_proven = False
        elif made is shape and has_plain_words(code):
            self.is_proven = is_python_shape(self.kind, shape)
        else:
            self.is_proven = is_python(self.kind, code, shape, made)
        is_bound = alike.is_bound or code == FUTURE
        self.has_context = is_bound or self.awaits or not self.is_proven


# The sync and the async class say almost the same, and many actions are alike.
_known: dict[str, _Statement] = {}


def laid_out(text: str) -> LaidOut | None:
    """The text as black would write it. None where that is not certain."""
    if not text.strip():
        return LaidOut(text) if not text else None
    try:
        return _laid_out(text.split("\n"), is_proven="\0" not in text)
    except UncertainError:
        return None


def _laid_out(source: list[str], *, is_proven: bool) -> LaidOut:
    made: list[str] = []
    known, before = _known, EmptyLines()
    empty_lines = number = 0
    if len(known) > _REMEMBERED:
        known.clear()
    while number < len(source):
        line = source[number]
        number += 1
        if not line:
            empty_lines += 1
            continue
        statement = known.get(line)
        if statement is None:
            if '"""' in line and _is_open(line):
                end = _end_of_docstring(source, number)
                line = "\n".join(source[number - 1 : end])
                number = end
                statement = known.get(line)
            if statement is None:
                statement = known[line] = _Statement(line)
        made += ["\n"] * before.needed(statement.kind, empty_lines)
        if statement.has_context and not _has_its_context(statement, before, made):
            is_proven = False
        made.append(statement.text)
        empty_lines = 0
    return LaidOut("".join(made), is_proven and before.is_whole)


def _is_open(line: str) -> bool:
    """Whether a docstring begins on a line and does not end there."""
    code = line.lstrip(" ")
    return code.startswith('"""') and (len(code) < 6 or not code.endswith('"""'))


def _end_of_docstring(source: list[str], number: int) -> int:
    """The number of the line behind the closing quotes, which stand alone."""
    while number < len(source):
        number += 1
        if source[number - 1].strip() == '"""':
            return number
    raise UncertainError


def _has_its_context(statement: _Statement, before: EmptyLines, made: list[str]) -> bool:
    """Whether a statement that not every place may have stands where it may."""
    text = statement.text.lstrip(" ")
    if not statement.is_proven:
        return False
    if text == f"{FUTURE}\n":
        earlier = [each for each in made if not each.startswith(("\n", "#"))]
        return not earlier or (len(earlier) == 1 and earlier[0].startswith('"""'))
    return before.scope in ("a", "" if statement.awaits else "d")


def _docstring(text: str, margin: int) -> str:
    lines = text.split("\n")
    first = lines[0][margin + 3 :]
    if len(lines) == 1:
        inner = first[:-3]
        # A last quote is set apart from the closing ones.
        end = inner[:-1] if inner.endswith('" ') else inner
        is_open = inner.endswith('"') or (len(end) - len(end.rstrip("\\"))) % 2
        if is_open or end != end.rstrip() or not _begins_well(end):
            raise UncertainError
        return f"{text}\n"
    rest = [line for line in lines[1:-1] if line]
    blanks = " " * margin
    is_plain = (
        lines[-1] == f'{blanks}"""'
        and first == first.rstrip()
        and _begins_well(first)
        and not any(line.endswith(" ") for line in lines)
        and not lines[-2].endswith("\\")
        and all(line.startswith(blanks) for line in rest)
        and (not rest or any(line[margin] != " " for line in rest))
        and bool(lines[-2].strip())
    )
    if not is_plain:
        raise UncertainError
    return f"{text}\n"


def _begins_well(text: str) -> bool:
    """Whether a docstring begins with a word, or with a quote set apart from the opening ones."""
    start = text[1:] if text.startswith(' "') else text
    return bool(start) and start[0] != " " and (start[0] != '"' or start is not text)


def _has_idle_parentheses(code: str) -> bool:
    """Whether there may be parentheses that say nothing, which black takes away."""
    return " = (" in code or code.startswith(("(", "return (", "return await ("))


def _lines_of(code: str, plain: str, margin: int) -> list[str]:
    """The lines of a well-spaced statement that does not fit on one.

    `plain` is its code with strings masked.
    """
    if code.startswith("from "):
        return _import(code, margin)
    line, whole = Line(code, plain), read(plain)
    if code.startswith(("def ", "async def ")):
        return _function(line, whole, margin)
    if code.startswith(("class ", "for ", "if ", "assert ", "raise ", "del ", "with ")):
        raise UncertainError
    for start in ("return await ", "return "):
        if code.startswith(start):
            return _value(line, whole, whole.part(len(start), whole.end), margin)
    return _assignment(line, whole, margin)


def _function(line: Line, whole: Span, margin: int) -> list[str]:
    """`def name(…) -> Result:`, one parameter a line where they do not fit on one."""
    group = whole.groups[0]
    start, end = line.code[: group.start], line.code[group.end - 1 :]
    if _DEF.fullmatch(start) is None or not group.elements or group.has_end_comma:
        raise UncertainError
    if not fits(start, margin) or '"' in end or "'" in end:
        raise UncertainError
    last = [" " * margin + end] if fits(end, margin) else _result(line, whole, group, margin)
    inside = line.inside(group)
    lines = [" " * margin + start + "("]
    if len(group.elements) > 1 and fits(inside, margin + 4):
        lines.append(" " * (margin + 4) + inside)
    else:
        for each in group.elements:
            lines += _parameter(line, each, margin + 4)
    return lines + last


def _result(line: Line, whole: Span, parameters: Group, margin: int) -> list[str]:
    """`) -> (`, one member of a union a line, and `):`."""
    start = parameters.end + len(" -> ")
    colon = line.code.rindex(":", start)
    result = whole.part(start, colon)
    if not result.bars or len(parameters.elements) < 2:
        raise UncertainError
    return _wrapped(line, ") -> (", result, f"){line.code[colon:]}", margin)


def _parameter(line: Line, span: Span, margin: int) -> list[str]:
    text = line.flat(span) + ","
    if fits(text, margin):
        return [" " * margin + text]
    target, annotation, value = _parts(line, span)
    if annotation is None or text.startswith("*") or (value is not None and value.groups):
        raise UncertainError
    default = "" if value is None else f" = {line.flat(value)}"
    return _annotated(line, span, target, annotation, f"{default},", margin)


def _import(code: str, margin: int) -> list[str]:
    start, _, names = code.partition(" import ")
    head = f"{start} import ("
    if not names or not names.isascii() or not fits(head, margin):
        raise UncertainError
    lines = [f"{' ' * (margin + 4)}{each}," for each in names.split(", ")]
    return [" " * margin + head, *lines, " " * margin + ")"]


def _value(line: Line, whole: Span, value: Span, margin: int) -> list[str]:
    """A value behind `return` or `=`, opened at its last brackets."""
    if value.bars or not value.ends_in_group or line.has_operators(value):
        raise UncertainError
    return line.opened(whole, value.groups[-1], margin)


def _parts(line: Line, span: Span) -> tuple[str, Span | None, Span | None]:
    """Target, annotation and value of `target: annotation = value`."""
    met = _TARGET.match(line.masked, span.start)
    if met is None:
        raise UncertainError
    target, at = line.code[span.start : met.end()], met.end()
    if line.masked.startswith(" = ", at):
        return target, None, span.part(at + 3, span.end)
    if not line.masked.startswith(": ", at):
        return target, None, None
    annotation = span.part(at + 2, span.end)
    start = annotation.start
    for text in line.outside(annotation):
        found = text.find(" = ")
        if found >= 0:
            cut = line.masked.index(" = ", start)
            return target, span.part(annotation.start, cut), span.part(cut + 3, span.end)
        start += len(text)
        start = next((each.end for each in annotation.groups if each.start == start), start)
    return target, annotation, None


def _assignment(line: Line, whole: Span, margin: int) -> list[str]:
    target, annotation, value = _parts(line, whole)
    if value is None:
        if annotation is not None:
            return _annotated(line, whole, target, annotation, "", margin)
        if whole.ends_in_group and whole.groups[-1].elements:
            return line.opened(whole, whole.groups[-1], margin)
        raise UncertainError
    if line.masked.startswith("await ", value.start):
        if not value.groups or not fits(line.code[: value.groups[-1].start + 1], margin):
            raise UncertainError
        return _value(line, whole, value.part(value.start + len("await "), value.end), margin)
    if annotation is None and not value.bars:
        return _value(line, whole, value, margin)
    return _annotated_value(line, whole, annotation, value, margin)


def _annotated_value(
    line: Line, whole: Span, annotation: Span | None, value: Span, margin: int
) -> list[str]:
    """`target: annotation = value`, and `target = A | B`."""
    head = f"{line.code[: value.start]}("
    if annotation is None or value.bars:
        return _wrapped(line, head, value, ")", margin)
    if value.groups:
        if len(value.groups) > 1 or not value.ends_in_group or line.has_operators(value):
            raise UncertainError
        if fits(line.code[: value.groups[0].start + 1], margin):
            return _value(line, whole, value, margin)
    elif fits(head, margin) and not fits(line.flat(value), margin + 4):
        raise UncertainError
    if fits(head, margin):
        return _wrapped(line, head, value, ")", margin)
    if value.groups and not annotation.bars:
        return _both_opened(line, annotation, value, margin)
    target = line.code[whole.start : annotation.start - len(": ")]
    return _annotated(line, whole, target, annotation, f" = {line.flat(value)}", margin)


def _both_opened(line: Line, annotation: Span, value: Span, margin: int) -> list[str]:
    """`target: Generic[…] = function(…)` with both pairs of brackets opened.

    The second stays closed where it fits on a line.
    """
    parts = (annotation, value)
    if any(len(part.groups) != 1 or not part.ends_in_group or part.bars for part in parts):
        raise UncertainError
    type_, call = annotation.groups[0], value.groups[0]
    if not call.elements or any(map(line.has_operators, parts)):
        raise UncertainError
    head, end = line.code[: type_.start + 1], line.code[type_.end - 1 :]
    between = line.code[type_.end - 1 : call.start + 1]
    if not fits(head, margin) or not fits(between, margin):
        raise UncertainError
    blanks = " " * margin
    lines = [blanks + head, *line.body(type_, margin + 4)]
    if fits(end, margin):
        return [*lines, blanks + end]
    return [*lines, blanks + between, *line.body(call, margin + 4), f"{blanks}{end[-1]}"]


def _wrapped(line: Line, head: str, span: Span, end: str, margin: int) -> list[str]:
    """A union in parentheses of its own."""
    if not fits(head, margin) or not fits(end, margin) or line.has_operators(span):
        raise UncertainError
    text = line.flat(span)
    inner = margin + 4
    lines = [" " * inner + text]
    if not fits(text, inner):
        lines = line.union(span, inner) if span.bars else line.element(span, inner, "")
    return [" " * margin + head, *lines, " " * margin + end]


def _annotated(
    line: Line, whole: Span, target: str, annotation: Span, end: str, margin: int
) -> list[str]:
    """`target: annotation` and an end that is not opened, such as a default."""
    if line.has_operators(annotation):
        raise UncertainError
    if annotation.bars:
        return _wrapped(line, f"{target}: (", annotation, f"){end}", margin)
    if not annotation.ends_in_group:
        raise UncertainError
    opened = Span(whole.start, annotation.end)
    return line.opened(opened, annotation.groups[-1], margin, end)
