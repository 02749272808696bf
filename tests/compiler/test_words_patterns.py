"""Regular expressions: which are allowed, and which are refused and why."""

import re
import warnings

import pytest

from ferrule.words import parse_pattern
from tests.compiler.words import expect_fault, fault

ALLOWED = [
    "a",
    "[a-z0-9-]+",
    "[0-9]+$",
    "#(.+)$",
    "after (.+)$",
    r"v[0-9]+\.0",
    r"^\d{4}-\d{2}-\d{2}$",
    r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
    r"^([a-z0-9]+(-[a-z0-9]+)*)(\.[a-z]+)+$",
    r"^(([0-9a-fA-F]{1,4}:){7,7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:)$",
    r"^([0-9]{1,3}\.){3}[0-9]{1,3}$",
    r"[^@ ]+@[^@ ]+\.[^@ ]+",
    r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$",
    "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{64}$",
    "^([A-Z]+)?$",
    "a.*b",
    "(?i)rate limit",
    "(?P<seconds>[0-9]+) seconds?",
    "^.{1,1000}$",
    "^(foo|bar)+$",
    "^(a|ab)(c|bcd)$",
    "(a|b|)c",
    "a*?b+?c??d{2,3}?",
    r"\.\-\/\"\@\n\t\x41\u0041\w\s\D\W\S\b\B",
    r"[]a]|[^]a]|[a\]b]|[-a]|[a-]|[\w.-]",
    "^[0-9]?[0-9]?[0-9]?$",
    "größe|名前",
]


@pytest.mark.parametrize("pattern", ALLOWED)
def test_an_allowed_pattern_is_itself(pattern: str) -> None:
    assert parse_pattern(pattern) == pattern
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        re.compile(pattern, re.ASCII)


# Each takes a backtracking engine exponentially many steps on some text, or nearly so.
RUNAWAYS = [
    ("(a+)+$", "(a+)+"),
    ("^(a+)+$", "(a+)+"),
    ("([a-zA-Z]+)*", "([a-zA-Z]+)*"),
    (r"(\d+)+x", r"(\d+)+"),
    ("(a|a)*", "(a|a)*"),
    ("(a|aa)+", "(a|aa)+"),
    ("(?:a|ab|b)*c", "(?:a|ab|b)*"),
    (r"^(\s|\s)*$", r"(\s|\s)*"),
    (r"([^,]+|\s)*,", r"([^,]+|\s)*"),
    ("(a{2,5}){2,9}", "(a{2,5}){2,9}"),
    ("(x+x+)+y", "(x+x+)+"),
    ("((a?|b?)c)*", "((a?|b?)c)*"),
    ("(a?a?x)*", "(a?a?x)*"),
    ("^(([a-z])+.)+[A-Z]([a-z])+$", "(([a-z])+.)+"),
    (r"^\w+([.-]?\w+)*@\w+$", r"([.-]?\w+)*"),
    (r"^(([\w-]+\.)+[\w-]+)*@x$", r"(([\w-]+\.)+[\w-]+)*"),
    ("(?i)(a|A)*", "(a|A)*"),
    ("(a{5}b|a{4}ab)*", "(a{5}b|a{4}ab)*"),
    (r"(\w|[0-9])+", r"(\w|[0-9])+"),
    ("(é|è|é)*x", "(é|è|é)*"),
    (".*.*.*x", ".*"),
    (r"^.*@.*\..*", ".*"),
    (r"\s*\s*\s*$", r"\s*"),
    ("(.*a){20}", ".*"),
    ("a?" * 20 + "a" * 20, "a?"),
    ("[0-9]{0,5}" * 6, "[0-9]{0,5}"),
]
EMPTY_REPEATS = [
    "(a*)*",
    "(.*)+",
    "(a|a?)+",
    "(a?b?)*c",
    "(([a-z]+)?)+",
    "(a?){30}",
    "(|a)*",
    "(^)*",
]


@pytest.mark.parametrize(("pattern", "pointed_at"), RUNAWAYS)
def test_a_pattern_that_can_run_away_is_refused(pattern: str, pointed_at: str) -> None:
    expect_fault(parse_pattern, pattern, "which can take", pointed_at)


@pytest.mark.parametrize("pattern", EMPTY_REPEATS)
def test_a_repeat_of_nothing_is_refused(pattern: str) -> None:
    assert "can match nothing" in fault(parse_pattern, pattern).message


@pytest.mark.parametrize(
    ("pattern", "message", "pointed_at"),
    [
        ("", "an empty regular expression", ""),
        (r"(a)\1", "a back reference is not allowed", r"\1"),
        ("(?P<x>a)(?P=x)", "a back reference is not allowed", "(?P="),
        ("a(?=b)", "look-ahead `(?=` is not allowed", "(?="),
        ("a(?!b)", "look-ahead `(?!` is not allowed", "(?!"),
        ("(?<=a)b", "look-behind `(?<=` is not allowed", "(?<="),
        ("(?<!a)b", "look-behind `(?<!` is not allowed", "(?<!"),
        ("(?>a)", "an atomic group", "(?>"),
        ("(?#x)", "a comment", "(?#"),
        ("(a)?(?(1)b)", "a conditional group", "(?("),
        ("(?s)a", "a group that starts with `(?s` is not allowed", "(?s"),
        ("a(?i)b", "a group that starts with `(?i` is not allowed", "(?i"),
        ("(?<name>a)", "a group that starts with `(?<` is not allowed", "(?<"),
        ("(?P<1>a)", "the name of a group", ""),
        ("(?P<a>x)(?P<a>y)", "not a regular expression: redefinition of group name", "a"),
        ("a++", "a possessive quantifier is not allowed", "++"),
        ("a**", "a quantifier stands behind a quantifier", "*"),
        ("a{2}{3}", "a quantifier stands behind a quantifier", "{"),
        ("*a", "`*` repeats nothing", "*"),
        ("(+)", "`+` repeats nothing", "+"),
        ("{2}", "`{` repeats nothing", "{"),
        ("^*", "an anchor cannot be repeated", "^*"),
        (r"\b+", "an anchor cannot be repeated", r"\b+"),
        ("a{x}", "`{` does not start a quantifier", "{"),
        ("a{,3}", "the first number of a quantifier is missing", "{,3}"),
        ("a{2,1}", "the quantifier allows nothing", "{2,1}"),
        ("a{0}", "the quantifier allows nothing", "{0}"),
        ("a{1001}", "a quantifier goes up to 1000", "{1001}"),
        ("(a", "this `(` is not closed", "("),
        ("a)", "this `)` closes nothing", ")"),
        ("[a", "this `[` is not closed", "["),
        ("[]", "this `[` is not closed", "["),
        ("[[a]", "a class inside a class is not allowed", "["),
        ("[a&&b]", "`&&` in a class is not allowed", "&&"),
        ("[+--]", "`--` in a class is not allowed", "--"),
        ("[--b]", "`--` in a class is not allowed", "--"),
        ("[b-a]", "the range goes backwards", "b-a"),
        (r"[\w-z]", "a range goes from one character to another", r"\w-z"),
        (r"[a-\b]", r"`\b` is not an escape", r"\b"),
        (r"\Z", r"`\Z` is not an escape", r"\Z"),
        (r"\q", r"`\q` is not an escape", r"\q"),
        (r"\07", r"`\0` is not an escape", r"\0"),
        (r"\x4", "2 hexadecimal digits", r"\x4"),
        (r"\u00zz", "4 hexadecimal digits", r"\u00zz"),
        (r"\U00110000", "8 hexadecimal digits", r"\U00110000"),
        ("a\\", "nothing stands behind the last backslash", "\\"),
        ("(" * 65 + "a" + ")" * 65, "deeper than 64 levels", "("),
        ("a" * 4001, "at most 4000 characters", "a"),
        ("|".join(["ab"] * 1001), "too large to prove that it is fast", "a"),
    ],
)
def test_what_is_not_allowed_is_told(pattern: str, message: str, pointed_at: str) -> None:
    expect_fault(parse_pattern, pattern, message, pointed_at)
