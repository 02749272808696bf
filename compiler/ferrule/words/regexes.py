"""Reads regular expressions of the allowed kind: `re` with ASCII classes, nothing that runs away.

Allowed is what a backtracking and an automaton engine both know, and what is proven to stay fast:
no back references, no look-around, no possessive or atomic groups, no flags but a leading `(?i)`.
"""

from __future__ import annotations

import re

from ferrule.words.ambiguity import (
    UNBOUNDED,
    Chars,
    Choice,
    Part,
    Ranges,
    Repeat,
    Row,
    can_be_empty,
    find_danger,
)
from ferrule.words.errors import WordError, shown, visible
from ferrule.words.scanner import Scanner

_LONGEST = 4000
_MOST_REPEATS = 1000
_LAST_CHAR = 0x10FFFF

_DIGIT: Ranges = ((48, 57),)
_WORD: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
_SPACE: Ranges = ((9, 13), (32, 32))
_CLASSES = {"d": _DIGIT, "w": _WORD, "s": _SPACE}
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
_HEX_LENGTHS = {"x": 2, "u": 4, "U": 8}
_HEX = re.compile(r"[0-9A-Fa-f]+")
_COUNTS = re.compile(r"\{([0-9]*)(,?)([0-9]*)\}")
_GROUP_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

_REFUSED_GROUPS = (
    ("(?=", "look-ahead `(?=` is not allowed"),
    ("(?!", "look-ahead `(?!` is not allowed"),
    ("(?<=", "look-behind `(?<=` is not allowed"),
    ("(?<!", "look-behind `(?<!` is not allowed"),
    ("(?P=", "a back reference is not allowed"),
    ("(?>", "an atomic group `(?>` is not allowed"),
    ("(?#", "a comment `(?#` is not allowed"),
    ("(?(", "a conditional group `(?(` is not allowed"),
)


def prove(text: str) -> None:
    """Raise a WordError unless the text is a regular expression of the allowed kind."""
    danger = find_danger(read_regex(text))
    if danger is not None:
        end = min(danger.end, len(text))
        met = text[danger.start : end]
        raise WordError(danger.message, danger.start, end, help=danger.advice, met=met)
    _compile(text)


def read_regex(text: str) -> Part:
    """The structure of a regular expression; anchors are left out of it."""
    scanner = Scanner(text)
    if len(text) > _LONGEST:
        message = f"a regular expression has at most {_LONGEST} characters"
        raise scanner.fault(message, _LONGEST, len(text))
    if not text:
        raise scanner.fault(
            "an empty regular expression matches everything", 0, 0, "a regular expression"
        )
    ignores_case = scanner.take("(?i)")
    part = _read_choice(scanner, ignores_case)
    if not scanner.is_at_end:
        at = scanner.position
        raise scanner.fault("this `)` closes nothing", at, at + 1, advice=r"write `\)`")
    return part


def _compile(text: str) -> None:
    """Python's own verdict: what it still refuses (a group named twice) is told with its place."""
    try:
        re.compile(text, re.ASCII)
    except (re.error, OverflowError, RecursionError) as error:
        at = min(getattr(error, "pos", None) or 0, len(text))
        reason = getattr(error, "msg", None) or "it is too large"
        raise WordError(
            f"not a regular expression: {visible(reason)}", at, min(at + 1, len(text))
        ) from None


def _read_choice(scanner: Scanner, ignores_case: bool) -> Part:
    parts = [_read_row(scanner, ignores_case)]
    while scanner.take("|"):
        parts.append(_read_row(scanner, ignores_case))
    return parts[0] if len(parts) == 1 else Choice(tuple(parts))


def _read_row(scanner: Scanner, ignores_case: bool) -> Part:
    parts: list[Part] = []
    while not scanner.is_at_end and scanner.peek() not in "|)":
        start = scanner.position
        part = _read_atom(scanner, ignores_case)
        parts.append(_read_repeat(scanner, part, start))
    return parts[0] if len(parts) == 1 else Row(tuple(parts))


def _read_atom(scanner: Scanner, ignores_case: bool) -> Part | None:
    """One character, class or group; None for what has no width."""
    start = scanner.position
    char = scanner.peek()
    if char == "(":
        return _read_group(scanner, ignores_case)
    if char == "[":
        ranges = _read_class(scanner, ignores_case)
    elif char == "\\":
        escaped = _read_escape(scanner, is_in_class=False)
        if escaped is None:
            return None
        ranges = _with_case(escaped) if ignores_case else escaped
    elif char in "*+?":
        raise scanner.fault(
            f"`{char}` repeats nothing",
            start,
            start + 1,
            "a character before it",
            rf"write `\{char}` for the character",
        )
    elif char == "{":
        raise scanner.fault(
            "`{` repeats nothing", start, start + 1, advice=r"write `\{` for the character"
        )
    else:
        scanner.position += 1
        if char in "^$":
            return None
        ranges = _inverse(((10, 10),)) if char == "." else ((ord(char), ord(char)),)
        if ignores_case:
            ranges = _with_case(ranges)
    return Chars(ranges, start, scanner.position)


def _read_group(scanner: Scanner, ignores_case: bool) -> Part:
    opening = scanner.position
    with scanner.nested(opening):
        if scanner.sees("(?"):
            _read_group_kind(scanner)
        else:
            scanner.position += 1
        part = _read_choice(scanner, ignores_case)
    if not scanner.take(")"):
        raise scanner.fault(
            "this `(` is not closed", opening, opening + 1, "`)`", r"write `\(` for the character"
        )
    return part


def _read_group_kind(scanner: Scanner) -> None:
    start = scanner.position
    for opening, message in _REFUSED_GROUPS:
        if scanner.sees(opening):
            advice = "say it with several conditions" if "look" in message else None
            raise scanner.fault(
                message, start, start + len(opening), "`(…)`, `(?:…)` or `(?P<name>…)`", advice
            )
    if scanner.take("(?:"):
        return
    if scanner.take("(?P<"):
        name_start = scanner.position
        if scanner.match(_GROUP_NAME) is None or not scanner.take(">"):
            raise scanner.fault(
                "the name of a group is letters, digits and `_`", name_start, scanner.position
            )
        return
    advice = "`(?i)` may stand at the very start" if scanner.sees("(?i") else None
    advice = "write `(?P<name>…)`" if scanner.sees("(?<") else advice
    raise scanner.fault(
        f"a group that starts with {shown(scanner.text[start : start + 3])} is not allowed",
        start,
        min(start + 3, scanner.end),
        "`(…)`, `(?:…)` or `(?P<name>…)`",
        advice,
    )


def _read_repeat(scanner: Scanner, part: Part | None, start: int) -> Part:
    """What stands here with the quantifier behind it, if there is one."""
    at = scanner.position
    counts = _read_counts(scanner)
    if counts is None:
        return part if part is not None else Row(())
    low, high = counts
    if part is None:
        raise scanner.fault("an anchor cannot be repeated", start, scanner.position)
    if scanner.sees("+"):
        raise scanner.fault(
            "a possessive quantifier is not allowed",
            at,
            scanner.position + 1,
            advice="leave the second `+` out",
        )
    scanner.take("?")
    again = scanner.position
    if scanner.peek() in ("*", "+", "?") or _COUNTS.match(scanner.text, again, scanner.end):
        raise scanner.fault(
            "a quantifier stands behind a quantifier",
            again,
            again + 1,
            advice="put a group around the first",
        )
    if high > 1 and can_be_empty(part):
        raise scanner.fault(
            "what is repeated here can match nothing, which can take for ever",
            start,
            scanner.position,
            advice="let the repeated part match at least one character",
        )
    return Repeat(part, low, high, start, scanner.position)


def _read_counts(scanner: Scanner) -> tuple[int, int] | None:
    start = scanner.position
    for sign, counts in (("*", (0, UNBOUNDED)), ("+", (1, UNBOUNDED)), ("?", (0, 1))):
        if scanner.take(sign):
            return counts
    if not scanner.sees("{"):
        return None
    found = scanner.match(_COUNTS)
    if found is None:
        raise scanner.fault(
            "`{` does not start a quantifier",
            start,
            start + 1,
            "{2}, {2,} or {2,5}",
            r"write `\{` for the character",
        )
    low_text, comma, high_text = found.groups()
    if not low_text or (high_text and not comma):
        advice = f"write {{0,{high_text}}}" if high_text else r"write `\{` for the character"
        raise scanner.fault(
            "the first number of a quantifier is missing", start, found.end(), "{2,5}", advice
        )
    if (
        max(len(low_text), len(high_text)) > 4
        or max(int(low_text), int(high_text or 0)) > _MOST_REPEATS
    ):
        raise scanner.fault(f"a quantifier goes up to {_MOST_REPEATS}", start, found.end())
    low = int(low_text)
    high = int(high_text) if high_text else UNBOUNDED if comma else low
    if high < low or high == 0:
        raise scanner.fault(
            "the quantifier allows nothing", start, found.end(), "the lower number first"
        )
    return low, high


def _read_class(scanner: Scanner, ignores_case: bool) -> Ranges:
    opening = scanner.position
    scanner.position += 1
    is_inverted = scanner.take("^")
    ranges: list[tuple[int, int]] = []
    is_first = True
    while is_first or not scanner.sees("]"):
        if scanner.is_at_end:
            raise scanner.fault(
                "this `[` is not closed",
                opening,
                opening + 1,
                "`]`",
                r"write `\[` for the character",
            )
        _refuse_set_operation(scanner)
        ranges += _read_class_part(scanner)
        is_first = False
    scanner.position += 1
    found = _with_case(tuple(ranges)) if ignores_case else tuple(ranges)
    return _inverse(found) if is_inverted else found


def _refuse_set_operation(scanner: Scanner) -> None:
    at = scanner.position
    if scanner.sees("["):
        raise scanner.fault(
            "a class inside a class is not allowed",
            at,
            at + 1,
            advice=r"write `\[` for the character",
        )
    for sign in ("&&", "||", "~~", "--"):
        if scanner.sees(sign):
            raise scanner.fault(
                f"{shown(sign)} in a class is not allowed",
                at,
                at + 2,
                advice=rf"write `\{sign[0]}` for the character",
            )


def _read_class_part(scanner: Scanner) -> Ranges:
    start = scanner.position
    low = _read_class_char(scanner)
    if not scanner.sees("-") or scanner.text[scanner.position + 1 : scanner.position + 2] in (
        "]",
        "",
    ):
        return low
    _refuse_set_operation(scanner)
    scanner.position += 1
    high = _read_class_char(scanner)
    if len(low) != 1 or len(high) != 1 or low[0][0] != low[0][1] or high[0][0] != high[0][1]:
        raise scanner.fault(
            "a range goes from one character to another", start, scanner.position, "a-z"
        )
    if high[0][0] < low[0][0]:
        raise scanner.fault(
            "the range goes backwards", start, scanner.position, "the lower character first"
        )
    return ((low[0][0], high[0][0]),)


def _read_class_char(scanner: Scanner) -> Ranges:
    if scanner.sees("\\"):
        return _read_escape(scanner, is_in_class=True) or ()
    if scanner.sees("["):
        _refuse_set_operation(scanner)
    char = scanner.peek()
    scanner.position += 1
    return ((ord(char), ord(char)),)


def _read_escape(scanner: Scanner, *, is_in_class: bool) -> Ranges | None:
    """The characters for which an escape stands; None for an anchor."""
    start = scanner.position
    char = scanner.text[start + 1 : start + 2]
    if not char:
        raise scanner.fault(
            "nothing stands behind the last backslash", start, start + 1, advice=r"write `\\`"
        )
    scanner.position += 2
    if char in _CLASSES:
        return _CLASSES[char]
    if char.lower() in _CLASSES:
        return _inverse(_CLASSES[char.lower()])
    if char in _CONTROLS:
        return ((ord(_CONTROLS[char]), ord(_CONTROLS[char])),)
    if char in _HEX_LENGTHS:
        return _read_hex(scanner, start, _HEX_LENGTHS[char])
    if char in "AbB" and not is_in_class:
        return None
    if char in "123456789":
        raise scanner.fault("a back reference is not allowed", start, start + 2)
    if char.isascii() and char.isalnum():
        advice = "write `$`" if char in "Zz" else None
        raise scanner.fault(
            f"{shown(chr(92) + char)} is not an escape that is allowed",
            start,
            start + 2,
            advice=advice,
        )
    return ((ord(char), ord(char)),)


def _read_hex(scanner: Scanner, start: int, length: int) -> Ranges:
    digits = scanner.text[scanner.position : min(scanner.position + length, scanner.end)]
    if len(digits) < length or _HEX.fullmatch(digits) is None or int(digits, 16) > _LAST_CHAR:
        end = min(scanner.position + len(digits), scanner.end)
        raise scanner.fault(
            f"{length} hexadecimal digits follow this escape", start, end, r"\x41 or \u0041"
        )
    scanner.position += length
    return ((int(digits, 16), int(digits, 16)),)


def _inverse(ranges: Ranges) -> Ranges:
    found: list[tuple[int, int]] = []
    after = 0
    for low, high in sorted(ranges):
        if low > after:
            found.append((after, low - 1))
        after = max(after, high + 1)
    if after <= _LAST_CHAR:
        found.append((after, _LAST_CHAR))
    return tuple(found)


def _with_case(ranges: Ranges) -> Ranges:
    """The ranges with the other case of their ASCII letters."""
    found = list(ranges)
    for low, high in ranges:
        for first, last, shift in ((65, 90, 32), (97, 122, -32)):
            start, end = max(low, first), min(high, last)
            if start <= end:
                found.append((start + shift, end + shift))
    return tuple(found)
