"""Findings are collected, put into order, and named by the table of rules."""

import re

import pytest

from ferrule.diagnostics import RULES, Diagnostic, Report, Severity, Span, rule
from ferrule.diagnostics import rules as rules_module
from ferrule.forms.source import SourceFile
from tests.compiler.parsing import tree_of

ONE, OTHER = SourceFile("one.yaml", "a: 1\nb: 2\n"), SourceFile("other.yaml", "c: 3\n")


def test_findings_come_file_by_file_in_order_of_place() -> None:
    report = Report()
    report.add("tag", OTHER, Span(3, 4), "other, late")
    report.add("tag", ONE, Span(5, 6), "one, late")
    report.add("tag", OTHER, Span(0, 1), "other, early")
    report.add("tag", ONE, Span(0, 4), "one, early and long")
    report.add("tag", ONE, Span(0, 1), "one, early")
    report.add("tag", ONE, None, "one, anywhere")
    assert [finding.message for finding in report] == [
        "other, early",
        "other, late",
        "one, anywhere",
        "one, early",
        "one, early and long",
        "one, late",
    ]
    assert len(report) == 6


def test_what_is_told_twice_stands_once() -> None:
    report = Report()
    for _ in range(2):
        report.add("tag", ONE, Span(0, 1), "same")
    report.add("tag", SourceFile("one.yaml", ONE.text), Span(0, 1), "same")
    report.add("anchor", ONE, Span(0, 1), "same")
    assert len(report) == 2


def test_severity_is_the_rules_unless_given() -> None:
    report = Report()
    report.add("tag", ONE, Span(0, 1), "an error")
    assert report.has_errors
    report.add("tag", ONE, Span(0, 1), "a warning", severity=Severity.warning)
    report.add("tag", ONE, Span(0, 1), "a note", severity=Severity.info)
    assert [finding.message for finding in report.errors] == ["an error"]
    assert [finding.message for finding in report.warnings] == ["a warning"]


def test_warnings_do_not_stop_anything() -> None:
    report = Report()
    assert not report.has_errors
    report.add("tag", ONE, Span(0, 1), "a warning", severity=Severity.warning)
    assert not report.has_errors
    assert not report.errors


def test_a_tree_stands_for_its_file() -> None:
    tree = tree_of("a: 1\n")
    report = Report()
    report.add("tag", tree, tree.value_span(("a",)), "here")
    (finding,) = report
    assert (finding.source, finding.path, finding.position) == (tree.source, "spec.yaml", (1, 4))


def test_a_finding_without_a_file_has_no_place() -> None:
    report = Report()
    report.add("tag", None, None, "nowhere")
    (finding,) = report
    assert finding.path is None
    assert finding.position is None


def test_reports_can_be_joined() -> None:
    report, more = Report(), Report()
    more.add("tag", ONE, Span(0, 1), "here")
    report.extend(more)
    report.extend([Diagnostic("anchor", Severity.error, ONE, None, "there")])
    assert [finding.rule for finding in report] == ["anchor", "tag"]


def test_a_rule_that_is_not_in_the_table_is_our_own_fault() -> None:
    with pytest.raises(AssertionError, match="no-such-rule"):
        Report().add("no-such-rule", ONE, None, "x")
    with pytest.raises(AssertionError, match="no-such-rule"):
        rule("no-such-rule")
    assert rule("tag") is RULES["tag"]


def test_a_rule_stands_once_in_the_table() -> None:
    row = ("tag", Severity.error, "x")
    with pytest.raises(AssertionError, match="stands twice"):
        rules_module._table((row,), (row,))


@pytest.mark.parametrize("name", RULES)
def test_rules_are_named_and_summed_up_in_one_way(name: str) -> None:
    found = RULES[name]
    assert found.name == name
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert found.summary.endswith((".", "…"))
    assert "\n" not in found.summary
    assert len(found.summary) <= 100
