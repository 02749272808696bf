"""Reads JSONPath (RFC 9535): plain paths into steps; the general engine proves the others valid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ferrule.words.ast import BodyPath, PathStep
from ferrule.words.errors import WordError, shown, visible
from ferrule.words.patterns import parse_pattern
from ferrule.words.scanner import CUT_BY_YAML, DEEPEST_NESTING, Scanner

_LONGEST_QUERY = 1000
"""The general engine recurses once for each operator of a filter."""

_LARGEST_INDEX = 2**53 - 1

_BLANK = r"[ \t\r\n]*"
_MEMBER = re.compile(r"[^\x00-@\[-^`{-\x7f][^\x00-/:-@\[-^`{-\x7f]*")
_BRACKET = re.compile(
    rf"\[{_BLANK}(?:(?P<wild>\*)|(?P<index>-?[0-9]+)|(?P<name>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')){_BLANK}\]",
    re.DOTALL,
)
_BARE_NAME = re.compile(rf"\[{_BLANK}([A-Za-z_@#][^\]\"',:?()\[\\]*)\]")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "/": "/", "\\": "\\"}
_ENDS_A_PATH = " \t\r\n)|&=!<>~,"
_FUNCTIONS = ("count", "length", "match", "search", "value")
_TAKES_A_PATTERN = ("match", "search")
_TEXT_OR_CALL = re.compile(
    r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|(?<![.\w])(?P<name>[A-Za-z_][A-Za-z0-9_]*)\(",
    re.DOTALL,
)


def read_body_path(scanner: Scanner) -> BodyPath:
    """The path that starts at the `$` here and ends at a blank or an operator, brackets aside."""
    start = scanner.position
    if not scanner.take("$"):
        raise scanner.unexpected(
            "a path that starts with `$`", advice="`$` is the decoded body: `$.a.b`"
        )
    steps: list[PathStep] = []
    is_plain = True
    while char := scanner.peek():
        if char == "." and not scanner.sees(".."):
            steps.append(_read_dot(scanner))
        elif char == ".":
            is_plain = False
            _step_over_descendant(scanner)
        elif char == "[":
            step = _read_bracket(scanner)
            is_plain = is_plain and step is not None
            if step is not None:
                steps.append(step)
        elif char in _ENDS_A_PATH:
            break
        else:
            raise _odd_character(scanner, start)
    text = scanner.text[start : scanner.position]
    if not is_plain:
        _prove(text, start)
    return BodyPath(
        text=text, steps=tuple(steps) if is_plain else None, start=start, end=scanner.position
    )


def read_bracketed_name(scanner: Scanner) -> str | None:
    """The name in `["name"]` here, None where something else stands."""
    start = scanner.position
    found = _BRACKET.match(scanner.text, start, scanner.end)
    if found is None or found["name"] is None:
        return None
    scanner.position = found.end()
    return _unescaped(scanner, *found.span("name"))


def _read_dot(scanner: Scanner) -> PathStep:
    start = scanner.position
    scanner.position += 1
    if scanner.take("*"):
        return PathStep(key=None, start=start, end=scanner.position)
    return PathStep(key=_read_member(scanner), start=start, end=scanner.position)


def _step_over_descendant(scanner: Scanner) -> None:
    scanner.position += 2
    if scanner.peek() != "[" and not scanner.take("*"):
        _read_member(scanner)


def _read_member(scanner: Scanner) -> str:
    """The name behind a dot. RFC 9535 takes invisible characters in it; here they want quotes."""
    found = scanner.match(_MEMBER)
    if found is None:
        raise _no_name(scanner)
    name = found.group()
    if not name.isprintable():
        index, odd = next((i, char) for i, char in enumerate(name) if not char.isprintable())
        raise scanner.fault(
            f"an invisible character stands in the name (U+{ord(odd):04X})",
            found.start() + index,
            found.start() + index + 1,
            advice="take it out, or put the name in brackets and quotes",
        )
    return name


def _no_name(scanner: Scanner) -> WordError:
    start, end = scanner.run_here(" \t\r\n)|=!<>~,.[")
    met = scanner.text[start:end]
    if not met or met[0] in " \t\r\n)|=!<>~,.[":
        return scanner.fault(
            "a name is missing after the dot", start, end, "a name, `*` or brackets"
        )
    if met.isdigit() and met.isascii():
        return scanner.fault(
            f"the number of an item stands in brackets: {shown(met)}",
            start,
            end,
            "`[0]`",
            f"write [{met}] without the dot",
        )
    return scanner.fault(
        f"{shown(met)} needs brackets and quotes in a path",
        start,
        end,
        "letters, digits and `_`, no digit first",
        _in_brackets(met),
    )


def _odd_character(scanner: Scanner, start: int) -> WordError:
    at = scanner.position
    before = scanner.text[start:at]
    if before == "$":
        message = "after `$` comes `.name` or `[…]`"
        advice = "a look-up `${…}` cannot stand here" if scanner.sees("{") else None
        return scanner.fault(message, at, at + 1, "`.`, `[` or the end of the path", advice)
    if scanner.sees("]"):
        return scanner.fault("this `]` closes nothing", at, at + 1, advice="take it out")
    opens = max(before.rfind("."), before.rfind("]"))
    _, end = scanner.run_here(" \t\r\n)|=!<>~,.[")
    name = scanner.text[start + opens + 1 : end]
    advice = _in_brackets(name) if before[opens] == "." else None
    return scanner.fault(
        f"{shown(scanner.text[at])} cannot stand in a name after a dot",
        at,
        at + 1,
        "letters, digits and `_`",
        advice,
    )


def _in_brackets(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'write ["{visible(escaped)}"] without the dot'


def _read_bracket(scanner: Scanner) -> PathStep | None:
    """The step in brackets here; None, behind the brackets, where the general engine is needed."""
    start = scanner.position
    found = _BRACKET.match(scanner.text, start, scanner.end)
    if found is None:
        _refuse_bare_name(scanner)
        _step_over_brackets(scanner)
        return None
    scanner.position = found.end()
    key: str | int | None = None
    if found["index"] is not None:
        key = _index(scanner, *found.span("index"))
    elif found["name"] is not None:
        key = _unescaped(scanner, *found.span("name"))
    return PathStep(key=key, start=start, end=scanner.position)


def _refuse_bare_name(scanner: Scanner) -> None:
    found = _BARE_NAME.match(scanner.text, scanner.position, scanner.end)
    if found is not None:
        raise scanner.fault(
            "a name in brackets stands in quotes",
            *found.span(1),
            "quotes, an index or `*`",
            f'write ["{visible(found[1].rstrip())}"]',
        )


def _index(scanner: Scanner, start: int, end: int) -> int:
    written = scanner.text[start:end]
    digits = written.lstrip("-")
    if digits[0] == "0" and written != "0":
        raise scanner.fault("an index does not start with 0", start, end, "0, 1, 2, … or -1, -2, …")
    if len(digits) > 16 or int(digits) > _LARGEST_INDEX:
        raise scanner.fault("the index is too large", start, end, f"at most {_LARGEST_INDEX}")
    return int(written)


def _unescaped(scanner: Scanner, start: int, end: int) -> str:
    """The text of a quoted name, as RFC 9535 reads it."""
    quote = scanner.text[start]
    pieces: list[str] = []
    position = start + 1
    while position < end - 1:
        char = scanner.text[position]
        if char == "\\":
            found = _ESCAPE.match(scanner.text, position, end - 1)
            piece = _escaped(found, quote) if found else None
            if found is None or piece is None:
                raise scanner.fault(
                    f"{shown(scanner.text[position : position + 2])} is no escape of JSONPath",
                    position,
                    min(position + 2, end - 1),
                    r"`\\`, `\/`, `\b`, `\f`, `\n`, `\r`, `\t`, `\u0000` or the quote",
                )
            pieces.append(piece)
            position = found.end()
            continue
        if char < " " or "\ud800" <= char <= "\udfff":
            raise scanner.fault(
                f"the character U+{ord(char):04X} cannot stand in a name as it is",
                position,
                position + 1,
            )
        pieces.append(char)
        position += 1
    return _joined(scanner, "".join(pieces), start, end)


def _escaped(found: re.Match[str], quote: str) -> str | None:
    if found[1] is not None:
        return chr(int(found[1], 16))
    return quote if found[2] == quote else _ESCAPES.get(found[2])


def _joined(scanner: Scanner, text: str, start: int, end: int) -> str:
    """Surrogate pairs become the characters they stand for; half a pair is an error."""
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        raise scanner.fault(
            "half a surrogate pair stands in the name",
            start,
            end,
            r"both halves, as in `\ud83d\ude00`",
        ) from None


def _step_over_brackets(scanner: Scanner) -> None:
    """Step over `[…]`, whatever it holds, with its quotes and nested brackets."""
    text, position = scanner.text, scanner.position
    open_ones: list[int] = []
    while position < scanner.end:
        char = text[position]
        if char in "\"'":
            position = _behind_quote(scanner, position)
            continue
        if char in "[(":
            open_ones.append(position)
            if len(open_ones) > DEEPEST_NESTING:
                raise scanner.fault(
                    f"the nesting is deeper than {DEEPEST_NESTING} levels", position, position + 1
                )
        elif char in "])":
            opening = open_ones.pop()
            if text[opening] + char not in ("[]", "()"):
                raise scanner.fault(
                    f"`{char}` does not close `{text[opening]}`", position, position + 1
                )
            if not open_ones:
                scanner.position = position + 1
                return
        position += 1
    opening = open_ones[-1]
    raise scanner.fault(
        f"this `{text[opening]}` is not closed",
        opening,
        opening + 1,
        "`]`" if text[opening] == "[" else "`)`",
        CUT_BY_YAML,
    )


def _behind_quote(scanner: Scanner, position: int) -> int:
    text, opening = scanner.text, position
    position += 1
    while position < scanner.end:
        if text[position] == "\\":
            position += 2
        elif text[position] == text[opening]:
            return position + 1
        else:
            position += 1
    raise scanner.fault("a quote is not closed", opening, opening + 1, f"`{text[opening]}`")


def _prove(text: str, start: int) -> None:
    """Raise unless the general engine takes the path and its regular expressions are allowed.

    What a filter calls is read here: the engine's own tree differs from one version to another.
    """
    if len(text) > _LONGEST_QUERY:
        raise WordError(
            f"a path with filters has at most {_LONGEST_QUERY} characters",
            start + _LONGEST_QUERY,
            start + len(text),
        )
    calls = list(_calls(text))
    for name, at in calls:
        if name not in _FUNCTIONS:
            message = f"there is no function {shown(name)} in a JSONPath"
            end = start + at + len(name)
            raise WordError(message, start + at, end, candidates=_FUNCTIONS, met=name)
    _ask_engine(text, start)
    for name, at in calls:
        if name in _TAKES_A_PATTERN:
            _prove_pattern(name, text, at + len(name), start)


def _ask_engine(text: str, start: int) -> None:
    from jsonpath_rfc9535 import JSONPathEnvironment
    from jsonpath_rfc9535.exceptions import JSONPathError, JSONPathRecursionError

    fault: WordError | None = None
    try:
        JSONPathEnvironment().compile(text)
    except (JSONPathRecursionError, RecursionError):
        fault = WordError("the filter is nested too deeply", start, start + len(text))
    except JSONPathError as error:
        fault = _fault_of_engine(error, text, start)
    except (ArithmeticError, LookupError, ValueError):
        message = "not a JSONPath: a number in it is too large"
        fault = WordError(message, start, start + len(text))
    if fault is not None:
        raise fault


def _fault_of_engine(error: Exception, text: str, start: int) -> WordError:
    """The engine's complaint, at the token that it complains about."""
    reason = visible(str(error.args[0])) if error.args else "it is not valid"
    at, end = _token_span(getattr(error, "token", None), len(text))
    met = text[at:end] or None
    message = f"not a JSONPath: {reason}"
    return WordError(message, start + at, start + end, "a path as in RFC 9535", met=met)


def _token_span(token: Any, length: int) -> tuple[int, int]:
    """Where a token of the engine stands: of its version 1 an object, later its kind and span."""
    if token is None:
        return 0, length
    at, end = (
        token[1:] if isinstance(token, tuple) else (token.index, token.index + len(token.value))
    )
    at = min(at, length)
    return at, min(max(end, at + 1), length)


def _calls(text: str) -> Iterator[tuple[str, int]]:
    """The functions that the filters of a path call, and where each name stands."""
    for found in _TEXT_OR_CALL.finditer(text):
        if found["name"] is not None:
            yield found["name"], found.start()


def _prove_pattern(name: str, text: str, opening: int, start: int) -> None:
    """Raise unless the second argument behind the parenthesis is a pattern that is allowed."""
    at, end = _second_argument(text, opening)
    if text[at] not in "\"'":
        raise WordError(
            f"`{name}` takes a regular expression in quotes, not a place",
            start + at,
            start + at + 1,
            help="a service must not choose the regular expression that runs here",
        )
    written = text[at + 1 : end - 1]
    value = _unescaped(Scanner(text), at, end)
    try:
        parse_pattern(value)
    except WordError as error:
        raise _fault_in_filter(error, start + at + 1, written, value) from None


def _second_argument(text: str, opening: int) -> tuple[int, int]:
    """Its span, in a path that is valid."""
    position, depth, first = opening + 1, 0, 0
    while depth or text[position] != ")":
        char = text[position]
        if char in "\"'":
            position = _behind_quote(Scanner(text), position)
            continue
        depth += (char in "([") - (char in ")]")
        if char == "," and not depth:
            first = position + 1
        position += 1
    argument = text[first:position]
    blanks = len(argument) - len(argument.lstrip(" \t\r\n"))
    return first + blanks, first + len(argument.rstrip(" \t\r\n"))


def _fault_in_filter(error: WordError, at: int, written: str, value: str) -> WordError:
    """The fault of a regular expression in a filter; escapes blur where in it."""
    if written == value:
        return error.moved(lambda offset: at + offset)
    end = at + len(written)
    return WordError(error.message, at, end, error.expected, error.help, met=error.met)
