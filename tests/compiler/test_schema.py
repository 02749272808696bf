"""The schema for editors: it knows every key of the forms, and every spec that is right."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from jsonschema import Draft202012Validator

from ferrule.cli.schema import schema_text
from ferrule.diagnostics import Report
from ferrule.exports.json_schema import editor_schema
from ferrule.exports.schema_keys import FORMS, SETTING_OPTIONS
from ferrule.forms.fields import Form, is_written
from ferrule.forms.reading import fields_of
from ferrule.forms.shape import Shape
from ferrule.forms.source import SourceFile
from ferrule.passes.parse import parse
from tests.services.real import REPOSITORY

SCHEMA = editor_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
HEAD = "ferrule: 1\nconnector: shop\nversion: 1.0.0\n"
SPECS = [
    *sorted((REPOSITORY / "specs").glob("*.yaml")),
    Path(__file__).with_name("language_page.yaml"),
]
COMMITTED = REPOSITORY / "docs" / "ferrule.v1.schema.json"


def subclasses(form: type[Form]) -> Iterator[type[Form]]:
    for inner in form.__subclasses__():
        if inner.__module__.startswith("ferrule.forms."):
            yield inner
            yield from subclasses(inner)


def faults(text: str) -> list[str]:
    """Where each fault is, the keyword that finds it, and what an editor says about it."""
    tree = parse(SourceFile("spec.yaml", text), Report())
    assert tree is not None
    return [
        f"{error.json_path} {error.validator} {_message(error.schema)}".rstrip()
        for error in VALIDATOR.iter_errors(tree.data)
    ]


def _message(schema: Any) -> str:
    return str(schema.get("patternErrorMessage", "")) if isinstance(schema, dict) else ""


@pytest.mark.parametrize("form", [*subclasses(Form)], ids=lambda form: form.__name__)
def test_every_key_of_a_form_is_in_the_table(form: type[Form]) -> None:
    assert set(FORMS[form]) == {key for key in fields_of(form) if is_written(key)}


def test_the_table_has_no_form_that_is_gone() -> None:
    assert set(FORMS) <= set(subclasses(Form))


@pytest.mark.parametrize("form", [*subclasses(Form)], ids=lambda form: form.__name__)
def test_the_words_of_a_choice_are_those_of_the_form(form: type[Form]) -> None:
    for name, field in fields_of(form).items():
        key = FORMS[form].get(name)
        if key is not None and "enum" in key.node:
            assert sorted(key.node["enum"]) == sorted(literals(field.type)), name


def literals(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [word for inner in get_args(annotation) for word in literals(inner)]


@pytest.mark.parametrize("form", [*subclasses(Form)], ids=lambda form: form.__name__)
def test_every_key_has_one_sentence(form: type[Form]) -> None:
    for name, key in FORMS[form].items():
        assert key.doc.endswith((".", "…")), (form, name)
        assert len(key.doc) <= 90, (form, name)
        assert "description" not in key.node or key.node["description"], (form, name)


def test_the_options_of_a_setting_are_options() -> None:
    assert set(SETTING_OPTIONS) <= set(FORMS[Shape])


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def nodes(value: Any, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield key, value
        for name, inner in value.items():
            yield from nodes(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner, key)


def test_nothing_in_it_is_known_to_spoil_editors() -> None:
    for key, node in nodes(SCHEMA):
        if key in ("properties", "$defs"):
            continue  # names of keys, not of the schema
        assert "title" not in node
        assert "maxProperties" not in node or "properties" not in node
        assert "\\d" not in str(node.get("pattern"))
        assert "(?=" not in str(node.get("pattern"))
        assert "(?!" not in str(node.get("pattern"))
        assert "examples" not in node
        if "pattern" in node:
            assert node["patternErrorMessage"]


def test_every_reference_leads_somewhere() -> None:
    for _, node in nodes(SCHEMA):
        reference = node.get("$ref")
        if isinstance(reference, str):
            assert reference.removeprefix("#/$defs/") in SCHEMA["$defs"], reference


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_specs_that_are_right_pass(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("auth:\n  basci: {username: a, password: b}\n", "$.auth additionalProperties"),
        ("settings:\n  email: strng\n", "$.settings.email pattern Not a type of a setting"),
        ("rate_limit: 400/minuts\n", "$.rate_limit pattern A rate is COUNT/second"),
        ("settings:\n  a: {.type: string, .patern: x}\n", "$.settings.a additionalProperties"),
        ("paging: {cursor: $.a, into: qurey.x}\n", "$.paging.into pattern A place in the request"),
        ("models:\n  A: {.bye: type}\n", "$.models.A pattern Not an option. A key that begins"),
        ("models:\n  A: {b: {c: strin}}\n", "$.models.A.b.c pattern Not a type. Words:"),
        ("paging: {cursor: $.a, page: query.p}\n", "$.paging None"),
        ("actions:\n  a: {get: /x, post: /x}\n", "$.actions.a None"),
        ("actions:\n  a: {summary: x}\n", "$.actions.a anyOf"),
        ("auth: {}\n", "$.auth minProperties"),
        ("retries: 1\n", "$ additionalProperties"),
        (
            "errors:\n  rules:\n    - {when: status == 404, then: notfound}\n",
            "$.errors.rules[0].then pattern An outcome (",
        ),
        ("auth:\n  oauth2: {scopes: a}\n", "$.auth.oauth2 required"),
        ("retry: {backoff: 2}\n", "$.retry.backoff type"),
        ("send: yaml\n", "$.send enum"),
        (
            "actions:\n  a: {get: /x, returns: {200: Tikcet at}}\n",
            "$.actions.a.returns['200'] pattern Not a result",
        ),
    ],
)
def test_what_is_wrong_is_found(text: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults(HEAD + text)), faults(HEAD + text)


def test_own_keys_are_let_pass() -> None:
    assert faults(HEAD + "x-team: logistics\nactions:\n  a: {get: /x, x-note: 1}\n") == []


def test_the_committed_schema_is_the_one_that_is_made(update_golden: bool) -> None:
    made = schema_text()
    if update_golden:
        COMMITTED.write_text(made, encoding="utf-8")
    assert COMMITTED.read_text(encoding="utf-8") == made
    assert json.loads(made) == SCHEMA
