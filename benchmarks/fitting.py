"""Values that fit what a spec declares of them: patterns, lengths, bounds."""

import re
from importlib import import_module
from typing import Any

# What Python makes of a pattern; it has no stubs.
codes: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

_RANGE = re.compile(r"(string|integer|number)\(([0-9.]*)\.\.([0-9.]*)\)")
_CLASSES: dict[Any, str] = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_SPACE: " ",
}


def with_fitting_examples(value: Any) -> Any:
    """The data of a spec, with an example at each declaration that needs another than a word."""
    if isinstance(value, list):
        return [with_fitting_examples(each) for each in value]
    if isinstance(value, str):
        found = _of_word(value)
        return value if found is None else {".type": value, ".example": found}
    if not isinstance(value, dict):
        return value
    made = {
        key: with_fitting_examples(inner) if _holds_declarations(key) else inner
        for key, inner in value.items()
    }
    if ".example" in made or made.get(".type") is None:
        return made
    pattern = made.get(".pattern")
    found = matching(pattern) if isinstance(pattern, str) else _of_word(str(made[".type"]))
    return made if found is None else {**made, ".example": found}


def _holds_declarations(key: str) -> bool:
    return not key.startswith(".") and key not in ("summary", "description", "deprecated")


def _of_word(word: str) -> str | int | float | None:
    bare = word.partition(" = ")[0].removesuffix(" | null")
    found = _RANGE.fullmatch(bare)
    if found is None:
        pattern = re.fullmatch(r'string\(~"(.*)"\)', bare)
        return None if pattern is None else matching(pattern[1])
    low, high = (float(each) if each else None for each in found.groups()[1:])
    if found[1] == "string":
        return None if not low and (high is None or high >= 12) else "a" * int(low or high or 1)
    number = low if low is not None else high
    assert number is not None
    return int(number) if found[1] == "integer" else number


def matching(pattern: str) -> str | None:
    """A short text that a pattern finds; None where it is too clever to say."""
    try:
        found = _text(parser.parse(pattern))
        return found if re.search(pattern, found) else None
    except (re.error, ValueError, OverflowError):
        return None


def _text(parsed: Any) -> str:
    return "".join(_of(code, given) for code, given in parsed)


def _of(code: Any, given: Any) -> str:
    if code is codes.LITERAL:
        return chr(int(given))
    if code is codes.ANY or code is codes.NOT_LITERAL:
        return "b" if given == ord("a") else "a"
    if code is codes.IN:
        return _member(given)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
        low, high, inner = given
        return _text(inner) * int(max(low, min(1, high)))
    if code is codes.SUBPATTERN:
        return _text(given[-1])
    if code is codes.BRANCH:
        return _text(given[1][0])
    if code is codes.AT or code is codes.ASSERT_NOT:
        return ""
    raise ValueError(code)


def _member(given: Any) -> str:
    if given[0][0] is codes.NEGATE:
        refused = {chr(each[1]) for each in given[1:] if each[0] is codes.LITERAL}
        left = [each for each in "a1-_" if each not in refused]
        return left[0]
    code, first = given[0]
    if code is codes.LITERAL:
        return chr(int(first))
    if code is codes.RANGE:
        return chr(int(first[0]))
    return _CLASSES.get(first, "a")
