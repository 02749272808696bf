"""What other programs read: JSON, GitHub's annotations, SARIF."""

import json

from ferrule.diagnostics import (
    Diagnostic,
    Replacement,
    Severity,
    Span,
    render_github,
    render_json,
    render_sarif,
)
from ferrule.forms.source import SourceFile

SOURCE = SourceFile("specs/a b.yaml", "a: 1\n😀a: 2\n")
FULL = Diagnostic(
    "duplicate-key",
    Severity.error,
    SOURCE,
    Span(6, 7),
    "twice",
    help="delete one",
    label="the second",
    notes=((SOURCE, Span(0, 1), "the first"),),
    fix=Replacement(Span(5, 11), ""),
)
BARE = Diagnostic("tag", Severity.warning, None, None, "somewhere")


def test_json_has_everything() -> None:
    assert json.loads(render_json([FULL, BARE])) == {
        "format": 1,
        "findings": [
            {
                "rule": "duplicate-key",
                "severity": "error",
                "message": "twice",
                "help": "delete one",
                "label": "the second",
                "path": "specs/a b.yaml",
                "start": {"line": 2, "column": 2, "offset": 6},
                "end": {"line": 2, "column": 3, "offset": 7},
                "notes": [
                    {
                        "path": "specs/a b.yaml",
                        "start": {"line": 1, "column": 1, "offset": 0},
                        "end": {"line": 1, "column": 2, "offset": 1},
                        "message": "the first",
                    }
                ],
                "fix": {
                    "start": {"line": 2, "column": 1, "offset": 5},
                    "end": {"line": 3, "column": 1, "offset": 11},
                    "text": "",
                },
            },
            {
                "rule": "tag",
                "severity": "warning",
                "message": "somewhere",
                "help": None,
                "label": None,
                "path": None,
                "start": None,
                "end": None,
                "notes": [],
                "fix": None,
            },
        ],
        "counts": {"error": 1, "warning": 1, "info": 0},
    }


def test_json_of_nothing() -> None:
    assert json.loads(render_json([])) == {
        "format": 1,
        "findings": [],
        "counts": {"error": 0, "warning": 0, "info": 0},
    }


def test_github_annotations() -> None:
    assert render_github([FULL, BARE]) == (
        "::error file=specs/a b.yaml,line=2,endLine=2,col=2,endColumn=2,title=duplicate-key"
        "::twice (delete one)\n"
        "::warning title=tag::somewhere\n"
    )


def test_github_commands_are_escaped() -> None:
    source = SourceFile("a,b:c%.yaml", "x\ny\n")
    found = Diagnostic("tag", Severity.info, source, Span(0, 4), "50%\r\n::error::x")
    assert render_github([found]) == (
        "::notice file=a%2Cb%3Ac%25.yaml,line=1,endLine=3,title=tag::50%25\\r\\n::error::x\n"
    )


def test_github_annotation_of_a_file() -> None:
    found = Diagnostic("tag", Severity.error, SOURCE, None, "m")
    assert render_github([found]) == "::error file=specs/a b.yaml,title=tag::m\n"


def test_sarif() -> None:
    log = json.loads(render_sarif([FULL, BARE]))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["name"] == "ferrule"
    assert [rule["id"] for rule in driver["rules"]] == ["duplicate-key", "tag"]
    assert driver["rules"][0]["defaultConfiguration"] == {"level": "error"}
    first, second = run["results"]
    artifact = {"uri": "specs/a%20b.yaml"}
    assert first == {
        "ruleId": "duplicate-key",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "twice (delete one)"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": {"startLine": 2, "startColumn": 2, "endLine": 2, "endColumn": 3},
                }
            }
        ],
        "relatedLocations": [
            {
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2},
                },
                "id": 0,
                "message": {"text": "the first"},
            }
        ],
        "fixes": [
            {
                "artifactChanges": [
                    {
                        "artifactLocation": artifact,
                        "replacements": [
                            {
                                "deletedRegion": {
                                    "startLine": 2,
                                    "startColumn": 1,
                                    "endLine": 3,
                                    "endColumn": 1,
                                },
                                "insertedContent": {"text": ""},
                            }
                        ],
                    }
                ]
            }
        ],
    }
    assert second == {
        "ruleId": "tag",
        "ruleIndex": 1,
        "level": "warning",
        "message": {"text": "somewhere"},
    }


def test_sarif_paths_are_uris() -> None:
    for path, uri in (
        ("a/ü.yaml", "a/%C3%BC.yaml"),
        ("/x/y.yaml", "file:///x/y.yaml"),
        ("a\udcff.yaml", "a%FF.yaml"),
    ):
        found = Diagnostic("tag", Severity.error, SourceFile(path, "x"), None, "m")
        (run,) = json.loads(render_sarif([found]))["runs"]
        place = run["results"][0]["locations"][0]["physicalLocation"]
        assert place == {"artifactLocation": {"uri": uri}}
