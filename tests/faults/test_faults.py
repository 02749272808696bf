"""Every fault that a spec can have, each with the exact text that tells it.

A case is a folder with `spec.yaml` and `expected.txt`, and goes through all passes that check.
`limits.json` may set `size_limit` (bytes) or `depth_limit`; where it says `{"made": "…"}` there is
no file to read: the test makes what is meant. `make golden` writes what is told now.
"""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from ferrule.diagnostics import RULES, Report
from ferrule.diagnostics.render.text import render_text
from ferrule.forms.source import SourceFile
from ferrule.passes.parse import parse
from ferrule.pipeline import check_spec

HERE = Path(__file__).parent
CASES = sorted(path.name for path in HERE.iterdir() if (path / "expected.txt").exists())
TESTS = HERE.parent

# Told by other passes than those that read specs, and shown by their own tests.
TOLD_ELSEWHERE = (
    *("output-", "duplicate-connector", "out-of-date"),
    *("bad-suppression", "unused-suppression"),
    *("template-", "import-", "export-"),
)


def findings_of(case: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    facts = HERE / case / "limits.json"
    limits = json.loads(facts.read_text(encoding="utf-8")) if facts.exists() else {}
    report, path = Report(), Path("spec.yaml")
    made = limits.get("made")
    _make(made, folder)
    monkeypatch.chdir(folder if made else HERE / case)
    if "size_limit" in limits:
        assert SourceFile.read(path, report, size_limit=limits["size_limit"]) is None
    elif "depth_limit" in limits:
        source = SourceFile.read(path, report)
        assert source is not None
        assert parse(source, report, depth_limit=limits["depth_limit"]) is None
    else:
        assert (check_spec(path, report) is None) == report.has_errors
    return report


def _make(what: str | None, folder: Path) -> None:
    """Makes a spec that cannot stand in a repository."""
    path = folder / "spec.yaml"
    if what == "folder":
        path.mkdir()
    elif what == "loop":
        path.symlink_to(path.name)


@pytest.mark.parametrize("case", CASES)
def test_fault(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    told = render_text(findings_of(case, tmp_path, monkeypatch))
    expected = HERE / case / "expected.txt"
    if update_golden:
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")


def rules_shown(cases: Iterable[str]) -> set[str]:
    texts = [(HERE / case / "expected.txt").read_text(encoding="utf-8") for case in cases]
    return {rule for rule in RULES if any(f"[{rule}]" in text for text in texts)}


def test_every_rule_has_a_case() -> None:
    shown = rules_shown(CASES)
    missing = {rule for rule in RULES if rule not in shown and not rule.startswith(TOLD_ELSEWHERE)}
    assert not missing, f"rules without a case in tests/faults: {sorted(missing)}"


def test_rules_of_other_passes_are_shown_by_their_tests() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    other = {rule for rule in RULES if rule.startswith(TOLD_ELSEWHERE)}
    missing = {rule for rule in other if f'"{rule}"' not in texts and f"[{rule}]" not in texts}
    assert not missing, f"rules that no test names: {sorted(missing)}"
