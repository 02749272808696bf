"""Merges a new import into a spec that its author has edited: the author's changes stay.

Three states are compared: what was imported last (`base`), what the author made of it (`mine`), and
what the document comes to today (`theirs`). The author's text is taken over as it stands, comments
and layout included; only what the document alone has changed is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from ferrule.diagnostics import Report
from ferrule.forms.tree import Path, Place, SpecTree
from ferrule.imports.merged_names import follow_renames
from ferrule.imports.spec_text import Noted, entry_text, is_section

_MISSING = object()
# Their keys belong together: half of one and half of another would be neither.
_WHOLE = frozenset(("auth", "paging", "envelope", "test", "returns", "observe", "rate_limits"))
_WHOLE_INSIDE = frozenset(("auths", "pagings", "values", "hosts", "settings"))
_COMMENT = re.compile(r"[ \t]*#")


class Merge(Struct):
    """One merge. `kept` are models that are needed although the author took them out."""

    mine: SpecTree
    report: Report
    kept: frozenset[str] = frozenset()
    conflicts: int = 0
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    def text(self, base: dict[str, Any] | None, theirs: dict[str, Any]) -> str:
        """The merged spec. `theirs` may hold comments; `base` is None where it is not known."""
        mine = self.mine.data
        base, theirs = follow_renames(base, mine, theirs)
        lines = self.mine.source.text.split("\n")
        if lines and not lines[-1]:
            lines.pop()
        first = min(self._starts((), lines).values(), default=len(lines))
        merged = [*lines[:first], *self._map((), base, mine, theirs, (first, len(lines)), lines)]
        return "\n".join(line.rstrip("\r") for line in merged).rstrip("\n") + "\n"

    # --- maps

    def _map(
        self,
        path: Path,
        base: Any,
        mine: dict[str, Any],
        theirs: dict[str, Any],
        area: tuple[int, int],
        lines: list[str],
    ) -> list[str]:
        """The lines of a block map of the author's, merged entry by entry."""
        starts = self._starts(path, lines)
        ends = dict(zip(starts, [*list(starts.values())[1:], area[1]], strict=True))
        indent = self._indent(path)
        found: list[str] = []
        for key in _in_order(mine, theirs):
            inner = (*path, key)
            old = base.get(key, _MISSING) if isinstance(base, dict) else _MISSING
            own = mine.get(key, _MISSING)
            new = _bare(theirs[key]) if key in theirs else _MISSING
            own_lines = lines[starts[key] : ends[key]] if key in starts else []
            if inner == ("models",) and own is _MISSING and self.kept:
                needed = {name: theirs[key][name] for name in theirs[key] if name in self.kept}
                found += self._written(inner, needed, indent, [])
                continue
            choice = self._choose(inner, old, own, new, is_first=base is None)
            if choice == "mine":
                found += own_lines
            elif choice == "theirs":
                found += self._written(inner, theirs[key], indent, own_lines)
            elif choice == "both":
                found += self._inside(
                    inner, old, own, theirs[key], (starts[key], ends[key]), lines, indent
                )
        return found

    def _choose(self, path: Path, old: Any, own: Any, new: Any, *, is_first: bool) -> str:
        """Whose entry counts: mine, theirs, both (they are merged), or none."""
        if own is _MISSING:
            is_wanted = old is _MISSING or (path[0] == "models" and str(path[-1]) in self.kept)
            if is_wanted:
                self._note(self.added, path)
            return "theirs" if is_wanted else "none"
        if new is _MISSING:
            return self._without_theirs(path, old, own)
        if own == new:
            return "mine"
        if isinstance(own, dict) and isinstance(new, dict) and not _is_whole(path):
            # Also where the author has changed nothing: there may be comments of theirs inside.
            self._note(self.changed, path)
            return "both"
        if old is not _MISSING and old == own:
            return "theirs"
        if old is not _MISSING and old == new:
            return "mine"
        if not is_first and old is not _MISSING:
            self._tell(path, "the document has changed this too: yours stays")
        return "mine"

    def _without_theirs(self, path: Path, old: Any, own: Any) -> str:
        """What is not (any more) in the document: the author's own, or what went there."""
        if old is _MISSING:
            return "mine"
        if old == own:
            self._note(self.removed, path)
            return "none"
        self._tell(path, "the document no longer has this, and you have changed it: yours stays")
        return "mine"

    def _inside(
        self,
        path: Path,
        old: Any,
        own: dict[str, Any],
        new: Any,
        area: tuple[int, int],
        lines: list[str],
        indent: int,
    ) -> list[str]:
        """An entry whose map is merged. One on a single line is written anew."""
        given: dict[str, Any] = new.value if isinstance(new, Noted) else new
        if self.mine.style(path):
            return self._written(path, self._plain(path, old, own, given), indent, [])
        starts = self._starts(path, lines)
        first = min(starts.values(), default=area[1])
        head = lines[area[0] : first]
        return head + self._map(path, old, own, given, (first, area[1]), lines)

    def _plain(self, path: Path, old: Any, own: dict[str, Any], new: dict[str, Any]) -> Any:
        """Two maps merged as data."""
        found: dict[str, Any] = {}
        for key in _in_order(own, new):
            inner = (*path, key)
            was = old.get(key, _MISSING) if isinstance(old, dict) else _MISSING
            mine: Any = own.get(key, _MISSING)
            theirs: Any = _bare(new[key]) if key in new else _MISSING
            choice = self._choose(inner, was, mine, theirs, is_first=old is _MISSING)
            if choice == "mine":
                found[key] = mine
            elif choice == "theirs":
                found[key] = theirs
            elif choice == "both":
                found[key] = self._plain(inner, was, mine, theirs)
        return found

    def _written(self, path: Path, value: Any, indent: int, own: list[str]) -> list[str]:
        """An entry as an import writes it, with the author's blank lines around it."""
        comments = [line for line in own[: _first_of_entry(own)] if not _is_written(line)]
        made = entry_text(
            str(path[-1]), value, indent, is_named=len(path) == 1 and is_section(path[-1])
        )
        blanks = 0
        while blanks < len(own) and not own[len(own) - 1 - blanks].strip():
            blanks += 1
        before = [""] if not own and len(path) == 1 else []
        return [*before, *comments, *made, *[""] * blanks]

    # --- telling

    def _tell(self, path: Path, message: str) -> None:
        self.conflicts += 1
        name = ".".join(map(str, path))
        span = self.mine.key_span(path)
        self.report.add("import-conflict", self.mine, span, f"`{name}`: {message}")

    def _note(self, names: list[str], path: Path) -> None:
        if len(path) == 2 and path[0] in ("actions", "models"):
            names.append(str(path[1]))

    # --- places in the author's text

    def _place(self, path: Path) -> Place:
        place = self.mine.root
        for part in path:
            values = place.values
            assert isinstance(values, dict)
            place = values[part]
        return place

    def _starts(self, path: Path, lines: list[str]) -> dict[str, int]:
        """The number of the line on which each entry begins, comments right above it included."""
        keys = self._place(path).keys or {}
        position = self.mine.source.position
        numbers = {key: position(place.start)[0] - 1 for key, place in keys.items()}
        ordered = dict(sorted(numbers.items(), key=lambda pair: pair[1]))
        found: dict[str, int] = {}
        for key, number in ordered.items():
            start = number
            while start and _COMMENT.match(lines[start - 1]):
                start -= 1
            is_heading = not path and start == 0 and not found
            found[key] = number if is_heading else start
        return found

    def _indent(self, path: Path) -> int:
        """How far the keys of a map of the author's are indented."""
        keys = self._place(path).keys or {}
        position = self.mine.source.position
        return min((position(place.start)[1] - 1 for place in keys.values()), default=0)


def _first_of_entry(lines: list[str]) -> int:
    """How many comments stand above an entry."""
    number = 0
    while number < len(lines) and _COMMENT.match(lines[number]):
        number += 1
    return number


def _is_written(comment: str) -> bool:
    """Whether an import has written a comment, so that it also takes it away."""
    text = comment.lstrip(" \t#")
    return text.startswith(("A guess: ", "Not carried over: "))


def _bare(value: Any) -> Any:
    """A value without comments, at any depth."""
    if isinstance(value, Noted):
        return _bare(value.value)
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items()}
    return [_bare(each) for each in value] if isinstance(value, list) else value


def _is_whole(path: Path) -> bool:
    """Whether a map is one thing, which is changed or not."""
    return path[-1] in _WHOLE or (len(path) == 2 and path[0] in _WHOLE_INSIDE)


def _in_order(mine: dict[str, Any], theirs: dict[str, Any]) -> Iterator[str]:
    """The author's keys in their order; a new one stands behind the one it follows in theirs."""
    behind: dict[str | None, list[str]] = {}
    last: str | None = None
    for key in theirs:
        if key in mine:
            last = key
        else:
            behind.setdefault(last, []).append(key)
    yield from behind.get(None, ())
    for key in mine:
        yield key
        yield from behind.get(key, ())
