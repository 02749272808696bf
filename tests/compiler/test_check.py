"""The check pass as a whole: what it gives, what it tells, and what it leaves alone."""

from pathlib import Path

import pytest

from ferrule.diagnostics import Diagnostic, Report, Severity
from ferrule.forms.source import SourceFile
from ferrule.forms.spec import ConnectorSpec
from ferrule.passes.check import check
from ferrule.passes.parse import parse
from ferrule.words import ast
from tests.services.real import REPOSITORY

HEAD = "ferrule: 1\nconnector: shop\nversion: 1.0.0\nbase_url: https://api.shop.example\n"
SPECS = sorted((REPOSITORY / "specs").glob("*.yaml"))
HOSTILE = [
    "'",
    '"',
    '"""',
    "\\",
    "trailing \\",
    "{{ 7 * 7 }}",
    "{% raw %}{% endraw %}",
    "{x} {0.__class__}",
    "# comment",
    "]\n[project.scripts]\nx = 'y:z'",
    "a\rb",
    "a\x0cb\x1bc\x00d",
    "a\x85b\u2028c",
    "\u202eabc",
    "'; import os; os.system('x')",
    "x" * 3000,
]


def checked(text: str, head: str = HEAD) -> tuple[ConnectorSpec | None, list[Diagnostic]]:
    report = Report()
    tree = parse(SourceFile("spec.yaml", head + text), report)
    assert tree is not None, list(report)
    spec = check(tree, report)
    return spec, list(report)


def told(text: str, head: str = HEAD) -> list[tuple[str, str]]:
    """The rule of each finding, with the text that it points at."""
    return [
        (finding.rule, "" if finding.span is None else _pointed_at(finding))
        for finding in checked(text, head)[1]
    ]


def _pointed_at(finding: Diagnostic) -> str:
    assert finding.source is not None
    assert finding.span is not None
    return finding.source.text[finding.span.start : finding.span.end]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_specs_of_the_repository_are_right(path: Path) -> None:
    spec, findings = checked(path.read_text(encoding="utf-8"), head="")
    assert [finding for finding in findings if finding.severity is not Severity.info] == []
    assert spec is not None
    assert spec.connector == path.stem


def test_a_warning_leaves_the_spec() -> None:
    spec, findings = checked("settings: {key: secret}\n")
    assert [finding.rule for finding in findings] == ["unused"]
    assert spec is not None
    assert list(spec.settings) == ["key"]


def test_an_error_takes_the_spec_away() -> None:
    spec, findings = checked("retry: {attempts: 0}\n")
    assert [finding.rule for finding in findings] == ["out-of-range"]
    assert spec is None


def test_errors_of_another_spec_in_the_report_do_not_count() -> None:
    report = Report()
    wrong = parse(SourceFile("a.yaml", HEAD + "send: jsn\n"), report)
    right = parse(SourceFile("b.yaml", HEAD), report)
    assert wrong is not None
    assert right is not None
    assert check(wrong, report) is None
    assert check(right, report) is not None


def test_findings_come_in_the_order_of_the_text() -> None:
    findings = checked(
        (REPOSITORY / "tests/faults/many-at-once/spec.yaml").read_text()[len(HEAD) :]
    )
    places = [finding.span.start for finding in findings[1] if finding.span is not None]
    assert len(places) > 5
    assert places == sorted(places)


def test_another_language_version_is_told_alone() -> None:
    assert told("steering: 1\nsend: jsn\n", "ferrule: 2\n") == [("language-version", "2")]


def test_a_quoted_minimum_is_read_like_a_plain_one() -> None:
    assert told("", "ferrule: '1.0.0'\nconnector: shop\nversion: 1.0.0\n") == []


@pytest.mark.parametrize("version", ["1.0.0", "0.0.1", "1.2.3rc1", "1.2.3.dev4", "10.20.30.post1"])
def test_versions(version: str) -> None:
    assert told("", f"ferrule: 1\nconnector: shop\nversion: {version}\n") == []


@pytest.mark.parametrize(
    "version", ["1.2", "1", "v1.2.3", "1.2.3-beta", "1.2.x", "'1.2'", "'１.0.0'"]
)
def test_what_is_no_version(version: str) -> None:
    assert told("", f"ferrule: 1\nconnector: shop\nversion: {version}\n") == [
        ("version-number", version)
    ]


@pytest.mark.parametrize(
    ("version", "mended"), [("1.10", "1.10.0"), ("1.0", "1.0.0"), ("2", "2.0.0")]
)
def test_the_fix_of_a_version_says_what_was_written(version: str, mended: str) -> None:
    text = f"ferrule: 1\nconnector: shop\nversion: {version}\n"
    (finding,) = checked("", text)[1]
    assert finding.fix is not None
    span = finding.fix.span
    assert text[: span.start] + finding.fix.text + text[span.end :] == text.replace(version, mended)


def test_own_keys_are_left_alone_everywhere() -> None:
    text = """
x-top: {anything: [1, {at: all}]}
retry: {attempts: 2, x-note: none}
errors:
  rules:
    - {when: status == 404, then: NotFound, x-why: "their docs"}
actions:
  items.list: {get: /items, x-owner: logistics, query: {x-trace?: string}}
"""
    spec, findings = checked(text)
    assert findings == []
    assert spec is not None
    assert spec.actions["items.list"].query is not None
    assert list(spec.actions["items.list"].query.fields or {}) == ["x-trace?"]


def test_what_is_wrong_in_one_place_hides_nothing_elsewhere() -> None:
    text = """
settings: {key: secrt}
auth: {token: "${key}"}
headers: {X-Key: "${kay}"}
actions:
  items.list: {get: /items, returns: list(Itm), qury: {a: string}}
models:
  Item: {id: string}
"""
    assert told(text) == [
        ("bad-type", "secrt"),
        ("unknown-reference", "${kay}"),
        ("unknown-model", "Itm"),
        ("unknown-key", "qury"),
    ]


def test_a_misspelt_method_is_told_once() -> None:
    assert told("actions:\n  items.list: {gett: /items}\n") == [("unknown-key", "gett")]


def test_a_misspelt_key_that_is_needed_is_told_once() -> None:
    text = 'settings: {k: secret}\nauth: {basic: {username: a, pasword: "${k}"}}\n'
    assert [rule for rule, _ in told(text)] == ["unknown-key"]


@pytest.mark.parametrize(
    ("written", "pointed_at"),
    [
        ('get: "/items/{id:strng}"', "strng"),
        ("get: '/items/{id:strng}'", "strng"),
        ("get: >-\n      /items/{id:strng}", "strng"),
        ('get: "/\\x69tems/{id:strng}"', "strng"),
        ("get: /items/{id:strng}", "strng"),
    ],
)
def test_a_fault_inside_a_word_is_found_in_every_style(written: str, pointed_at: str) -> None:
    assert told(f"actions:\n  items.get:\n    {written}\n")[0][1] == pointed_at


def test_a_fault_inside_a_condition_is_found() -> None:
    text = """
errors:
  rules:
    - when: >-
        status == 404 and
        (header.x-left == 0 or status in (500 | "503"))
      then: fail
"""
    assert told(text) == [("never-equal", "0"), ("never-equal", '"503"')]


def escaped(text: str) -> str:
    """The text as a double-quoted scalar, every character of it an escape."""
    return '"' + "".join(f"\\U{ord(each):08x}" for each in text) + '"'


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_carried_as_it_is(hostile: str) -> None:
    quoted = escaped(hostile)
    spec, findings = checked(f"""
title: {quoted}
description: {quoted}
docs: {quoted}
settings:
  key: {{.type: secret, .doc: {quoted}, .example: {quoted}, .default: {quoted}}}
auth: {{token: "${{key}}"}}
query: {{text: {quoted}}}
errors:
  code: $.code
  codes: {{NotFound: [{quoted}]}}
actions:
  items.list:
    get: /items
    summary: {quoted}
    description: {quoted}
    deprecated: {quoted}
    query: {{fixed: {{.const: {quoted}}}, choice?: {{.enum: [{quoted}]}}}}
""")
    assert [finding for finding in findings if finding.severity is Severity.error] == []
    assert spec is not None
    action, key = spec.actions["items.list"], spec.settings["key"]
    assert action.query is not None
    fields = action.query.fields or {}
    fixed, choices = spec.query["text"], fields["choice?"].enum
    assert isinstance(fixed, ast.Template)
    assert {
        spec.title,
        spec.description,
        spec.docs,
        key.doc,
        key.example,
        key.default,
        action.summary,
        action.description,
        action.deprecated,
        fields["fixed"].constant,
        choices[0] if isinstance(choices, list) else None,
        spec.errors.codes["NotFound"].codes[0] if spec.errors is not None else None,
        *fixed.parts,
    } == {hostile}


@pytest.mark.parametrize("hostile", HOSTILE[:-1], ids=range(len(HOSTILE) - 1))
def test_hostile_names_of_ours_are_refused(hostile: str) -> None:
    quoted = escaped(hostile)
    for text in (
        f"actions: {{{quoted}: {{get: /a}}}}\n",
        f"settings: {{{quoted}: string}}\n",
        f"models: {{{quoted}: {{a: string}}}}\n",
        f"hosts: {{{quoted}: 'https://a.example'}}\n",
        f"class: {quoted}\n",
    ):
        spec, findings = checked(text)
        assert spec is None, text
        assert "bad-name" in {finding.rule for finding in findings}, text


@pytest.mark.parametrize(
    "name", ["../shop", "a/b", "a.b", "..", "con 1", "Shop", "shop-1", "_a", "1a"]
)
def test_names_of_connectors_that_are_refused(name: str) -> None:
    assert told("", f"ferrule: 1\nconnector: {name}\nversion: 1.0.0\n") == [("bad-name", name)]


@pytest.mark.parametrize("name", ["class", "import", "ferrule", "pip"])
def test_names_of_connectors_that_are_taken(name: str) -> None:
    assert told("", f"ferrule: 1\nconnector: {name}\nversion: 1.0.0\n") == [("reserved-name", name)]


def test_the_test_is_proven_by_the_action_that_asks_the_same() -> None:
    text = """
test: {get: /me, ok: $.user.idd}
actions:
  me: {get: /me, returns: User at $.user}
models:
  User: {id: string}
"""
    assert told(text) == [("no-such-path", ".idd")]


def test_a_part_of_a_paging_is_held_against_what_it_inherits() -> None:
    text = """
paging: {cursor: $.next, into: query.cursor, more: $.more}
actions:
  a.list: {get: /a, returns: list(string) at $.a, envelope: {next: string, more: boolean}}
  b.list:
    get: /b
    returns: list(string) at $.b
    envelope: {next: string, more: string}
    paging: {more: $.more == true}
  c.list:
    get: /c
    returns: list(string) at $.c
    envelope: {url: string | null}
    paging: {next_url: $.url}
"""
    assert told(text) == [("never-equal", "true")]


def test_the_envelope_of_lists_says_nothing_about_single_answers() -> None:
    text = """
envelope: {meta: {next: string | null}}
paging: {cursor: $.meta.next, into: query.cursor}
actions:
  a.list: {get: /a, returns: list(string) at $.a}
  a.get: {get: "/a/{id}", returns: string at $.a.name}
"""
    assert told(text) == []


def test_an_action_can_say_what_its_own_errors_look_like() -> None:
    text = """
errors: {code: $.code, envelope: {code: string}}
actions:
  a.get:
    get: /a
    errors:
      code: $.problem.kind
      details: $.problem as Problem
      envelope: {problem: {kind: string, detail: Detail}}
models:
  Problem: {kind: string}
  Detail: {text: string}
"""
    assert told(text) == []
    assert told(text.replace("$.problem.kind", "$.code")) == [("no-such-path", ".code")]


def test_a_wrong_entry_of_a_list_hides_no_other() -> None:
    rules = """\
errors:
  rules:
    - {when: status ==, then: retry}
    - {when: status == 404, then: rety}
    - {then: fail}
    - {when: $.a, then: fail, wait: 5}
    - {when: status == 409, then: fial}
    - {whn: $.a, then: success}
    - {when: status == 410, then: success, wait: 5s}
    - {when: status == 410 and $.a == 1, then: fail}
"""
    assert sorted(told(rules)) == [
        ("bad-condition", ""),
        ("missing-key", "{then: fail}"),
        ("unknown-key", "whn"),
        ("unknown-outcome", "fial"),
        ("unknown-outcome", "rety"),
        ("unreachable-rule", "status == 410 and $.a == 1"),
        ("wait-not-here", "wait"),
        ("wrong-type", "5"),
    ]
