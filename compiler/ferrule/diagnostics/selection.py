"""Chooses findings by rule or severity, as `--select` and `--ignore` ask for."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from ferrule.diagnostics.findings import Diagnostic
from ferrule.diagnostics.nearness import near
from ferrule.diagnostics.rules import RULES

SEVERITIES = {"error": "error", "warning": "warning", "note": "info"}


class SelectionError(ValueError):
    """A word is neither a rule nor a severity; the message guesses what was meant."""


class Selection(Struct, frozen=True):
    """Rules and severities that are wanted (all if none is named) and that are not."""

    selected: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()

    @classmethod
    def read(cls, select: Iterable[str], ignore: Iterable[str]) -> Selection:
        """Reads words that may hold commas: `unused,plain-http`, `note`. Raises SelectionError."""
        return cls(frozenset(map(_known, _words(select))), frozenset(map(_known, _words(ignore))))

    def holds(self, finding: Diagnostic) -> bool:
        """Whether a finding is to be told. A rule that is named beats the severity of its kind."""
        by_rule, by_severity = finding.rule, finding.severity.value
        if by_rule in self.ignored:
            return False
        if by_rule in self.selected:
            return True
        return by_severity not in self.ignored and (
            not self.selected or by_severity in self.selected
        )


def _words(given: Iterable[str]) -> Iterable[str]:
    return (word for text in given for word in text.replace(",", " ").split())


def _known(word: str) -> str:
    if word in RULES:
        return word
    if word in SEVERITIES:
        return SEVERITIES[word]
    meant = near(word, [*RULES, *SEVERITIES])
    guess = f"did you mean `{meant}`?" if meant else "`ferrule explain` lists all rules"
    raise SelectionError(f"there is no rule or severity `{word}`; {guess}")
