"""Lays generated Python out as black would, where it is certain what black would do.

What the templates write is one statement a line. A line that is too long is opened at its brackets;
everything that would ask for more than that is left to black.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ferrule.passes.polish.empty_lines import EmptyLines
from ferrule.passes.polish.fragments import (
    Group,
    Pieces,
    UncertainError,
    fits,
    flat,
    has_operators,
    has_plain_quotes,
    opened,
    read,
    union,
)
from ferrule.passes.polish.spacing import is_well_spaced

_DEF = re.compile(r"(?:async )?def \w+$")
_REMEMBERED = 1 << 15
_TARGET = re.compile(r"[\w.]+")


def laid_out(text: str) -> str | None:
    """The text as black would write it. None where that is not certain."""
    if not text.strip():
        return text if not text else None
    try:
        return "".join(f"{line}\n" for line in _lines(text.split("\n")))
    except UncertainError:
        return None


def _lines(source: list[str]) -> list[str]:
    made: list[str] = []
    empty_lines = 0
    before = EmptyLines()
    number = 0
    while number < len(source):
        line = source[number]
        number += 1
        if not line:
            empty_lines += 1
            continue
        code = line.lstrip(" ")
        margin = len(line) - len(code)
        made += [""] * before.needed(code, margin, empty_lines)
        empty_lines = 0
        if code.startswith('"""'):
            end = number
            if len(code) < 6 or not code.endswith('"""'):
                end = _end_of_docstring(source, number)
            made += _docstring(source[number - 1 : end], margin)
            number = end
        elif code.startswith("# ") and code == code.rstrip():
            made.append(line)
        else:
            made += _statement(code, margin)
    return made


def _end_of_docstring(source: list[str], number: int) -> int:
    """The number of the line behind the closing quotes, which stand alone."""
    while number < len(source):
        number += 1
        if source[number - 1].strip() == '"""':
            return number
    raise UncertainError


def _docstring(lines: list[str], margin: int) -> list[str]:
    first = lines[0][margin + 3 :]
    if len(lines) == 1:
        inner = first[:-3]
        if not inner or inner != inner.strip() or inner[0] == '"' or inner[-1] in '"\\':
            raise UncertainError
        return lines
    rest = [line for line in lines[1:-1] if line]
    is_plain = (
        lines[-1] == " " * margin + '"""'
        and first == first.strip()
        and first[:1] not in ("", '"')
        and not any(line.endswith(("\\", " ")) for line in lines)
        and all(line.startswith(" " * margin) for line in rest)
        and (not rest or any(line[margin] != " " for line in rest))
        and bool(lines[-2].strip())
    )
    if not is_plain:
        raise UncertainError
    return lines


# The sync and the async class say almost the same, and many actions are alike.
@lru_cache(maxsize=_REMEMBERED)
def _statement(code: str, margin: int) -> list[str]:
    if ("'" in code or '\\"' in code) and not has_plain_quotes(code):
        raise UncertainError
    if not is_well_spaced(code):
        raise UncertainError
    if " = (" in code or code.startswith(("(", "return (", "return await (")):
        raise UncertainError  # black takes away parentheses that say nothing
    if fits(code, margin):
        return [" " * margin + code]
    pieces = read(code)
    if code.startswith(("def ", "async def ")):
        return _function(pieces, margin)
    if code.startswith("from "):
        return _import(code, margin)
    if code.startswith(("class ", "for ", "if ", "assert ", "raise ", "del ", "with ")):
        raise UncertainError
    for start in ("return await ", "return "):
        if code.startswith(start):
            return _value(start, read(code.removeprefix(start)), margin)
    return _assignment(pieces, margin)


def _function(pieces: Pieces, margin: int) -> list[str]:
    """`def name(…) -> Result:`, one parameter a line where they do not fit on one."""
    start, group = pieces[0], pieces[1]
    if not isinstance(start, str) or _DEF.fullmatch(start) is None:
        raise UncertainError
    if not isinstance(group, Group) or not group.elements or group.has_end_comma:
        raise UncertainError
    end = ")" + flat(pieces[2:])
    if not fits(end, margin) or not fits(start, margin) or '"' in end or "'" in end:
        raise UncertainError
    group.is_display = False
    inside = ", ".join(map(flat, group.elements))
    lines = [" " * margin + start + "("]
    if len(group.elements) > 1 and fits(inside, margin + 4):
        lines.append(" " * (margin + 4) + inside)
    else:
        lines += [line for each in group.elements for line in _parameter(each, margin + 4)]
    return [*lines, " " * margin + end]


def _parameter(pieces: Pieces, margin: int) -> list[str]:
    text = flat(pieces) + ","
    if fits(text, margin):
        return [" " * margin + text]
    target, annotation, value = _parts(pieces)
    if annotation is None or text.startswith("*"):
        raise UncertainError
    default = "" if value is None else f" = {flat(value)}"
    return _annotated(target, annotation, f"{default},", margin)


def _import(code: str, margin: int) -> list[str]:
    start, _, names = code.partition(" import ")
    lines = [f"{' ' * (margin + 4)}{each}," for each in names.split(", ")]
    head = f"{' ' * margin}{start} import ("
    if not names or any(map(_is_over, (head, *lines))):
        raise UncertainError
    return [head, *lines, " " * margin + ")"]


def _is_over(line: str) -> bool:
    return not fits(line, 0)


def _value(start: str, value: Pieces, margin: int) -> list[str]:
    """A value behind `return` or `=`, opened at its last brackets."""
    if " | " in value or has_operators(value) or not isinstance(value[-1], Group):
        raise UncertainError
    return opened([start, *value], margin)


def _parts(pieces: Pieces) -> tuple[str, Pieces | None, Pieces | None]:
    """Target, annotation and value of `target: annotation = value`."""
    first = pieces[0]
    if not isinstance(first, str):
        raise UncertainError
    met = _TARGET.match(first)
    if met is None:
        raise UncertainError
    target, rest = met[0], first[met.end() :]
    if rest.startswith(": "):
        left = [each for each in (rest[2:], *pieces[1:]) if each != ""]
        return target, *_cut(left)
    if rest.startswith(" = "):
        return target, None, [each for each in (rest[3:], *pieces[1:]) if each != ""]
    return target, None, None


def _cut(pieces: Pieces) -> tuple[Pieces, Pieces | None]:
    """What stands before and behind the ` = ` at the top."""
    for number, each in enumerate(pieces):
        if isinstance(each, str) and each[0] not in "\"'" and " = " in each:
            before, _, behind = each.partition(" = ")
            left = [*pieces[:number], *([before] if before else [])]
            right = [*([behind] if behind else []), *pieces[number + 1 :]]
            return left, right
    return pieces, None


def _assignment(pieces: Pieces, margin: int) -> list[str]:
    target, annotation, value = _parts(pieces)
    if annotation is None and value is None:
        if isinstance(pieces[-1], Group) and pieces[-1].elements:
            return opened(pieces, margin)
        raise UncertainError
    if value is None:
        assert annotation is not None
        return _annotated(target, annotation, "", margin)
    note = "" if annotation is None else f": {flat(annotation)}"
    start = f"{target}{note} = "
    if " | " in value:
        return _wrapped(f"{start}(", value, ")", margin)
    if any(isinstance(each, Group) for each in value):
        if annotation is not None and len(value) > 2:
            raise UncertainError
        return _value(start, value, margin)
    if annotation is None or fits(f"{start}((", margin):
        raise UncertainError
    return _annotated(target, annotation, f" = {flat(value)}", margin)


def _wrapped(head: str, pieces: Pieces, end: str, margin: int) -> list[str]:
    """A union in parentheses of its own."""
    if not fits(head, margin) or not fits(end, margin) or has_operators(pieces):
        raise UncertainError
    text = flat(pieces)
    lines = [" " * (margin + 4) + text] if fits(text, margin + 4) else union(pieces, margin + 4)
    return [" " * margin + head, *lines, " " * margin + end]


def _annotated(target: str, annotation: Pieces, end: str, margin: int) -> list[str]:
    if has_operators(annotation):
        raise UncertainError
    if " | " in annotation:
        return _wrapped(f"{target}: (", annotation, f"){end}", margin)
    if not isinstance(annotation[-1], Group):
        raise UncertainError
    return opened(
        [f"{target}: ", *annotation, end] if end else [f"{target}: ", *annotation], margin
    )
