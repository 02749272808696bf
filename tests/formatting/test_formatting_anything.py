"""Whatever its layout was: data and comments stay, and a second run changes nothing."""

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ferrule.diagnostics import Report
from ferrule.formatting import formatted
from ferrule.formatting.remarks import tidy
from ferrule.forms.comments import comments_of
from ferrule.forms.outline import say_the_same
from ferrule.forms.source import SourceFile
from ferrule.forms.tree import SpecTree
from ferrule.passes.parse import parse
from tests.formatting.documents import blocks
from tests.services.real import REPOSITORY

SPECS = [path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "specs").glob("*.yaml"))]


def tree_of(text: str) -> SpecTree | None:
    return parse(SourceFile("spec.yaml", text), Report())


def require_kept(text: str) -> None:
    before = tree_of(text)
    assume(before is not None)
    assert before is not None
    once = formatted(before.source, Report())
    assert once is not None
    after = tree_of(once)
    assert after is not None
    assert say_the_same(before, after)
    assert sorted(tidy(each.text) for each in comments_of(before.source, before.root)) == sorted(
        each.text for each in comments_of(after.source, after.root)
    )
    assert formatted(after.source, Report()) == once
    assert once.endswith("\n")
    assert "\n\n\n" not in once or "|" in once or ">" in once or '"' in once


@settings(max_examples=100)
@given(blocks(), st.sampled_from(("\n", "\r\n")))
@example("a: |+\n  x\n\n\n# c\nb: 1\n", "\n")
@example("a:\n- x\n# c\n- y\n  # d\nb: 1\n", "\n")
@example("a:\n- { # c\n  k: {} # d\n  } # e\n", "\n")
@example("---\n# c\n{a: 1,\n # d\n b: [x, # e\n y]} # f\n", "\n")
def test_any_layout(text: str, line_end: str) -> None:
    require_kept(text.replace("\n", line_end))


@settings(max_examples=60)
@given(st.data())
def test_comments_and_empty_lines_anywhere_in_real_specs(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(SPECS)).split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        kind = data.draw(st.integers(0, 2))
        if kind == 0:
            lines[at] += "  # beside" if lines[at].strip() else ""
        elif kind == 1:
            lines.insert(at, f"{'':{data.draw(st.integers(0, 10))}}# alone")
        else:
            lines.insert(at, "")
    require_kept("\n".join(lines))
