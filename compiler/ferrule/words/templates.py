"""Reads templates: text with look-ups `${name | filter ?? …}` in it."""

from __future__ import annotations

import re
from functools import lru_cache

from ferrule.words.ast import Filter, Reference, Template
from ferrule.words.errors import WordError, shown
from ferrule.words.quantities import read_duration
from ferrule.words.scanner import Scanner

FILTERS: dict[str, tuple[int, int]] = {
    "base64": (0, 0),
    "base64url": (0, 0),
    "urlencode": (0, 0),
    "lower": (0, 0),
    "upper": (0, 0),
    "trim": (0, 0),
    "strip": (1, 8),
    "hex": (0, 0),
    "sha256": (0, 0),
    "hmac": (1, 2),
    "json": (0, 0),
    "replace": (1, 2),
    "join": (0, 1),
    "date": (0, 1),
}
"""Every filter with the least and the most arguments that it takes; a closed list."""

HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
"""What may stand behind the key of `hmac`; without it `sha256`."""

_MOST_FALLBACKS = 16
_MOST_FILTERS = 32

_FIRST_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NEXT_NAME = re.compile(r"[A-Za-z0-9_-]+")
_ARGUMENT = re.compile(r"[^\s|{}\"'][^\s|{}]*")
_FILTERS_MEANT = {
    "default": "a fallback is written `${a ?? b}`",
    "b64encode": "write `base64`",
    "urlsafe_base64": "write `base64url`",
    "url_encode": "write `urlencode`",
    "quote": "write `urlencode`",
    "tojson": "write `json`",
    "to_json": "write `json`",
    "downcase": "write `lower`",
    "upcase": "write `upper`",
    "format": "write `date`, with the format behind it",
    "strftime": "write `date`, with the format behind it",
}


def parse_template(text: str) -> Template:
    """Text in which `${name}` looks something up, `$$` is a dollar, and a lone `$` is itself."""
    return _template(text)


@lru_cache(maxsize=4096)
def _template(text: str) -> Template:
    return read_template(text, 0)


def read_template(text: str, start: int) -> Template:
    """The template that goes from `start` to the end of the word."""
    if text.find("$", start) < 0:
        parts = (text[start:],) if start < len(text) else ()
        return Template(parts=parts, start=start, end=len(text))
    scanner = Scanner(text, start)
    pieces: list[str] = []
    found: list[str | Reference] = []
    while not scanner.is_at_end:
        dollar = text.find("$", scanner.position)
        dollar = scanner.end if dollar < 0 else dollar
        pieces.append(text[scanner.position : dollar])
        scanner.position = dollar
        if scanner.sees("${"):
            if plain := "".join(pieces):
                found.append(plain)
            pieces.clear()
            found.append(read_reference(scanner))
        elif scanner.take("$$") or scanner.take("$"):
            pieces.append("$")
    if plain := "".join(pieces):
        found.append(plain)
    return Template(parts=tuple(found), start=start, end=len(text))


def read_reference(scanner: Scanner) -> Reference:
    """The look-up that starts at the `${` here."""
    start = scanner.position
    scanner.position += 2
    operands = [_read_operand(scanner, start)]
    while _takes(scanner, "??"):
        at = scanner.position
        operands.append(_read_operand(scanner, start))
        if len(operands) > _MOST_FALLBACKS:
            raise scanner.fault(f"more than {_MOST_FALLBACKS} fallbacks", at, at + 1)
    filters: list[Filter] = []
    while _takes(scanner, "|"):
        at = scanner.position
        filters.append(_read_filter(scanner, start))
        if len(filters) > _MOST_FILTERS:
            raise scanner.fault(f"more than {_MOST_FILTERS} filters", at, at + 1)
    if not scanner.take("}"):
        raise _not_closed(scanner, start)
    end = scanner.position
    fallback: Reference | None = None
    for names, offset, operand_start, operand_end in reversed(operands[1:]):
        fallback = Reference(
            names=names,
            fallback=fallback,
            offset_seconds=offset,
            start=operand_start,
            end=operand_end,
        )
    names, offset, _, _ = operands[0]
    return Reference(
        names=names,
        filters=tuple(filters),
        fallback=fallback,
        offset_seconds=offset,
        start=start,
        end=end,
    )


def _takes(scanner: Scanner, sign: str) -> bool:
    scanner.skip_blanks()
    return scanner.take(sign)


def _not_closed(scanner: Scanner, opening: int) -> WordError:
    if scanner.is_at_end:
        return scanner.fault(
            "this `${` is not closed", opening, scanner.end, "`}`", "write `$$` for a dollar sign"
        )
    if scanner.sees("("):
        at = scanner.position
        return scanner.fault(
            "arguments are not put in parentheses", at, at + 1, advice="write `${a | replace _ -}`"
        )
    return scanner.unexpected("`}`, `??` or ` | ` and a filter")


def _read_operand(scanner: Scanner, opening: int) -> tuple[tuple[str, ...], float, int, int]:
    """A dotted name, or `now` with a distance to it: names, offset in seconds, start and end."""
    scanner.skip_blanks()
    start = scanner.position
    names = _read_names(scanner, opening)
    end = scanner.position
    scanner.skip_blanks()
    sign = scanner.peek()
    if sign not in ("+", "-"):
        return names, 0.0, start, end
    if names != ("now",):
        at = scanner.position
        advice = "names hold letters, digits and `_`" if end == at else None
        raise scanner.fault(
            f"only `now` can be followed by `{sign}`", at, at + 1, "`}`, `??` or ` | `", advice
        )
    scanner.position += 1
    scanner.skip_blanks()
    seconds = read_duration(scanner)
    return names, -seconds if sign == "-" else seconds, start, scanner.position


def _read_names(scanner: Scanner, opening: int) -> tuple[str, ...]:
    found = scanner.match(_FIRST_NAME)
    if found is None:
        if scanner.is_at_end:
            raise _not_closed(scanner, opening)
        if scanner.sees("}"):
            raise scanner.fault(
                "nothing is looked up here", opening, scanner.position + 1, "a name"
            )
        if scanner.peek() in ("'", '"'):
            raise scanner.unexpected("a name", "text stands outside of `${…}`")
        raise scanner.unexpected("a name (letters, digits and `_`)")
    names = [found.group()]
    while scanner.take("."):
        found = scanner.match(_NEXT_NAME)
        if found is None:
            raise (
                _not_closed(scanner, opening)
                if scanner.is_at_end
                else scanner.unexpected("a name behind the dot")
            )
        names.append(found.group())
    if names[0] == "now" and len(names) > 1:
        raise scanner.fault("`now` has no parts", found.start() - 1, found.end(), "`now - 7d`")
    return tuple(names)


def _read_filter(scanner: Scanner, opening: int) -> Filter:
    scanner.skip_blanks()
    start = scanner.position
    found = scanner.match(_FIRST_NAME)
    if found is None:
        if scanner.is_at_end:
            raise _not_closed(scanner, opening)
        raise scanner.unexpected("the name of a filter")
    name = found.group()
    if name not in FILTERS:
        raise scanner.fault(
            f"{shown(name)} is not a filter",
            *found.span(),
            "one of " + ", ".join(FILTERS),
            _FILTERS_MEANT.get(name.lower()),
            tuple(FILTERS),
        )
    if scanner.sees("("):
        raise _not_closed(scanner, opening)
    arguments: list[str] = []
    spans: list[tuple[int, int]] = []
    behind = scanner.position
    while (argument := _read_argument(scanner)) is not None:
        arguments.append(argument[0])
        spans.append(argument[1:])
        behind = scanner.position
    scanner.position = behind
    _check_count(scanner, found, arguments, spans)
    key = _hmac_key(scanner, arguments, spans) if name == "hmac" else None
    return Filter(name=name, arguments=tuple(arguments), key=key, start=start, end=behind)


def _read_argument(scanner: Scanner) -> tuple[str, int, int] | None:
    """The argument of a filter behind blanks: a run of characters, or text in quotes."""
    before = scanner.position
    scanner.skip_blanks()
    start = scanner.position
    if start == before or scanner.sees("??"):
        return None
    quoted = scanner.read_quoted()
    if quoted is not None:
        return quoted.value, quoted.start, quoted.end
    found = scanner.match(_ARGUMENT)
    if scanner.sees("{") and (found is None or found.group().endswith("$")):
        at = scanner.position
        raise scanner.fault(
            "a look-up cannot stand inside a look-up", at - 1, at + 1, "text, or `}` first"
        )
    return None if found is None else (found.group(), start, found.end())


def _check_count(
    scanner: Scanner,
    found: re.Match[str],
    arguments: list[str],
    spans: list[tuple[int, int]],
) -> None:
    name = found.group()
    least, most = FILTERS[name]
    if len(arguments) < least:
        what = "an argument" if least == 1 else f"{least} arguments"
        example = {"strip": "strip .example.com", "hmac": "hmac api_secret sha256"}.get(name)
        raise scanner.fault(
            f"`{name}` needs {what}",
            *found.span(),
            advice=f"write `${{a | {example or name + ' …'}}}`",
        )
    if len(arguments) > most:
        start, end = spans[most]
        limit = "no argument" if most == 0 else f"at most {most} argument{'s' * (most > 1)}"
        raise scanner.fault(
            f"`{name}` takes {limit}",
            start,
            end,
            advice="put quotes around an argument with blanks",
        )


def _hmac_key(
    scanner: Scanner, arguments: list[str], spans: list[tuple[int, int]]
) -> Reference | None:
    """The name of the key of `hmac`: it is looked up, so that a secret never stands in a spec."""
    start, end = spans[0]
    inner = Scanner(scanner.text, start, end)
    if inner.match(_FIRST_NAME) is None:
        raise inner.unexpected("the name of a setting that holds the key")
    while inner.take("."):
        if inner.match(_NEXT_NAME) is None:
            raise inner.unexpected("a name behind the dot")
    if not inner.is_at_end:
        raise inner.unexpected("the end of the name of the key")
    if len(arguments) == 2 and arguments[1] not in HASHES:
        raise scanner.fault(
            f"{shown(arguments[1])} is not a hash",
            *spans[1],
            ", ".join(HASHES),
            candidates=HASHES,
        )
    return Reference(names=tuple(arguments[0].split(".")), start=start, end=end)
