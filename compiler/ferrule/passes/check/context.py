"""What every part of the check works with: the spec, its tree, and ways to tell findings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field

from ferrule.diagnostics import RULES, Replacement, Report, Severity, Span
from ferrule.diagnostics.nearness import is_clear, near
from ferrule.forms.spec import ConnectorSpec
from ferrule.forms.tree import Path, SpecTree
from ferrule.passes.check.cutting import path_in_text
from ferrule.words import ast

Note = tuple[Path, str]
"""A related place, by the path of its key, and what to say about it."""

_MANY = 200
_HOMES = {"host": "hosts", "limit": "rate_limits", "paging": "pagings", "kind of auth": "auths"}


class Findings(Struct):
    """Tells findings about one tree; a rule speaks once about the same stretch of text.

    `left` has the numbers in the text for the entries of lists that are not whole any more.
    """

    tree: SpecTree
    report: Report
    has_errors: bool = False
    left: dict[Path, list[int]] = field(default_factory=dict)
    _told: set[tuple[str, Span]] = field(default_factory=set)

    def at_key(self, rule: str, path: Path, message: str, **more: Any) -> None:
        """Tell a finding about the key that ends the path."""
        self._tell(rule, self.tree.key_span(self._in_text(path)), message, **more)

    def at_value(self, rule: str, path: Path, message: str, **more: Any) -> None:
        """Tell a finding about the value at the path."""
        self._tell(rule, self.tree.value_span(self._in_text(path)), message, **more)

    def inside(self, rule: str, path: Path, node: ast.Node, message: str, **more: Any) -> None:
        """Tell a finding about a part of the word at the path."""
        self._tell(
            rule, self.tree.inside(self._in_text(path), node.start, node.end), message, **more
        )

    def between(
        self, rule: str, path: Path, start: int, end: int, message: str, **more: Any
    ) -> None:
        """Tell a finding about the characters `start` to `end` of the word at the path."""
        self._tell(rule, self.tree.inside(self._in_text(path), start, end), message, **more)

    def inside_key(
        self, rule: str, path: Path, start: int, end: int, message: str, **more: Any
    ) -> None:
        """Tell a finding about the characters `start` to `end` of the key that ends the path."""
        self._tell(rule, self.tree.inside_key(self._in_text(path), start, end), message, **more)

    def at_span(self, rule: str, span: Span, message: str, **more: Any) -> None:
        """Tell a finding about a stretch of the text."""
        self._tell(rule, span, message, **more)

    def about_spec(self, rule: str, message: str, **more: Any) -> None:
        """Tell a finding about the document as a whole."""
        self._tell(rule, self.tree.key_span(()), message, **more)

    def spoke_of(self, path: Path) -> bool:
        """Whether a finding about the key that ends the path was told."""
        span = self.tree.key_span(self._in_text(path))
        return any(told == span for _, told in self._told)

    def _in_text(self, path: Path) -> Path:
        return path_in_text(path, self.left)

    def _tell(
        self,
        rule: str,
        span: Span,
        message: str,
        *,
        notes: Iterable[Note] = (),
        severity: Severity | None = None,
        **more: Any,
    ) -> None:
        if (rule, span) in self._told:
            return
        self._told.add((rule, span))
        advice = more.get("help")
        if isinstance(advice, Guess) and more.get("fix") is None:
            more["fix"] = advice.fix(self.tree.source.text, span)
        placed = tuple(
            (*self.tree.placed(self.tree.key_span(self._in_text(path))), text)
            for path, text in notes
        )
        self.report.add(rule, self.tree, span, message, notes=placed, severity=severity, **more)
        if (severity or RULES[rule].severity) is Severity.error:
            self.has_errors = True


class Context(Findings):
    """The findings, and the spec that they are about.

    `cut` are the paths of what was wrong by itself and is not in `spec`; `unproven` are the words
    that nothing declared could be held against.
    """

    spec: ConnectorSpec = field(default_factory=ConnectorSpec.empty)
    cut: tuple[Path, ...] = ()
    unproven: set[Path] = field(default_factory=set)

    @classmethod
    def of(cls, findings: Findings, spec: ConnectorSpec, cut: tuple[Path, ...]) -> Context:
        """The findings so far, with the spec that they are about."""
        has_errors, left, told = findings.has_errors, findings.left, findings._told
        return cls(findings.tree, findings.report, has_errors, left, told, spec, cut)

    def is_whole(self, path: Path) -> bool:
        """Whether nothing was cut at the path, inside it or around it."""
        return not any(each[: len(path)] == path or path[: len(each)] == each for each in self.cut)

    def tree_has(self, path: Path) -> bool:
        """Whether the text has something at the path, right or wrong."""
        value: Any = self.tree.data
        for part in self._in_text(path):
            if isinstance(value, dict):
                if part not in value:
                    return False
            elif not (isinstance(value, list) and isinstance(part, int) and part < len(value)):
                return False
            value = value[part]
        return True

    def tell_undeclared(
        self, what: str, name: str, known: Iterable[str], path: Path, written: str | None = None
    ) -> str:
        """Tell that there is nothing of that name. The name that was probably meant.

        `written` says how it is written where it is no name at all.
        """
        meant = nearest(name, known)
        message = f"there is no {what} {quoted(name)}"
        home = _HOMES[what]
        advice = did_you_mean(name, known) or written or f"declare it under `{home}:`"
        self.at_value("undeclared-name", path, message, help=advice)
        return meant or ""

    def names(self, key: str) -> list[str]:
        """The keys of a map of the spec as written, those that were cut included."""
        value = self.tree.data.get(key)
        return list(value) if isinstance(value, dict) else []


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was probably meant, if one is near."""
    known = [each for each in candidates if each != name]
    if len(known) > _MANY:
        known = [each for each in known if abs(len(each) - len(name)) <= 2]
    return near(name, known)


class Guess(str):
    """A help line that names the word that was probably meant by the one that was `said`."""

    __slots__ = ("is_clear", "meant", "said")
    said: str
    meant: str
    is_clear: bool

    @classmethod
    def of(cls, said: str, meant: str, *, is_clear: bool) -> Guess:
        """The help line; a word that `is_clear` was mistyped and can be put right unasked."""
        guess = cls(f"did you mean {quoted(meant)}?")
        guess.said, guess.meant, guess.is_clear = said, meant, is_clear
        return guess

    def fix(self, text: str, span: Span) -> Replacement | None:
        """Writes the word; None where the text does not say the other one, once, as it stands."""
        found = list(
            re.finditer(rf"(?<!\w){re.escape(self.said)}(?!\w)", text[span.start : span.end])
        )
        if len(found) != 1:
            return None
        start, end = (span.start + offset for offset in found[0].span())
        return Replacement(Span(start, end), self.meant, self.is_clear)


def did_you_mean(name: str, candidates: Iterable[str]) -> Guess | None:
    """The help line that names the nearest candidate."""
    known = list(candidates)
    meant = nearest(name, known)
    return None if meant is None else Guess.of(name, meant, is_clear=is_clear(name, meant, known))


def quoted(text: object) -> str:
    """A piece of a spec as it stands in a message: in backticks, short, nothing invisible."""
    shown = "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in str(text))
    return f"`{shown if len(shown) <= 60 else shown[:59] + '…'}`"


def listed(words: Iterable[object], last: str = "or") -> str:
    """`a`, `b` or `c`."""
    each = [quoted(word) for word in words]
    return f" {last} ".join(filter(None, [", ".join(each[:-1]), each[-1]])) if each else "nothing"
