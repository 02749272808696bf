"""Whatever is mistyped: mending touches only what findings are about, and comments stay."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from ferrule.diagnostics import Diagnostic, Report
from ferrule.forms.comments import comments_of
from ferrule.forms.outline import outline
from ferrule.forms.source import SourceFile
from ferrule.forms.tree import SpecTree
from ferrule.mending import mend
from ferrule.passes.parse import parse
from ferrule.pipeline import check_spec

SPEC = """\
ferrule: 1 # the language
connector: acme
version: 1.0.0
base_url: https://${region}.acme.com/v1

settings: # what an installer gives
  region: string = eu
  api_key: {.type: secret, .doc: "A key, from: settings # really"}

# how calls are signed
auth:
  token: "${api_key}"

paging: {cursor: $.next, into: query.cursor, size: {in: query.limit, default: 20}}

actions:
  things.list:
    get: /things
    query:
      sort?: enum(id | name)   # ascending
      since?: datetime
    returns: list(Thing) at $.things
  things.create:
    post: /things
    body: {name: string, tags: list(string)}
    returns: Thing at $.thing
    errors:
      rules:
        - {when: status == 409, then: Conflict}
  # the last one
  things.delete: {delete: "/things/{id:integer}"}

models:
  Thing:
    id: integer
    name: string | null
    made_at: datetime
"""
WORDS = [found.span() for found in re.finditer(r"[A-Za-z_]{3,}", SPEC)]
LETTERS = "abcdefghijklmnopqrstuvwxyz_ABC"


@st.composite
def mistyped(draw: st.DrawFn) -> str:
    """The spec with one to three words mistyped."""
    text = SPEC
    spans = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True))
    for start, end in sorted(spans, reverse=True):
        at = draw(st.integers(start, end - 1))
        kind = draw(st.sampled_from(("drop", "add", "change", "exchange")))
        letter = draw(st.sampled_from(LETTERS))
        before, met, after = text[:at], text[at], text[at + 1 :]
        if kind == "exchange" and at + 1 < end:
            text = before + after[0] + met + after[1:]
        else:
            middle = {"drop": "", "add": met + letter}.get(kind, letter)
            text = before + middle + after
    return text


def checked(text: str) -> list[Diagnostic]:
    report = Report()
    check_spec(SourceFile("acme.yaml", text), report)
    return list(report)


def tree_of(text: str) -> SpecTree:
    tree = parse(SourceFile("acme.yaml", text), Report())
    assert tree is not None
    return tree


@settings(max_examples=80)
@given(mistyped())
def test_only_what_is_told_is_changed(text: str) -> None:
    done = mend(SourceFile("acme.yaml", text))
    before, after = tree_of(text), tree_of(done.text)
    old, new = outline(before), outline(after)
    changed = [
        (one, other) for one, other in zip(old, new, strict=True) if not one.says_the_same(other)
    ]
    assert len(changed) <= len(done.applied)
    assert [each.text for each in comments_of(before.source, before.root)] == [
        each.text for each in comments_of(after.source, after.root)
    ]
    assert all(one.kind == other.kind for one, other in changed)
    if not done.applied:
        assert done.text == text


@settings(max_examples=40)
@given(mistyped())
def test_what_is_mended_is_gone_and_nothing_is_left_to_mend(text: str) -> None:
    done = mend(SourceFile("acme.yaml", text))
    left = {(each.rule, each.message) for each in checked(done.text)}
    assert mend(SourceFile("acme.yaml", done.text)).text == done.text
    assert left.isdisjoint((each.rule, each.message) for each in done.applied)


@settings(max_examples=30)
@given(st.text(alphabet=st.sampled_from("ab:{}[]#'\" \n-?|>\u00a0\u200b“”"), max_size=40))
def test_any_text_is_survived(text: str) -> None:
    source = SourceFile("acme.yaml", text)
    assert mend(SourceFile("acme.yaml", mend(source).text)).text == mend(source).text
