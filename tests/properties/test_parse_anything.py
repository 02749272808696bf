"""Whatever the text, parsing it gives a tree, or findings with places inside it."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from ferrule.diagnostics import (
    Diagnostic,
    Report,
    Severity,
    Span,
    render_concise,
    render_github,
    render_json,
    render_sarif,
    render_text,
)
from ferrule.forms.source import SourceFile
from ferrule.passes.parse import parse
from ferrule.passes.parse.examine import Examiner
from ferrule.passes.parse.places import locate
from tests.compiler.parsing import fixed
from tests.properties.test_parse_positions import documents

PIECES = [
    *("a", "b?", "k", "name", "0", "1.5", "null", "~", "e\u0301", "é", "😀", "а", "？", "“", "”"),
    *(": ", ":", " #", "#", "- ", "-", "? ", "?", ", ", ",", "{", "}", "[", "]", "(", ")"),
    *("'", '"', "\\", "\\u", "\\ud83d\\ude00", "\\x1", "\\q", "|", ">", "|2-", "&x ", "*x", "!t "),
    *("<<", "%YAML 1.1", "---", "...", "@", "`", "=", "${x}", "{{x}}", "enum(a, b)", ".inf"),
    *("\n", "\n", "\n  ", "\n  ", "\n    ", "\r\n", "\r", "\t", "\n\t", " ", "  ", "\n- "),
    *("\x00", "\x1b", "\x85", "\u2028", "\u200b", "\u200d", "\u202e", "\ufeff", "\xa0", "\ud800"),
    *("\x7f", "\x9b", "\ufffe", "\U0010ffff", "\ufe0f", "ａ", "：", "\u3000"),
]
pieces = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
any_text = st.text(st.characters(), max_size=60)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A document that was right before a few of its characters were changed."""
    text = draw(documents())
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 3)))
        text = text[:start] + draw(st.sampled_from(["", *PIECES])) + text[end:]
    return text


texts = st.one_of(pieces, any_text, damaged())


def findings(text: str) -> tuple[bool, list[Diagnostic]]:
    report = Report()
    tree = parse(SourceFile("spec.yaml", text), report, depth_limit=20)
    return tree is not None, list(report)


def is_inside(span: Span | None, text: str) -> bool:
    return span is not None and 0 <= span.start <= span.end <= len(text)


@given(texts)
@example("")
@example("?")
@example("a: [&x {b: c}: d]")
@example("{? {a: b} : [c, d: e]}")
@example('0: ""}')
@example('0: "",')
def test_any_text_gives_a_tree_or_findings(text: str) -> None:
    has_tree, found = findings(text)
    assert has_tree != any(finding.severity is Severity.error for finding in found)
    for finding in found:
        assert is_inside(finding.span, text)
        assert finding.message
        for source, span, _ in finding.notes:
            assert source is finding.source
            assert is_inside(span, text)
        if finding.fix is not None:
            assert is_inside(finding.fix.span, text)
            assert fixed(text, finding) != text
    assert len({(finding.rule, finding.span) for finding in found}) == len(found)


@given(texts)
def test_a_tree_has_a_place_for_everything(text: str) -> None:
    report = Report()
    tree = parse(SourceFile("spec.yaml", text), report)
    if tree is None:
        return
    for key in tree.data:
        assert is_inside(tree.key_span((key,)), text)
        assert is_inside(tree.value_span((key,)), text)
        assert is_inside(tree.inside((key,), 0, 3), text)
        assert is_inside(tree.inside_key((key,), 1, 2), text)


@given(st.one_of(documents(), texts))
def test_the_quick_look_is_not_kinder_than_the_close_one(text: str) -> None:
    source = SourceFile("spec.yaml", text)
    if parse(source, Report()) is None:
        return
    close = Report()
    examiner = Examiner(source, text, 100, close)
    examiner.finish(locate(text, examiner))
    assert [finding.rule for finding in close] == []


@given(texts)
def test_findings_can_always_be_shown(text: str) -> None:
    _, found = findings(text)
    for shown in (
        render_text(found),
        render_concise(found),
        render_github(found),
        render_json(found),
        render_sarif(found),
    ):
        assert all(char == "\n" or char.isprintable() for char in shown)
        shown.encode("utf-8")
    assert render_concise(found).count("\n") == len(found)
    assert len(json.loads(render_json(found))["findings"]) == len(found)
    assert len(json.loads(render_sarif(found))["runs"][0]["results"]) == len(found)
