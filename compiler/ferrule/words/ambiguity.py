"""Tells of a regular expression whether a backtracking engine can be made to try too many ways.

The expression becomes a position automaton (Glushkov) in which an edge counts the *ways* in which a
step can be taken: an engine that backtracks tries each. There are exponentially many where, inside
one loop, the same text leads from a position back to it in two ways; there are polynomially many
where loops in a row can hand over the same text to one another at any point.
"""

from __future__ import annotations

from msgspec import Struct, field

UNBOUNDED = 65_536
"""As a repeat's upper bound: no bound."""

_MOST_STEPS = 100_000
_MOST_POSITIONS = 2_000
_MOST_COPIES = 64
_HEAVIEST_LOOP = 4
_HEAVIEST_CHAIN = 7
"""Two unbounded loops that compete weigh 4 (about n ways), an optional part weighs 1 (two ways).
7 allows one pair of unbounded loops, or seven optional parts (128 ways), and refuses three loops in
a row (n² ways for each start)."""

Ranges = tuple[tuple[int, int], ...]


class Chars(Struct, frozen=True):
    """One character of a set; `ranges` are inclusive."""

    ranges: Ranges
    start: int
    end: int


class Row(Struct, frozen=True):
    """Parts one after another; an empty row matches nothing (an anchor, too)."""

    parts: tuple[Part, ...]


class Choice(Struct, frozen=True):
    """One of several parts."""

    parts: tuple[Part, ...]


class Repeat(Struct, frozen=True):
    """A part `low` to `high` times (`UNBOUNDED` for no bound)."""

    part: Part
    low: int
    high: int
    start: int
    end: int


Part = Chars | Row | Choice | Repeat


class Finding(Struct, frozen=True):
    """What is dangerous, and the part of the expression where it is."""

    message: str
    advice: str
    start: int
    end: int


def find_danger(part: Part) -> Finding | None:
    """What makes the expression dangerous, None where it is proven harmless."""
    automaton = _Automaton()
    try:
        automaton.add(part)
        return automaton.exponential() or automaton.polynomial()
    except _TooLargeError:
        return Finding(
            "the regular expression is too large to prove that it is fast", "shorten it", 0, 1
        )


def can_be_empty(part: Part) -> bool:
    """True where the part also matches the empty text."""
    match part:
        case Chars():
            return False
        case Row(parts):
            return all(can_be_empty(each) for each in parts)
        case Choice(parts):
            return any(can_be_empty(each) for each in parts)
        case Repeat(inner, low, _):
            return low == 0 or can_be_empty(inner)


def _has_choice(part: Part) -> bool:
    """True where the part holds a repeat that may come out in several lengths."""
    match part:
        case Chars():
            return False
        case Row(parts) | Choice(parts):
            return any(_has_choice(each) for each in parts)
        case Repeat(inner, low, high):
            return low != high or _has_choice(inner)


def _size(part: Part) -> int:
    match part:
        case Chars():
            return 1
        case Row(parts) | Choice(parts):
            return sum(_size(each) for each in parts)
        case Repeat(inner, low, high):
            return _size(inner) * (low if low == high else 1)


class _TooLargeError(Exception):
    """The expression is larger than what is looked at."""


Ways = dict[int, int]
"""Positions, and in how many ways each is reached (2 stands for more)."""


class _Piece(Struct):
    first: Ways
    last: Ways
    empty: int


def _sum(one: Ways, two: Ways, factor: int = 1) -> Ways:
    if not factor:
        return one
    return one | {key: min(2, one.get(key, 0) + ways * factor) for key, ways in two.items()}


class _Automaton(Struct):
    chars: list[Chars] = field(default_factory=list)
    weight: list[int] = field(default_factory=list)
    loop: list[Repeat | None] = field(default_factory=list)
    outer_loop: list[Repeat | None] = field(default_factory=list)
    edges: dict[int, Ways] = field(default_factory=dict)
    optional_edges: dict[int, Ways] = field(default_factory=dict)
    steps: int = 0
    overlaps: dict[tuple[int, int], bool] = field(default_factory=dict)

    def spend(self, steps: int = 1) -> None:
        self.steps += steps
        if self.steps > _MOST_STEPS:
            raise _TooLargeError

    # --- the automaton

    def add(self, part: Part) -> _Piece:
        match part:
            case Chars():
                return self.add_chars(part)
            case Row(parts):
                return self.add_row([self.add(each) for each in parts])
            case Choice(parts):
                return self.add_choice([self.add(each) for each in parts])
            case Repeat(inner, low, high):
                if low == high and low * _size(inner) <= _MOST_COPIES:
                    return self.add_row([self.add(inner) for _ in range(low)])
                return self.add_repeat(part)

    def add_chars(self, part: Chars) -> _Piece:
        position = len(self.chars)
        if position >= _MOST_POSITIONS:
            raise _TooLargeError
        self.chars.append(part)
        self.weight.append(0)
        self.loop.append(None)
        self.outer_loop.append(None)
        self.edges[position] = {}
        self.optional_edges[position] = {}
        return _Piece({position: 1}, {position: 1}, 0)

    def add_row(self, pieces: list[_Piece]) -> _Piece:
        row = _Piece({}, {}, 1)
        for piece in pieces:
            self.connect(self.edges, row.last, piece.first)
            row.first = _sum(row.first, piece.first, row.empty)
            row.last = _sum(piece.last, row.last, piece.empty)
            row.empty = min(2, row.empty * piece.empty)
        return row

    def add_choice(self, pieces: list[_Piece]) -> _Piece:
        choice = _Piece({}, {}, 0)
        for piece in pieces:
            choice.first = _sum(choice.first, piece.first)
            choice.last = _sum(choice.last, piece.last)
            choice.empty = min(2, choice.empty + piece.empty)
        return choice

    def add_repeat(self, part: Repeat) -> _Piece:
        before = len(self.chars)
        piece = self.add(part.part)
        is_optional = part.high == 1
        if is_optional and _has_choice(part.part):
            weight = 0
        elif is_optional:
            weight = 1
            self.connect(self.optional_edges, piece.last, piece.first)
        else:
            weight = min(_HEAVIEST_LOOP, max(part.high - part.low, 1).bit_length())
            self.connect(self.edges, piece.last, piece.first)
        for position in range(before, len(self.chars)):
            if weight > self.weight[position]:
                self.weight[position], self.loop[position] = weight, part
            if not is_optional:
                self.outer_loop[position] = part
        return _Piece(piece.first, piece.last, min(2, piece.empty + (part.low == 0)))

    def connect(self, edges: dict[int, Ways], last: Ways, first: Ways) -> None:
        self.spend(len(last) * len(first))
        for source, ways in last.items():
            edges[source] = _sum(edges[source], first, ways)

    def overlap(self, one: int, two: int) -> bool:
        """True where a character belongs to both positions."""
        key = (one, two) if one < two else (two, one)
        known = self.overlaps.get(key)
        if known is None:
            known = any(
                low <= other_high and other_low <= high
                for low, high in self.chars[one].ranges
                for other_low, other_high in self.chars[two].ranges
            )
            self.overlaps[key] = known
        return known

    # --- exponential: two ways round inside one loop

    def exponential(self) -> Finding | None:
        for members in _loops(self.edges):
            doubled = self.doubled_edge(members)
            if doubled is None:
                doubled = self.two_ways_round(members)
            if doubled is not None:
                loop = self.outer_loop[doubled]
                at = loop if loop is not None else self.chars[doubled]
                return Finding(
                    "the same text can be matched in several ways here, which can take for ever",
                    "let the repeated part begin or end with what cannot stand in its rest",
                    at.start,
                    at.end,
                )
        return None

    def doubled_edge(self, members: frozenset[int]) -> int | None:
        for source in sorted(members):
            for target, ways in self.edges[source].items():
                if ways > 1 and target in members:
                    return target
        return None

    def two_ways_round(self, members: frozenset[int]) -> int | None:
        """A position from which two ways part and at the end meet again, on the same text."""
        after = {
            source: [each for each in self.edges[source] if each in members] for source in members
        }
        before: dict[int, list[int]] = {each: [] for each in members}
        for source, targets in after.items():
            for target in targets:
                before[target].append(source)
        parted = self.pairs(members, after)
        if not parted:
            return None
        met = self.pairs(members, before)
        common = parted & met
        return min(min(common)) if common else None

    def pairs(self, members: frozenset[int], edges: dict[int, list[int]]) -> set[tuple[int, int]]:
        """Pairs of two positions reached from one position over the same text."""
        found: set[tuple[int, int]] = set()
        waiting = [(each, each) for each in members]
        while waiting:
            one, two = waiting.pop()
            for next_one in edges[one]:
                for next_two in edges[two]:
                    self.spend()
                    if next_one == next_two:
                        continue
                    pair = (min(next_one, next_two), max(next_one, next_two))
                    if pair not in found and self.overlap(*pair):
                        found.add(pair)
                        waiting.append(pair)
        return found

    # --- polynomial: loops in a row that compete

    def polynomial(self) -> Finding | None:
        edges = {source: self.edges[source] | self.optional_edges[source] for source in self.edges}
        loops = _loops(edges)
        reach = self.reach(edges)
        heaviest: dict[frozenset[int], int] = {}
        for later in loops:
            source = min(later)
            options = [
                heaviest[earlier] + self.competition(earlier, later, edges)
                for earlier in heaviest
                if source in reach[min(earlier)]
            ]
            heaviest[later] = max(options, default=0)
            if heaviest[later] > _HEAVIEST_CHAIN:
                loop = self.loop[source]
                at = loop if loop is not None else self.chars[source]
                return Finding(
                    "several repetitions in a row can match the same text, which can take long",
                    "let neighbours differ: `[^,]*,` instead of `.*,`",
                    at.start,
                    at.end,
                )
        return None

    def reach(self, edges: dict[int, Ways]) -> dict[int, set[int]]:
        """From each position, all that can follow."""
        found: dict[int, set[int]] = {}
        for start in edges:
            seen: set[int] = set()
            waiting = [start]
            while waiting:
                for target in edges[waiting.pop()]:
                    self.spend()
                    if target not in seen:
                        seen.add(target)
                        waiting.append(target)
            found[start] = seen
        return found

    def competition(
        self, earlier: frozenset[int], later: frozenset[int], edges: dict[int, Ways]
    ) -> int:
        """The weight of two loops if one text goes round both and from one to the other; else 0."""
        weight = min(max(self.weight[each] for each in loop) for loop in (earlier, later))
        for one in sorted(earlier):
            for two in sorted(later):
                if self.compete(one, two, earlier, later, edges):
                    return weight
        return 0

    def compete(
        self,
        one: int,
        two: int,
        earlier: frozenset[int],
        later: frozenset[int],
        edges: dict[int, Ways],
    ) -> bool:
        goal = (one, two, two)
        seen: set[tuple[int, int, int]] = set()
        waiting = [(one, one, two)]
        while waiting:
            here = waiting.pop()
            for stays in edges[here[0]]:
                if stays not in earlier:
                    continue
                for moves in edges[here[1]]:
                    self.spend()
                    if not self.overlap(stays, moves):
                        continue
                    for rests in edges[here[2]]:
                        self.spend()
                        there = (stays, moves, rests)
                        if rests not in later or there in seen:
                            continue
                        if not (self.overlap(stays, rests) and self.overlap(moves, rests)):
                            continue
                        if there == goal:
                            return True
                        seen.add(there)
                        waiting.append(there)
        return False


def _loops(edges: dict[int, Ways]) -> list[frozenset[int]]:
    """The strongly connected parts that hold a cycle, so that edges go forward (Tarjan)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    on_stack: set[int] = set()
    stack: list[int] = []
    found: list[frozenset[int]] = []
    for root, root_targets in edges.items():
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        work = [(root, iter(root_targets))]
        while work:
            node, targets = work[-1]
            for target in targets:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(edges[target])))
                    break
                if target in on_stack:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == index[node]:
                    members: set[int] = set()
                    while node not in members:
                        member = stack.pop()
                        on_stack.discard(member)
                        members.add(member)
                    if len(members) > 1 or node in edges[node]:
                        found.append(frozenset(members))
    return found[::-1]
