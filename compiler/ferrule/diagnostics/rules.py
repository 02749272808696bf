"""The table of every rule that a finding can name: one row a rule, grouped by the pass that uses it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a finding matters: an error stops the pipeline, the others do not."""

    error = "error"
    warning = "warning"
    info = "info"


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule. `summary` is one sentence that says what the rule asks for or refuses."""

    name: str
    severity: Severity
    summary: str


ERROR, WARNING, INFO = Severity.error, Severity.warning, Severity.info

_READ = (
    ("file-not-found", ERROR, "The named file does not exist."),
    ("not-a-file", ERROR, "A folder stands where a spec file is expected."),
    ("unreadable-file", ERROR, "The file exists and cannot be read."),
    ("too-large", ERROR, "The file is larger than the size limit."),
    ("not-utf8", ERROR, "A spec is UTF-8 text."),
    ("empty-file", ERROR, "The file holds no YAML at all."),
)

_PARSE = (
    ("yaml-syntax", ERROR, "The text is not YAML."),
    ("tab-indentation", ERROR, "YAML is indented with spaces, never with tabs."),
    ("unclosed-quote", ERROR, "A quoted text is never closed."),
    ("unclosed-bracket", ERROR, "A `{` or `[` is never closed."),
    ("text-after-quote", ERROR, "Text follows a closing quote on the same line."),
    ("bad-escape", ERROR, "A double-quoted text holds an escape that YAML does not know."),
    ("colon-in-value", ERROR, "`: ` ends an unquoted value: quote the value."),
    (
        "torn-value",
        ERROR,
        "A comma or bracket tears an unquoted value inside `{ }` or `[ ]` apart.",
    ),
    ("cut-value", ERROR, "` #` begins a comment and cuts an unquoted value short."),
    ("indentation", ERROR, "A line is indented so that it belongs to nothing."),
    ("too-deep", ERROR, "Values are nested deeper than the limit."),
    ("not-a-mapping", ERROR, "A spec is a map of keys and values."),
    ("second-document", ERROR, "A file holds one YAML document."),
    ("yaml-directive", ERROR, "`%YAML` and `%TAG` lines are not used."),
    ("anchor", ERROR, "Anchors (`&name`) are not used."),
    ("alias", ERROR, "Aliases (`*name`) are not used."),
    ("merge-key", ERROR, "Merge keys (`<<`) are not used."),
    ("tag", ERROR, "Tags (`!name`) are not used."),
    ("complex-key", ERROR, "A key is one plain or quoted text."),
    ("empty-key", ERROR, "A key is missing before the colon."),
    ("duplicate-key", ERROR, "A key stands once in its map, with or without `?`."),
    ("empty-value", ERROR, "Every key and every list entry has a value."),
    ("number-out-of-range", ERROR, "A number is finite and of reasonable length."),
    ("control-character", ERROR, "Control characters are written as escapes in quotes."),
    ("line-separator", ERROR, "Raw U+0085, U+2028 and U+2029 are not used."),
    ("bidi-control", ERROR, "Characters that reverse the reading direction are not used."),
    ("zero-width-character", ERROR, "Characters that cannot be seen are not used."),
    ("non-breaking-space", ERROR, "Blanks around keys and values are plain spaces."),
    ("full-width-character", ERROR, "Full-width letters, digits and signs do not stand for ASCII."),
    ("smart-quote", ERROR, "Typographic quotes do not quote: use ASCII quotes."),
    ("look-alike-character", ERROR, "A key does not mix ASCII letters with look-alikes."),
    ("key-not-nfc", ERROR, "Keys are in Unicode normal form C."),
)

_PUBLISH = (
    ("duplicate-connector", ERROR, "Two specs of one run do not make the same connector."),
    ("output-name", ERROR, "The name of an output file is safe on every file system."),
    ("output-symlink", ERROR, "Nothing is written through a symbolic link in the output folder."),
    ("output-not-ours", ERROR, "A folder that Ferrule did not make is left alone."),
    ("output-in-the-way", ERROR, "What stands where a file is to be written is not overwritten."),
    ("output-edited", ERROR, "A generated file that was edited by hand is not overwritten."),
    ("output-overwritten", WARNING, "Edited files were overwritten because that was asked for."),
    ("output-leftover", WARNING, "An interrupted run left the former state of a package behind."),
    ("output-busy", ERROR, "One compile at a time writes into an output folder."),
    ("output-failed", ERROR, "The output can be written."),
)


def _table(*groups: Iterable[tuple[str, Severity, str]]) -> dict[str, Rule]:
    table: dict[str, Rule] = {}
    for name, severity, summary in (row for group in groups for row in group):
        if name in table:
            raise AssertionError(f"the rule {name} stands twice in the table")
        table[name] = Rule(name, severity, summary)
    return table


RULES: dict[str, Rule] = _table(_READ, _PARSE, _PUBLISH)


def rule(name: str) -> Rule:
    """The rule of that name. A name that is not in the table is a fault of the compiler."""
    found = RULES.get(name)
    if found is None:
        raise AssertionError(f"{name} is not in the table of rules")
    return found
