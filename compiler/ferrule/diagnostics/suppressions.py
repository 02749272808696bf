"""Hides findings that a comment accepts: `# ferrule: ignore[rule] because …`.

A comment beside a value is about its line, one that stands alone about the next line that says
something. Errors cannot be hidden; a comment that is not understood or hides nothing is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct, field

from ferrule.diagnostics.findings import Diagnostic, Replacement, Report
from ferrule.diagnostics.nearness import near
from ferrule.diagnostics.rules import RULES, Severity
from ferrule.forms.comments import Comment, comments_of
from ferrule.forms.source import SourceFile, Span
from ferrule.forms.tree import SpecTree

# Not `# ferrule: 1`: that is the first line of a spec, commented out.
_MEANT = re.compile(r"#[ \t]*ferrule[ \t]*:[ \t]*ignore\b")
_FORM = re.compile(r"#[ \t]*ferrule:[ \t]*ignore\[([^\]]*)\](.*)")
_REASON = re.compile(r"[ \t]+because[ \t]+\S.*")
_LIKE = "write `# ferrule: ignore[rule] because …`"


class _Suppression(Struct):
    """A comment that is well formed: the rules it names, each with its place, and its line."""

    comment: Comment
    line: int
    rules: dict[str, Span]
    used: set[str] = field(default_factory=set)


def without_suppressed(
    findings: Iterable[Diagnostic], tree: SpecTree, *, is_complete: bool
) -> list[Diagnostic]:
    """The findings less those that comments accept, and with those about the comments.

    `is_complete` says that all rules have spoken: only then is it known what hides nothing.
    """
    found = list(findings)
    if not _MEANT.search(tree.source.text):
        return found
    report = Report()
    suppressions = _read(tree, report)
    kept = [each for each in found if not _is_hidden(each, suppressions, report)]
    if is_complete:
        for suppression in suppressions:
            _tell_unused(tree.source, suppression, report)
    return [*kept, *report]


def _read(tree: SpecTree, report: Report) -> list[_Suppression]:
    comments = comments_of(tree.source, tree.root)
    alone = {comment.line for comment in comments if comment.is_alone}
    return [
        made
        for comment in comments
        if _MEANT.match(comment.text)
        and (made := _suppression(tree.source, comment, alone, report)) is not None
    ]


def _suppression(
    source: SourceFile, comment: Comment, alone: set[int], report: Report
) -> _Suppression | None:
    form = _FORM.fullmatch(comment.text)
    if form is None or not form[1].strip():
        report.add(
            "bad-suppression", source, comment.span, "this names no rule to ignore", help=_LIKE
        )
        return None
    rules = _rules(source, comment, form, report)
    if rules and not _REASON.fullmatch(form[2]):
        message = "this does not say why the finding is accepted"
        report.add("bad-suppression", source, comment.span, message, help="go on with `because …`")
        return None
    return _Suppression(comment, _line_meant(source, comment, alone), rules) if rules else None


def _rules(
    source: SourceFile, comment: Comment, form: re.Match[str], report: Report
) -> dict[str, Span]:
    rules: dict[str, Span] = {}
    for word in re.finditer(r"[^,\s]+", form[1]):
        start = comment.span.start + form.start(1) + word.start()
        span = Span(start, start + len(word[0]))
        if word[0] in RULES:
            rules[word[0]] = span
            continue
        meant = near(word[0], RULES)
        advice = f"did you mean `{meant}`?" if meant else "`ferrule explain` lists all rules"
        message = f"there is no rule `{word[0]}`"
        fix = None if meant is None else Replacement(span, meant)
        report.add("bad-suppression", source, span, message, help=advice, fix=fix)
    return rules


def _line_meant(source: SourceFile, comment: Comment, alone: set[int]) -> int:
    """The line that a comment is about; that of a comment alone is the next one with content."""
    line, last = comment.line, len(source.line_starts)
    if not comment.is_alone:
        return line
    while line < last and (line in alone or not source.line(line).strip()):
        line += 1
    return line


def _is_hidden(finding: Diagnostic, suppressions: list[_Suppression], report: Report) -> bool:
    place = finding.position
    if place is None:
        return False
    for suppression in suppressions:
        if suppression.line != place[0] or finding.rule not in suppression.rules:
            continue
        suppression.used.add(finding.rule)
        if finding.severity is not Severity.error:
            return True
        report.add(
            "bad-suppression",
            finding.source,
            suppression.rules[finding.rule],
            f"`{finding.rule}` is an error here, which cannot be ignored",
            help="mend it, and take this comment away",
        )
    return False


def _tell_unused(source: SourceFile, suppression: _Suppression, report: Report) -> None:
    unused = [name for name in suppression.rules if name not in suppression.used]
    for name in unused:
        report.add(
            "unused-suppression",
            source,
            suppression.rules[name],
            f"there is no finding `{name}` on line {suppression.line}",
            help="take it away",
            fix=_removal(source, suppression, unused),
        )


def _removal(source: SourceFile, suppression: _Suppression, unused: list[str]) -> Replacement:
    """Takes the whole comment away, or only the rules that hide nothing."""
    span = suppression.comment.span
    kept = [name for name in suppression.rules if name not in unused]
    if kept:
        inner = source.text.index("[", span.start) + 1
        return Replacement(Span(inner, source.text.index("]", inner)), ", ".join(kept))
    start, line = span.start, suppression.comment.line
    line_start = source.line_starts[line - 1]
    while start > line_start and source.text[start - 1] in " \t":
        start -= 1
    end = span.end
    if suppression.comment.is_alone:
        end = source.line_starts[line] if line < len(source.line_starts) else end
    return Replacement(Span(start, end), "")
