"""What an editor asks of a spec, without a protocol: names, offers, renames, the outline."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from ferrule.editing.documents import Document, Target
from ferrule.editing.explanations import explained
from ferrule.editing.mentions import Name
from ferrule.editing.offers import begun_word, offers_at, references_at
from ferrule.editing.renaming import RenameRefusedError, renamed
from ferrule.editing.symbols import symbols_of
from ferrule.forms.source import SourceFile
from ferrule.language_server.positions import Positions
from tests.services.real import REPOSITORY

SPEC = """\
ferrule: 1
connector: acme
version: 1.0.0
title: Item is a word here
base_url: https://${region}.acme.com
settings:
  region: string = eu
  nick?: string
  key: secret
values:
  greeting: "hello ${nick ?? region}"
hosts: {files: "https://files.acme.com"}
auth:
  one_of:
    bot: {token: "${key}"}
    none: none
rate_limits: {slow: 1/second}
pagings:
  pages: {page: query.page}
headers: {X-Greeting: "${greeting}", X-Item: Item}
errors:
  code: $.code
  rules: [{when: status == 409, then: Taken}]
  codes: {Taken: [taken]}
actions:
  items.list:
    summary: Every Item
    get: /items
    auth: bot
    limit: slow
    paging: pages
    query: {type?: Kind, Item?: string}
    returns: list(Item) at $.Item
  items.get:
    get: /items/{id:integer}/{kind}
    path: {kind: Kind}
    host: files
    returns: {200: Item | null, 404: none}
models:
  Kind: enum(Item | other)
  Item:
    id: integer
    Item?: {.type: list(Item), .doc: An Item, .example: Item}
"""
SPECS = sorted([*REPOSITORY.glob("specs/*.yaml"), *REPOSITORY.glob("tests/cases/*/spec.yaml")])


def document(text: str = SPEC) -> Document:
    return Document.of(Path("/nowhere/acme.yaml"), text)


def behind(text: str, before: str) -> int:
    return text.index(before) + len(before)


def lines_of(found: list[Target]) -> list[int]:
    return [target.source.position(target.span.start)[0] for target in found]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem + path.parent.name)
def test_every_mention_stands_where_it_says(path: Path) -> None:
    known = Document.of(path, path.read_text(encoding="utf-8"))
    assert known.mentions
    for mention in known.mentions:
        written = known.source.text[mention.span.start : mention.span.end]
        assert written == mention.name.text


@pytest.mark.parametrize(
    ("kind", "name", "scope", "declared", "used"),
    [
        ("model", "Item", "", [41], [33, 38, 41, 43]),
        ("model", "Kind", "", [40], [32, 36, 40]),
        ("setting", "region", "", [7], [7, 5, 11]),
        ("setting", "nick", "", [8], [8, 11]),
        ("setting", "key", "", [9], [9, 15]),
        ("value", "greeting", "", [11], [11, 20]),
        ("host", "files", "", [12], [12, 37]),
        ("auth", "bot", "", [15], [15, 29]),
        ("limit", "slow", "", [17], [17, 30]),
        ("paging", "pages", "", [19], [19, 31]),
        ("error", "Taken", "", [24], [24, 23]),
        ("parameter", "id", "items.get", [35], [35]),
        ("parameter", "kind", "items.get", [36], [36, 35]),
    ],
)
def test_names_are_found(
    kind: str, name: str, scope: str, declared: list[int], used: list[int]
) -> None:
    known = document()
    assert lines_of(known.declarations_of(Name(kind, name, scope))) == declared
    assert sorted(lines_of(known.uses_of(Name(kind, name, scope)))) == sorted(used)


@pytest.mark.parametrize(
    ("before", "new", "expected"),
    [
        ("list(It", "Thing", 4),
        ("https://${reg", "zone", 3),
        ("  nick", "first_name", 2),
        ("limit: sl", "careful", 2),
        ("then: Tak", "InUse", 2),
        ("/{id:integer}/{ki", "sort", 2),
    ],
)
def test_a_rename_changes_the_name_and_nothing_else(before: str, new: str, expected: int) -> None:
    known = document()
    changes = renamed(known, behind(SPEC, before), new)
    assert len(changes) == expected
    text = SPEC
    for target, written in sorted(changes, key=lambda change: change[0].span, reverse=True):
        text = text[: target.span.start] + written + text[target.span.end :]
    after = document(text)
    assert [finding.rule for finding in after.findings] == [f.rule for f in known.findings]
    assert len([m for m in after.mentions if m.name.text == new]) == expected


@pytest.mark.parametrize(
    ("before", "new", "message"),
    [
        ("list(It", "item", "`item` cannot be the name of this model: like `Ticket`"),
        ("list(It", "Kind", "there is a model `Kind` already"),
        ("https://${reg", "greeting", "there is a setting `greeting` already"),
        ("https://${reg", "token", "with that name: "),
        ("title: Ite", "Thing", "there is no name of yours here"),
    ],
)
def test_a_rename_that_would_break_something_is_refused(
    before: str, new: str, message: str
) -> None:
    with pytest.raises(RenameRefusedError) as caught:
        renamed(document(), behind(SPEC, before), new)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("  items.new:\n    get: /new\n    returns: ", ["Kind", "Item"]),
        ("  items.new:\n    get: /new\n    returns: list(It", ["Kind", "Item"]),
        ("  items.new:\n    get: /new\n    limit: ", ["slow"]),
        ("  items.new:\n    get: /new\n    host: ", ["files"]),
        ("  items.new:\n    get: /new\n    auth: ", ["bot", "none"]),
        ("  items.new:\n    get: /${", ["region", "nick", "key", "greeting"]),
        ('  items.new:\n    headers: {X: "= ${re', ["region", "nick", "key", "greeting"]),
        ("  items.new:\n    get: /", []),
        ("  items.new:\n    ", []),
        ("  items.new:\n    summary: ", []),
    ],
)
def test_what_may_be_written_is_offered(typed: str, offered: list[str]) -> None:
    head, tail = SPEC.split("models:\n")
    text = f"{head}{typed}\nmodels:\n{tail}"
    offset = len(head) + len(typed)
    names = offers_at(SourceFile("acme.yaml", text), offset, document())
    assert [name.text for name in names] == offered


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("  token: ", ["region", "nick", "key", "greeting"]),
        ("  basic: {username: ", ["region", "nick", "key", "greeting"]),
        ("  token: x", []),
        ("  returns: ", []),
    ],
)
def test_an_empty_value_that_takes_a_setting_is_offered_them(line: str, offered: list[str]) -> None:
    source = SourceFile("acme.yaml", line)
    assert [name.text for name in references_at(source, len(line), document())] == offered
    if offered:
        assert offers_at(source, len(line), document()) == []


def test_the_begun_word_is_known() -> None:
    assert begun_word(SourceFile("", "returns: list(It"), 16) == "It"
    assert begun_word(SourceFile("", "returns: "), 9) == ""


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("https://${reg", ["**setting region**", "`ACME_REGION`", "region: string = eu"]),
        ("  items.get", ["**action items.get**", "`GET /items/{id", "`client.items.get(…)`"]),
        ("limit: sl", ["**limit slow**", "slow: 1/second"]),
        ("list(It", ["**model Item**", "Item:\n  id: integer\n"]),
    ],
)
def test_names_are_explained(before: str, told: list[str]) -> None:
    known = document()
    mention = known.mention_at(behind(SPEC, before))
    assert mention is not None
    text = explained(known, mention)
    assert text is not None
    for part in told:
        assert part in text


def test_the_outline_holds_what_the_author_named() -> None:
    tree = document().tree
    assert tree is not None
    found = {symbol.name: symbol for symbol in symbols_of(tree)}
    assert list(found) == list(tree.data)
    assert [(inner.name, inner.detail) for inner in found["actions"].inner] == [
        ("items.list", "GET /items"),
        ("items.get", "GET /items/{id:integer}/{kind}"),
    ]
    item = found["models"].inner[1]
    assert [(inner.kind, inner.name) for inner in item.inner] == [
        ("field", "id"),
        ("field", "Item?"),
    ]
    for symbol in (*found.values(), *found["models"].inner):
        assert symbol.whole.start <= symbol.key.start < symbol.key.end <= symbol.whole.end


def test_what_requests_keep_can_be_looked_up() -> None:
    text = (
        "ferrule: 1\nconnector: acme\nversion: 1.0.0\nbase_url: https://acme.example\n"
        "auth:\n  session:\n    steps:\n      - post: /login\n        let: {sid: $.sid}\n"
        '      - post: /open\n        body: {let: "${sid}"}\n    access_token: $.t\n'
        "actions:\n  me: {get: /me, returns: any}\n"
    )
    known = document(text)
    mention = known.mention_at(behind(text, "${si"))
    assert mention is not None
    assert lines_of(known.declarations_of(mention.name)) == [9]
    assert len(renamed(known, behind(text, "${si"), "session_id")) == 2


def test_names_lead_into_included_files_and_hooks(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "a.yaml").write_text("models:\n  Far: {id: string}\n")
    (tmp_path / "hooks.py").write_text("x = 1\n\nasync def sign(request):\n    pass\n")
    text = (
        "ferrule: 1\ninclude: [models/*.yaml]\nhooks: {authorize: hooks.py:sign}\n"
        "actions:\n  far: {get: /far, returns: Far}\n"
    )
    known = Document.of(tmp_path / "acme.yaml", text)
    (part,) = known.parts
    assert lines_of(part.declarations_of(Name("model", "Far"))) == [2]
    (included,) = known.file_targets_at(behind(text, "[models/"))
    assert included.file == tmp_path / "models" / "a.yaml"
    (hook,) = known.file_targets_at(behind(text, "hooks.py:s"))
    assert (hook.file, lines_of([hook])) == (tmp_path / "hooks.py", [3])


@given(st.text(max_size=40), st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.data())
def test_positions_and_code_points_are_turned_into_each_other(
    text: str, encoding: str, data: st.DataObject
) -> None:
    source, places = SourceFile("", text), Positions(encoding)
    offset = data.draw(st.integers(0, len(text)))
    line = source.position(offset)[0]
    last = source.line_starts[line - 1] + len(source.line(line))
    position = places.position(source, offset)
    assert places.offset(source, position) == min(offset, last)


@given(st.integers(0, 50), st.integers(0, 50))
def test_positions_outside_are_moved_inside(line: int, column: int) -> None:
    source = SourceFile("", "a: 😀\nb: c\n")
    offset = Positions().offset(source, types.Position(line, column))
    assert 0 <= offset <= len(source.text)


@given(st.text(alphabet="aI{}[]:$\"'|> \n#-?é", max_size=60), st.integers(0, 60))
def test_any_text_can_be_asked_about(text: str, offset: int) -> None:
    known = document(f"ferrule: 1\n{text}")
    known.mention_at(offset)
    known.word_at(offset)
    offers_at(known.source, min(offset, len(known.source.text)), known)
    for mention in known.mentions:
        assert known.source.text[mention.span.start : mention.span.end] != ""
