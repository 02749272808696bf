"""Whatever a spec says, the check gives findings with places, each once, and no traceback."""

import copy
from typing import Any

import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ferrule.diagnostics import Diagnostic, Report
from ferrule.diagnostics.render.text import render_text
from ferrule.forms.source import SourceFile
from ferrule.passes.check import check
from ferrule.passes.parse import parse
from tests.services.real import REPOSITORY

SPECS = {
    path.stem: parse(SourceFile(path.name, path.read_text(encoding="utf-8")), Report())
    for path in [
        *sorted((REPOSITORY / "specs").glob("*.yaml")),
        REPOSITORY / "tests" / "compiler" / "language_page.yaml",
    ]
}
STRANGE: list[Any] = [
    None, "", " ", 0, -1, 1.5, True, [], {}, [[]], [None], {"a": None}, "none", "${x}", "${", "$.a",
    "$.a[*]", "status == 1", "list(", "list(A)", "A", "A | null", "= x", "/{a}", "/{a}/{a}",
    "query.a", "body.a", "last.id", "jwt.exp", "2", "1s", "1/second", "xml", "default", "restart",
    {".type": "string"}, {".by": "a"}, {".is": "A"}, {"a": {"b": "A"}}, ["a", "b"], "\0", "é",
    "x" * 500,
]  # fmt: skip
KEYS = [
    "get",
    "type",
    ".type",
    "auth",
    "x-own",
    "",
    ".",
    "a?",
    "?",
    "__init__",
    "A",
    "token",
    "\x07",
]


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found: list[tuple[Any, ...]] = []
    for key, inner in items:
        found.append((*path, key))
        if isinstance(inner, dict | list):
            found += paths(inner, (*path, key))
    return found


@st.composite
def changed(draw: st.DrawFn) -> dict[str, Any]:
    """A good spec with some values and keys replaced, removed or put where they do not belong."""
    tree = SPECS[draw(st.sampled_from(sorted(SPECS)))]
    assert tree is not None
    data = copy.deepcopy(tree.data)
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(paths(data) or [()]))
        if not path:
            break
        holder: Any = data
        for part in path[:-1]:
            holder = holder[part]
        action = draw(st.sampled_from(["value", "remove", "add", "move"]))
        if action == "value":
            holder[path[-1]] = copy.deepcopy(draw(st.sampled_from(STRANGE)))
        elif action == "remove":
            del holder[path[-1]]
        elif isinstance(holder, dict):
            value = STRANGE if action == "add" else [holder[path[-1]]]
            holder[draw(st.sampled_from(KEYS))] = copy.deepcopy(draw(st.sampled_from(value)))
    return data


def checked(data: dict[str, Any]) -> tuple[bool, list[Diagnostic], SourceFile] | None:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
    report, source = Report(), SourceFile("spec.yaml", text)
    tree = parse(source, report)
    if tree is None or report.has_errors:
        return None
    spec = check(tree, report)
    return spec is not None, list(report), source


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(changed())
@example({"ferrule": 1, "connector": "a", "version": "1.0.0", "models": {"A": "A", "B": "A | B"}})
@example({"ferrule": 1, "connector": "a", "version": "1.0.0", "values": {"a": {".by": "${a}"}}})
def test_a_changed_spec_gives_a_spec_or_findings(data: dict[str, Any]) -> None:
    result = checked(data)
    if result is None:
        return
    is_good, findings, source = result
    assert is_good == (not any(each.severity.value == "error" for each in findings))
    for finding in findings:
        assert finding.span is None or 0 <= finding.span.start <= finding.span.end
        assert finding.span is None or finding.span.end <= len(source.text)
        assert finding.span is not None or finding.rule == "not-checked"
        assert finding.message
        assert "pydantic" not in finding.message
        assert "Input should" not in finding.message
    told = [(each.rule, each.span) for each in findings]
    assert len(told) == len(set(told))
    assert render_text(findings) or not findings
