"""Shows findings to other programs: JSON of our own, GitHub's annotations, SARIF 2.1.0."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ferrule import __version__
from ferrule.diagnostics.findings import Diagnostic
from ferrule.diagnostics.render.visible import visible
from ferrule.diagnostics.rules import RULES, Severity
from ferrule.forms.source import SourceFile, Span

_GITHUB_COMMANDS = {
    Severity.error: "error",
    Severity.warning: "warning",
    Severity.info: "notice",
}
_SARIF_LEVELS = {Severity.error: "error", Severity.warning: "warning", Severity.info: "note"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render_json(findings: Iterable[Diagnostic]) -> str:
    """One JSON document.

    `{"format": 1, "findings": […], "counts": {"error": n, "warning": n, "info": n}}`. A finding
    has `rule`, `severity` (`error`, `warning`, `info`), `message`, `help`, `label`, `path`,
    `start` and `end` (`{"line", "column", "offset"}`, line and column from 1, offset from 0, all
    in code points, `end` is not inside), `notes` (`path`, `start`, `end`, `message`) and `fix`
    (`start`, `end`, `text`). What a finding does not have is null.
    """
    found = list(findings)
    counts = Counter(finding.severity for finding in found)
    document = {
        "format": 1,
        "findings": [_json_finding(finding) for finding in found],
        "counts": {severity.value: counts[severity] for severity in Severity},
    }
    return json.dumps(document, indent=2) + "\n"


def render_github(findings: Iterable[Diagnostic]) -> str:
    """Workflow commands, one line a finding, that GitHub shows beside the changed lines."""
    return "".join(f"{_github_command(finding)}\n" for finding in findings)


def render_sarif(findings: Iterable[Diagnostic]) -> str:
    """A SARIF 2.1.0 log with one run."""
    found = list(findings)
    names = sorted({finding.rule for finding in found})
    driver = {
        "name": "ferrule",
        "version": __version__,
        "rules": [
            {
                "id": name,
                "shortDescription": {"text": RULES[name].summary},
                "defaultConfiguration": {"level": _SARIF_LEVELS[RULES[name].severity]},
            }
            for name in names
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(finding, names.index(finding.rule)) for finding in found],
    }
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _json_finding(finding: Diagnostic) -> dict[str, Any]:
    fix = finding.fix
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help,
        "label": finding.label,
        **_json_place(finding.source, finding.span),
        "notes": [
            {**_json_place(source, span), "message": message}
            for source, span, message in finding.notes
        ],
        "fix": (
            None
            if fix is None or finding.source is None
            else {
                "start": _json_position(finding.source, fix.span.start),
                "end": _json_position(finding.source, fix.span.end),
                "text": fix.text,
            }
        ),
    }


def _json_place(source: SourceFile | None, span: Span | None) -> dict[str, Any]:
    if source is None or span is None:
        return {"path": source.path if source else None, "start": None, "end": None}
    return {
        "path": source.path,
        "start": _json_position(source, span.start),
        "end": _json_position(source, span.end),
    }


def _json_position(source: SourceFile, offset: int) -> dict[str, int]:
    line, column = source.position(offset)
    return {"line": line, "column": column, "offset": offset}


def _github_command(finding: Diagnostic) -> str:
    properties: dict[str, str] = {}
    if finding.source is not None:
        properties["file"] = PurePath(finding.source.path).as_posix()
        if finding.span is not None:
            line, column = finding.source.position(finding.span.start)
            end_line, end_column = finding.source.position(finding.span.end)
            properties |= {"line": str(line), "endLine": str(end_line)}
            if line == end_line:
                # GitHub refuses columns on an annotation of several lines.
                properties |= {"col": str(column), "endColumn": str(max(column, end_column - 1))}
    properties["title"] = finding.rule
    said = ",".join(f"{key}={_github_property(value)}" for key, value in properties.items())
    message = finding.message + (f" ({finding.help})" if finding.help else "")
    return f"::{_GITHUB_COMMANDS[finding.severity]} {said}::{_github_data(message)}"


def _github_data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _github_property(text: str) -> str:
    return _github_data(text).replace(":", "%3A").replace(",", "%2C")


def _sarif_result(finding: Diagnostic, rule_index: int) -> dict[str, Any]:
    message = visible(finding.message) + (f" ({visible(finding.help)})" if finding.help else "")
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": message},
    }
    if finding.source is not None:
        result["locations"] = [_sarif_location(finding.source, finding.span)]
    related = [
        {**_sarif_location(source, span), "id": number, "message": {"text": visible(message)}}
        for number, (source, span, message) in enumerate(finding.notes)
        if source is not None
    ]
    if related:
        result["relatedLocations"] = related
    if finding.fix is not None and finding.source is not None:
        replacement = {
            "deletedRegion": _sarif_region(finding.source, finding.fix.span),
            "insertedContent": {"text": finding.fix.text},
        }
        change = {
            "artifactLocation": _sarif_artifact(finding.source),
            "replacements": [replacement],
        }
        result["fixes"] = [{"artifactChanges": [change]}]
    return result


def _sarif_location(source: SourceFile, span: Span | None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _sarif_artifact(source)}
    if span is not None:
        place["region"] = _sarif_region(source, span)
    return {"physicalLocation": place}


def _sarif_artifact(source: SourceFile) -> dict[str, str]:
    path = PurePath(source.path)
    text = path.as_posix().encode("utf-8", "surrogateescape")
    return {"uri": ("file://" if path.is_absolute() else "") + quote(text)}


def _sarif_region(source: SourceFile, span: Span) -> dict[str, int]:
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }
