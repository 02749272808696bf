"""Fifty specs as people break them, several faults each, with all that is told about them.

A folder holds `spec.yaml` and `expected.txt`, which is read like a page: is it true, is it kind,
does it lead to the fix? `make golden` writes what is told now.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from ferrule.diagnostics import Report
from ferrule.diagnostics.render.machine import render_json
from ferrule.diagnostics.render.text import render_text
from ferrule.forms.source import SourceFile
from ferrule.mending import mend
from ferrule.pipeline import check_spec

HERE = Path(__file__).parent
CASES = sorted(path.parent.name for path in HERE.glob("*/spec.yaml"))


def told_about(source: SourceFile) -> Report:
    report = Report()
    assert (check_spec(source, report) is None) == report.has_errors
    return report


def source_of(case: str) -> SourceFile:
    return SourceFile("spec.yaml", (HERE / case / "spec.yaml").read_text(encoding="utf-8"))


def test_there_are_fifty() -> None:
    assert len(CASES) == 50


@pytest.mark.parametrize("case", CASES)
def test_what_is_told(case: str, update_golden: bool) -> None:
    source = source_of(case)
    report = told_about(source)
    told = render_text(report)
    expected = HERE / case / "expected.txt"
    if update_golden:
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")
    assert list(report)
    # Whatever is told has a place, and one that an editor can show.
    for finding in report:
        assert finding.rule == "not-checked" or finding.span is not None
    assert len(json.loads(render_json(report))["findings"]) == len(list(report))


@pytest.mark.parametrize("case", CASES)
def test_mending_takes_faults_away(case: str) -> None:
    source = source_of(case)
    mended = mend(source)
    assert bool(mended.applied) == (mended.text != source.text)
    before = Counter(finding.rule for finding in told_about(source))
    after = Counter(finding.rule for finding in told_about(SourceFile("spec.yaml", mended.text)))
    for rule in {finding.rule for finding in mended.applied} & before.keys():
        assert after[rule] < before[rule]
