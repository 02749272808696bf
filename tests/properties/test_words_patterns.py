"""Regular expressions: their structure is what `re` sees, and none that is allowed runs away."""

import re
from collections.abc import Iterator

from hypothesis import assume, example, given
from hypothesis import strategies as st

from ferrule.words import WordError, parse_pattern
from ferrule.words.ambiguity import Chars, Choice, Part, Repeat, Row
from ferrule.words.regexes import read_regex

ATOMS = st.sampled_from(
    ["a", "b", "c", ".", "[ab]", "[^a]", "[b-c]", r"\w", r"\d", r"\.", r"\x61", "[^ab]", "-"]
)
QUANTIFIERS = st.sampled_from(["*", "+", "?", "*?", "+?", "{2}", "{0,2}", "{1,3}", "{2,}"])


def wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = st.builds(lambda form, body: f"({form}{body})", st.sampled_from(["", "?:"]), inner)
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map("|".join).map(lambda body: f"({body})"),
        st.builds(lambda body, quantifier: body + quantifier, ATOMS | group, QUANTIFIERS),
    )


PATTERNS = st.recursive(ATOMS, wider, max_leaves=8)
TEXTS = st.text(alphabet="abc-.1", max_size=8)


class TooManyStepsError(Exception):
    """The engine has taken more steps than it was given."""


class Engine:
    """A backtracking engine as simple as can be: it tries every way, and counts its steps."""

    def __init__(self, text: str, most_steps: int) -> None:
        self.text = text
        self.most_steps = most_steps
        self.steps = 0

    def ends(self, part: Part, start: int) -> Iterator[int]:
        """Where the part can end that begins at `start`, in the order in which they are tried."""
        self.steps += 1
        if self.steps > self.most_steps:
            raise TooManyStepsError
        match part:
            case Chars(ranges):
                if start < len(self.text):
                    char = ord(self.text[start])
                    if any(low <= char <= high for low, high in ranges):
                        yield start + 1
            case Row(parts):
                yield from self.row(parts, start)
            case Choice(parts):
                for each in parts:
                    yield from self.ends(each, start)
            case Repeat():
                yield from self.repeat(part, start, 0)

    def row(self, parts: tuple[Part, ...], start: int) -> Iterator[int]:
        if not parts:
            yield start
            return
        for end in self.ends(parts[0], start):
            yield from self.row(parts[1:], end)

    def repeat(self, part: Repeat, start: int, done: int) -> Iterator[int]:
        if done < part.high:
            for end in self.ends(part.part, start):
                if end > start:
                    yield from self.repeat(part, end, done + 1)
                elif done + 1 >= part.low:
                    yield end
        if done >= part.low:
            yield start


def structure(pattern: str) -> Part | None:
    """The structure of a pattern, None where it repeats what can match nothing, or a repeat."""
    try:
        return read_regex(pattern)
    except WordError as error:
        if "can match nothing" in error.message or "behind a quantifier" in error.message:
            return None
        raise


@given(PATTERNS, TEXTS)
@example("(a|b|)c", "c")
@example("(?:a?){2}", "")
@example("[^a]{2,}", "bb")
def test_the_structure_is_what_re_sees(pattern: str, text: str) -> None:
    part = structure(pattern)
    assume(part is not None)
    assert part is not None
    engine = Engine(text, 100_000)
    expected = re.compile(pattern, re.ASCII).fullmatch(text) is not None
    try:
        assert (len(text) in engine.ends(part, 0)) is expected
    except TooManyStepsError:
        assume(False)


def steps(part: Part, text: str, most_steps: int) -> int | None:
    """How many steps a search takes that tries every way from the start of the text."""
    engine = Engine(text, most_steps)
    try:
        for _ in engine.ends(part, 0):
            pass
    except TooManyStepsError:
        return None
    return engine.steps


@given(PATTERNS, st.text(alphabet="abc-.1", min_size=1, max_size=4))
@example("(a+)+", "a")
@example("(a|ab|b)*c", "ab")
@example("(a?a?c)*", "ac")
@example("a?a?a?a?a?a?a?a?a?a?a?a?", "a")
def test_no_allowed_pattern_runs_away(pattern: str, period: str) -> None:
    try:
        parse_pattern(pattern)
    except WordError:
        return
    part = read_regex(pattern)
    short, long = (period * length for length in (8, 16))
    few = steps(part, short, 1_000_000)
    assert few is not None
    # Twice the text: a quadratic engine takes four times the steps, an exponential one 2^8 times.
    assert steps(part, long, 20 * few + 2000) is not None


@given(st.text(alphabet=r"ab(|)*+?{}[]^$\.-1,:P<>=!", max_size=16))
def test_what_is_allowed_compiles(text: str) -> None:
    try:
        allowed = parse_pattern(text)
    except WordError:
        return
    assert re.compile(allowed, re.ASCII).pattern == text


def test_the_simple_engine_does_run_away() -> None:
    part = read_regex("(a+)+")
    taken = [steps(part, "a" * length, 1_000_000) for length in (8, 16)]
    assert taken[0] is not None
    assert taken[1] is None or taken[1] > 100 * taken[0]
