"""Reads a text that is not beyond doubt, looks closely at every node, and tells what is wrong."""

from __future__ import annotations

from itertools import islice

from yaml import YAMLError

from ferrule.diagnostics import Diagnostic, Replacement, Report
from ferrule.forms.source import SourceFile, Span
from ferrule.passes.parse.characters import (
    has_suspect_characters,
    refused_characters,
    without_refused_characters,
)
from ferrule.passes.parse.examine import MOST_FINDINGS, Enough, Examiner
from ferrule.passes.parse.fault import Trouble
from ferrule.passes.parse.places import locate
from ferrule.passes.parse.syntax import explain

# After a fault in the syntax the text is mended and read again, to find the faults behind it.
_MOST_SYNTAX_FINDINGS = 20
_MOST_CHARACTERS_READ_AGAIN = 4_000_000


def examine(source: SourceFile, depth_limit: int) -> Report:
    """All findings about a text that is not beyond doubt."""
    report = Report()
    text = source.text
    if has_suspect_characters(text):
        _report_refused_characters(source, report)
        text = without_refused_characters(text)
    mended: list[Span] = []
    for _ in range(min(_MOST_SYNTAX_FINDINGS, 1 + _MOST_CHARACTERS_READ_AGAIN // (len(text) + 1))):
        nodes = Report()
        examiner = Examiner(source, text, depth_limit, nodes)
        trouble = _read_once(text, examiner)
        if trouble is None:
            break
        if not _is_knock_on(source, trouble, mended):
            _report_trouble(source, trouble, report)
        if trouble.mend is None or not text[trouble.mend.start : trouble.mend.end].strip("x#"):
            break
        mended.append(trouble.mend)
        text = _mend(text, trouble)
    report.extend(_believable(nodes, report, mended))
    return report


def _read_once(text: str, examiner: Examiner) -> Trouble | None:
    try:
        examiner.finish(locate(text, examiner))
    except Enough:
        return None
    except YAMLError as error:
        return explain(text, error, examiner.last_scalar, examiner.open_brackets[-1:])
    return None


def _is_knock_on(source: SourceFile, trouble: Trouble, mended: list[Span]) -> bool:
    """Whether the trouble may come from a fault that is told already."""
    line = source.line(source.position(trouble.span.start)[0])
    return without_refused_characters(line) != line or any(
        _overlap(trouble.span, span) for span in mended
    )


def _believable(nodes: Report, report: Report, mended: list[Span]) -> list[Diagnostic]:
    """The findings about nodes, less those that only a fault in the syntax brought about."""
    if not len(report):
        return list(nodes)
    return [
        finding
        for finding in nodes
        if finding.rule not in ("empty-file", "empty-value", "not-a-mapping")
        and finding.span is not None
        and not any(_overlap(finding.span, span) for span in mended)
    ]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _mend(text: str, trouble: Trouble) -> str:
    """The text with the troublesome stretch written over, all other places unchanged."""
    assert trouble.mend is not None
    start, end = trouble.mend.start, trouble.mend.end
    kept = "".join(sign if sign in "\r\n" else trouble.mend_sign for sign in text[start:end])
    return text[:start] + kept + text[end:]


def _report_trouble(source: SourceFile, trouble: Trouble, report: Report) -> None:
    fix = None if trouble.fix is None else Replacement(*trouble.fix)
    report.add(trouble.rule, source, trouble.span, trouble.message, help=trouble.help, fix=fix)


def _report_refused_characters(source: SourceFile, report: Report) -> None:
    for oddity in islice(refused_characters(source.text), MOST_FINDINGS):
        span = Span(oddity.start, oddity.end)
        fix = None if oddity.replacement is None else Replacement(span, oddity.replacement)
        report.add(oddity.rule, source, span, oddity.message, help=oddity.help, fix=fix)
