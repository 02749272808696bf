"""Reads conditions: `status == 403 and not $.ok`, `$.code in ("a" | "b")`, `exists($.error)`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, cast

from ferrule.words.answers import read_reading
from ferrule.words.ast import Both, Comparison, Condition, Constant, Either, Not, Operand
from ferrule.words.errors import WordError, shown
from ferrule.words.literals import bare_word, no_literal, read_literal
from ferrule.words.patterns import pattern_in
from ferrule.words.places import ANSWER_ROOTS, REQUEST_ROOTS, is_answer_root, read_answer_place
from ferrule.words.scanner import Scanner

_Sign = Literal["==", "!=", "<", "<=", ">", ">="]
_TextOperator = Literal["contains", "starts", "ends", "matches"]
_Function = Literal["exists", "count", "length"]

_SIGNS = ("==", "!=", "<=", ">=", "<", ">")
_TEXT_OPERATORS = ("contains", "starts", "ends", "matches")
_FUNCTIONS = ("exists", "count", "length")
_OPERATORS = re.compile(r"[=!<>~&|]+")
_KEYWORDS = ("and", "or", "not", "in", "as", *_TEXT_OPERATORS)
_OPERATOR_FORMS = "==, !=, <, <=, >, >=, in (a | b), contains, starts, ends or matches"
_SEVERAL_VALUES = "several values are written `in (a | b)`"
_OPERAND_FORMS = "a place ($.a, header.X, status, …) or a value"

_SIGNS_MEANT = {
    "=": "==", "===": "==", "!==": "!=", "=<": "<=", "=>": ">=", "<>": "!=", "~": "matches",
    "=~": "matches", "~=": "matches", "&&": "and", "&": "and", "||": "or", "|": "or", "!": "not",
}  # fmt: skip
_WORDS_MEANT = {
    "AND": "and", "OR": "or", "NOT": "not", "IN": "in", "is": "==", "eq": "==", "equals": "==",
    "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "has": "contains",
    "includes": "contains", "startswith": "starts", "starts_with": "starts", "begins": "starts",
    "endswith": "ends", "ends_with": "ends", "match": "matches", "like": "matches",
}  # fmt: skip


def parse_condition(text: str) -> Condition:
    """A condition on an answer. `or` binds weakest, then `and`, then `not`, then comparisons."""
    return _condition(text)


@lru_cache(maxsize=2048)
def _condition(text: str) -> Condition:
    scanner = Scanner(text)
    if not text.strip(" \t\r\n"):
        raise scanner.fault("a condition is missing", scanner.end, scanner.end, _OPERAND_FORMS)
    found = _read_either(scanner)
    scanner.skip_blanks()
    if not scanner.is_at_end:
        raise _goes_on(scanner)
    return found


def _read_either(scanner: Scanner) -> Condition:
    found, start, end = _read_row(scanner, "or", _read_both)
    return found[0] if len(found) == 1 else Either(conditions=tuple(found), start=start, end=end)


def _read_both(scanner: Scanner) -> Condition:
    found, start, end = _read_row(scanner, "and", _read_not)
    return found[0] if len(found) == 1 else Both(conditions=tuple(found), start=start, end=end)


def _read_row(
    scanner: Scanner, word: str, read: Callable[[Scanner], Condition]
) -> tuple[list[Condition], int, int]:
    """Conditions with `word` between them, and the start and end of the row."""
    scanner.skip_blanks()
    start = scanner.position
    found = [read(scanner)]
    end = scanner.position
    scanner.skip_blanks()
    while scanner.take_name(word):
        found.append(read(scanner))
        end = scanner.position
        scanner.skip_blanks()
    scanner.position = end
    return found, start, end


def _read_not(scanner: Scanner) -> Condition:
    scanner.skip_blanks()
    start = scanner.position
    if scanner.take_name("not"):
        with scanner.nested(start):
            inner = _read_not(scanner)
        return Not(condition=inner, start=start, end=scanner.position)
    if not scanner.take("("):
        return _read_test(scanner)
    with scanner.nested(start):
        found = _read_either(scanner)
    scanner.skip_blanks()
    if not scanner.is_at_end and not scanner.sees(")"):
        raise _goes_on(scanner)
    scanner.close(start)
    return found


# --- one comparison


def _read_test(scanner: Scanner) -> Comparison:
    left = _read_operand(scanner, is_right=False)
    behind = scanner.position
    scanner.skip_blanks()
    found = _read_comparison(scanner, left)
    if found is None:
        scanner.position = behind
        return _bare(scanner, left)
    behind = scanner.position
    scanner.skip_blanks()
    if _sees_comparison(scanner):
        start, end = scanner.run_here(" \t\r\n()$\"'")
        raise scanner.fault(
            "comparisons are not chained",
            start,
            end,
            "`and`, `or` or the end",
            "write `1 < $.a and $.a < 9` for `1 < $.a < 9`",
        )
    scanner.position = behind
    return found


def _bare(scanner: Scanner, left: Operand | Constant) -> Comparison:
    if isinstance(left, Constant) and not isinstance(left.value, bool):
        raise scanner.fault(
            "a value alone is not a condition", left.start, left.end, "a comparison with a place"
        )
    return Comparison(operator="truthy", left=left, start=left.start, end=left.end)


def _sees_comparison(scanner: Scanner) -> bool:
    word = scanner.peek_name()
    if word in _TEXT_OPERATORS or word == "in":
        return True
    return any(scanner.sees(sign) for sign in _SIGNS)


def _read_comparison(scanner: Scanner, left: Operand | Constant) -> Comparison | None:
    """The operator that stands here with its right side; None where no operator does."""
    start = scanner.position
    signs = _OPERATORS.match(scanner.text, start, scanner.end)
    if signs is not None:
        return _read_signed(scanner, left, signs)
    is_negated = scanner.take_name("not")
    if is_negated:
        scanner.skip_blanks()
    word = scanner.peek_name()
    if word == "in":
        scanner.position += len(word)
        return _read_choices(scanner, left, is_negated=is_negated)
    if word in _TEXT_OPERATORS:
        scanner.position += len(word)
        operator = cast("_TextOperator", word)
        right = _read_right(scanner, operator)
        return Comparison(
            operator=operator,
            left=left,
            right=right,
            is_negated=is_negated,
            start=left.start,
            end=right.end,
        )
    if is_negated:
        raise scanner.fault(
            "`not` stands before the whole comparison",
            start,
            start + len("not"),
            "in, contains, starts, ends or matches behind it",
        )
    return None


def _read_signed(
    scanner: Scanner, left: Operand | Constant, found: re.Match[str]
) -> Comparison | None:
    written = found.group()
    if written not in _SIGNS:
        raise _no_sign(scanner, found)
    scanner.position = found.end()
    operator = cast("_Sign", written)
    right = _read_right(scanner, operator)
    return Comparison(operator=operator, left=left, right=right, start=left.start, end=right.end)


def _no_sign(scanner: Scanner, found: re.Match[str]) -> WordError:
    written = found.group()
    meant = _SIGNS_MEANT.get(written)
    advice = f"did you mean `{meant}`?" if meant else None
    if written == "|":
        advice = "several values are written `in (a | b)`, alternatives with `or`"
    return scanner.fault(
        f"{shown(written)} is not an operator", *found.span(), _OPERATOR_FORMS, advice
    )


def _read_right(scanner: Scanner, operator: str) -> Operand | Constant:
    scanner.skip_blanks()
    if operator == "matches":
        return _read_regex(scanner)
    start = scanner.position
    if scanner.sees("("):
        raise scanner.fault(
            "a parenthesis cannot stand here",
            start,
            start + 1,
            _OPERAND_FORMS,
            _SEVERAL_VALUES,
        )
    if operator in ("starts", "ends") and scanner.peek_name() == "with":
        raise scanner.fault(
            "`with` is too much", start, start + 4, advice=f"write `{operator}` alone"
        )
    right = _read_operand(scanner, is_right=True)
    behind = scanner.position
    scanner.skip_blanks()
    if scanner.sees("|") and not scanner.sees("||"):
        at = scanner.position
        raise scanner.fault(
            "`|` separates values inside of parentheses only",
            at,
            at + 1,
            advice=_SEVERAL_VALUES,
        )
    scanner.position = behind
    return right


def _read_regex(scanner: Scanner) -> Constant:
    quoted = scanner.read_quoted()
    if quoted is None:
        raise scanner.unexpected(
            "a regular expression in quotes", "`matches` takes a text in quotes, not a place"
        )
    return Constant(value=pattern_in(quoted), start=quoted.start, end=quoted.end)


def _read_choices(scanner: Scanner, left: Operand | Constant, *, is_negated: bool) -> Comparison:
    scanner.skip_blanks()
    opening = scanner.position
    if not scanner.take("("):
        raise scanner.unexpected("`(`", _SEVERAL_VALUES)
    choices: list[Constant] = []
    while True:
        scanner.skip_blanks()
        found = read_literal(scanner)
        if found is None:
            raise _no_choice(scanner)
        choices.append(Constant(value=found[0], start=found[1], end=found[2]))
        scanner.skip_blanks()
        if not scanner.take("|"):
            break
    if scanner.sees(","):
        at = scanner.position
        raise scanner.fault("values are separated by ` | `, not by a comma", at, at + 1, "` | `")
    scanner.close(opening)
    return Comparison(
        operator="in",
        left=left,
        choices=tuple(choices),
        is_negated=is_negated,
        start=left.start,
        end=scanner.position,
    )


def _no_choice(scanner: Scanner) -> WordError:
    if scanner.sees("$") or is_answer_root(scanner.peek_name()):
        _, end = scanner.run_here()
        at = scanner.position
        return scanner.fault(
            "only values stand in these parentheses",
            at,
            end,
            "text in quotes or a number",
            "compare with a place by `==`, or `contains` for a list at a place",
        )
    return no_literal(scanner)


# --- operands


def _read_operand(scanner: Scanner, *, is_right: bool) -> Operand | Constant:
    scanner.skip_blanks()
    literal = read_literal(scanner)
    if literal is not None:
        value, start, end, _ = literal
        _refuse_as(scanner, "a value")
        return Constant(value=value, start=start, end=end)
    word = scanner.peek_name()
    if word in _FUNCTIONS and scanner.text[scanner.position + len(word) :].lstrip().startswith("("):
        return _read_function(scanner, word)
    if not scanner.sees("$") and not is_answer_root(word):
        raise _no_operand(scanner, word, is_right=is_right)
    if scanner.sees("${"):
        at = scanner.position
        raise scanner.fault("a condition looks nothing up", at, at + 2, _OPERAND_FORMS)
    place = read_answer_place(scanner)
    behind = scanner.position
    end = place.end
    scanner.skip_blanks()
    as_word = None
    if scanner.take_name("as"):
        scanner.skip_blanks()
        as_word = read_reading(scanner)
        behind = end = scanner.position
    scanner.position = behind
    return Operand(place=place, as_word=as_word, start=place.start, end=end)


def _read_function(scanner: Scanner, word: str) -> Operand:
    start = scanner.position
    scanner.position += len(word)
    scanner.skip_blanks()
    opening = scanner.position
    scanner.position += 1
    scanner.skip_blanks()
    if scanner.sees(")"):
        raise scanner.fault(
            f"`{word}` needs a place", opening, scanner.position + 1, f"{word}($.a)"
        )
    place = read_answer_place(scanner)
    scanner.close(opening)
    end = scanner.position
    _refuse_as(scanner, f"`{word}(…)`")
    function = cast("_Function", word)
    return Operand(place=place, function=function, start=start, end=end)


def _refuse_as(scanner: Scanner, what: str) -> None:
    behind = scanner.position
    scanner.skip_blanks()
    if scanner.peek_name() == "as":
        at = scanner.position
        raise scanner.fault(f"{what} is not read as anything", at, at + 2, "an operator")
    scanner.position = behind


def _no_operand(scanner: Scanner, word: str, *, is_right: bool) -> WordError:
    start = scanner.position
    if not word:
        signs = _OPERATORS.match(scanner.text, start, scanner.end)
        if signs is not None and signs.group() == "!":
            return scanner.fault("`!` is not an operator", *signs.span(), "`not`", "write `not `")
        if scanner.sees("["):
            return scanner.fault(
                "a list cannot stand here", start, start + 1, _OPERAND_FORMS, _SEVERAL_VALUES
            )
        return scanner.unexpected(_OPERAND_FORMS)
    _, end = scanner.run_here(" \t\r\n|(),=<>!~")
    if word in _KEYWORDS or word in _FUNCTIONS:
        is_function = word in _FUNCTIONS
        return scanner.fault(
            f"`{word}` needs a place" if is_function else f"something is missing before `{word}`",
            start,
            start + len(word),
            _OPERAND_FORMS,
            f"write {word}($.a)" if is_function else None,
        )
    if is_right:
        return bare_word(scanner, start, end, _OPERAND_FORMS)
    if word in ("NOT", "Not"):
        return scanner.fault(
            f"`{word}` is written `not`", start, start + len(word), advice="write not"
        )
    advice = None
    if word == "body":
        advice = "the body of an answer is `$`: write `$.a.b`"
    elif word in REQUEST_ROOTS:
        advice = f"`{word}` is a place in a request; a condition looks at the answer"
    return scanner.fault(
        f"{shown(scanner.text[start:end])} is not a place in the answer",
        start,
        end,
        _OPERAND_FORMS,
        advice or "fields of the body begin with `$.`, text stands in quotes",
        (*ANSWER_ROOTS, *_FUNCTIONS),
    )


def _goes_on(scanner: Scanner) -> WordError:
    """Something stands behind a comparison that is neither `and` nor `or`."""
    start = scanner.position
    signs = _OPERATORS.match(scanner.text, start, scanner.end)
    if signs is not None:
        return _no_sign(scanner, signs)
    word = scanner.peek_name()
    if word in _WORDS_MEANT:
        return scanner.fault(
            f"{shown(word)} is not an operator",
            start,
            start + len(word),
            _OPERATOR_FORMS,
            f"did you mean `{_WORDS_MEANT[word]}`?",
        )
    if scanner.sees(")"):
        return scanner.fault("this `)` closes nothing", start, start + 1, advice="take it out")
    _, end = scanner.run_here()
    return scanner.fault(
        f"{shown(scanner.text[start:end])} cannot stand here",
        start,
        end,
        f"{_OPERATOR_FORMS}; `and`, `or` or the end",
        "text that is compared stands in quotes" if word else None,
        ("and", "or", "in", *_TEXT_OPERATORS),
    )
