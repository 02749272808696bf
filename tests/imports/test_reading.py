"""Documents of any make are read: JSON, YAML, odd keys, aliases, encodings; places are kept."""

import json

import pytest

from ferrule.forms.source import SourceFile, Span
from ferrule.imports.openapi.documents import Document, read_document
from ferrule.imports.plain_text import doc_text
from tests.imports.importing import import_text, unreadable


def read(text: str | bytes) -> tuple[Document, list[str]]:
    remarks: list[str] = []

    def tell(_source: SourceFile, _span: Span | None, message: str) -> None:
        remarks.append(message)

    found = read_document("a.yaml", text.encode() if isinstance(text, str) else text, tell)
    assert found is not None, remarks
    return found, remarks


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),
        ("a: 012", "012"),
        ("a: 1:30", "1:30"),
        ("a: 2024-01-01", "2024-01-01"),
        ("a: 1_000", "1_000"),
        ("a: 12", 12),
        ("a: -1.5", -1.5),
        ("a: 0x1F", 31),
        ("a: true", True),
        ("a: ~", None),
        ("a:", None),
        ("a: '12'", "12"),
        ("a: !!str 12", "12"),
        ("a: .inf", ".inf"),
        ("a: " + "9" * 400, "9" * 400),
    ],
)
def test_yaml_values_are_those_of_yaml_1_2(text: str, value: object) -> None:
    assert read(text)[0].data == {"a": value}


def test_keys_are_texts_whatever_they_look_like() -> None:
    assert list(read("200: a\nyes: b\n1.5: c\n")[0].data) == ["200", "yes", "1.5"]


def test_aliases_and_merges_are_followed() -> None:
    found, _ = read("a: &x {b: 1, c: 2}\nd: *x\ne: {<<: *x, c: 3}\n")
    assert found.data == {"a": {"b": 1, "c": 2}, "d": {"b": 1, "c": 2}, "e": {"c": 3, "b": 1}}


def test_an_alias_inside_itself_leads_nowhere() -> None:
    found, remarks = read("a: &x {b: *x}\n")
    assert found.data == {"a": {"b": None}}
    assert remarks == ["the alias *x leads nowhere"]


def test_aliases_cannot_blow_a_document_up() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (told,) = unreadable("\n".join(lines))
    assert "larger than can be read" in told.message


@pytest.mark.parametrize(
    "content",
    [
        b'\xef\xbb\xbf{"a": "\xc3\xa9"}',
        '{"a": "é"}'.encode("utf-16"),
        '{"a": "é"}'.encode("latin-1"),
    ],
)
def test_encodings(content: bytes) -> None:
    assert read(content)[0].data == {"a": "é"}


def test_json_with_halves_of_characters_is_read() -> None:
    found = import_text('{"openapi": "3.0.0", "info": {"title": "x \\ud83d"}, "paths": {}}')
    assert found.data["title"] == "x ?"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("[1, 2]", "a map with `openapi` or `swagger` is expected"),
        ("a: [1", "not YAML"),
        ('{"a": 1', "not YAML"),
        ("just text", "a map with `openapi`"),
        ("info: {title: x}", "neither `openapi` nor `swagger`"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_what_is_no_document_is_told(text: str, message: str) -> None:
    assert any(message in each.message for each in unreadable(text))


def test_a_second_document_is_not_read() -> None:
    found, remarks = read("a: 1\n---\nb: 2\n")
    assert found.data == {"a": 1}
    assert remarks == ["a second document in one file is not read"]


YAML = """\
paths:
  "/a b":
    get:
      parameters:
        - {name: x, in: query}
        - name: y
"""


@pytest.mark.parametrize("text", [YAML, None], ids=["yaml", "json"])
def test_every_node_has_a_place(text: str | None) -> None:
    found, _ = read(YAML)
    if text is None:
        found, _ = read(json.dumps(found.data, indent=2))
    source = found.source.text

    def shown(*path: str | int) -> str:
        span = found.span(path)
        return source[span.start : span.end]

    assert shown("paths") in ("paths", '"paths"')
    assert shown("paths", "/a b") == '"/a b"'
    assert shown("paths", "/a b", "get", "parameters", 1, "name") in ("name", '"name"')
    assert "name" in shown("paths", "/a b", "get", "parameters", 1) or text is None
    assert shown("paths", "/a b", "put") == '"/a b"', "what is not there is told at the nearest"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>See <a href='/docs'>the docs</a>.</p>", "See [the docs](/docs)."),
        ("Is <b>bold</b>, <em>this</em> and <code>x</code>", "Is **bold**, *this* and `x`"),
        ("One:<ul><li>a</li><li>b</li></ul>", "One:\n- a\n- b\n"),
        ("a < b and c > d", "a < b and c > d"),
        ("<Thing> and <ul>", "<Thing> and"),
    ],
)
def test_html_in_descriptions_becomes_markdown(html: str, text: str) -> None:
    assert doc_text(html) == text
